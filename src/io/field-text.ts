import { quoteValue } from '../domain/issue';
import {
  CONFIDENCE,
  CREDIBILITY,
  RELIABILITY,
  SOURCE_TYPE,
  type SourceField,
  STANCE,
  STATUS,
} from '../domain/sighting';
import { hasTimeOfDay, noEventDate, readDate } from './date-text';
import { pointProblem } from './decimal-commas';
import type { SightingField } from './mapping';
import type { MendOptions } from './mend-geometry';
import { commaProblem, readMeters, readNumber } from './number-text';
import { slugOf } from './sighting-id';
import { type NamedContext, systemsNamed } from './system-names';
import {
  CONFIDENCE_WORDS,
  LIKELY_WORDS,
  SOURCE_TYPE_WORDS,
  STANCE_WORDS,
  STATUS_WORDS,
  valueInWords,
} from './value-words';

/** A field's value in the form of the contract; where it cannot be, the text as it is. */
export interface FieldReading {
  value: unknown;
  /** why the text is no value, where the contract's own words would not tell */
  problem?: string;
  /** what was changed, in words */
  mend?: string;
}

/** What a text is read with, beyond the text itself. */
export interface ReadingContext extends NamedContext, MendOptions {
  dayFirst: boolean | undefined;
  /** whether other numbers of the file have decimal commas, so that a point may part thousands */
  hasDecimalCommas?: () => boolean;
}

/** Reads a text as the file has it, with the spaces around it. */
type FieldReader = (text: string, context: ReadingContext) => FieldReading;

const TRIMMED = 'spaces around it were removed';

/** Control characters and the line and paragraph separators of Unicode, with the spaces around them. */
const CONTROLS = /[\p{Cc}\u2028\u2029]/u;
const SPACES = /[\s\p{Cc}]+/gu;

/** What became a space in a text, in words. */
function becameSpaces(text: string): string {
  const hasBreaks = /[\n-\r\u2028\u2029]/.test(text);
  const hasTabs = text.includes('\t');
  if (hasBreaks) return hasTabs ? 'line breaks and tabs became spaces' : 'line breaks became spaces';
  return hasTabs
    ? 'tabs became spaces'
    : 'control characters became spaces: look whether the file was read in the right encoding';
}

const line: FieldReader = (given) => {
  const text = given.trim();
  const value = text.replace(SPACES, (spaces) => (CONTROLS.test(spaces) ? ' ' : spaces)).trim();
  if (value === given) return { value };
  return { value, mend: value === text ? TRIMMED : becameSpaces(text) };
};

const asIs: FieldReader = (given) => {
  const value = given.trim();
  return value === given ? { value } : { value, mend: TRIMMED };
};

/** A reader of what is no text of its own, such as a number: spaces around it say nothing, and no mend tells of them. */
function withoutSpaces(read: FieldReader): FieldReader {
  return (text, context) => read(text.trim(), context);
}

const date = withoutSpaces((text, { dayFirst }) => {
  const read = readDate(text, dayFirst);
  if (/^\.\.\/|\/\.\.$/.test(text)) {
    const problem = `"${text}" is an interval without ${text.startsWith('..') ? 'a start' : 'an end'}: give both of its days`;
    return { value: text, problem };
  }
  if (read === undefined) return { value: text };
  if ('problem' in read) return { value: text, problem: read.problem };
  return { value: read.iso, ...(hasTimeOfDay(text) && { mend: 'the time of day was left out' }) };
});

const eventDate = withoutSpaces((text, context) => {
  const problem = readDate(text, context.dayFirst) === undefined ? noEventDate(text) : undefined;
  return problem === undefined ? date(text, context) : { value: text, problem };
});

const count = withoutSpaces((text, { hasDecimalCommas }) => {
  const problem = pointProblem(text, hasDecimalCommas);
  return problem === undefined
    ? { value: readNumber(text, { hasThousands: true }) ?? text }
    : { value: text, problem };
});

const meters = withoutSpaces((text, { hasDecimalCommas }) => {
  const unclear = pointProblem(text, hasDecimalCommas);
  if (unclear !== undefined) return { value: text, problem: unclear };
  const problem = commaProblem(text);
  return problem === undefined ? { value: readMeters(text) ?? text } : { value: text, problem };
});

/**
 * A key of a vocabulary, whatever its case, or by the words that describe it; in other languages by words that are
 * not the contract's own, which is told.
 */
function wordOf(
  vocabulary: Readonly<Record<string, unknown>>,
  words: Parameters<typeof valueInWords>[0] = {},
): FieldReader {
  const entries = Object.entries(vocabulary);
  return withoutSpaces((text) => {
    const lower = text.toLowerCase();
    const found = entries.find(([key, words]) =>
      [key, words].some((name) => String(name).toLowerCase() === lower),
    );
    if (found) return { value: found[0] };
    const value = valueInWords(words, text);
    return value === undefined ? { value: text } : { value, mend: `“${text}” was read as ${value}` };
  });
}

const system = withoutSpaces((text, { systemIds, systemNames }) => {
  if (systemIds?.has(text)) return { value: text };
  const slug = slugOf(text);
  if (systemIds?.has(slug)) return { value: slug };
  const named = systemsNamed(text, systemNames);
  const [id] = named;
  if (id === undefined) return { value: text };
  if (named.length === 1) return { value: id, mend: `“${text}” was read as ${id}` };
  const ids = named.map((one) => quoteValue(one)).join(', ');
  return { value: text, problem: `${quoteValue(text)} is a name of several systems: ${ids}` };
});

/** How the text of each field of a sighting is read. */
export const SIGHTING_READERS: Readonly<Record<Exclude<SightingField, 'id'>, FieldReader>> = {
  title: line,
  system,
  systemQualifier: wordOf({ likely: true }, LIKELY_WORDS),
  quantity: count,
  eventDate,
  verbatimLocality: line,
  coordinateUncertaintyInMeters: meters,
  georeferenceRemarks: asIs,
  confidence: wordOf(CONFIDENCE, CONFIDENCE_WORDS),
  confidenceBasis: asIs,
  status: wordOf(STATUS, STATUS_WORDS),
};

/** How the text of each field of a source is read. */
export const SOURCE_READERS: Readonly<Record<SourceField, FieldReader>> = {
  publisher: line,
  title: line,
  url: asIs,
  publishedDate: date,
  retrievedDate: date,
  archivedUrl: asIs,
  origin: line,
  type: wordOf(SOURCE_TYPE, SOURCE_TYPE_WORDS),
  reliability: wordOf(RELIABILITY),
  credibility: wordOf(CREDIBILITY),
  stance: wordOf(STANCE, STANCE_WORDS),
  claim: asIs,
};
