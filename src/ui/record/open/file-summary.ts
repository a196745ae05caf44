import type { ContractContext } from '../../../domain/validate';
import { suggestMapping } from '../../../io/column-guess';
import { distanceTargets } from '../../../io/distance-targets';
import type { ForeignData, ImportOutcome } from '../../../io/foreign';
import type { FormatName } from '../../../io/formats';
import { type Mapping, textOf } from '../../../io/mapping';
import { type Opened, countOthers } from '../../../io/open';
import { type PlaceDoubts, doubtsOfImport, doubtsOfTable } from '../../../io/places-in-doubt';
import type { Bounds } from '../../../io/swapped-places';
import { NEAR_WHAT, type Preview, previewOf } from './import-preview';
import type { LargeFile } from './large-file';

/** A file of others, as far as the page has to know of it. */
export interface ForeignSummary {
  kind: 'foreign';
  format: FormatName;
  columns: readonly string[];
  /** some values of each column */
  samples: readonly string[];
  rows: number;
  notes: readonly string[];
  hasGeometry: boolean;
  /** whether any row is to be mapped; where none is, all are sightings already */
  isMapped: boolean;
  /** names of the sheets, where the file is a workbook */
  sheets: readonly string[];
  /** the sheet that was read */
  sheet: string | undefined;
  /** the row, or line, of the names of the columns; 0 when there is none, `undefined` for what is no table */
  headerRow: number | undefined;
  /** the character that parts the cells, and the encoding; `undefined` for what is no table of text */
  delimiter: string | undefined;
  encoding: string | undefined;
  suggestion: Mapping;
  preview: Preview;
}

/** A file of sightings of the contract. */
export interface SightingsSummary extends PlaceDoubts {
  kind: 'sightings';
  format: FormatName;
  notes: readonly string[];
  /** of its FeatureCollection */
  title: string | undefined;
  accepted: number;
  mended: number;
  incomplete: number;
  setAside: number;
  /** how many of the incomplete ones are GeoJSON of something else, with fields of other names */
  others: number;
  /** what the reported distances of the incomplete ones name */
  targets: readonly string[];
}

export type FileSummary = ForeignSummary | SightingsSummary;

function samplesOf({ columns, features }: ForeignData): string[] {
  return columns.map((column) => {
    const texts = features.slice(0, 50).map(({ fields }) => textOf(fields.get(column)));
    return [...new Set(texts.filter((text) => text !== ''))]
      .slice(0, 3)
      .map((text) => (text.length > 40 ? `${text.slice(0, 39)}…` : text))
      .join(', ');
  });
}

/** What a file of ours says beside its features. */
function membersOf(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const end = bytes.indexOf(0x0a);
  try {
    return JSON.parse(`${new TextDecoder().decode(bytes.subarray(0, end < 0 ? 0 : end))}]}`) as Record<
      string,
      unknown
    >;
  } catch {
    return {}; // a head of several lines: the name of the file is as good a name
  }
}

function sightingsSummary(
  format: FormatName,
  notes: readonly string[],
  { title }: Readonly<Record<string, unknown>>,
  { accepted, mended, incomplete, setAside }: ImportOutcome,
  doubts: PlaceDoubts,
): SightingsSummary {
  return {
    kind: 'sightings',
    format,
    notes,
    title: typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined,
    accepted,
    mended: mended.length,
    incomplete: incomplete.length,
    setAside: setAside.length,
    others: countOthers(format, incomplete),
    targets: distanceTargets(incomplete),
    ...doubts,
  };
}

/**
 * What a file has, before anything is done with it.
 * @param context what its sightings may refer to
 * @param known where things lie that are shown already
 */
export function summaryOf(
  of: Opened | LargeFile,
  context: ContractContext,
  known: readonly Bounds[],
): FileSummary {
  if (of.kind === 'large') {
    const { notes, collection, outcome, table } = of.read;
    const doubts = doubtsOfTable(table, outcome.incomplete, known, NEAR_WHAT);
    return sightingsSummary(of.format, notes, collection, outcome, doubts);
  }
  if (of.kind === 'sightings') {
    const { format, notes, result } = of;
    const doubts = doubtsOfImport(result, known, NEAR_WHAT);
    return sightingsSummary(format, notes, membersOf(result.bytes), result, doubts);
  }
  const { data, format } = of;
  const suggestion = suggestMapping(data);
  return {
    kind: 'foreign',
    format,
    columns: data.columns,
    samples: samplesOf(data),
    rows: data.features.length,
    notes: data.notes,
    hasGeometry: data.features.some(({ geometry }) => geometry !== undefined && geometry !== null),
    isMapped: data.features.some(({ sighting }) => sighting === undefined),
    sheets: data.sheets ?? [],
    sheet: data.sheet,
    headerRow: data.headerRow,
    delimiter: data.delimiter,
    encoding: data.encoding,
    suggestion,
    preview: previewOf(data, suggestion, context, known),
  };
}
