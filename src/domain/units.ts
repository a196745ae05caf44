/** A unit of length. */
export interface Unit {
  name: string;
  meters: number;
  /** from this many metres on, it is used */
  fromMeters: number;
}

/** The systems of units that distances can be told in, small unit first. Miles are international ones. */
export const UNITS = {
  metric: [
    { name: 'm', meters: 1, fromMeters: 0 },
    { name: 'km', meters: 1000, fromMeters: 1000 },
  ],
  imperial: [
    { name: 'ft', meters: 0.3048, fromMeters: 0 },
    { name: 'mi', meters: 1609.344, fromMeters: 402.336 },
  ],
  nautical: [
    { name: 'm', meters: 1, fromMeters: 0 },
    { name: 'nmi', meters: 1852, fromMeters: 1852 },
  ],
} as const satisfies Record<string, readonly [Unit, Unit]>;
export type Units = keyof typeof UNITS;

export const UNIT_SYSTEMS = Object.keys(UNITS) as Units[];

/** The unit that a reader writes distances in. */
export function writtenUnit(units: Units): { name: string; meters: number } {
  return UNITS[units][1];
}

/** The unit of a system that a length is told in. */
export function unitFor(valueMeters: number, units: Units): Unit {
  const [small, large] = UNITS[units];
  return valueMeters < large.fromMeters ? small : large;
}

/** The unit of a system that short distances are told in. */
export function smallUnit(units: Units): { name: string; meters: number } {
  return UNITS[units][0];
}

/** A length that was chosen, as text with all of its digits to the metre: `1.234 km`. */
export function formatChosen(valueMeters: number, units: Units = 'metric'): string {
  const unit = unitFor(valueMeters, units);
  return `${(valueMeters / unit.meters).toLocaleString('en-GB', { maximumFractionDigits: 3 })} ${unit.name}`;
}

/** A single number of metres as text, to three digits: `700 m`, `2.41 km`. */
export function formatMeters(valueMeters: number, units: Units = 'metric'): string {
  const unit = unitFor(valueMeters, units);
  return `${(valueMeters / unit.meters).toLocaleString('en-GB', { maximumSignificantDigits: 3 })} ${unit.name}`;
}
