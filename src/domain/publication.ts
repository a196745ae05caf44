import type { DaySpan } from './dates';
import { type Period, tellsApart } from './period';
import { FACETS, type FacetName, type Filter } from './query';
import { isObject } from './rules';
import type { TimelineBins } from './timeline';

/** What the metadata of an archive calls itself that was published by `sightings tiles`. */
export const PUBLICATION_FORMAT = 'sighting-map-publication';
export const PUBLICATION_VERSION = 1;

/** From this zoom on a tile may have its single sightings; further out all are counted together. */
export const MIN_SINGLES_ZOOM = 8;

/** A tile whose dates are too coarse for a filter is put together from tiles so many zooms further in at most. */
export const MAX_DESCENT = 2;

/** Facets that a published tile can be filtered by. */
export const PUBLISHED_FACETS = ['confidence', 'system', 'status', 'origins', 'place'] as const;
export type PublishedFacet = (typeof PUBLISHED_FACETS)[number];

/** A file of a publication, in the same folder as the others. */
export interface PublishedFile {
  name: string;
  bytes: number;
}

/** A stretch of the index: its lines are in the order of the rows. */
export interface IndexPage {
  /** id of its first line */
  id: string;
  /** byte offsets of its first line in the index, and of the record of that line in the records */
  start: number;
  recordStart: number;
  /** CRC-32 of its bytes */
  crc: number;
}

/** What a publication says of itself; it stands in the metadata of its archives, under `publication`. */
export interface Publication {
  format: typeof PUBLICATION_FORMAT;
  version: typeof PUBLICATION_VERSION;
  title: string;
  /** SHA-256 of the records, in hexadecimal: it tells one edition from another */
  sha256: string;
  /** how many sightings there are, and of these without a place, which no tile has */
  count: number;
  withoutPlaceCount: number;
  /** first and last day of all sightings; left out when there are none */
  days?: DaySpan;
  /** ids of systems as tiles number them; the first, '', stands for "not named" */
  systemIds: string[];
  /** how many sightings have each value of a facet, values that none has left out */
  facets: Record<PublishedFacet, [value: string, count: number][]>;
  /** bins of the calendar, and how many sightings of each confidence fall in each, see `histogram` */
  timeline?: {
    unit: TimelineBins['unit'];
    step: number;
    starts: number[];
    high: number[];
    moderate: number[];
    low: number[];
  };
  /** how finely the tiles of each zoom tell dates apart, from zoom 0; further in, by the day */
  periods: Period[];
  /** the sightings as GeoJSON, sorted by id, each by its very bytes */
  records: PublishedFile & {
    /** byte offset after the last record */
    end: number;
  };
  /** where records start: a line for every `rowsPerLine` rows, in pages of `linesPerPage` lines */
  index: PublishedFile & { rowsPerLine: number; linesPerPage: number; pages: IndexPage[] };
  /** name of the archive of the counts that filters need */
  counts: string;
}

/** A condition of a filter that a publication cannot answer, and why. */
export interface FilterLimit {
  condition: FacetName | 'days' | 'near' | 'text';
  /** for days: the finest whole periods that can be told */
  period?: Period;
}

/** The conditions of a filter that tiles of a zoom cannot answer; empty when they answer it exactly. */
export function limitsOf(
  { periods, days: all }: Pick<Publication, 'periods' | 'days'>,
  filter: Filter,
  z: number,
): FilterLimit[] {
  const limits: FilterLimit[] = FACETS.flatMap((condition) =>
    filter.facets[condition] && !PUBLISHED_FACETS.some((known) => known === condition) ? [{ condition }] : [],
  );
  if (filter.text !== '') limits.push({ condition: 'text' });
  if (filter.near) limits.push({ condition: 'near' });
  const known = finestPeriod({ periods }, z);
  if (!tellsApart(known, filter.days, all)) limits.push({ condition: 'days', period: known });
  return limits;
}

/** The finest period by which sightings can be told apart at a zoom. */
export function finestPeriod({ periods }: Pick<Publication, 'periods'>, z: number): Period {
  return periods[z + MAX_DESCENT] ?? 'day';
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isFile = (value: unknown) =>
  isObject(value) && typeof value['name'] === 'string' && isCount(value['bytes']);
const isListOf = (value: unknown, isElement: (element: unknown) => boolean) =>
  Array.isArray(value) && value.every(isElement);
const isText = (value: unknown) => typeof value === 'string';

/** Members of a publication, and what each has to be. */
const MEMBERS: Readonly<Record<string, (value: unknown) => boolean>> = {
  title: isText,
  sha256: isText,
  count: isCount,
  withoutPlaceCount: isCount,
  systemIds: (value) => isListOf(value, isText),
  facets: (value) =>
    isObject(value) &&
    PUBLISHED_FACETS.every((name) =>
      isListOf(value[name], (pair) => Array.isArray(pair) && isText(pair[0]) && isCount(pair[1])),
    ),
  periods: (value) => isListOf(value, isText),
  records: (value) => isFile(value) && isObject(value) && isCount(value['end']),
  index: (value) =>
    isFile(value) &&
    isObject(value) &&
    isCount(value['rowsPerLine']) &&
    isCount(value['linesPerPage']) &&
    isListOf(
      value['pages'],
      (page) =>
        isObject(page) &&
        isText(page['id']) &&
        ['start', 'recordStart', 'crc'].every((key) => isCount(page[key])),
    ),
  counts: isText,
};

/** The publication that an archive's metadata describes, or why it describes none. */
export function readPublication(metadata: unknown): { publication: Publication } | { fault: string } {
  const value = isObject(metadata) ? metadata['publication'] : undefined;
  if (!isObject(value) || value['format'] !== PUBLICATION_FORMAT) {
    return { fault: 'it was not written by “sightings tiles”: publish the sightings with it' };
  }
  if (value['version'] !== PUBLICATION_VERSION) {
    return {
      fault: `it is a publication of version ${String(value['version'])}, and this app reads version ${PUBLICATION_VERSION}: publish the sightings anew, or use a newer app`,
    };
  }
  const broken = Object.entries(MEMBERS).find(([name, isSound]) => !isSound(value[name]));
  if (broken) return { fault: `its description is damaged at “${broken[0]}”: publish the sightings anew` };
  return { publication: value as unknown as Publication };
}
