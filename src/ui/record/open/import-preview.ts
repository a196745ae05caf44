import type { Sighting } from '../../../domain/sighting';
import { applyMapping } from '../../../io/apply-mapping';
import { readDate } from '../../../io/date-text';
import type { ForeignData, ForeignFeature } from '../../../io/foreign';
import { type FieldChoice, type Mapping, textOf } from '../../../io/mapping';
import { type PlaceDoubts, doubtsOfData } from '../../../io/places-in-doubt';
import type { Bounds } from '../../../io/swapped-places';
import type { NamedContext } from '../../../io/system-names';

/** What one row of a file becomes by a mapping. */
export interface PreviewRow {
  /** where it stands in its file */
  place: string;
  becomes: 'sighting' | 'draft' | 'nothing';
  /** a Feature as far as it goes; `undefined` for a row that becomes nothing */
  feature: Partial<Sighting> | undefined;
  /** what is wrong with it, in the words of the contract */
  reasons: readonly string[];
}

/** What a file becomes by a mapping, as far as it was tried. */
export interface Preview extends PlaceDoubts {
  rows: readonly PreviewRow[];
  /** of how many rows the counts are, the first ones */
  tried: number;
  accepted: number;
  incomplete: number;
  /** rows that become nothing, and what could not be read */
  setAside: number;
  /** a date that can be read in two ways, if there is one */
  doubtfulDate: string | undefined;
}

/** What a place is near to that lies where it should, in words. */
export const NEAR_WHAT = 'what the map shows already';

/** Rows that are shown. */
const SHOWN_ROWS = 6;

/** Rows that are counted with each change of the mapping: more would keep its user waiting. */
export const MOST_TRIED = 5000;

function part(data: ForeignData, features: readonly ForeignFeature[]): ForeignData {
  return { ...data, features, setAside: [] };
}

/** What a row becomes by a mapping. */
function previewRow(
  data: ForeignData,
  feature: ForeignFeature,
  mapping: Mapping,
  context: NamedContext,
): PreviewRow {
  const { place } = feature;
  const { bytes, accepted, incomplete, setAside } = applyMapping(
    part(data, [feature]),
    mapping,
    context,
    new Set(),
  );
  if (accepted > 0) {
    const { features } = JSON.parse(new TextDecoder().decode(bytes)) as { features: Sighting[] };
    return { place, becomes: 'sighting', feature: features[0], reasons: [] };
  }
  const [draft] = incomplete;
  if (draft) {
    return { place, becomes: 'draft', feature: draft.feature as Partial<Sighting>, reasons: draft.reasons };
  }
  return {
    place,
    becomes: 'nothing',
    feature: undefined,
    reasons: setAside.map(({ reason }) => reason),
  };
}

/** A date of the columns that a mapping uses that can be the third of April as well as the fourth of March. */
function doubtfulDateOf(data: ForeignData, { fields, source }: Mapping): string | undefined {
  const choices: FieldChoice[] = [fields.eventDate, source.publishedDate, source.retrievedDate];
  const columns = choices.flatMap((choice) => (choice.from === 'column' ? [choice.column] : []));
  const isDoubtful = (text: string) => {
    const unsure = readDate(text, undefined);
    if (unsure === undefined || 'iso' in unsure) return false;
    const [byDay, byMonth] = [readDate(text, true), readDate(text, false)];
    return byDay !== undefined && 'iso' in byDay && byMonth !== undefined && 'iso' in byMonth;
  };
  for (const { fields: cells } of data.features.slice(0, MOST_TRIED)) {
    for (const column of columns) {
      const text = textOf(cells.get(column));
      if (text !== '' && isDoubtful(text)) return text;
    }
  }
  return undefined;
}

/**
 * What a file becomes by a mapping: its first rows one by one, and counts of more of them.
 * @param known where things lie that are shown already
 */
export function previewOf(
  data: ForeignData,
  mapping: Mapping,
  context: NamedContext,
  known: readonly Bounds[],
): Preview {
  const tried = data.features.slice(0, MOST_TRIED);
  // A sighting among others stays as it is: what the mapping makes of these is to be seen.
  const mapped = data.features.filter(({ sighting }) => sighting === undefined);
  const shown = (mapped.length > 0 ? mapped : data.features).slice(0, SHOWN_ROWS);
  const { accepted, incomplete, setAside } = applyMapping(part(data, tried), mapping, context, new Set());
  return {
    rows: shown.map((feature) => previewRow(data, feature, mapping, context)),
    tried: tried.length,
    accepted,
    incomplete: incomplete.length,
    setAside: setAside.length + data.setAside.length,
    ...doubtsOfData(data, mapping, known, NEAR_WHAT),
    doubtfulDate: doubtfulDateOf(data, mapping),
  };
}
