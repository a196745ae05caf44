/** A span of whole days, both ends included, counted from 1970-01-01. */
export interface DaySpan {
  firstDay: number;
  lastDay: number;
}

/** Either the days that a text means, or why it means none. */
export type ParsedDate = { span: DaySpan } | { error: string };

const MS_PER_DAY = 86_400_000;

/** Days of the months before each, in a common year. */
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970-01-01 to the first day of a year of the Gregorian calendar. */
function firstDayOf(year: number): number {
  const before = year - 1;
  return (
    365 * (year - 1970) + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477
  );
}

/** Days from 1970-01-01 to the first day of a month, 1 to 12, of the Gregorian calendar. */
export function firstDayOfMonth(year: number, month: number): number {
  return firstDayOf(year) + (DAYS_BEFORE[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0);
}

/** How many days a month has, 1 to 12. */
export function lengthOfMonth(year: number, month: number): number {
  const inCommonYear = (DAYS_BEFORE[month] ?? 0) - (DAYS_BEFORE[month - 1] ?? 0);
  return inCommonYear + (month === 2 && isLeapYear(year) ? 1 : 0);
}

/** The number that digits of a text make, NaN when others are among them. */
function numberAt(text: string, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    number = 10 * number + digit;
  }
  return number;
}

function isHyphen(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x2d;
}

function parseDateOrMonth(text: string): ParsedDate {
  const hasDay = text.length === 'YYYY-MM-DD'.length;
  const year = numberAt(text, 0, 4);
  const month = numberAt(text, 5, 7);
  const day = hasDay ? numberAt(text, 8, 10) : 1;
  const isShaped = isHyphen(text, 4) && (hasDay ? isHyphen(text, 7) : text.length === 'YYYY-MM'.length);
  if (!isShaped || Number.isNaN(year + month + day)) {
    return { error: `"${text}" is not a date: write YYYY-MM-DD, or YYYY-MM for a whole month` };
  }
  if (month < 1 || month > 12)
    return { error: `"${text}" has no month ${text.slice(5, 7)}: months run from 01 to 12` };
  const daysInMonth = lengthOfMonth(year, month);
  const firstOfMonth = firstDayOfMonth(year, month);
  if (!hasDay) return { span: { firstDay: firstOfMonth, lastDay: firstOfMonth + daysInMonth - 1 } };
  if (day < 1 || day > daysInMonth) {
    return { error: `"${text}" does not exist: that month has ${daysInMonth} days` };
  }
  const only = firstOfMonth + day - 1;
  return { span: { firstDay: only, lastDay: only } };
}

/**
 * Reads one ISO 8601 calendar date, `2023-01-19`.
 * Months and intervals are refused: use {@link parseEventDate} for those.
 */
export function parseDate(text: string): ParsedDate {
  if (text.length === 'YYYY-MM'.length && /^\d{4}-\d{2}$/.test(text))
    return { error: `"${text}" is a month: write the day too, YYYY-MM-DD` };
  return parseDateOrMonth(text);
}

/**
 * Reads an event date: an ISO 8601 date `2023-01-19`, month `2023-01`, or interval of these
 * `2023-01-06/2023-01-20`.
 */
export function parseEventDate(text: string): ParsedDate {
  const slash = text.indexOf('/');
  if (slash < 0) return parseDateOrMonth(text);
  if (text.includes('/', slash + 1))
    return { error: `"${text}" has more than one "/": an interval is START/END` };
  const start = parseDateOrMonth(text.slice(0, slash));
  if ('error' in start) return start;
  const end = parseDateOrMonth(text.slice(slash + 1));
  if ('error' in end) return end;
  if (end.span.lastDay < start.span.firstDay) return { error: `"${text}" ends before it starts` };
  return { span: { firstDay: start.span.firstDay, lastDay: Math.max(start.span.lastDay, end.span.lastDay) } };
}

/** Writes whole days as an ISO 8601 date, or as an interval of two: `2023-01-19`, `2023-01-06/2023-01-20`. */
export function formatIsoDays({ firstDay, lastDay }: DaySpan): string {
  const iso = (day: number) => {
    const date = new Date(day * MS_PER_DAY);
    const [month, ofMonth] = [date.getUTCMonth() + 1, date.getUTCDate()];
    return [String(date.getUTCFullYear()).padStart(4, '0'), month, ofMonth]
      .map((part) => String(part).padStart(2, '0'))
      .join('-');
  };
  return firstDay === lastDay ? iso(firstDay) : `${iso(firstDay)}/${iso(lastDay)}`;
}

const DAY_FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const MONTH_FORMAT = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

function formatDateOrMonth(text: string): string {
  const parsed = parseDateOrMonth(text);
  if ('error' in parsed) return text;
  const format = text.length === 'YYYY-MM'.length ? MONTH_FORMAT : DAY_FORMAT;
  return format.format(parsed.span.firstDay * MS_PER_DAY);
}

/**
 * Writes an event date for readers, exactly as wide as it was reported: `19 January 2023`,
 * `January 2023`, `6–20 January 2023`, `December 2022 – 23 January 2023`. Text that is no event date
 * comes back unchanged.
 */
export function formatEventDate(text: string): string {
  const [start = '', end] = text.split('/');
  if (end === undefined) return formatDateOrMonth(start);
  const parsed = parseEventDate(text);
  const bothAreDays = start.length === 'YYYY-MM-DD'.length && end.length === start.length;
  if ('error' in parsed) return text;
  if (!bothAreDays) return `${formatDateOrMonth(start)} – ${formatDateOrMonth(end)}`;
  // formatRange merges what the two days share; its thin spaces are plain ones in print.
  return DAY_FORMAT.formatRange(parsed.span.firstDay * MS_PER_DAY, parsed.span.lastDay * MS_PER_DAY)
    .replaceAll('\u2009', ' ')
    .replace(/(?<=^\d+) – (?=\d+ \D+ \d+$)/, '–');
}
