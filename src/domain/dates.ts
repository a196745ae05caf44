/** A span of whole days, both ends included, counted from 1970-01-01. */
export interface DaySpan {
  firstDay: number;
  lastDay: number;
}

/** Either the days that a text means, or why it means none. */
export type ParsedDate = { span: DaySpan } | { error: string };

const MS_PER_DAY = 86_400_000;
const DATE = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/;

function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // not Date.UTC, which takes year 99 for 1999
  return date.getTime() / MS_PER_DAY;
}

function parseDateOrMonth(text: string): ParsedDate {
  const match = DATE.exec(text);
  if (!match) {
    return { error: `"${text}" is not a date: write YYYY-MM-DD, or YYYY-MM for a whole month` };
  }
  const year = Number(match[1]);
  const month = Number(match[2]);
  if (month < 1 || month > 12)
    return { error: `"${text}" has no month ${match[2]}: months run from 01 to 12` };
  const firstOfMonth = dayNumber(year, month, 1);
  const daysInMonth = dayNumber(year, month + 1, 1) - firstOfMonth;
  if (match[3] === undefined) {
    return { span: { firstDay: firstOfMonth, lastDay: firstOfMonth + daysInMonth - 1 } };
  }
  const day = Number(match[3]);
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
  if (/^\d{4}-\d{2}$/.test(text)) return { error: `"${text}" is a month: write the day too, YYYY-MM-DD` };
  return parseDateOrMonth(text);
}

/**
 * Reads an event date: an ISO 8601 date `2023-01-19`, month `2023-01`, or interval of these
 * `2023-01-06/2023-01-20`.
 */
export function parseEventDate(text: string): ParsedDate {
  const parts = text.split('/');
  if (parts.length > 2) return { error: `"${text}" has more than one "/": an interval is START/END` };
  const start = parseDateOrMonth(parts[0] ?? '');
  if (parts[1] === undefined || 'error' in start) return start;
  const end = parseDateOrMonth(parts[1]);
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
