import { performance } from 'node:perf_hooks';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { distance } from '@turf/turf';
import { distancesFrom } from '../../src/domain/distance-columns';
import { DistanceList } from '../../src/domain/distance-list';
import { placeOfReferencePoint } from '../../src/domain/distance';
import { DISTANCE_SORTS, DistanceOrder } from '../../src/domain/distance-order';
import type { ReferencePoint } from '../../src/domain/sighting';
import type { SightingTable } from '../../src/domain/table';
import { readSightings } from '../../src/io/geojson';
import { type Row, compare, countName } from './row';
import { seededFile } from './seeded';
import { seededPath } from './seeded-path';

const RUNS = 12;
const WARM_UP = 3;

const points = Array.from({ length: 5 }, (_, i): ReferencePoint => {
  return { id: `p-${i}`, name: `Point ${i}`, lng: 37 + i / 4, lat: 55 + i / 5, uncertaintyMeters: 100 * i };
});

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? NaN;
}

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

/** Turf's distance of every sighting that has a place to every point, kept as ours are. */
function plainLoop({ columns: { lng, lat }, length }: SightingTable): Float64Array[] {
  return points.map((point) => {
    const meters = new Float64Array(length).fill(NaN);
    for (let row = 0; row < length; row++) {
      const [x = NaN, y = NaN] = [lng[row], lat[row]];
      if (Number.isNaN(x)) continue;
      meters[row] = distance([point.lng, point.lat], [x, y], { units: 'meters' });
    }
    return meters;
  });
}

/**
 * Times the distances of so many sightings to five reference points, with the intervals that the table of distances
 * shows, and beside them a loop that calls Turf's `distance` and has no interval.
 */
export function benchDistances(count: number, runs = 3): Row {
  const { table } = readSightings(readFileSync(seededPath(count)), {});
  for (let row = 0; row < table.length; row++) table.area(row); // parsed once, whoever asks first
  const [ours, peer]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run++) {
    const own = milliseconds(() => points.map((point) => distancesFrom(placeOfReferencePoint(point), table)));
    const plain = milliseconds(() => plainLoop(table));
    if (run === 0) continue; // warms up
    ours.push(own);
    peer.push(plain);
  }
  return compare(
    { name: `distances-${countName(count)}-turf`, unit: 'ms', against: 'Turf loop' },
    ours,
    peer,
  );
}

function time(name: string, run: () => number): void {
  const times: number[] = [];
  let count = 0;
  for (let i = 0; i < WARM_UP + RUNS; i++) {
    const took = milliseconds(() => (count = run()));
    if (i >= WARM_UP) times.push(took);
  }
  console.log(
    `${name}, ${count} pairs: median ${median(times).toFixed(0)} ms, max ${Math.max(...times).toFixed(0)} ms, of ${RUNS} runs`,
  );
}

/** What the table of distances does with 100,000 sightings. */
function benchTable(): void {
  const { table } = readSightings(seededFile(100_000), {});
  const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  const list = new DistanceList(table, rows, points);
  time('a list', () => new DistanceList(table, rows, points).length);
  time('which is nearest', () => {
    const fresh = new DistanceList(table, rows, points);
    fresh.nearness(0);
    return fresh.length;
  });
  for (const by of DISTANCE_SORTS) {
    time(`sorted by ${by}`, () => {
      const order = new DistanceOrder(list);
      if (by === 'sighting')
        for (const row of list.rows) order.titles.add(table.record(row).properties.title);
      return order.sort(by, 'ascending').length;
    });
  }
}

// `npx tsx tests/bench/distances.ts [sightings against Turf]`
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = Number(process.argv[2] ?? 0);
  if (count > 0) console.log(benchDistances(count));
  else benchTable();
}
