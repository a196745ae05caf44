import {
  CONFIDENCE,
  CREDIBILITY,
  RELIABILITY,
  SOURCE_TYPE,
  type SourceField,
  STANCE,
  STATUS,
} from '../domain/sighting';
import type { ContractContext } from '../domain/validate';
import { readDate } from './date-text';
import type { SightingField } from './mapping';
import { readMeters, readNumber } from './number-text';
import { slugOf } from './sighting-id';

/** A field's value in the form of the contract; where it cannot be, the text as it is. */
export interface FieldReading {
  value: unknown;
  /** why the text is no value, where the contract's own words would not tell */
  problem?: string;
  /** what was changed, in words */
  mend?: string;
}

/** What a text is read with, beyond the text itself. */
export interface ReadingContext extends ContractContext {
  dayFirst: boolean | undefined;
}

type FieldReader = (text: string, context: ReadingContext) => FieldReading;

/** Control characters and the line and paragraph separators of Unicode, with the spaces around them. */
const LINE_BREAKS = /\s*[\p{Cc}\u2028\u2029]+\s*/gu;

const line: FieldReader = (text) => {
  const value = text.replace(LINE_BREAKS, ' ').trim();
  return value === text ? { value } : { value, mend: 'line breaks became spaces' };
};

const asIs: FieldReader = (text) => ({ value: text });

const date: FieldReader = (text, { dayFirst }) => {
  const read = readDate(text, dayFirst);
  if (read === undefined) return { value: text };
  return 'iso' in read ? { value: read.iso } : { value: text, problem: read.problem };
};

const count: FieldReader = (text) => ({ value: readNumber(text, { hasThousands: true }) ?? text });

const meters: FieldReader = (text) => {
  const value = readMeters(text);
  if (value !== undefined) return { value };
  return /^\d{1,3}(?:,\d{3})+$/.test(text)
    ? { value: text, problem: `"${text}" can be read in two ways: write it without a comma` }
    : { value: text };
};

/** A key of a vocabulary, whatever its case, or by the words that describe it. */
function wordOf(vocabulary: Readonly<Record<string, unknown>>): FieldReader {
  const entries = Object.entries(vocabulary);
  return (text) => {
    const lower = text.toLowerCase();
    const found = entries.find(([key, words]) =>
      [key, words].some((name) => String(name).toLowerCase() === lower),
    );
    return { value: found?.[0] ?? text };
  };
}

const system: FieldReader = (text, { systemIds }) => {
  if (systemIds?.has(text)) return { value: text };
  const slug = slugOf(text);
  return { value: systemIds?.has(slug) ? slug : text };
};

/** How the text of each field of a sighting is read. */
export const SIGHTING_READERS: Readonly<Record<Exclude<SightingField, 'id'>, FieldReader>> = {
  title: line,
  system,
  systemQualifier: wordOf({ likely: true }),
  quantity: count,
  eventDate: date,
  verbatimLocality: line,
  coordinateUncertaintyInMeters: meters,
  georeferenceRemarks: asIs,
  confidence: wordOf(CONFIDENCE),
  confidenceBasis: asIs,
  status: wordOf(STATUS),
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
  type: wordOf(SOURCE_TYPE),
  reliability: wordOf(RELIABILITY),
  credibility: wordOf(CREDIBILITY),
  stance: wordOf(STANCE),
  claim: asIs,
};
