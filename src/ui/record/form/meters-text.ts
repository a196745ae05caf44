import { type SightingForm, numberOf } from '../../../domain/sighting-form';
import type { Issue } from '../../../domain/issue';
import { readMeters } from '../../../io/number-text';
import { counted } from '../../wording';

/** A number whose dot parts thousands in some languages, and is a decimal point here. */
const DOTTED = /^(\d{1,3})\.(\d{3})$/;

/** Such a number before a unit. */
const DOTTED_BEFORE_UNIT = /^[1-9]\d{0,2}\.\d{3}\s*\p{L}/u;

/**
 * The metres that a length such as `1.5 km` or `1 500` becomes when its field is left, as the import reads it;
 * `undefined` where it stays as it is.
 */
export function settledMeters(written: string): string | undefined {
  const text = written.trim();
  if (typeof numberOf(text) === 'number' || DOTTED_BEFORE_UNIT.test(text)) return undefined;
  const meters = readMeters(text);
  return meters !== undefined && meters > 0 ? String(Number(meters.toPrecision(12))) : undefined;
}

const metersOr = (written: string) => settledMeters(written) ?? written;

/** The fields of a form that have metres, these as the contract has them where they can be read. */
export function withReadMeters({
  coordinateUncertaintyInMeters,
  reportedDistances,
}: SightingForm): Pick<SightingForm, 'coordinateUncertaintyInMeters' | 'reportedDistances'> {
  return {
    coordinateUncertaintyInMeters: metersOr(coordinateUncertaintyInMeters),
    reportedDistances: reportedDistances.map((one) => ({ ...one, meters: metersOr(one.meters) })),
  };
}

/** An error of metres, but of what will be a number when the field is left. */
export function inWordsOfMeters(issue: Issue, written: string): Issue | undefined {
  return issue.severity === 'error' && settledMeters(written) !== undefined ? undefined : issue;
}

/**
 * What metres that are written are read as, and what to write where something else may be meant; `undefined` where they
 * are no length.
 */
export function readMetersText(written: string, format: (meters: number) => string): string | undefined {
  const text = written.trim();
  const meters = text === '' ? NaN : Number(settledMeters(text) ?? numberOf(text));
  if (!(meters > 0 && Number.isFinite(meters))) return undefined;
  const [, thousands, rest] = DOTTED.exec(text) ?? [];
  if (thousands === undefined || rest === undefined || Number(thousands) === 0) return format(meters);
  const digits = `${thousands}${rest}`;
  return `${format(meters)}, with a decimal point; for ${counted(Number(digits))} m write ${digits}`;
}
