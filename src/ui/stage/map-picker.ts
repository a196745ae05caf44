import type { MapPoint, Target } from '../../domain/query';

/** Takes what is clicked or tapped on the map. */
export interface MapPicker {
  /** whether the sighting or reference point that is hit is meant, rather than the very point */
  snaps: boolean;
  /** whether more is wanted after the first */
  goesOn: boolean;
  take: (target: Target) => void;
}

/** Tells what is at a point of the map, in CSS pixels from its left top corner. */
export interface MapReader {
  pointAt: (at: { x: number; y: number }) => MapPoint;
  /** the sighting or reference point whose mark is there, else the point */
  targetAt: (at: { x: number; y: number }) => Target;
}
