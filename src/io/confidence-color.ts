import type { Confidence } from '../domain/sighting';

/** Colours of confidence in files for other programs, as the map has them on a light ground: `#rrggbb`. */
export const CONFIDENCE_COLORS: Readonly<Record<Confidence, string>> = {
  high: '#9b1c31',
  moderate: '#b9501a',
  low: '#80661a',
};
