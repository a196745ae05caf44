import type { FeatureCollection } from 'geojson';
import { type DistanceColumns, distancesFrom } from '../../domain/distance-columns';
import { findTableOf } from '../../domain/find-table';
import { Finder } from '../../domain/finder';
import type { Bounds } from '../../domain/query';
import { AreasInView } from '../../map/areas-in-view';
import type { FinderAnswer, FinderRequest } from './finder-messages';

/** So many rows are measured at a time, and so long apart is it told that this goes on, in milliseconds. */
const ROWS_AT_ONCE = 1000;
const AWAKE_MS = 2000;

let finder: Finder | undefined;
let inView: AreasInView | undefined;
let rowsOnMap: Uint32Array = new Uint32Array();
let sent: FeatureCollection | undefined;

/** Measures as `distancesFrom` does, all rows; areas with many corners may take longer than a silence may be. */
function measureFrom(...[from, table]: Parameters<typeof distancesFrom>): DistanceColumns {
  const { length } = table;
  const [meters, minMeters, maxMeters] = [0, 1, 2].map(() => new Float64Array(length));
  const columns = { meters, minMeters, maxMeters } as DistanceColumns;
  const rows = new Uint32Array(length).map((_, row) => row);
  let told = performance.now();
  for (let at = 0; at < length; at += ROWS_AT_ONCE) {
    const part = distancesFrom(from, table, rows.subarray(at, at + ROWS_AT_ONCE));
    columns.meters.set(part.meters, at);
    columns.minMeters.set(part.minMeters, at);
    columns.maxMeters.set(part.maxMeters, at);
    if (performance.now() - told < AWAKE_MS) continue;
    told = performance.now();
    postMessage({ kind: 'awake' } satisfies FinderAnswer);
  }
  return columns;
}

/** The areas to be seen from now on, unless the page has them. */
function otherAreas(view: Bounds | undefined): { areas?: FeatureCollection } {
  const areas = view && inView?.among(rowsOnMap, view);
  if (!areas || areas === sent) return {};
  sent = areas;
  return { areas };
}

function answer({ id, method, args }: FinderRequest & { kind: 'call' }): FinderAnswer {
  if (!finder) throw new Error('nothing was there to search');
  const call = finder[method] as (this: Finder, ...args: unknown[]) => ReturnType<Finder[typeof method]>;
  const view = args.at(-1) as Bounds | undefined;
  const tellRows = (rows: Uint32Array) => {
    rowsOnMap = rows;
    postMessage({ kind: 'rows', id, rowsOnMap, ...otherAreas(view) } satisfies FinderAnswer);
  };
  const answer = call.apply(finder, method === 'answer' ? [...args, tellRows] : args);
  return { kind: 'answer', id, answer, ...(method === 'countInView' ? otherAreas(view) : {}) };
}

addEventListener('message', ({ data: request }: MessageEvent<FinderRequest>) => {
  if (request.kind === 'table') {
    const table = findTableOf(request.parts);
    finder = new Finder(table, measureFrom);
    inView = new AreasInView(table);
    return;
  }
  try {
    postMessage(answer(request));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    postMessage({ kind: 'error', id: request.id, message } satisfies FinderAnswer);
  }
});
