import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { contextOf } from '../../src/domain/validate';
import { readSightings } from '../../src/io/geojson';
import { type Bounds, openingBounds } from '../../src/map/opening-view';
import { type BrowserRow, STARTUP_ROWS, type Visits, rowsOfCount } from './browser-rows';
import { runAndCleanUp } from './cleanup';
import { filterTable } from './filter-changes';
import { type BenchOptions, readOptions } from './options';
import { type Row, countName, machine, report } from './row';
import { seededFile } from './seeded';
import { seededPath } from './seeded-path';
import { type Site, serveSite } from './site';
import { busyTable } from './trace';
import { type MapBox, NotFinished } from './map-on-page';
import { type Contender, type Plan, type Visit, visit } from './visit';

/**
 * Our built page beside a bare MapLibre page, on the same files, in one run. `npm run bench:browser`.
 * With 1,000,000 sightings each visit takes long, so that there are fewer.
 */
const RUNS = { startup: 9, fewer: 3, usual: 5 };

const BUILT_IN = fileURLToPath(new URL('../../geo/sightings.geojson', import.meta.url));

/** So many sightings tell where the map opens: more are spread alike. */
const MOST_FOR_BOUNDS = 100_000;

function boundsOf(bytes: Uint8Array): Bounds {
  const bounds = openingBounds(readSightings(bytes, contextOf(undefined, undefined)).table);
  if (bounds === undefined) throw new Error('There is no sighting with a place to open the map with.');
  return bounds;
}

interface Comparison {
  title: string;
  rows: readonly BrowserRow[];
  runs: number;
  /** of the sightings' file */
  path: string;
  /** its address; `undefined` for the data that comes with the page */
  data: string | undefined;
  bounds: Bounds;
}

function bareUrl({ address }: Site, { data, bounds }: Comparison, { x, y, width, height }: MapBox): string {
  const query = new URLSearchParams({
    data: data ?? `${address}app/sightings.geojson`,
    bounds: bounds.join(),
    map: [x, y, width, height].join(),
    ...(data === undefined ? {} : { cluster: '' }),
  });
  return `${address}bare/?${query}`;
}

async function run(site: Site, comparison: Comparison, box: MapBox, options: BenchOptions): Promise<Visits> {
  const { rows, runs, data, title } = comparison;
  const planOf = (contender: Contender, url: string, wanted: readonly BrowserRow[]): Plan => ({
    contender,
    url,
    stages: new Set(wanted.map(({ stage }) => stage)),
    timeoutMs: options.timeoutMs,
    picture: options.pictures && join(options.pictures, `${title}-${contender}.png`),
    trace: options.traces && join(options.traces, `${title}-${contender}.json`),
  });
  const query = data === undefined ? '' : `?${new URLSearchParams({ data })}`;
  const ours = planOf('ours', `${site.address}app/${query}`, rows);
  const visits: Record<Contender, Visit[]> = { ours: [], bare: [] };
  const ofBare = rows.filter(({ needsBare }) => needsBare);
  // What stands around our map, and so its size, hangs on the data: the bare one gets the same.
  const bare = () => planOf('bare', bareUrl(site, comparison, visits.ours[0]?.box ?? box), ofBare);
  const failures = new Map<Contender, string>();
  for (let round = 0; round < runs; round++) {
    for (const contender of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      const plan = contender === 'ours' ? ours : bare();
      if (plan.stages.size === 0 || failures.has(contender)) continue;
      const run = `${title}, run ${round + 1} of ${runs}, ${contender}`;
      try {
        const measured = await visit(site, plan);
        visits[contender].push(measured);
        console.error(`${run}: drawn after ${measured.drawn.ms.toFixed(0)} ms`);
        if (measured.failure !== undefined) throw new NotFinished(measured.failure);
      } catch (error) {
        if (!(error instanceof NotFinished)) throw error;
        failures.set(contender, error.message);
        console.error(`${run}: ${error.message}`);
      }
    }
  }
  const note = Array.from(failures, ([contender, message]) => `${contender}: ${message}`).join('; ');
  return { ...visits, fileBytes: statSync(comparison.path).size, note: note === '' ? undefined : note };
}

function* comparisons(site: Site, { isWanted, runs, counts }: BenchOptions): Generator<Comparison> {
  const wanted = (rows: readonly BrowserRow[]) => rows.filter(({ name }) => isWanted(name));
  const startup = wanted(STARTUP_ROWS);
  if (startup.length > 0) {
    const bounds = boundsOf(readFileSync(BUILT_IN));
    const ofStartup = { title: 'startup', rows: startup, runs: runs ?? RUNS.startup };
    yield { ...ofStartup, path: BUILT_IN, data: undefined, bounds };
  }
  for (const count of counts) {
    const rows = wanted(rowsOfCount(count));
    if (rows.length === 0) continue;
    const path = seededPath(count);
    yield {
      title: countName(count),
      rows,
      runs: runs ?? (count > 100_000 ? RUNS.fewer : RUNS.usual),
      path,
      data: site.addData(path),
      bounds: boundsOf(seededFile(Math.min(count, MOST_FOR_BOUNDS))),
    };
  }
}

await runAndCleanUp(async () => {
  const options = readOptions();
  const site = await serveSite();
  // The first visit fills the caches of the system, and tells where our map is should it fail later.
  const first = await visit(site, {
    ...options,
    contender: 'ours',
    url: `${site.address}app/`,
    stages: new Set(),
  });
  const rows: Row[] = [];
  for (const comparison of comparisons(site, options)) {
    const visits = await run(site, comparison, first.box, options);
    rows.push(...comparison.rows.map(({ row }) => row(visits)));
    if (options.traces !== undefined)
      console.log(
        `\n${comparison.title}: how long threads were at work, in ms\n${busyTable(visits.ours, visits.bare)}`,
      );
    const samples = visits.ours.flatMap(({ filters }) => filters);
    if (samples.length > 0) {
      console.log(
        `\n${comparison.title}: our filter changes, median and worst in ms\n${filterTable(samples)}`,
      );
    }
  }
  report(rows, machine(`Chromium ${first.browser}, software rendering`), options.json);
});
