import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { contextOf } from '../../src/domain/validate';
import { readSightings } from '../../src/io/geojson';
import { type Bounds, openingBounds } from '../../src/map/opening-view';
import { type BrowserRow, STARTUP_ROWS, type Visits, rowsOfCount } from './browser-rows';
import { runAndCleanUp } from './cleanup';
import { filterTable } from './filter-changes';
import { type BenchOptions, commandOf, withOptions } from './options';
import { profileOf } from './profile';
import { type Section, report } from './report';
import { type Row, countName, machine } from './row';
import { seededFile } from './seeded';
import { seededPath } from './seeded-path';
import { type Site, serveSite } from './site';
import type { MapBox } from './map-on-page';
import { type Contender, takeTurns } from './rounds';
import { type Plan, type Visit, visit } from './visit';

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
  const ofBare = rows.filter(({ needsBare }) => needsBare);
  let ourBox = box;
  // What stands around our map, and so its size, hangs on the data: the bare one gets the same.
  const bare = () => planOf('bare', bareUrl(site, comparison, ourBox), ofBare);
  const rounds = await takeTurns<Visit>({
    runs,
    contenders: new Set<Contender>(ofBare.length > 0 ? ['ours', 'bare'] : ['ours']),
    visit: async (contender) => {
      const measured = await visit(site, contender === 'ours' ? ours : bare());
      if (contender === 'ours') ourBox = measured.box;
      return measured;
    },
    tell: (which, outcome) => {
      const text = typeof outcome === 'string' ? outcome : `drawn after ${outcome.drawn.ms.toFixed(0)} ms`;
      console.error(`${title}, ${which}: ${text}`);
    },
  });
  return { ...rounds, fileBytes: statSync(comparison.path).size };
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

await runAndCleanUp(() =>
  withOptions('bench:browser', async (options) => {
    await build({ logLevel: 'warn' }); // what is measured is what the sources are now
    const site = await serveSite();
    // The first visit fills the caches of the system, and tells where our map is should it fail later.
    const first = await visit(site, {
      ...options,
      contender: 'ours',
      url: `${site.address}app/`,
      stages: new Set(),
    });
    const rows: Row[] = [];
    const sections: Section[] = [];
    for (const comparison of comparisons(site, options)) {
      const visits = await run(site, comparison, first.box, options);
      rows.push(...comparison.rows.map(({ row }) => row(visits)));
      const { title } = comparison;
      if (options.traces !== undefined) sections.push(...profileOf(title, visits.ours, visits.bare));
      const samples = visits.ours.flatMap(({ filters }) => filters);
      if (samples.length > 0)
        sections.push({
          title: `${title}: our changes of the filters, median and worst, in ms`,
          table: filterTable(samples),
        });
    }
    const measuredOn = machine(`Chromium ${first.browser}, software rendering`);
    report(rows, { measuredOn, command: commandOf('bench:browser'), sections }, options);
  }),
);
