import type { Units } from '../../domain/distance-text';

/** The systems of units, as a reader is asked for them. */
export const UNITS_LABEL: Readonly<Record<Units, string>> = {
  metric: 'Metric (m, km)',
  imperial: 'Imperial (ft, mi)',
  nautical: 'Nautical (m, nmi)',
};
