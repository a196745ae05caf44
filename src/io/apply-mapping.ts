import { decimalCommas, numberColumns } from './decimal-commas';
import { type FieldReading, type ReadingContext, SIGHTING_READERS, SOURCE_READERS } from './field-text';
import type { ForeignData, ForeignFeature, ImportResult, Progress } from './foreign';
import { type Candidate, ImportBuilder } from './import-builder';
import { errorReason } from './spreadsheet-errors';
import { htmlToText } from './html-text';
import { SOURCE_FIELDS, type SourceField } from '../domain/sighting';
import {
  type FieldChoice,
  type Mapping,
  SIGHTING_FIELDS,
  type SightingField,
  type UncertaintyChoice,
  textOf,
} from './mapping';
import { type PlaceReading, placeOf } from './place-text';
import { IdGiver } from './sighting-id';
import type { NamedContext } from './system-names';

/** What is said of one row while it is read. */
class RowReport {
  readonly problems = new Map<string, string>();
  readonly mends: string[] = [];
  readonly lacking = new Map<string, string>();

  /** Takes note of how a field was read, and returns its value. */
  take(path: string, { value, problem, mend }: FieldReading): unknown {
    if (problem !== undefined) this.problems.set(path, problem);
    if (mend !== undefined) this.mends.push(`${path}: ${mend}`);
    return value;
  }

  /** Takes note of a cell that has an error in the place of a value. */
  takeError(path: string, choice: UncertaintyChoice, { errors }: ForeignFeature): void {
    const error = choice.from === 'column' ? errors?.get(choice.column) : undefined;
    if (choice.from === 'column' && error !== undefined)
      this.lacking.set(path, errorReason(choice.column, error));
  }
}

/** Texts of several lines, which other programs have as HTML. */
const PROSE: ReadonlySet<SightingField | SourceField> = new Set([
  'confidenceBasis',
  'georeferenceRemarks',
  'claim',
]);

const NO_MARKUP = 'its HTML became plain text';

/** What a field of the file says, without markup where it is prose, which is told. */
function saidOf(
  field: SightingField | SourceField,
  choice: UncertaintyChoice,
  feature: ForeignFeature,
): { text: string; isPlainer: boolean } {
  const given = givenFor(choice, feature);
  const text = choice.from === 'column' && PROSE.has(field) ? htmlToText(given) : given;
  return { text, isPlainer: text !== given };
}

/** What a field is said to be, with the spaces around it as the file has them; empty when nothing is said. */
function givenFor(choice: UncertaintyChoice, feature: ForeignFeature): string {
  if (choice.from !== 'column') return choice.from === 'value' ? choice.value.trim() : '';
  const given = feature.fields.get(choice.column);
  return typeof given === 'string' && given.trim() !== '' ? given : textOf(given);
}

function textFor(choice: UncertaintyChoice, feature: ForeignFeature): string {
  return givenFor(choice, feature).trim();
}

function isPoint({ geometry }: PlaceReading): boolean {
  return typeof geometry === 'object' && geometry !== null && 'type' in geometry && geometry.type === 'Point';
}

/** The text of the uncertainty. What is given for all, or left open by coordinates, is said of points only. */
function uncertaintyText(choice: UncertaintyChoice, feature: ForeignFeature, place: PlaceReading): string {
  if (choice.from === 'column') return textFor(choice, feature);
  if (!isPoint(place)) return '';
  if (choice.from !== 'coordinates') return textFor(choice, feature);
  const meters = place.uncertaintyMeters?.();
  return meters === undefined ? '' : String(Math.max(1, Math.ceil(meters)));
}

function propertiesOf(
  feature: ForeignFeature,
  mapping: Mapping,
  place: PlaceReading,
  context: ReadingContext,
  report: RowReport,
): Record<string, unknown> {
  const properties: Record<string, unknown> = {};
  for (const field of SIGHTING_FIELDS) {
    if (field === 'id') continue;
    const choice = mapping.fields[field];
    report.takeError(`$.properties.${field}`, choice, feature);
    const { text, isPlainer } =
      field === 'coordinateUncertaintyInMeters'
        ? { text: uncertaintyText(choice, feature, place), isPlainer: false }
        : saidOf(field, choice, feature);
    if (isPlainer) report.mends.push(`$.properties.${field}: ${NO_MARKUP}`);
    if (text === '') continue;
    properties[field] = report.take(`$.properties.${field}`, SIGHTING_READERS[field](text, context));
  }
  const source: Record<string, unknown> = {};
  for (const field of SOURCE_FIELDS) {
    report.takeError(`$.properties.sources[0].${field}`, mapping.source[field], feature);
    const { text, isPlainer } = saidOf(field, mapping.source[field], feature);
    if (isPlainer) report.mends.push(`$.properties.sources[0].${field}: ${NO_MARKUP}`);
    if (text === '') continue;
    source[field] = report.take(`$.properties.sources[0].${field}`, SOURCE_READERS[field](text, context));
  }
  if (Object.keys(source).length > 0) properties['sources'] = [source];
  return properties;
}

