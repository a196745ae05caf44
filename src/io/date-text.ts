import { parseEventDate } from '../domain/dates';
import { besideWeekday, monthOf, plainDays, withDash } from './date-words';

/** A date in ISO 8601, or why a text gives none; `undefined` for a text that is no date known here. */
export type DateReading = { iso: string } | { problem: string } | undefined;

/** No date is longer; what is, has other text around it. */
const MAX_LENGTH = 200;

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

/** What parts the two ends of a span; a hyphen alone does so between dates with dots only. */
const BETWEEN = /\s+[-/]\s+|\s*[–—]\s*|(?<=\.\d{4})-(?=\d{1,2}\.)/;

/** The two ends of a span such as `16.01.2023 – 20.01.2023`, neither of them read yet. */
function spanEnds(text: string): [string, string] | undefined {
  const [start = '', end = '', ...more] =
    text.trim().length > MAX_LENGTH ? [] : withDash(text.trim()).split(BETWEEN);
  return start === '' || end === '' || more.length > 0 ? undefined : [start, end];
}

/**
 * Whether days come before months in dates such as `01/02/2023`, as far as some of them can be read in one way only.
 * @returns `undefined` when none tells, or when they contradict each other
 */
export function isDayFirst(texts: Iterable<string>): boolean | undefined {
  let [day, month] = [false, false];
  for (const text of [...texts].flatMap((own) => spanEnds(own) ?? [own])) {
    const parts = slashed(text.trim());
    if (parts === undefined) continue;
    if (parts.first > 12 && parts.second <= 12) day = true;
    if (parts.second > 12 && parts.first <= 12) month = true;
  }
  return day === month ? undefined : day;
}

/** Whether a text is of numbers that may be day and month or month and day: `01/02/2023`. */
export function isAmbiguousDate(text: string): boolean {
  const ends = spanEnds(text);
  if (ends) return isDayFirst(ends) === undefined && ends.some((end) => isAmbiguousDate(end));
  const parts = slashed(text.trim());
  return parts !== undefined && parts.first <= 12 && parts.second <= 12 && parts.first !== parts.second;
}

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
  return (timedEnds(text) ?? spanEnds(text) ?? [text]).some((end) => {
    const [time] = TIME.exec(end.trim()) ?? [];
    return time !== undefined && !MIDNIGHT.test(time);
  });
}

/** The interval of two dates that were read, neither an interval of its own; of a day and itself that day. */
function spanOf(start: DateReading, end: DateReading): DateReading {
  if (start === undefined || end === undefined) return undefined;
  if ('problem' in start) return start;
  if ('problem' in end) return end;
  const iso = [...new Set([start.iso, end.iso])].join('/');
  if (start.iso.includes('/') || end.iso.includes('/')) return undefined;
  const parsed = parseEventDate(iso);
  return 'error' in parsed ? { problem: parsed.error } : { iso };
}

/** The span from a day without a year to one with it; a month later than that of the end is of the year before. */
function spanInto([, start = '', ending = '', year = '']: readonly string[], before: string): DateReading {
  const startIn = (own: number) => readDate(`${start}${before}${String(own).padStart(4, '0')}`, undefined);
  const end = readDate(ending, undefined);
  const earlier = startIn(Number(year) - 1);
  const monthOfIso = (reading: DateReading) =>
    reading && 'iso' in reading ? Number(reading.iso.slice(5, 7)) : undefined;
  const [from, to] = [monthOfIso(earlier), monthOfIso(end)];
  const isAcross = from !== undefined && to !== undefined && from > to;
  return spanOf(isAcross ? earlier : startIn(Number(year)), end);
}

/**
 * Reads days that share their month or year: `16-20 January 2023`, `January 16-20, 2023`, `30 January – 2 February 2023`,
 * `16.01 – 20.01.2023`, `30 December – 2 January 2023`.
 */
function readSharedSpan(text: string): DateReading {
  const ofMonth = /^(\d{1,2})(?:st|nd|rd|th)?\s*[-–—]\s*(\d{1,2}(?:\.|(?:st|nd|rd|th)?\s+\p{L}).*)$/u.exec(
    text,
  );
  const afterMonth = /^(\p{L}+\.?\s+)(\d{1,2})(?:st|nd|rd|th)?\s*[-–—]\s*(\d.*)$/u.exec(text);
  const ofYear = /^(\d{1,2}\s+\p{L}+\.?)\s*[-–—]\s*(\d{1,2}\s+\p{L}+\.?[\s,]+(\d{4}))$/u.exec(text);
  const byMonth =
    /^(\p{L}+\.?\s+\d{1,2})(?:st|nd|rd|th)?\s*[-–—]\s*(\p{L}+\.?\s+\d{1,2}\D{0,3}\s(\d{4}))$/u.exec(text);
  const dotted = /^(\d{1,2}\.\d{1,2})\.?\s*[-–—]\s*(\d{1,2}\.\d{1,2}\.(\d{4}))$/.exec(text);
  if (byMonth) return spanInto(byMonth, ', ');
  if (dotted) return spanInto(dotted, '.');
  if (ofYear) return spanInto(ofYear, ' ');
  const [day, ending] = ofMonth
    ? [ofMonth[1], ofMonth[2]]
    : [afterMonth?.[2], `${afterMonth?.[1]}${afterMonth?.[3]}`];
  if (day === undefined) return undefined;
  const end = readDate(ending ?? '', undefined);
  const [, year, month] = /^(\d{4})-(\d{2})-\d{2}$/.exec(end && 'iso' in end ? end.iso : '') ?? [];
  if (year === undefined || month === undefined) return end && 'problem' in end ? end : undefined;
  return spanOf(isoOf(year, month, day), end);
}

