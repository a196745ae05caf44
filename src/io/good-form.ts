import { ORIGINS_NEEDED } from '../domain/evidence';
import { CREDIBILITY, RELIABILITY, SOURCE_TYPE } from '../domain/sighting';
import { CONFIDENCES, STATUSES } from '../domain/table';
import { type Members, membersOf, wordOf } from './json-members';

/** What stands where in a sighting that is as most are. */
export type Kind =
  | 'feature'
  | 'id'
  | 'geometry'
  | 'properties'
  | 'point'
  | 'position'
  | 'line'
  | 'text'
  | 'link'
  | 'system'
  | 'likely'
  | 'quantity'
  | 'event-date'
  | 'day'
  | 'uncertainty'
  | 'confidence'
  | 'status'
  | 'sources'
  | 'publisher'
  | 'origin'
  | 'type'
  | 'reliability'
  | 'credibility'
  | 'supports';

export const FEATURE: Members<Kind> = membersOf({
  type: ['feature'],
  id: ['id'],
  geometry: ['geometry'],
  properties: ['properties'],
});

export const POINT: Members<Kind> = membersOf({ type: ['point'], coordinates: ['position'] });

export const PROPERTIES: Members<Kind> = membersOf({
  title: ['line'],
  system: ['system', 'optional'],
  systemQualifier: ['likely', 'optional'],
  quantity: ['quantity', 'optional'],
  eventDate: ['event-date'],
  verbatimLocality: ['line'],
  coordinateUncertaintyInMeters: ['uncertainty', 'optional'],
  georeferenceRemarks: ['text', 'optional'],
  confidence: ['confidence'],
  confidenceBasis: ['text'],
  status: ['status', 'optional'],
  sources: ['sources'],
});

export const SOURCE: Members<Kind> = membersOf({
  publisher: ['publisher'],
  title: ['line', 'optional'],
  url: ['link', 'optional'],
  publishedDate: ['day'],
  retrievedDate: ['day', 'optional'],
  archivedUrl: ['link', 'optional'],
  origin: ['origin'],
  type: ['type', 'optional'],
  reliability: ['reliability', 'optional'],
  credibility: ['credibility', 'optional'],
  stance: ['supports', 'optional'],
  claim: ['text'],
});

const wordsOf = (words: readonly string[]) => words.map(wordOf);
export const [FEATURE_WORD, POINT_WORD, LIKELY, SUPPORTS] = ['Feature', 'Point', 'likely', 'supports'].map(
  (word) => [wordOf(word)],
) as [Uint8Array[], Uint8Array[], Uint8Array[], Uint8Array[]];
export const CONFIDENCE_WORDS = wordsOf(CONFIDENCES);
export const STATUS_WORDS = wordsOf(STATUSES);
export const TYPE_WORDS = wordsOf(Object.keys(SOURCE_TYPE));
export const RELIABILITY_WORDS = wordsOf(Object.keys(RELIABILITY));
export const CREDIBILITY_WORDS = wordsOf(Object.keys(CREDIBILITY));
/** How many origins each confidence needs, by its index. */
export const NEEDED = CONFIDENCES.map((confidence) => ORIGINS_NEEDED[confidence]);
export const REPORTED = STATUSES.indexOf('reported');
