import type { FeatureCollection } from 'geojson';
import type { FindTableParts } from '../../domain/find-table';
import type { Finder } from '../../domain/finder';

/** What a page asks of a `Finder` that a worker has. */
export type FinderMethod = 'totals' | 'answer' | 'countInView' | 'countInRings' | 'nearestInRing';

/** What the page sends: a table once, then calls. */
export type FinderRequest =
  | { kind: 'table'; parts: FindTableParts }
  | { kind: 'call'; id: number; method: FinderMethod; args: unknown[] };

/** What the worker answers to a call, and tells meanwhile. */
export type FinderAnswer =
  /** it is at work on one that takes long */
  | { kind: 'awake' }
  /** what a map needs of the answer that is on its way; `areas` as with an answer */
  | { kind: 'rows'; id: number; rowsOnMap: Uint32Array; areas?: FeatureCollection }
  | {
      kind: 'answer';
      id: number;
      answer: ReturnType<Finder[FinderMethod]>;
      /** the areas to be seen, with what hangs on the view; left out while they stay */
      areas?: FeatureCollection;
    }
  | { kind: 'error'; id: number; message: string };
