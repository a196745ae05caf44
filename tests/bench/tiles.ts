/* How long the tiles of many sightings take: `npx tsx tests/bench/tiles.ts [sightings] [lng,lat]`. */
import { readSystems } from '../../src/domain/reference-data';
import { contextOf } from '../../src/domain/validate';
import { readSightings } from '../../src/io/geojson';
import { areaFeatures } from '../../src/map/layers';
import { latToY, lngToX } from '../../src/map/mercator';
import { SightingTiles } from '../../src/map/tiles';
import { seededFile, seededSystems } from './seeded';

const COUNT = Number(process.argv[2] ?? 100_000);
const [LNG = 37.6, LAT = 55.75] = (process.argv[3] ?? '37.6,55.75').split(',').map(Number);
const RUNS = 7;
const MAX_ZOOM = 14;

/** Milliseconds that each run takes, after one that warms up. */
function timesOf(run: () => unknown): number[] {
  run();
  return Array.from({ length: RUNS }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
}

function print(what: string, times: readonly number[], remark = ''): void {
  const sorted = times.toSorted((a, b) => a - b);
  const [median = NaN, max = NaN] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
  console.log(what.padEnd(26), median.toFixed(1).padStart(8), max.toFixed(1).padStart(8), ` ${remark}`);
}

const systems = readSystems(JSON.parse(seededSystems()));
const { table } = readSightings(seededFile(COUNT), contextOf(systems, undefined));
const all = Uint32Array.from({ length: table.length }, (_, row) => row);
const some = all.filter((row) => row % 3 !== 0);

console.log(`${table.length} sightings, tiles around ${LNG}, ${LAT}; median and greatest of ${RUNS} runs`);
console.log(''.padEnd(26), 'ms'.padStart(8), 'max'.padStart(8));
let tiles = new SightingTiles(table);
print(
  'places in order, once',
  timesOf(() => (tiles = new SightingTiles(table))),
);
print(
  'another filter',
  timesOf(() => tiles.show(some)),
);
print(
  'its areas',
  timesOf(() => areaFeatures(table, some)),
);
for (let z = 0; z <= MAX_ZOOM; z++) {
  const x = Math.floor(lngToX(LNG) * 2 ** z);
  const y = Math.floor(latToY(LAT) * 2 ** z);
  let bytes = 0;
  const first = timesOf(() => {
    tiles.show(all);
    bytes = tiles.tile(z, x, y).length;
  });
  const next = timesOf(() => tiles.tile(z, x, y));
  print(`filter, then tile at ${z}`, first, `${Math.ceil(bytes / 1024)} kB`);
  print(`  the tile again`, next);
}