/** Whether a row says anything by itself: what is given once for all rows does not count. */
function saysAnything(feature: ForeignFeature, mapping: Mapping, place: PlaceReading): boolean {
  const choices: UncertaintyChoice[] = [...Object.values(mapping.fields), ...Object.values(mapping.source)];
  const isUsed = (choice: UncertaintyChoice) =>
    choice.from === 'column' &&
    (textFor(choice, feature) !== '' || feature.errors?.has(choice.column) === true);
  return place.geometry !== null || placeError(feature, mapping) !== undefined || choices.some(isUsed);
}

/** Why nobody knows where a row is: a cell of its place has an error of the spreadsheet. */
function placeError({ errors }: ForeignFeature, { place }: Mapping): string | undefined {
  const columns =
    place.from === 'columns' ? [place.lat, place.lng] : place.from === 'one column' ? [place.column] : [];
  const column = columns.find((one) => errors?.has(one));
  return column === undefined ? undefined : errorReason(column, errors?.get(column) ?? '');
}

function givenId(choice: FieldChoice, feature: ForeignFeature): string {
  return textFor(choice, feature) || (feature.id === undefined ? '' : String(feature.id).trim());
}

/** The ids that sightings among other features have already. */
function* ownIds({ features }: ForeignData): Generator<string> {
  for (const { sighting, id } of features) if (sighting !== undefined) yield textOf(id);
}

/** A feature that is a sighting already: only its place may be mended. */
function ownCandidate(
  feature: ForeignFeature,
  sighting: Readonly<Record<string, unknown>>,
  { order }: Mapping,
): Candidate {
  const { geometry, mends, problem } = placeOf(feature, { place: { from: 'geometry' }, order });
  const problems = new Map(problem === undefined ? [] : [['$.geometry', problem]]);
  return { place: feature.place, feature: { ...sighting, geometry }, problems, mends };
}

/**
 * Makes sightings of foreign data. What is one already stays as it is, whatever the mapping says. Each is checked against the contract: those that obey are accepted, the others are
 * incomplete, with what is known of them and the reasons. A field that nothing says stays out; a row that says nothing
 * is set aside. Ids that are no slugs or taken already are made anew, so that equal rows stay apart.
 * @param takenIds ids that the new sightings must not have
 * @throws what `progress` throws, and nothing else
 */
export function applyMapping(
  data: ForeignData,
  mapping: Mapping,
  context: NamedContext,
  takenIds: ReadonlySet<string>,
  progress?: Progress,
): ImportResult {
  const builder = new ImportBuilder(context, data);
  const givenIds = data.features.map((feature) => givenId(mapping.fields.id, feature));
  const ids = new IdGiver(new Set([...takenIds, ...ownIds(data)]), givenIds);
  const hasDecimalCommas = decimalCommas(data.features, numberColumns(mapping));
  const reading: ReadingContext = { ...context, dayFirst: mapping.dayFirst, hasDecimalCommas };
  for (const [i, feature] of data.features.entries()) {
    if (i % 1024 === 0) progress?.((i / data.features.length) * 0.7);
    if (feature.sighting !== undefined) {
      builder.add(textOf(feature.id), ownCandidate(feature, feature.sighting, mapping));
      continue;
    }
    const place = placeOf(feature, mapping);
    if (!saysAnything(feature, mapping, place)) {
      const reason = 'has nothing in the columns that are used';
      builder.setAside({ place: feature.place, reason, text: feature.text });
      continue;
    }
    const report = new RowReport();
    const properties = propertiesOf(feature, mapping, place, reading, report);
    const lostPlace = placeError(feature, mapping);
    if (lostPlace !== undefined) report.problems.set('$.geometry', lostPlace);
    else if (place.problem !== undefined) report.problems.set('$.geometry', place.problem);
    report.takeError('$.id', mapping.fields.id, feature);
    const { id, mend } = ids.give(
      givenIds[i] ?? '',
      textOf(properties['title'] ?? properties['verbatimLocality']),
      textOf(properties['eventDate']),
    );
    builder.add(id, {
      place: feature.place,
      feature: { type: 'Feature', id, geometry: place.geometry, properties },
      problems: report.problems,
      lacking: report.lacking,
      mends: [...(mend === undefined ? [] : [mend]), ...place.mends, ...report.mends],
    });
  }
  return builder.build((share) => progress?.(0.7 + share * 0.3));
}
