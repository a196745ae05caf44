import { agreesJson, extendsJson, isEqualJson } from './equal-json';
import {
  type ListChoice,
  type ListDifference,
  compareDistances,
  compareSources,
  hasMoreSources,
  mergeReporting,
} from './merge-sources';
import type { Sighting, SightingProperties } from './sighting';

/**
 * What is compared and chosen as a whole, in the order of the contract, by the properties that it covers. What only
 * means something together stays together: a point and its uncertainty, a confidence and its basis.
 */
const FIELDS = {
  title: ['title'],
  system: ['system', 'systemQualifier'],
  quantity: ['quantity'],
  eventDate: ['eventDate'],
  verbatimLocality: ['verbatimLocality'],
  /** with the geometry */
  place: ['coordinateUncertaintyInMeters', 'georeferenceRemarks'],
  confidence: ['confidence', 'confidenceBasis'],
  status: ['status'],
  sources: ['sources'],
  reportedDistances: ['reportedDistances'],
  /** properties that the contract does not know */
  otherProperties: [],
  /** members of the Feature that RFC 7946 does not know */
  otherMembers: [],
} as const satisfies Record<string, readonly (keyof SightingProperties)[]>;
export type MergeField = keyof typeof FIELDS;
export const MERGE_FIELDS = Object.keys(FIELDS) as MergeField[];

const KNOWN_PROPERTIES: readonly string[] = Object.values(FIELDS).flat();
/** Members of a Feature that the place is made of, and those that stand by themselves. */
const PLACE_MEMBERS = ['bbox', 'geometry'];
const KNOWN_MEMBERS = ['type', 'id', 'properties', ...PLACE_MEMBERS];

/** Whose a field is; `both` is for lists, which can be united, and reads as `ours` for any other. */
export type MergeChoice = ListChoice;
/** By field; what is left out is `ours`. */
export type MergeChoices = Partial<Record<MergeField, MergeChoice>>;

/** What a sighting says in a field: members and properties by name, empty when it says nothing. */
export type FieldValue = Readonly<Record<string, unknown>>;

/** A field in which two records differ. */
export interface FieldDifference {
  field: MergeField;
  ours: FieldValue;
  theirs: FieldValue;
  /** what loses nothing; `null` where the two contradict each other, and somebody must choose */
  proposal: MergeChoice | null;
}

/**
 * How a record of theirs stands to ours. `newer`: all that differs can be taken from theirs without losing what ours
 * says. `older`: the other way round. `conflict`: they contradict each other, or each says something of its own, which
 * the proposals of the fields tell apart.
 */
export type Verdict = 'same' | 'newer' | 'older' | 'conflict';
export interface RecordComparison {
  verdict: Verdict;
  /** in the order of the contract */
  fields: FieldDifference[];
}

function pick(object: object, isWanted: (key: string) => boolean): FieldValue {
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => isWanted(key) && value !== undefined),
  );
}

/** What a sighting says in a field. Nothing, and what it would mean when left out, are left out. */
function valueOf(sighting: Sighting, field: MergeField): FieldValue {
  const { properties } = sighting;
  if (field === 'otherMembers') return pick(sighting, (key) => !KNOWN_MEMBERS.includes(key));
  if (field === 'otherProperties') return pick(properties, (key) => !KNOWN_PROPERTIES.includes(key));
  const keys: readonly string[] = FIELDS[field];
  const value = pick(properties, (key) => keys.includes(key));
  if (field === 'status') return value['status'] === 'reported' ? {} : value;
  if (field !== 'place') return value;
  const place = pick(sighting, (key) => PLACE_MEMBERS.includes(key));
  return pick({ ...place, ...value }, (key) => key !== 'geometry' || place['geometry'] !== null);
}

function compareField(ours: Sighting, theirs: Sighting, field: MergeField): ListDifference {
  if (field === 'sources') return compareSources(ours.properties.sources, theirs.properties.sources);
  if (field === 'reportedDistances') return compareDistances(ours, theirs);
  const [a, b] = [valueOf(ours, field), valueOf(theirs, field)];
  const isSame = isEqualJson(a, b);
  return {
    isSame,
    oursHasMore: !isSame && !extendsJson(b, a),
    theirsHasMore: !isSame && !extendsJson(a, b),
    isContradiction: !agreesJson(a, b),
  };
}

const isList = (field: MergeField) => field === 'sources' || field === 'reportedDistances';

function proposalFor({ oursHasMore, theirsHasMore, isContradiction }: ListDifference, field: MergeField) {
  if (isContradiction) return null;
  if (oursHasMore !== theirsHasMore) return theirsHasMore ? 'theirs' : 'ours';
  return isList(field) ? 'both' : null;
}

/** Three-way, as git does it: a field that only one side changed is that side's. */
function proposalSince(base: Sighting, ours: Sighting, theirs: Sighting, field: MergeField) {
  const [ourChange, theirChange] = [compareField(base, ours, field), compareField(base, theirs, field)];
  if (ourChange.isSame) return 'theirs';
  if (theirChange.isSame) return 'ours';
  const onlyAdd = [ourChange, theirChange].every((change) => !change.oursHasMore && !change.isContradiction);
  return onlyAdd ? proposalFor(compareField(ours, theirs, field), field) : null;
}

/** Judgements, which rest on the sources. */
const JUDGEMENTS: readonly MergeField[] = ['confidence', 'status'];

