import { type PackedTexts, isText } from './packed-texts';
import { Dictionary, type FindRow, SightingTable, emptyColumns, NO_SYSTEM } from './table';

/** Rows of a table that go into another, as those of a layer. */
export interface TablePart {
  table: SightingTable;
  /** ascending; left out: all rows */
  rows?: Uint32Array;
  layer: string;
}

/** Columns that are copied as they are; the others point into lists of their table. */
const PLAIN = [
  'lng',
  'lat',
  'uncertaintyMeters',
  'firstDay',
  'lastDay',
  'confidence',
  'status',
  'placeKind',
  'origins',
  'reportedDistances',
  'recordStart',
  'recordEnd',
] as const;

/** What the columns can tell apart at most. */
const MOST = { systems: 2 ** 16, files: 2 ** 16, layers: 2 ** 8 } as const;

/** A shorter run of rows is copied one by one. */
const SHORT_RUN = 16;

/** Runs of rows that follow each other, as pairs of the first and the one after the last. */
function runsOf(rows: Uint32Array | undefined, length: number): Uint32Array {
  if (rows === undefined) return Uint32Array.of(0, length);
  let count = 0;
  for (let k = 0; k < rows.length; k++) if (k === 0 || rows[k] !== (rows[k - 1] ?? 0) + 1) count++;
  const runs = new Uint32Array(2 * count);
  let at = 0;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] ?? 0;
    if (k === 0 || row !== (rows[k - 1] ?? 0) + 1) runs[at++] = row;
    if (k + 1 === rows.length || rows[k + 1] !== row + 1) runs[at++] = row + 1;
  }
  return runs;
}

type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

function copyRuns(target: Column, to: number, source: Column, runs: Uint32Array): void {
  for (let at = to, k = 0; k < runs.length; k += 2) {
    const [start, end] = [runs[k] ?? 0, runs[k + 1] ?? 0];
    if (end - start >= SHORT_RUN) {
      target.set(source.subarray(start, end), at);
      at += end - start;
    } else {
      for (let row = start; row < end; row++) target[at++] = source[row] ?? 0;
    }
  }
}

/** Copies indices into a list, each as that of the same thing in another list. */
function copyMapped(
  target: Column,
  to: number,
  source: Column,
  runs: Uint32Array,
  index: (of: number) => number,
): void {
  let most = 0;
  for (const of of source) if (of > most) most = of;
  const known = new Int32Array(most + 1).fill(-1);
  for (let at = to, k = 0; k < runs.length; k += 2) {
    const end = runs[k + 1] ?? 0;
    for (let row = runs[k] ?? 0; row < end; row++) {
      const of = source[row] ?? 0;
      let mapped = known[of] ?? 0;
      if (mapped < 0) known[of] = mapped = index(of);
      target[at++] = mapped;
    }
  }
}

/** Copies what stands between starts, such as the texts of rows; gives where the copy ends in `target`. */
function copySpans(
  [target, targetStarts]: [Column, Uint32Array],
  to: number,
  [source, sourceStarts]: [Column, Uint32Array],
  runs: Uint32Array,
): void {
  let at = targetStarts[to] ?? 0;
  for (let row = to, k = 0; k < runs.length; k += 2) {
    const [first, last] = [runs[k] ?? 0, runs[k + 1] ?? 0];
    const [start, end] = [sourceStarts[first] ?? 0, sourceStarts[last] ?? 0];
    target.set(source.subarray(start, end), at);
    for (let from = first; from < last; from++) {
      targetStarts[++row] = (sourceStarts[from + 1] ?? 0) - start + at;
    }
    at += end - start;
  }
}

function lengthOf(runs: Uint32Array, starts?: Uint32Array): number {
  let length = 0;
  for (let k = 0; k < runs.length; k += 2) {
    const [first, last] = [runs[k] ?? 0, runs[k + 1] ?? 0];
    length += starts ? (starts[last] ?? 0) - (starts[first] ?? 0) : last - first;
  }
  return length;
}

function within(count: number, what: keyof typeof MOST): void {
  if (count > MOST[what])
    throw new RangeError(
      `A table holds at most ${MOST[what]} ${what}: these have ${count}. Open fewer at once.`,
    );
}

interface PlacedPart {
  part: TablePart;
  runs: Uint32Array;
  /** row of its first row */
  from: number;
}

