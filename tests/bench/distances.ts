import { DistanceList } from '../../src/domain/distance-list';
import { DISTANCE_SORTS, DistanceOrder } from '../../src/domain/distance-order';
import type { ReferencePoint } from '../../src/domain/sighting';
import { readSightings } from '../../src/io/geojson';
import { seededFile } from './seeded';

const RUNS = 12;
const WARM_UP = 3;

const { table } = readSightings(seededFile(100_000), {});
const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
const points = Array.from({ length: 5 }, (_, i): ReferencePoint => {
  return { id: `p-${i}`, name: `Point ${i}`, lng: 37 + i / 4, lat: 55 + i / 5, uncertaintyMeters: 100 * i };
});

function time(name: string, run: () => number): void {
  const times: number[] = [];
  let count = 0;
  for (let i = 0; i < WARM_UP + RUNS; i++) {
    const start = performance.now();
    count = run();
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const [median, most] = [times[RUNS / 2] ?? NaN, times.at(-1) ?? NaN];
  console.log(
    `${name}, ${count} pairs: median ${median.toFixed(0)} ms, max ${most.toFixed(0)} ms, of ${RUNS} runs`,
  );
}

const list = new DistanceList(table, rows, points);
time('a list', () => new DistanceList(table, rows, points).length);
time('which is nearest', () => {
  const fresh = new DistanceList(table, rows, points);
  fresh.nearness(0);
  return fresh.length;
});
for (const by of DISTANCE_SORTS) {
  time(`sorted by ${by}`, () => new DistanceOrder(list).sort(by, 'ascending').length);
}
