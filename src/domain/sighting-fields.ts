import { textOfArea, textOfPosition } from './place-text';
import { isObject } from './rules';
import { isSame } from './sighting-form';

/** What the parts of a sighting are called, in the order of the form; properties by their keys. */
export const FIELD_LABEL = {
  title: 'Title',
  id: 'Id',
  system: 'System',
  systemQualifier: 'How sure the report is of the system',
  quantity: 'Quantity',
  eventDate: 'Date',
  verbatimLocality: 'Place in the report’s words',
  geometry: 'Place on the map',
  coordinateUncertaintyInMeters: 'Uncertainty in metres',
  georeferenceRemarks: 'How it was placed',
  confidence: 'Confidence',
  confidenceBasis: 'Why this confidence',
  status: 'Status',
  sources: 'Sources',
  reportedDistances: 'Reported distances',
} as const;
export type FieldName = keyof typeof FIELD_LABEL;
const NAMES = Object.keys(FIELD_LABEL) as FieldName[];

function isOfFeature(name: FieldName): boolean {
  return name === 'id' || name === 'geometry';
}

/** What a Feature says of a field, `undefined` when nothing. */
export function valueOf(feature: unknown, name: FieldName): unknown {
  if (!isObject(feature)) return undefined;
  if (isOfFeature(name)) return feature[name];
  const { properties } = feature;
  return isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

/** A Feature that says of a field what another one says. */
export function withFieldOf(feature: unknown, other: unknown, name: FieldName): Record<string, unknown> {
  const own = isObject(feature) ? feature : {};
  const value = valueOf(other, name);
  const within = (object: Record<string, unknown>) =>
    Object.fromEntries([
      ...Object.entries(object).filter(([key]) => key !== name || value !== undefined),
      ...(value === undefined ? [] : [[name, value] as const]),
    ]);
  if (isOfFeature(name)) return within(own);
  return { ...own, properties: within(isObject(own['properties']) ? own['properties'] : {}) };
}

/** The fields in which a sighting became another, of those that are not in a third one the same already. */
export function changedFields(before: unknown, after: unknown, mine: unknown): FieldName[] {
  return NAMES.filter((name) => {
    const now = valueOf(after, name);
    return !isSame(valueOf(before, name), now) && !isSame(now, valueOf(mine, name));
  });
}

/** A field that was changed here and elsewhere, to different values. */
export interface Conflict {
  name: FieldName;
  theirs: unknown;
}

/**
 * What was written here, with what somebody else changed meanwhile and nobody here did; fields that both changed stay
 * as they are written here, and are told.
 */
export function mergeTheirs(
  before: unknown,
  theirs: unknown,
  mine: unknown,
): { feature: unknown; takenOver: FieldName[]; conflicts: Conflict[] } {
  let feature = mine;
  const takenOver: FieldName[] = [];
  const conflicts: Conflict[] = [];
  for (const name of changedFields(before, theirs, mine)) {
    if (isSame(valueOf(before, name), valueOf(mine, name))) {
      feature = withFieldOf(feature, theirs, name);
      takenOver.push(name);
    } else {
      conflicts.push({ name, theirs: valueOf(theirs, name) });
    }
  }
  return { feature, takenOver, conflicts };
}

const MOST_CHARACTERS = 120;

/** A value in short, for two to be compared. */
export function valueText(value: unknown): string {
  if (value === undefined) return 'left out';
  if (value === null) return 'none';
  const geometry = isObject(value) ? value : undefined;
  const text =
    typeof value === 'string'
      ? value
      : geometry?.['type'] === 'Point'
        ? textOfPosition(geometry['coordinates'])
        : geometry
          ? textOfArea(geometry).replaceAll('\n', ' · ')
          : Array.isArray(value)
            ? value
                .map((item) => (isObject(item) ? Object.values(item).join(', ') : String(item)))
                .join(' · ')
            : JSON.stringify(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text;
}
