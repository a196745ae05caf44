import { readSightings } from '../../src/io/geojson';
import { packTexts } from '../../src/domain/packed-texts';
import { SightingTable, type SightingColumns } from '../../src/domain/table';
import { histogram, spanOf, totalWeights } from '../../src/domain/timeline';
import { timelineBins } from '../../src/domain/timeline-bins';
import { contextOf } from '../../src/domain/validate';
import { seededFile, seededRandom } from './seeded';

const RUNS = 40;
const WARM_UP = 8;

/** Columns of made-up dates over 40 years, one in seven an interval of up to three years; nothing else is filled. */
function syntheticTable(length: number): SightingTable {
  const random = seededRandom(7);
  const { columns } = SightingTable.empty();
  const firstDay = Int32Array.from({ length }, () => 8000 + Math.floor(random() * 14_600));
  const dates: Partial<SightingColumns> = {
    firstDay,
    lastDay: firstDay.map((day) => (random() < 0.15 ? day + Math.floor(random() * 1000) : day)),
    confidence: Uint8Array.from({ length }, () => Math.floor(random() * 3)),
  };
  const ids = packTexts(Array.from({ length }, (_, i) => String(i)));
  const lists = { systemIds: [''], publishers: [], files: [], layers: [''] };
  return new SightingTable({ columns: { ...columns, ...dates }, ids, ...lists });
}

function measure(name: string, table: SightingTable): void {
  const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  const span = spanOf(table);
  if (span === undefined) throw new Error(`${name}: there are no rows.`);
  for (const maxBins of [60, 220, 2000]) {
    const bins = timelineBins(span, maxBins);
    const times: number[] = [];
    let total = 0;
    for (let run = 0; run < WARM_UP + RUNS; run++) {
      const start = performance.now();
      const weights = histogram(table, rows, bins);
      if (run >= WARM_UP) times.push(performance.now() - start);
      total = totalWeights(weights).reduce((a, b) => a + b, 0);
    }
    if (Math.abs(total - table.length) > 1e-3) throw new Error(`${name}: ${total} of ${table.length} rows.`);
    times.sort((a, b) => a - b);
    const [median, most] = [times[RUNS / 2] ?? NaN, times.at(-1) ?? NaN];
    console.log(
      `${name}, ${bins.starts.length - 1} bins (${bins.step} ${bins.unit}): ` +
        `median ${median.toFixed(2)} ms, max ${most.toFixed(2)} ms, of ${RUNS} runs`,
    );
  }
}

measure(
  '100,000 seeded sightings',
  readSightings(seededFile(100_000), contextOf(undefined, undefined)).table,
);
measure('1,000,000 made-up dates', syntheticTable(1_000_000));
