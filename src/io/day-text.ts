import { firstDayOfMonth, lengthOfMonth } from '../domain/dates';

export const HYPHEN = 0x2d;

/** The number that two digits make, NaN when others stand there. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const [tens, ones] = [(bytes[at] ?? 0) - 48, (bytes[at + 1] ?? 0) - 48];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
}

/** Reads ISO 8601 dates from their bytes, as days since 1970-01-01, without making texts of them. */
export class DayText {
  /** the last day of what was read last */
  lastDay = 0;

  /** The first day of a day or a month; its last is then known too. NaN when there is none. */
  monthOrDayAt(bytes: Uint8Array, at: number): number {
    if (bytes[at + 7] === HYPHEN) return this.dayAt(bytes, at);
    const [year, month] = [100 * twoDigits(bytes, at) + twoDigits(bytes, at + 2), twoDigits(bytes, at + 5)];
    if (bytes[at + 4] !== HYPHEN || !(month >= 1 && month <= 12) || Number.isNaN(year)) return NaN;
    const first = firstDayOfMonth(year, month);
    this.lastDay = first + lengthOfMonth(year, month) - 1;
    return first;
  }

  /** The same of a day. */
  dayAt(bytes: Uint8Array, at: number): number {
    const year = 100 * twoDigits(bytes, at) + twoDigits(bytes, at + 2);
    const [month, day] = [twoDigits(bytes, at + 5), twoDigits(bytes, at + 8)];
    if (bytes[at + 4] !== HYPHEN || bytes[at + 7] !== HYPHEN || !(month >= 1 && month <= 12)) return NaN;
    if (Number.isNaN(year) || !(day >= 1 && day <= lengthOfMonth(year, month))) return NaN;
    this.lastDay = firstDayOfMonth(year, month) + day - 1;
    return this.lastDay;
  }
}
