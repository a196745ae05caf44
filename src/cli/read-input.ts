import { alikeMessages, andMore } from '../io/alike-messages';
import { applyMapping } from '../io/apply-mapping';
import { suggestMapping } from '../io/column-guess';
import type { ForeignData, ImportResult } from '../io/foreign';
import type { FormatName } from '../io/formats';
import { type Mapping, unusedNote } from '../io/mapping';
import { type OpenOptions, countOthers, openFile } from '../io/open';
import { pairsOfImport } from '../io/swapped-places';
import type { NamedContext } from '../io/system-names';
import { columnsNote } from './columns-note';
import { counted } from './counted';
import { oneLine } from './fault-text';
import { inFileOrder, partsOfPlace } from '../io/file-issue';
import { CommandFault } from './exit-status';
import type { InputOptions } from './input-options';
import { chosenMapping, missingFault, missingFields, missingNote } from './mapping-options';
import { checkUse } from './option-use';
import { STANDARD } from './files';
import { idOf } from '../io/set-aside';
import { liesInPlace, swapNote, swapNoteOfSightings } from './swap-note';
import { ProgressLine } from './progress-line';

/** A file of any format, read as sightings. */
export interface Input {
  format: FormatName;
  result: ImportResult;
  notes: readonly string[];
  /** what its columns were taken for, when it is no file of ours */
  mapping?: Mapping;
}

/**
 * Reads the bytes of a file of any format as sightings.
 * @throws FileFault when nothing of it can be used, CommandFault when it has to be said what its columns mean
 */
export async function readInput(
  file: string,
  bytes: Uint8Array,
  context: NamedContext,
  options: InputOptions = {},
): Promise<Input> {
  const { format, mapping: meant, reading = {}, isChecked = false } = options;
  const exchanged = meant?.exchanged ?? new Set<string>();
  const line = new ProgressLine(file);
  const name = file === STANDARD ? '' : file;
  try {
    const open = (wanted: Pick<OpenOptions, 'swapAxes' | 'mapsOthers'>) =>
      openFile(
        bytes,
        name,
        context,
        {
          ...reading,
          ...(format === undefined ? {} : { format }),
          acceptsLarge: true,
          exchanged,
          ...wanted,
        },
        line.tell,
      );
    const isSwapWanted = meant?.swapAxes === true;
    const isSwapped = isSwapWanted && !isChecked;
    const first = await open({ swapAxes: isSwapped });
    const others = first.kind === 'sightings' ? countOthers(first.format, first.result.incomplete) : 0;
    const opened = others > 0 && meant?.isGiven === true ? await open({ mapsOthers: true }) : first;
    const isForeign = opened.kind === 'foreign';
    if (!isChecked) checkUse([{ file, format: opened.format, isForeign }], options);
    if (opened.kind === 'sightings') {
      const swapped = await swapNoteOfSightings(file, pairsOfImport(opened.result), isSwapped);
      // Of several files it is said once: of sightings, those are swapped that seem to need it.
      const again =
        isSwapWanted && isChecked && swapped !== undefined ? await open({ swapAxes: true }) : undefined;
      if (again?.kind === 'sightings') return again;
      const notes = [
        ...opened.notes,
        ...noteOfOthers(others),
        ...notExchanged(exchanged, idsOf(opened.result)),
        ...warningOf(swapped),
      ];
      return { ...opened, notes };
    }
    const { data } = opened;
    const { headerRow = 0 } = reading;
    if (headerRow > 0 && data.headerRow === 0)
      throw new CommandFault(
        `${file}: --header-row cannot be ${headerRow}: there is no row from there on that could name the columns.`,
      );
    const suggested = suggestMapping(data);
    let mapping = meant === undefined ? suggested : chosenMapping(file, data, suggested, meant);
    // Of several files not each is swapped.
    const isLeft =
      isSwapWanted && isChecked && (await liesInPlace(file, data, { ...mapping, order: suggested.order }));
    if (isLeft) mapping = { ...mapping, order: suggested.order };
    const result = applyMapping(data, mapping, context, new Set(), line.tell);
    const swapped = await swapNote(file, data, mapping, isSwapWanted && !isLeft);
    const columnNotes = [columnsNote(mapping), unusedNote(data.columns, mapping)];
    const missing = missingFields(data, mapping, result);
    const notes = [
      ...data.notes,
      ...(isLeft ? [IN_PLACE_NOTE] : []),
      ...guessedPlace(data, suggested, mapping),
      ...noPlace(data, mapping),
      ...columnNotes.filter((note) => note !== undefined),
      ...(isChecked && missing.length > 0 ? [missingNote(missing)] : []),
      ...notExchanged(exchanged, new Set(data.features.map(({ place }) => place))),
      ...warningOf(swapped),
    ];
    if (meant !== undefined && !isChecked && missing.length > 0)
      throw missingFault(file, { ...data, notes }, missing);
    return { format: opened.format, result, notes, mapping };
  } finally {
    line.end();
  }
}