/** Reads what has a day of the week before it or behind it, which has to be that of the date. */
function readBesideWeekday(text: string, dayFirst: boolean | undefined): DateReading {
  const beside = besideWeekday(text);
  const reading = beside && readDate(beside.rest, dayFirst);
  if (beside === undefined || reading === undefined || 'problem' in reading) return reading;
  const parsed = parseEventDate(reading.iso);
  if ('error' in parsed || !/^\d{4}-\d{2}-\d{2}$/.test(reading.iso)) return undefined;
  return (((parsed.span.firstDay - beside.weekday) % 7) + 7) % 7 === 0
    ? reading
    : { problem: `"${text}" has another day of the week than ${reading.iso} has` };
}

/**
 * Why a text that is not read is no date of an event, which can be an interval.
 * @returns `undefined` for an interval, of which the contract says what is wrong
 */
export function noEventDate(text: string): string | undefined {
  if (text === '' || text.includes('/')) return undefined;
  return `"${text}" is not a date: write YYYY-MM-DD, YYYY-MM for a whole month, or YYYY-MM-DD/YYYY-MM-DD for the days from one to another`;
}

/**
 * Reads a date as people write it: ISO 8601 with or without a time, spans of it, `2023/01/19`, `19.01.2023` (dots part day,
 * month and year everywhere), `19 January 2023`, `January 19, 2023`, `January 2023`, `19 января 2023 г.`, `19. Januar 2023`,
 * `1er mai 2023`, `19 de enero de 2023`, with the day of the week beside it or not; and two of them with a hyphen or a dash
 * between, `16-20 January 2023`, or `from 16 to 20 January 2023`, as an interval. The
 * day is that of the text, whatever its time zone. `01/02/2023` is read only when `dayFirst` says how.
 */
export function readDate(given: string, dayFirst: boolean | undefined): DateReading {
  if (given.trim().length > MAX_LENGTH) return undefined;
  const text = withDash(given.trim());
  if (!('error' in parseEventDate(text))) return { iso: text };
  const ends = timedEnds(text)?.map((end) => end.replace(TIME, ''));
  if (ends) {
    const iso = [...new Set(ends)].join('/');
    const parsed = parseEventDate(iso);
    return 'error' in parsed ? { problem: parsed.error } : { iso };
  }
  const span = spanEnds(text);
  const spanFirst = span && (isDayFirst(span) ?? dayFirst);
  const ofWhole =
    (span && spanOf(readDate(span[0], spanFirst), readDate(span[1], spanFirst))) ??
    readBesideWeekday(text, dayFirst);
  if (ofWhole) return ofWhole;
  const bare = plainDays(
    text
      .replace(TIME, '')
      .replace(/(?<=\d{4})\s*(?:[гр]\.?|года?|року)$/, '')
      .trim(),
  );

  const yearFirst = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$/.exec(bare);
  if (yearFirst) return isoOf(yearFirst[1] ?? '', yearFirst[3] ?? '', yearFirst[4]);

  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(bare);
  if (dotted) return isoOf(dotted[3] ?? '', dotted[2] ?? '', dotted[1]);
  if (/^\d{1,2}([./-])\d{1,2}\1\d{2}$/.test(bare))
    return { problem: `"${text}" has a year of two digits: write four, as in 2023-01-19` };

  const shared = readSharedSpan(bare);
  if (shared) return shared;

  const parts = /\d{4}\s*[-–—]/.test(bare) ? undefined : slashed(bare);
  if (parts) {
    const { first, second, year } = parts;
    const isDay = first > 12 ? true : second > 12 ? false : first === second ? true : dayFirst;
    if (isDay === undefined)
      return { problem: `"${text}" can be read in two ways: say whether the day or the month comes first` };
    return isDay ? isoOf(year, second, first) : isoOf(year, first, second);
  }

  const dayName =
    /^(?:the\s+)?(\d{1,2})(?:st|nd|rd|th|-?го)?[\s-]+(?:of\s+)?(\p{L}+\.?)[\s,-]+(\d{4})$/iu.exec(bare);
  const nameDay = /^(\p{L}+\.?)\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/iu.exec(bare);
  const nameOnly = /^(\p{L}+\.?)[\s,-]+(\d{4})$/u.exec(bare);
  const [name, year, day] = dayName
    ? [dayName[2], dayName[3], dayName[1]]
    : nameDay
      ? [nameDay[1], nameDay[3], nameDay[2]]
      : [nameOnly?.[1], nameOnly?.[2], undefined];
  const month = monthOf(name ?? '');
  return year === undefined || month === 0 ? undefined : isoOf(year, month, day);
}