/** Looks ids up in the tables of the parts, topmost first: an index of all rows would have to be made for each edit. */
function findIn(placed: readonly PlacedPart[], length: number): FindRow {
  return (id, layer) => {
    for (let i = placed.length - 1; i >= 0; i--) {
      const { part, from } = placed[i] ?? { part: undefined, from: length };
      if (part === undefined || (layer !== undefined && part.layer !== layer)) continue;
      const row = part.table.rowOf(id);
      if (row === undefined) continue;
      const at = part.rows === undefined ? row : placeIn(part.rows, row);
      if (at >= 0) return from + at;
      const earlier = earlierRow(part.table.parts.ids, part.rows ?? new Uint32Array(), id);
      if (earlier >= 0) return from + earlier;
    }
    return undefined;
  };
}

/** Where a row stands in ascending rows, -1 when it does not. */
function placeIn(rows: Uint32Array, row: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return rows[low] === row ? low : -1;
}

/** The last of some rows that has an id, where the table's last one is not among them. */
function earlierRow(ids: PackedTexts, rows: Uint32Array, id: string): number {
  const bytes = new TextEncoder().encode(id);
  return rows.findLastIndex((row) => isText(ids, row, bytes));
}

/**
 * One table of the rows of several, part by part, in their order; the table itself when it is all there is. The records
 * stay in the files they are in, which the new table shares. Time grows with the rows; no record is parsed.
 * @throws RangeError when there are more systems, files or layers than a table can tell apart
 */
export function combineTables(parts: readonly TablePart[]): SightingTable {
  const [only] = parts;
  const isWhole = only?.rows === undefined || only.rows.length === only.table.length;
  if (
    only &&
    parts.length === 1 &&
    isWhole &&
    only.table.layers.length === 1 &&
    only.table.layers[0] === only.layer
  )
    return only.table;
  let length = 0;
  const placed = parts.map((part): PlacedPart => {
    const runs = runsOf(part.rows, part.table.length);
    const from = length;
    length += lengthOf(runs);
    return { part, runs, from };
  });
  const sum = (of: (one: PlacedPart) => number) => placed.reduce((total, one) => total + of(one), 0);
  const columns = emptyColumns(length);
  columns.publisher = new Uint32Array(
    sum(({ part, runs }) => lengthOf(runs, part.table.columns.publisherStart)),
  );
  const ids: PackedTexts = {
    bytes: new Uint8Array(sum(({ part, runs }) => lengthOf(runs, part.table.parts.ids.starts))),
    starts: new Uint32Array(length + 1),
  };
  const systems = new Dictionary(['']);
  const publishers = new Dictionary();
  const layers = new Dictionary();
  const files: Uint8Array[] = [];
  const fileIndices = new Map<Uint8Array, number>();
  for (const { part, runs, from } of placed) {
    const { table, layer } = part;
    const source = table.columns;
    for (const name of PLAIN) copyRuns(columns[name], from, source[name], runs);
    copyMapped(columns.system, from, source.system, runs, (of) =>
      of === NO_SYSTEM ? NO_SYSTEM : systems.indexOf(table.systemIds[of] ?? ''),
    );
    for (const file of table.files) {
      if (!fileIndices.has(file)) fileIndices.set(file, files.push(file) - 1);
    }
    copyMapped(columns.recordFile, from, source.recordFile, runs, (of) => {
      const file = table.files[of];
      return file === undefined ? 0 : (fileIndices.get(file) ?? 0);
    });
    columns.layer.fill(layers.indexOf(layer), from, from + lengthOf(runs));
    const publisherFrom = columns.publisherStart[from] ?? 0;
    copySpans(
      [columns.publisher, columns.publisherStart],
      from,
      [source.publisher, source.publisherStart],
      runs,
    );
    const copied = columns.publisher.subarray(publisherFrom, columns.publisherStart[from + lengthOf(runs)]);
    copyMapped(copied, 0, copied, Uint32Array.of(0, copied.length), (of) =>
      publishers.indexOf(table.publishers[of] ?? ''),
    );
    const own = table.parts.ids;
    copySpans([ids.bytes, ids.starts], from, [own.bytes, own.starts], runs);
    within(systems.values.length, 'systems');
    within(files.length, 'files');
    within(layers.values.length, 'layers');
  }
  const lists = { systemIds: systems.values, publishers: publishers.values, files, layers: layers.values };
  return new SightingTable({ columns, ids, ...lists }, findIn(placed, length));
}
