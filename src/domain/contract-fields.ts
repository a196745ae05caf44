import { quoteValue } from './issue';
import {
  type Fields,
  date,
  eventDate,
  listOf,
  objectOf,
  oneLine,
  oneOf,
  positiveInteger,
  positiveMeters,
  ruleOf,
  slug,
  text,
  webLink,
} from './rules';
import {
  CONFIDENCE,
  CREDIBILITY,
  DISTANCE_QUALIFIER,
  RELIABILITY,
  SOURCE_TYPE,
  STANCE,
  STATUS,
} from './sighting';

const SOURCE_FIELDS: Fields = {
  publisher: { rule: oneLine, required: true },
  title: { rule: oneLine },
  url: { rule: webLink },
  publishedDate: { rule: date, required: true },
  retrievedDate: { rule: date },
  archivedUrl: { rule: webLink },
  origin: { rule: oneLine, required: true },
  type: { rule: oneOf(SOURCE_TYPE) },
  reliability: { rule: oneOf(RELIABILITY) },
  credibility: { rule: oneOf(CREDIBILITY) },
  stance: { rule: oneOf(STANCE) },
  claim: { rule: text, required: true },
};

const sourceIndex = ruleOf(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  (value) => `must be the index of a source, counted from 0, not ${quoteValue(value)}`,
);

const REPORTED_DISTANCE_FIELDS: Fields = {
  to: { rule: slug, required: true },
  meters: { rule: positiveMeters, required: true },
  qualifier: { rule: oneOf(DISTANCE_QUALIFIER), required: true },
  source: { rule: sourceIndex, required: true },
};

/** The properties of a sighting by their names, and what each has to be. */
export function propertyFields(systemIds: ReadonlySet<string> | undefined): Fields {
  const system =
    systemIds === undefined
      ? slug
      : ruleOf(
          (value) => typeof value === 'string' && systemIds.has(value),
          (value) => {
            const known = [...systemIds].map((id) => `"${id}"`).join(', ');
            return `${quoteValue(value)} is not in systems.json, which has ${known || 'no systems'}`;
          },
        );
  return {
    title: { rule: oneLine, required: true },
    system: { rule: system },
    systemQualifier: { rule: oneOf({ likely: true }) },
    quantity: { rule: positiveInteger },
    eventDate: { rule: eventDate, required: true },
    verbatimLocality: { rule: oneLine, required: true },
    coordinateUncertaintyInMeters: { rule: positiveMeters },
    georeferenceRemarks: { rule: text },
    confidence: { rule: oneOf(CONFIDENCE), required: true },
    confidenceBasis: { rule: text, required: true },
    status: { rule: oneOf(STATUS) },
    sources: { rule: listOf(objectOf(SOURCE_FIELDS), { atLeast: 1 }), required: true },
    reportedDistances: { rule: listOf(objectOf(REPORTED_DISTANCE_FIELDS), { atLeast: 1 }) },
  };
}
