import { parseEventDate } from '../domain/dates';

/** A date in ISO 8601, or why a text gives none; `undefined` for a text that is no date known here. */
export type DateReading = { iso: string } | { problem: string } | undefined;

/** Beginnings of the names of months, from January on. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan(?:uary)?|янв(?:ар[ья])?)$/,
  /^(?:feb(?:ruary)?|фев(?:р(?:ал[ья])?)?)$/,
  /^(?:mar(?:ch)?|март?а?)$/,
  /^(?:apr(?:il)?|апр(?:ел[ья])?)$/,
  /^(?:may|ма[йя])$/,
  /^(?:june?|июн[ья]?)$/,
  /^(?:july?|июл[ья]?)$/,
  /^(?:aug(?:ust)?|авг(?:уста?)?)$/,
  /^(?:sept?(?:ember)?|сент?(?:ябр[ья])?)$/,
  /^(?:oct(?:ober)?|окт(?:ябр[ья])?)$/,
  /^(?:nov(?:ember)?|ноя(?:б(?:р[ья])?)?)$/,
  /^(?:dec(?:ember)?|дек(?:абр[ья])?)$/,
];

function monthOf(name: string): number {
  return MONTHS.findIndex((pattern) => pattern.test(name.toLowerCase().replace(/\.$/, ''))) + 1;
}

function isoOf(year: string, month: number | string, day?: number | string): DateReading {
  const two = (part: number | string) => String(Number(part)).padStart(2, '0');
  const iso = [year, two(month), ...(day === undefined ? [] : [two(day)])].join('-');
  const parsed = parseEventDate(iso);
  return 'error' in parsed ? { problem: parsed.error } : { iso };
}

/** `01/02/2023` and `01-02-2023`; `undefined` when the text is not of that kind. */
function slashed(text: string): { first: number; second: number; year: string } | undefined {
  const [, first = '', second = '', year = ''] = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})(?:[T ,].*)?$/.exec(text)
    ? (/^(\d{1,2})[/-](\d{1,2})[/-](\d{4})/.exec(text) ?? [])
    : [];
  return year === '' ? undefined : { first: Number(first), second: Number(second), year };
}

/**
 * Whether days come before months in dates such as `01/02/2023`, as far as some of them can be read in one way only.
 * @returns `undefined` when none tells, or when they contradict each other
 */
export function isDayFirst(texts: Iterable<string>): boolean | undefined {
  let [day, month] = [false, false];
  for (const text of texts) {
    const parts = slashed(text.trim());
    if (parts === undefined) continue;
    if (parts.first > 12 && parts.second <= 12) day = true;
    if (parts.second > 12 && parts.first <= 12) month = true;
  }
  return day === month ? undefined : day;
}

/** Whether a text is of numbers that may be day and month or month and day: `01/02/2023`. */
export function isAmbiguousDate(text: string): boolean {
  const parts = slashed(text.trim());
  return parts !== undefined && parts.first <= 12 && parts.second <= 12 && parts.first !== parts.second;
}

/** No date is longer; what is, has other text around it. */
const MAX_LENGTH = 200;

const TIME =
  /[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]m)?\s*(?:Z|UTC|GMT|MSK|мск|[-+]\d{2}:?\d{2})?$/i;

const MIDNIGHT = /^[T ,]+0?0:00(?::00(?:[.,]0+)?)?(?![:\d])/;

/** The two ends of a span of days of which one has a time of day, as KML and ISO 8601 write it. */
function timedEnds(text: string): string[] | undefined {
  const ends = text.split('/').map((end) => end.trim());
  const areDays = ends.every((end) => /^\d{4}-\d{2}-\d{2}$/.test(end.replace(TIME, '')));
  return ends.length === 2 && areDays && ends.some((end) => TIME.test(end)) ? ends : undefined;
}

/** Whether a date has a time of day after it that says something: midnight is what programs write for none. */
export function hasTimeOfDay(text: string): boolean {
  return (timedEnds(text) ?? [text]).some((end) => {
    const [time] = TIME.exec(end.trim()) ?? [];
    return time !== undefined && !MIDNIGHT.test(time);
  });
}

/**
 * Reads a date as people write it: ISO 8601 with or without a time, spans of it, `2023/01/19`, `19.01.2023` (dots part day, month
 * and year everywhere), `19 January 2023`, `January 19, 2023`, `January 2023`, `19 января 2023 г.`; the day is that of
 * the text, whatever its time zone. `01/02/2023` is read only when `dayFirst` says how.
 */
export function readDate(given: string, dayFirst: boolean | undefined): DateReading {
  const text = given.trim();
  if (text.length > MAX_LENGTH) return undefined;
  if (!('error' in parseEventDate(text))) return { iso: text };
  const ends = timedEnds(text)?.map((end) => end.replace(TIME, ''));
  if (ends) {
    const iso = [...new Set(ends)].join('/');
    const parsed = parseEventDate(iso);
    return 'error' in parsed ? { problem: parsed.error } : { iso };
  }
  const bare = text
    .replace(TIME, '')
    .replace(/(?<=\d{4})\s*(?:г\.?|года?)$/, '')
    .trim();

  const yearFirst = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(bare);
  if (yearFirst) return isoOf(yearFirst[1] ?? '', yearFirst[3] ?? '', yearFirst[4]);

  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(bare);
  if (dotted) return isoOf(dotted[3] ?? '', dotted[2] ?? '', dotted[1]);
  if (/^\d{1,2}([./-])\d{1,2}\1\d{2}$/.test(bare))
    return { problem: `"${text}" has a year of two digits: write four, as in 2023-01-19` };

  const parts = slashed(bare);
  if (parts) {
    const { first, second, year } = parts;
    const isDay = first > 12 ? true : second > 12 ? false : first === second ? true : dayFirst;
    if (isDay === undefined)
      return { problem: `"${text}" can be read in two ways: say whether the day or the month comes first` };
    return isDay ? isoOf(year, second, first) : isoOf(year, first, second);
  }

  const dayName = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(\p{L}+\.?)[\s,-]+(\d{4})$/u.exec(bare);
  const nameDay = /^(\p{L}+\.?)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(bare);
  const nameOnly = /^(\p{L}+\.?)[\s,-]+(\d{4})$/u.exec(bare);
  const [name, year, day] = dayName
    ? [dayName[2], dayName[3], dayName[1]]
    : nameDay
      ? [nameDay[1], nameDay[3], nameDay[2]]
      : [nameOnly?.[1], nameOnly?.[2], undefined];
  const month = monthOf(name ?? '');
  return year === undefined || month === 0 ? undefined : isoOf(year, month, day);
}
