import { propertyFields } from './contract-fields';
import { confidenceDoubt } from './evidence';
import { checkGeometry } from './geometry-rules';
import { type FilePlace, type Issue, IssueList, quoteValue } from './issue';
import { TextSet } from './packed-texts';
import { type Rule, isObject, objectOf, slug } from './rules';
import type { ReferencePoint, Sighting, SightingProperties, System } from './sighting';

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

function readId(value: unknown): string | null {
  return isObject(value) && typeof value['id'] === 'string' ? value['id'] : null;
}

/** What is wrong with the order of an id behind another, if anything is. */
export function outOfOrder(id: string, previous: string): string | undefined {
  return id < previous ? `is out of order: "${id}" belongs before "${previous}"` : undefined;
}

/** What is wrong with a distance if the file has no sighting of the id that it is to. */
export interface OpenReference {
  issue: Issue;
  to: string;
}

/**
 * Checks the features of one file, one at a time and in their order. What one feature says of another (same
 * id, a distance to it) is checked as far as it can be, the rest in {@link SightingValidator.finish}.
 */
export class SightingValidator {
  readonly #properties: Rule;
  /** ids of all features, for distances to them */
  readonly #knownIds = new TextSet();
  /** for each of them, the index of the good feature that has it, or -1 */
  #owners = new Int32Array(1 << 6).fill(-1);
  readonly #openReferences: OpenReference[] = [];
  /** the id before, where it was read as a text, and its number among all */
  #previousId: string | undefined;
  #previousNumber = -1;

  constructor(private readonly context: ContractContext) {
    this.#properties = objectOf(propertyFields(context.systemIds));
  }

  /** All issues of the feature at `index` (and at `place` in its file); it is a {@link Sighting} when none is an error. Never throws. */
  checkFeature(value: unknown, index: number, place?: FilePlace): Issue[] {
    const report = new IssueList(index, readId(value), place);
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
      if (!this.#properties.holds(value['properties']))
        this.#properties.check(value['properties'], '$.properties', report);
      this.#checkRelations(value['properties'] as unknown as SightingProperties, value['geometry'], report);
    } else {
      report.error('$.properties', `must be an object, not ${quoteValue(value['properties'])}`);
    }
    checkGeometry(value, report);
    this.#takeId(index, report);
    return report.issues;
  }

  /**
   * Takes note of a feature that is known to be a good one by itself, by its id (a slug in UTF-8). False when there is
   * something to say of the id among those of the others: then it is a case for {@link SightingValidator.checkFeature}.
   */
  takeGood(index: number, bytes: Uint8Array, start: number, end: number): boolean {
    const previous = this.#previousNumber;
    if (previous >= 0 && !this.#knownIds.isBehind(previous, bytes, start, end)) return false;
    const number = this.#knownIds.addBytes(bytes, start, end);
    if ((this.#owners[number] ?? -1) >= 0) return false;
    this.#own(number, index);
    this.#previousId = undefined;
    this.#previousNumber = number;
    return true;
  }

  /** The issues that only the whole file shows: distances to something that is nowhere. */
  finish(): Issue[] {
    return this.openReferences().map(({ issue }) => issue);
  }

  /** Distances to what was nowhere so far. */
  openReferences(): OpenReference[] {
    return this.#openReferences.filter(({ to }) => !this.#knownIds.has(to));
  }

  #checkId(id: unknown, report: IssueList): void {
    slug.check(id, '$.id', report);
    if (typeof id !== 'string') return;
    const message = outOfOrder(id, this.#previousId ?? this.#knownIds.at(this.#previousNumber));
    if (message !== undefined) report.warn('$.id', message);
    this.#previousId = id;
  }

  /** The first good feature of an id has it; a bad one does not take it from a good one. */
  #takeId(index: number, report: IssueList): void {
    if (report.id === null) return;
    const number = this.#knownIds.add(report.id);
    this.#previousNumber = number;
    const first = this.#owners[number] ?? -1;
    if (first >= 0) {
      report.error(
        '$.id',
        `"${report.id}" is the id of feature ${first + 1} already: give each sighting its own`,
      );
    } else if (!report.hasErrors) {
      this.#own(number, index);
    }
  }

  #own(number: number, index: number): void {
    if (number >= this.#owners.length) {
      const longer = new Int32Array(2 * number).fill(-1);
      longer.set(this.#owners);
      this.#owners = longer;
    }
    this.#owners[number] = index;
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
        const { referencePointIds } = this.context;
        if (typeof to !== 'string' || referencePointIds?.has(to)) continue;
        if (to === report.id) report.error(`${path}.to`, `"${to}" is this sighting itself`);
        else if (referencePointIds) {
          const own = new IssueList(report.index, report.id, report.place);
          own.error(`${path}.to`, `"${to}" is neither a reference point nor a sighting of this file`);
          const [issue] = own.issues;
          if (issue) this.#openReferences.push({ issue, to });
        }
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