function noteOfOthers(count: number): string[] {
  if (count === 0) return [];
  const [one, their] = count === 1 ? ['is', 'its'] : ['are', 'their'];
  return [
    `${counted(count)} of its features ${one} of something else than sightings: --map FIELD=COLUMN and --set FIELD=VALUE say what ${their} properties mean.`,
  ];
}

function warningOf(said: string | undefined): string[] {
  return said === undefined ? [] : [`warning: ${said}`];
}

/** The ids of what an import of sightings mended, or could not accept: others were not exchanged. */
function idsOf({ mended, incomplete }: ImportResult): Set<string> {
  const ids = incomplete.map(({ feature }) => idOf(feature) ?? '');
  return new Set([...mended.map(({ id }) => id), ...ids]);
}

/** That what is to be exchanged is not there. */
function notExchanged(exchanged: ReadonlySet<string>, there: ReadonlySet<string>): string[] {
  const missing = [...exchanged].filter((one) => !there.has(one));
  if (missing.length === 0) return [];
  const names = missing.map((one) => `"${one}"`).join(', ');
  return [
    `warning: --exchange ${names}: nothing in it is called so. Sightings are named by id, rows by where they stand, as in "line 7".`,
  ];
}

const IN_PLACE_NOTE =
  'Its places lie near the reference points as they stand: --swap-axes does not swap them.';

/** What the columns of a table without names were taken for by their values, where nobody said so. */
function guessedPlace({ headerRow }: ForeignData, { place }: Mapping, mapping: Mapping): string[] {
  if (headerRow !== 0 || mapping.place !== place || place.from === 'nothing') return [];
  return place.from === 'columns'
    ? [
        `By their values, “${place.lat}” was taken for the latitude and “${place.lng}” for the longitude: --map lat=COLUMN and --map lng=COLUMN say otherwise.`,
      ]
    : place.from === 'one column'
      ? [`By its values, “${place.column}” was taken for the place: --map place=COLUMN says otherwise.`]
      : [];
}

/** That nothing was taken for the place may well be since nobody has said what its columns are called. */
function noPlace({ features, columns }: ForeignData, { place }: Mapping): string[] {
  if (place.from !== 'nothing' || features.length === 0 || columns.length === 0) return [];
  return [
    'warning: No column was taken for the place, so that all are reported without one: --map lat=COLUMN and --map lng=COLUMN, or --map place=COLUMN, say where it stands.',
  ];
}

/**
 * Lines about what did not become a sighting of a file, in its order, and then about what was changed; what is alike, as
 * one.
 */
export function* resultLines(file: string, { result, notes }: Input): Generator<string> {
  for (const note of notes) yield oneLine(`${file}: ${note}`);
  const left = [
    ...result.setAside.map(({ place, reason }) => ({ ...partsOfPlace(place), said: `set aside: ${reason}` })),
    ...result.incomplete.flatMap(({ place, reasons }) =>
      reasons.map((reason) => ({ ...partsOfPlace(place), said: `incomplete: ${reason}` })),
    ),
  ];
  for (const { place, said } of inFileOrder(left)) yield oneLine(`${file}:${place}: ${said}`);
  const told = [
    ...result.mended.map(({ place, id, what }) => ({ place, id, text: `mended: ${what}` })),
    ...result.warnings.map(({ place, id, message }) => ({ place, id, text: `warning: ${message}` })),
  ];
  for (const alike of alikeMessages(told, ({ text }) => text)) {
    const { place, id, text } = alike.first;
    yield oneLine(`${file}:${place}: ${id}: ${text}${andMore(alike, (one) => one.place)}`);
  }
}
