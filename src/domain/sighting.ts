import type { Feature, MultiPolygon, Point, Polygon } from 'geojson';

/** The version of the contract that geo/sighting.schema.json and validate.ts describe. */
export const CONTRACT_VERSION = '1.0.0';

/** ICD 203 confidence levels, surest first, defined as this data uses them. */
export const CONFIDENCE = {
  high: 'Well corroborated: several independent origins agree, and none disputes it.',
  moderate: 'Partially corroborated: plausible and credibly sourced, but not enough to be sure.',
  low: 'Not corroborated: a single origin, or the report is fragmentary or hard to check.',
} as const;
export type Confidence = keyof typeof CONFIDENCE;

/** What became of a report since it was made. */
export const STATUS = {
  reported: 'The report stands as it was made.',
  disputed: 'At least one source contradicts the report.',
  retracted: 'The publisher has withdrawn the report.',
} as const;
export type Status = keyof typeof STATUS;

/** NATO Admiralty code (AJP-2.1), reliability of the source. F is no middle value: it says "unknown". */
export const RELIABILITY = {
  A: 'completely reliable',
  B: 'usually reliable',
  C: 'fairly reliable',
  D: 'not usually reliable',
  E: 'unreliable',
  F: 'reliability cannot be judged',
} as const;
export type Reliability = keyof typeof RELIABILITY;

/** NATO Admiralty code (AJP-2.1), credibility of the information. 6 is no middle value: it says "unknown". */
export const CREDIBILITY = {
  '1': 'confirmed by other sources',
  '2': 'probably true',
  '3': 'possibly true',
  '4': 'doubtful',
  '5': 'improbable',
  '6': 'truth cannot be judged',
} as const;
export type Credibility = keyof typeof CREDIBILITY;

/** Whether a source speaks for or against the sighting. */
export const STANCE = {
  supports: 'The source supports the report.',
  disputes: 'The source speaks against the report.',
} as const;
export type Stance = keyof typeof STANCE;

/** Kinds of source, from the MISP taxonomy "osint", predicate "source-type". */
export const SOURCE_TYPE = {
  'blog-post': 'Blog post',
  'microblog-post': 'Social media post',
  'technical-report': 'Technical report',
  'news-report': 'News report',
  'pastie-website': 'Paste site',
  'electronic-forum': 'Forum',
  'mailing-list': 'Mailing list',
  'block-or-filter-list': 'Block or filter list',
  'source-code-repository': 'Source code repository',
  expansion: 'Expansion',
  'automatic-analysis': 'Automatic analysis',
  'automatic-collection': 'Automatic collection',
  'manual-analysis': 'Manual analysis',
  unknown: 'Unknown',
  other: 'Other',
} as const;
export type SourceType = keyof typeof SOURCE_TYPE;

/** How exact a reported distance claims to be. */
export const DISTANCE_QUALIFIER = {
  about: 'about',
  'at-most': 'at most',
  'at-least': 'at least',
} as const;
export type DistanceQualifier = keyof typeof DISTANCE_QUALIFIER;

export interface Source {
  publisher: string;
  title?: string;
  /** http or https */
  url?: string;
  /** ISO 8601 date */
  publishedDate: string;
  /** ISO 8601 date */
  retrievedDate?: string;
  /** http or https */
  archivedUrl?: string;
  /** The outlet, channel or wire that the information goes back to; counts independence. */
  origin: string;
  type?: SourceType;
  reliability?: Reliability;
  credibility?: Credibility;
  /** `supports` when left out */
  stance?: Stance;
  /** Our paraphrase of what the source says. */
  claim: string;
}

/** Fields of a source, in the order in which they are written. */
export const SOURCE_FIELDS = [
  'publisher',
  'title',
  'url',
  'publishedDate',
  'retrievedDate',
  'archivedUrl',
  'origin',
  'type',
  'reliability',
  'credibility',
  'stance',
  'claim',
] as const satisfies readonly (keyof Source)[];
export type SourceField = (typeof SOURCE_FIELDS)[number];

export interface ReportedDistance {
  /** id of a reference point or of a sighting */
  to: string;
  meters: number;
  qualifier: DistanceQualifier;
  /** index into the sighting's `sources` */
  source: number;
}

/** The properties of a sighting, keys in the order in which they are written. */
export interface SightingProperties {
  title: string;
  /** key of geo/systems.json */
  system?: string;
  systemQualifier?: 'likely';
  quantity?: number;
  /** ISO 8601 date, month, or interval of these */
  eventDate: string;
  verbatimLocality: string;
  /** Darwin Core: radius of the smallest circle that contains the whole place */
  coordinateUncertaintyInMeters?: number;
  georeferenceRemarks?: string;
  confidence: Confidence;
  confidenceBasis: string;
  /** `reported` when left out */
  status?: Status;
  sources: Source[];
  reportedDistances?: ReportedDistance[];
}

export type SightingGeometry = Point | Polygon | MultiPolygon | null;

/** A reported sighting: an RFC 7946 Feature that validate.ts found no error in. */
export type Sighting = Feature<SightingGeometry, SightingProperties> & { id: string };

/** A place that distances are measured to, as in geo/reference-points.geojson. */
export interface ReferencePoint {
  id: string;
  name: string;
  /** what the map calls it, where there is little room */
  shortName?: string;
  lng: number;
  lat: number;
  uncertaintyMeters: number;
  /** one that the reader added, not one of the data */
  isOwn?: true;
}

/** A reference point that says how its place was found, as its file has it. */
export interface DescribedPoint extends ReferencePoint {
  /** `georeferenceRemarks` */
  remarks: string;
}

/** The shapes that a system's mark can have on the map. */
export const MARK_SHAPES = ['circle', 'diamond', 'square', 'triangle', 'hexagon'] as const;
export type MarkShape = (typeof MARK_SHAPES)[number];

/** An air-defence system that sightings name, as in geo/systems.json. */
export interface System {
  /** key of geo/systems.json */
  id: string;
  name: string;
  otherNames: string[];
  description: string;
  markShape: MarkShape;
}
