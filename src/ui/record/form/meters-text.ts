import { numberOf } from '../../../domain/sighting-form';
import { counted } from '../../wording';

/** A number whose dot parts thousands in some languages, and is a decimal point here. */
const DOTTED = /^(\d{1,3})\.(\d{3})$/;

/**
 * What metres that are written are read as, and what to write where something else may be meant; `undefined` where they
 * are no length.
 */
export function readMetersText(written: string, format: (meters: number) => string): string | undefined {
  const text = written.trim();
  const meters = text === '' ? NaN : Number(numberOf(text));
  if (!(meters > 0 && Number.isFinite(meters))) return undefined;
  const [, thousands, rest] = DOTTED.exec(text) ?? [];
  if (thousands === undefined || rest === undefined || Number(thousands) === 0) return format(meters);
  const digits = `${thousands}${rest}`;
  return `${format(meters)}, with a decimal point; for ${counted(Number(digits))} m write ${digits}`;
}
