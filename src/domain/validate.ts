import { confidenceDoubt } from './evidence';
import { checkGeometry } from './geometry-rules';
import { type Issue, IssueList, quoteValue } from './issue';
import {
  type Fields,
  type Rule,
  date,
  eventDate,
  isObject,
  listOf,
  objectOf,
  oneLine,
  oneOf,
  positiveInteger,
  positiveMeters,
  slug,
  text,
  webLink,
} from './rules';
import {
  CONFIDENCE,
  CREDIBILITY,
  DISTANCE_QUALIFIER,
  RELIABILITY,
  type ReferencePoint,
  SOURCE_TYPE,
  STANCE,
  STATUS,
  type Sighting,
  type SightingProperties,
  type System,
} from './sighting';

/** What a sighting may refer to outside its own file. What is left out is not known, and not checked. */
export interface ContractContext {
  systemIds?: ReadonlySet<string>;
  referencePointIds?: { has: (id: string) => boolean };
}

/**
 * What sightings may refer to, from the files beside theirs. A file that is missing or has faults is not known:
 * no sighting is to blame for it.
 */
export function contextOf(
  systems: { systems: readonly System[]; issues: readonly Issue[] } | undefined,
  points: { referencePoints: readonly ReferencePoint[]; issues: readonly Issue[] } | undefined,
): ContractContext {
  const idsOf = (items: readonly { id: string }[]) => new Set(items.map(({ id }) => id));
  return {
    ...(systems?.issues.length === 0 ? { systemIds: idsOf(systems.systems) } : {}),
    ...(points?.issues.length === 0 ? { referencePointIds: idsOf(points.referencePoints) } : {}),
  };
}

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

const sourceIndex: Rule = (value, path, report) => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return;
  report.error(path, `must be the index of a source, counted from 0, not ${quoteValue(value)}`);
};

const REPORTED_DISTANCE_FIELDS: Fields = {
  to: { rule: slug, required: true },
  meters: { rule: positiveMeters, required: true },
  qualifier: { rule: oneOf(DISTANCE_QUALIFIER), required: true },
  source: { rule: sourceIndex, required: true },
};

function propertyFields({ systemIds }: ContractContext): Fields {
  const system: Rule = (value, path, report) => {
    if (systemIds === undefined) return slug(value, path, report);
    if (typeof value === 'string' && systemIds.has(value)) return;
    const known = [...systemIds].map((id) => `"${id}"`).join(', ');
    report.error(path, `${quoteValue(value)} is not in systems.json, which has ${known || 'no systems'}`);
  };
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

function readId(value: unknown): string | null {
  return isObject(value) && typeof value['id'] === 'string' ? value['id'] : null;
}

/**
 * Checks the features of one file, one at a time and in their order. What one feature says of another (same
 * id, a distance to it) is checked as far as it can be, the rest in {@link SightingValidator.finish}.
 */
export class SightingValidator {
  readonly #checkProperties: Rule;
  /** ids of all features, for distances to them, and those that are taken by a good one */
  readonly #knownIds = new Set<string>();
  readonly #takenIds = new Map<string, number>();
  readonly #openReferences: { index: number; id: string | null; path: string; to: string }[] = [];
  #previousId = '';

  constructor(private readonly context: ContractContext) {
    this.#checkProperties = objectOf(propertyFields(context));
  }

  /** All issues of the feature at `index`; it is a {@link Sighting} when none is an error. Never throws. */
  checkFeature(value: unknown, index: number): Issue[] {
    const report = new IssueList(index, readId(value));
    if (!isObject(value)) {
      report.error('$', `must be a GeoJSON Feature, not ${quoteValue(value)}`);
      return report.issues;
    }
    if (!Object.hasOwn(value, 'type') || value['type'] !== 'Feature') {
      report.error('$.type', `must be "Feature", not ${quoteValue(value['type'])}`);
    }
    if (Object.hasOwn(value, 'crs')) {
      report.error('$.crs', 'is not part of RFC 7946: convert to WGS 84 [lng, lat] and remove it');
    }
    this.#checkId(value['id'], report);
    if (isObject(value['properties'])) {
      this.#checkProperties(value['properties'], '$.properties', report);
      this.#checkRelations(value['properties'] as unknown as SightingProperties, value['geometry'], report);
    } else {
      report.error('$.properties', `must be an object, not ${quoteValue(value['properties'])}`);
    }
    checkGeometry(value, report);
    this.#takeId(index, report);
    return report.issues;
  }

  /** The issues that only the whole file shows: distances to something that is nowhere. */
  finish(): Issue[] {
    if (this.context.referencePointIds === undefined) return [];
    return this.#openReferences
      .filter(({ to }) => !this.#knownIds.has(to))
      .map(({ index, id, path, to }) => ({
        index,
        id,
        path,
        message: `"${to}" is neither a reference point nor a sighting of this file`,
        severity: 'error',
      }));
  }

  #checkId(id: unknown, report: IssueList): void {
    slug(id, '$.id', report);
    if (typeof id !== 'string') return;
    this.#knownIds.add(id);
    if (id < this.#previousId)
      report.warn('$.id', `is out of order: "${id}" belongs before "${this.#previousId}"`);
    this.#previousId = id;
  }

  /** The first good feature of an id has it; a bad one does not take it from a good one. */
  #takeId(index: number, report: IssueList): void {
    if (report.id === null) return;
    const first = this.#takenIds.get(report.id);
    if (first !== undefined) {
      report.error(
        '$.id',
        `"${report.id}" is the id of feature ${first} already: give each sighting its own`,
      );
    } else if (!report.hasErrors) {
      this.#takenIds.set(report.id, index);
    }
  }

  /** What fields demand of each other. Each is looked at only when it is sound by itself. */
  #checkRelations(properties: SightingProperties, geometry: unknown, report: IssueList): void {
    const { coordinateUncertaintyInMeters, reportedDistances, sources } = properties;
    if (isObject(geometry) && geometry['type'] === 'Point' && coordinateUncertaintyInMeters === undefined) {
      report.error(
        '$.properties.coordinateUncertaintyInMeters',
        'is missing: a point needs the radius of the circle that contains the whole place',
      );
    }
    if (Array.isArray(reportedDistances)) {
      for (const [i, distance] of reportedDistances.entries()) {
        if (!isObject(distance)) continue;
        const path = `$.properties.reportedDistances[${i}]`;
        const { to, source } = distance;
        if (typeof source === 'number' && Array.isArray(sources) && source >= sources.length) {
          const known =
            sources.length === 0 ? 'there are none' : `they are counted from 0 to ${sources.length - 1}`;
          report.error(`${path}.source`, `there is no source ${source}: ${known}`);
        }
        if (typeof to !== 'string' || this.context.referencePointIds?.has(to)) continue;
        if (to === report.id) report.error(`${path}.to`, `"${to}" is this sighting itself`);
        else this.#openReferences.push({ index: report.index ?? 0, id: report.id, path: `${path}.to`, to });
      }
    }
    if (!report.hasErrors) {
      const doubt = confidenceDoubt(properties);
      if (doubt !== undefined) report.warn('$.properties.confidence', doubt);
    }
  }
}