/**
 * Compares two records of one sighting. The contract has no date of change, so that "newer" is read off what they say:
 * theirs is newer when it keeps all that ours says and adds to it (fields, sources, what a source lacked, or that the
 * report is not merely `reported` but disputed or retracted). A status,
 * and a confidence with its basis, are judgements on the sources: the record that has all sources of the other and more
 * is the one to be believed there. Sources are the same by publisher, date and link, or by their link alone,
 * in whatever order.
 * @param base the record that both were made from, where that is known: then a field that only one side changed,
 * be it by taking something away, is taken from that side
 */
export function compareRecords(ours: Sighting, theirs: Sighting, base?: Sighting): RecordComparison {
  const [ourSources, theirSources] = [ours.properties.sources, theirs.properties.sources];
  const judge = hasMoreSources(theirSources, ourSources)
    ? 'theirs'
    : hasMoreSources(ourSources, theirSources)
      ? 'ours'
      : null;
  const fields: FieldDifference[] = [];
  for (const field of MERGE_FIELDS) {
    const difference = compareField(ours, theirs, field);
    if (difference.isSame) continue;
    const proposal = base
      ? proposalSince(base, ours, theirs, field)
      : judge && JUDGEMENTS.includes(field)
        ? judge
        : proposalFor(difference, field);
    fields.push({ field, ours: valueOf(ours, field), theirs: valueOf(theirs, field), proposal });
  }
  return { verdict: verdictOf(fields), fields };
}

function verdictOf(fields: readonly FieldDifference[]): Verdict {
  const [first] = fields;
  if (!first) return 'same';
  const isAll = fields.every(({ proposal }) => proposal === first.proposal);
  if (isAll && first.proposal === 'theirs') return 'newer';
  return isAll && first.proposal === 'ours' ? 'older' : 'conflict';
}

/** What a comparison proposes; fields in which somebody must choose are left out, and `ours` by that. */
export function proposedChoices({ fields }: RecordComparison): MergeChoices {
  return Object.fromEntries(fields.flatMap(({ field, proposal }) => (proposal ? [[field, proposal]] : [])));
}

/** The fields in which the two contradict each other, so that somebody must choose. */
export function openFields({ fields }: RecordComparison): MergeField[] {
  return fields.filter(({ proposal }) => proposal === null).map(({ field }) => field);
}

/**
 * One record out of two of the same sighting: each field is whose the choice says, the id is ours. Keys are in the
 * order of the contract. Valid when both are, but for distances to sightings that only the other data set has.
 */
export function mergeRecords(ours: Sighting, theirs: Sighting, choices: MergeChoices): Sighting {
  const sources = choices.sources ?? 'ours';
  // Where the distances say the same, those that go with the chosen sources are taken as they are.
  const isSame = compareDistances(ours, theirs).isSame;
  const distances = isSame
    ? sources === 'theirs'
      ? 'theirs'
      : 'ours'
    : (choices.reportedDistances ?? 'ours');
  const reporting = mergeReporting(ours, theirs, { sources, reportedDistances: distances });
  const chosen = (field: MergeField) => (choices[field] === 'theirs' ? theirs : ours);
  const place = chosen('place');
  const properties = MERGE_FIELDS.flatMap((field): [string, unknown][] => {
    if (field === 'sources') return [['sources', reporting.sources]];
    if (field === 'reportedDistances') {
      return reporting.reportedDistances.length > 0
        ? [['reportedDistances', reporting.reportedDistances]]
        : [];
    }
    if (field === 'otherMembers') return [];
    const { properties: from } = chosen(field);
    if (field === 'otherProperties') return Object.entries(valueOf(chosen(field), field));
    return FIELDS[field].flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]));
  });
  const bbox = place.bbox && { bbox: place.bbox };
  return {
    type: 'Feature',
    id: ours.id,
    ...bbox,
    geometry: place.geometry,
    properties: Object.fromEntries(properties) as unknown as SightingProperties,
    ...valueOf(chosen('otherMembers'), 'otherMembers'),
  };
}

/** A hint at how recent a record is: the latest day on which a source of it was published or retrieved. */
export function latestSourceDay({ properties: { sources } }: Sighting): string {
  const days = sources.flatMap(({ publishedDate, retrievedDate }) => [publishedDate, retrievedDate ?? '']);
  return days.reduce((latest, day) => (day > latest ? day : latest), '');
}

/** How a sighting of one of two data sets, or of both, stands in the other. */
export type SetComparison =
  | {
      id: string;
      verdict: 'only-ours';
      ours: Sighting;
      theirs?: undefined;
      fields: readonly FieldDifference[];
    }
  | {
      id: string;
      verdict: 'only-theirs';
      ours?: undefined;
      theirs: Sighting;
      fields: readonly FieldDifference[];
    }
  | { id: string; verdict: Verdict; ours: Sighting; theirs: Sighting; fields: readonly FieldDifference[] };

/**
 * Compares two data sets by id: every sighting of ours in its order, then those that only theirs has.
 * @param baseOf the record that both were made from, where that is known
 */
export function* compareSets(
  ours: Iterable<Sighting>,
  theirs: Iterable<Sighting>,
  baseOf: (id: string) => Sighting | undefined = () => undefined,
): Generator<SetComparison> {
  const theirsById = new Map<string, Sighting>();
  for (const their of theirs) theirsById.set(their.id, their);
  for (const our of ours) {
    const { id } = our;
    const their = theirsById.get(id);
    theirsById.delete(id);
    if (their) yield { id, ours: our, theirs: their, ...compareRecords(our, their, baseOf(id)) };
    else yield { id, verdict: 'only-ours', ours: our, fields: [] };
  }
  for (const [id, their] of theirsById) yield { id, verdict: 'only-theirs', theirs: their, fields: [] };
}
