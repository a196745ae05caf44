import type { DistanceSort } from '../../domain/distance-order';
import type { PlacedParts } from '../../domain/placed-table';
import type { ReferencePoint } from '../../domain/sighting';
import type { SortDirection } from '../../domain/sort';

/** Some pairs of a list of distances, in an order. */
export interface PageQuestion {
  by: DistanceSort;
  direction: SortDirection;
  /** index of the one reference point to show, -1 for all */
  only: number;
  /** of the pairs that are shown: from the `from`th to the one before the `to`th */
  from: number;
  to: number;
}

/** What the page sends: once what is measured, then questions, of which the last alone is answered. */
export type DistancesRequest =
  | { kind: 'begin'; parts: PlacedParts; referencePoints: readonly ReferencePoint[] }
  | { kind: 'page'; id: number; question: PageQuestion }
  /** records of sightings that were asked for, one after the other, and where each ends */
  | { kind: 'records'; bytes: Uint8Array; ends: Uint32Array };

/** What the worker answers, and tells meanwhile. */
export type DistancesAnswer =
  /** it is at work, and has done this share of it, from 0 to 1 */
  | { kind: 'progress'; share: number }
  /** it sorts by what only the records tell: those of the rows from here on are wanted */
  | { kind: 'records wanted'; from: number }
  | {
      kind: 'page';
      id: number;
      /** of the pairs that were asked for, in the list */
      indices: Uint32Array<ArrayBuffer>;
      /** how many pairs are shown on all pages */
      total: number;
    }
  | { kind: 'error'; id: number; message: string };