/**
 * Checks one sighting as it would stand among others of its file. Never throws.
 * @param known which ids are those of systems, of reference points, and of the other sightings
 */
export function checkAmong(
  feature: unknown,
  known: {
    systemIds: readonly string[];
    isPoint: (id: string) => boolean;
    isOther: (id: string) => boolean;
  },
): Issue[] {
  const validator = new SightingValidator({
    systemIds: new Set(known.systemIds),
    referencePointIds: { has: (id) => known.isPoint(id) || known.isOther(id) },
  });
  const issues = [...validator.checkFeature(feature, 0), ...validator.finish()];
  const id = readId(feature);
  if (id === null || !known.isOther(id)) return issues;
  const report = new IssueList(0, id);
  report.error('$.id', `"${id}" is the id of another sighting of this data set: give each its own`);
  return [...issues, ...report.issues];
}

/** Checks what surrounds the features of a file: `envelope` is the FeatureCollection without them. */
export function checkCollection(envelope: unknown): Issue[] {
  const report = new IssueList(null, null);
  if (!isObject(envelope)) {
    report.error('$', `must be a GeoJSON FeatureCollection, not ${quoteValue(envelope)}`);
    return report.issues;
  }
  if (!Object.hasOwn(envelope, 'type') || envelope['type'] !== 'FeatureCollection') {
    report.error('$.type', `must be "FeatureCollection", not ${quoteValue(envelope['type'])}`);
  }
  if (!Array.isArray(envelope['features'])) {
    report.error('$.features', 'is missing: a FeatureCollection has a list of features');
  }
  if (Array.isArray(envelope['features']) && envelope['features'].length > 0) {
    report.error('$.features', 'stands here twice: only the first list is read');
  }
  if (Object.hasOwn(envelope, 'crs')) {
    report.error('$.crs', 'is not part of RFC 7946: convert to WGS 84 [lng, lat] and remove it');
  }
  return report.issues;
}

/** Tells the type system what {@link SightingValidator} has found: no error, so it is a sighting. */
export function isSighting(value: unknown, issues: readonly Issue[]): value is Sighting {
  return isObject(value) && !issues.some((issue) => issue.severity === 'error');
}
