import { slowestFirst } from './filter-changes';
import { type Row, type Samples, compare, countName, quantile } from './row';
import type { Stage, Visit } from './visit';

/** The visits of one comparison. */
export interface Visits {
  ours: readonly Visit[];
  bare: readonly Visit[];
  /** of the sightings */
  fileBytes: number;
  /** why a contender has fewer visits than it should */
  note: string | undefined;
}

/** A row that can be had from visits. */
export interface BrowserRow {
  name: string;
  stage: Stage;
  /** whether the bare page is to be visited for it */
  needsBare: boolean;
  row: (visits: Visits) => Row;
}

const BARE = 'bare MapLibre';
/** Longest that the main thread may be blocked, in ms. */
const LONGEST_TASK_MS = 100;
/** Longest that a filter change may take until the map has settled, in ms. */
const FILTER_MS = 500;
/** How many times the file the page may take of memory. */
const MEMORY_FACTOR = 2.5;

type Figure = (visit: Visit) => number;

function against(name: string, stage: Stage, unit: string, figure: Figure, bar?: number): BrowserRow {
  // A stage that was not finished has no figures.
  const figures = (visits: readonly Visit[]) => visits.map(figure).filter(Number.isFinite);
  const row = ({ ours, bare, note }: Visits) =>
    compare({ name, unit, against: BARE, bar, note }, figures(ours), figures(bare));
  return { name, stage, needsBare: true, row };
}

/** @param bar the share of the limit that is to be reached at most */
function upTo(
  name: string,
  stage: Stage,
  unit: string,
  { limit, bar }: { limit: number; bar: number | undefined },
  figures: (visits: Visits) => Samples,
) {
  const row = (visits: Visits) =>
    compare({ name, unit, against: 'limit', bar, note: visits.note }, figures(visits), limit);
  return { name, stage, needsBare: false, row };
}

const confidenceMs = ({ filters }: Visit) =>
  filters.filter(({ view, change }) => view === 'whole' && change === 'confidence').map(({ mapMs }) => mapMs);

/** The kind of change that takes longest, in the view in which it does. */
const slowestMs = ({ ours }: Visits) =>
  slowestFirst(ours.flatMap(({ filters }) => filters))[0]?.samples.map(({ mapMs }) => mapMs) ?? [];

function worst(numbers: Samples): Samples {
  return numbers.length === 0 ? [] : [Math.max(...numbers)];
}

/** What is measured of so many sightings. */
export function rowsOfCount(count: number): BrowserRow[] {
  const n = countName(count);
  const filterName = `filter-${n}-maplibre`;
  // What is promised of filters and memory is promised of so many: a page by itself is larger than a small file.
  const ofMost = (bar: number) => (count === 1e6 ? bar : undefined);
  return [
    against(`load-${n}-maplibre`, 'load', 'ms', ({ drawn }) => drawn.ms, { 1e5: 0.5, 1e6: 0.25 }[count]),
    against(`block-load-${n}-maplibre`, 'load', 'ms', ({ drawn }) => drawn.blockedMs),
    {
      name: `memory-${n}-file`,
      stage: 'load',
      needsBare: false,
      row: ({ ours, fileBytes, note }) =>
        compare(
          { name: `memory-${n}-file`, unit: 'MB', against: 'the file', bar: ofMost(MEMORY_FACTOR), note },
          ours.map(({ memory }) => memory.renderers / 1e6),
          fileBytes / 1e6,
        ),
    },
    against(`memory-${n}-maplibre`, 'load', 'MB', ({ memory }) => memory.renderers / 1e6),
    against(`browser-memory-${n}-maplibre`, 'load', 'MB', ({ memory }) => memory.browser / 1e6),
    against(`heap-${n}-maplibre`, 'load', 'MB', ({ drawn }) => drawn.heapBytes / 1e6),
    against(`bytes-${n}-maplibre`, 'load', 'MB', ({ sentBytes }) => sentBytes / 1e6),
    against(`pan-${n}-maplibre`, 'pan', 'ms/frame', ({ frameMs }) => quantile(frameMs, 0.5)),
    against(`pan-p95-${n}-maplibre`, 'pan', 'ms/frame', ({ frameMs }) => quantile(frameMs, 0.95)),
    upTo(`filter-${n}-ms`, 'filter', 'ms', { limit: FILTER_MS, bar: ofMost(1) }, slowestMs),
    upTo(`block-filter-${n}-ms`, 'filter', 'ms', { limit: LONGEST_TASK_MS, bar: ofMost(1) }, ({ ours }) =>
      worst(ours.flatMap(({ filters }) => filters.map(({ blockedMs }) => blockedMs))),
    ),
    {
      name: filterName,
      stage: 'filter',
      needsBare: true,
      row: ({ ours, bare, note }) =>
        compare(
          { name: filterName, unit: 'ms', against: BARE, note },
          ours.flatMap(confidenceMs),
          bare.flatMap(confidenceMs),
        ),
    },
  ];
}

/** What is measured of the page as it opens by itself. */
export const STARTUP_ROWS: readonly BrowserRow[] = [
  against('startup-maplibre', 'load', 'ms', ({ drawn }) => drawn.ms, 1.3),
  against('block-startup-maplibre', 'load', 'ms', ({ drawn }) => drawn.blockedMs),
  against('bytes-startup-maplibre', 'load', 'MB', ({ sentBytes }) => sentBytes / 1e6),
];
