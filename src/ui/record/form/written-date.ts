import { type ParsedDate, parseEventDate } from '../../../domain/dates';
import type { Issue } from '../../../domain/issue';
import type { SightingForm, SourceForm } from '../../../domain/sighting-form';
import { hasTimeOfDay, isAmbiguousDate, noEventDate, readDate } from '../../../io/date-text';

/** A date that somebody wrote, as the contract has it. */
export interface WrittenDate {
  iso: string;
  /** whether a time of day was left out */
  isTimeLeftOut: boolean;
}

/** Reads a date as the import does; `undefined` for a text that is none, or that can be read in two ways. */
export function readWrittenDate(text: string): WrittenDate | undefined {
  const reading = readDate(text, undefined);
  return reading && 'iso' in reading ? { iso: reading.iso, isTimeLeftOut: hasTimeOfDay(text) } : undefined;
}

const isoOr = (text: string) => readWrittenDate(text)?.iso ?? text;

function withReadDatesOf(source: SourceForm): SourceForm {
  const publishedDate = isoOr(source.publishedDate);
  const retrievedDate = isoOr(source.retrievedDate);
  return { ...source, publishedDate, retrievedDate };
}

/** The fields of a form that have dates, these as the contract has them where they can be read. */
export function withReadDates({
  eventDate,
  sources,
}: SightingForm): Pick<SightingForm, 'eventDate' | 'sources'> {
  return { eventDate: isoOr(eventDate), sources: sources.map(withReadDatesOf) };
}

/** Both days that a date such as `01/02/2023` can be. */
function bothDays(text: string): string {
  return [true, false]
    .map((dayFirst) => readDate(text, dayFirst))
    .flatMap((reading) => (reading && 'iso' in reading ? [reading.iso] : []))
    .join(' or ');
}

/**
 * An error of a date, in the words of the form; `undefined` where what is written will be a date when the field is left.
 * @param parse what the contract takes for a date there
 */
export function inWordsOfDate(
  issue: Issue,
  text: string,
  parse: (iso: string) => ParsedDate,
): Issue | undefined {
  if (issue.severity !== 'error') return issue;
  if (isAmbiguousDate(text))
    return { ...issue, message: `"${text.trim()}" can be read in two ways: write ${bothDays(text)}` };
  const reading = readDate(text, undefined);
  if (reading === undefined) {
    const message = parse === parseEventDate ? noEventDate(text.trim()) : undefined;
    return { ...issue, ...(message !== undefined && { message }) };
  }
  if ('problem' in reading) return { ...issue, message: reading.problem };
  const parsed = parse(reading.iso);
  return 'error' in parsed ? { ...issue, message: parsed.error } : undefined;
}
