import '../../trusted-types';
import { type TableParts, transferOf } from '../../../domain/table';
import type { ContractContext } from '../../../domain/validate';
import { suggestMapping } from '../../../io/column-guess';
import { distanceTargets } from '../../../io/distance-targets';
import type { ForeignData, ImportOutcome, ImportResult, Progress } from '../../../io/foreign';
import type { FormatName } from '../../../io/formats';
import { readSightingsStream } from '../../../io/feature-stream';
import { SoftLimit } from '../../../io/file-fault';
import { quickReaderOf } from '../../../io/quick-reader';
import { type Mapping, textOf } from '../../../io/mapping';
import { type OpenOptions, type Opened, openFile } from '../../../io/open';
import { applyMapping } from '../../../io/apply-mapping';
import { type SetAsideItem, itemsOf } from '../../../io/set-aside';
import {
  type Bounds,
  type Pair,
  pairsOfFeatures,
  pairsOfImport,
  pairsOfTable,
  swapNoteOf,
} from '../../../io/swapped-places';
import type { Source } from '../../loading/read-source';
import { openToOtherHosts } from '../../outside/other-hosts';
import { NEAR_WHAT, type Preview, previewOf } from './import-preview';
import { type LargeFile, openArriving, openLarge, rejectedAt } from './large-file';
import { type SetAsideContent, setAsideContent } from '../set-aside-content';

openToOtherHosts();

/** Where a file is that is opened. */
export type FileSource = Exclude<Source, { kind: 'fetched' }>;

/** What a {@link FileImport} asks of its worker, which holds one file. */
export type ImportRequest =
  | {
      kind: 'open';
      source: FileSource;
      fileName: string;
      /** what sightings may refer to */
      context: ContractContext;
      /** where things lie that are shown already */
      known: readonly Bounds[];
    }
  /** reads the same file in another way; `sightingIds` are those of other data sets that its distances may name */
  | { kind: 'reread'; options: OpenOptions; sightingIds: readonly string[] }
  | { kind: 'preview'; mapping: Mapping }
  /** makes sightings; the mapping is `undefined` for a file of sightings */
  | { kind: 'import'; mapping: Mapping | undefined }
  /** lists what the page could not use of a file that it loaded from there, by the same rules */
  | { kind: 'setAside'; url: string; context: ContractContext };

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
export interface SightingsSummary {
  kind: 'sightings';
  format: FormatName;
  notes: readonly string[];
  /** of its FeatureCollection */
  title: string | undefined;
  accepted: number;
  mended: number;
  incomplete: number;
  setAside: number;
  /** what the reported distances of the incomplete ones name */
  targets: readonly string[];
  /** why latitude and longitude seem to be swapped, as a sentence */
  swapped: string | undefined;
}

export type FileSummary = ForeignSummary | SightingsSummary;

/** What the worker answers: one of these to each request, in their order, and progress in between. */
export type ImportAnswer =
  | { kind: 'opened'; summary: FileSummary }
  | { kind: 'preview'; preview: Preview }
  | {
      kind: 'imported';
      result: ImportOutcome;
      /** of the table of the sightings, moved here */
      parts: TableParts;
      collection: Readonly<Record<string, unknown>>;
      /** the GeoJSON file that they are from, packed by gzip or not */
      content: Blob;
      setAside: SetAsideContent;
    }
  | { kind: 'setAside'; setAside: SetAsideContent }
  /** `isSoft` when the file can be read all the same, with `acceptsLarge` */
  | { kind: 'fault'; message: string; isSoft: boolean };
/** In between it says how far it is, and whenever it waits for something itself, that it is awake. */
export type ImportMessage = ImportAnswer | { kind: 'progress'; done: number } | { kind: 'awake' };

const AWAKE_MS = 2000;

let file: (ImportRequest & { kind: 'open' }) | undefined;
let opened: Opened | LargeFile | undefined;

const progress: Progress = (done) => postMessage({ kind: 'progress', done } satisfies ImportMessage);

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
  swapped: string | undefined,
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
    targets: distanceTargets(incomplete),
    swapped,
  };
}

function* pairsOfRead({ table, outcome }: LargeFile['read']): Generator<Pair> {
  yield* pairsOfTable(table);
  yield* pairsOfFeatures(outcome.incomplete.map(({ feature }) => feature));
}

function summaryOf(
  of: Opened | LargeFile,
  { context, known }: ImportRequest & { kind: 'open' },
): FileSummary {
  const swapped = (pairs: Iterable<Pair>) => swapNoteOf(pairs, known, NEAR_WHAT);
  if (of.kind === 'large') {
    const { notes, collection, outcome } = of.read;
    return sightingsSummary(of.format, notes, collection, outcome, swapped(pairsOfRead(of.read)));
  }
  if (of.kind === 'sightings') {
    const { format, notes, result } = of;
    return sightingsSummary(format, notes, membersOf(result.bytes), result, swapped(pairsOfImport(result)));
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
    sheets: data.sheets ?? [],
    sheet: data.sheet,
    headerRow: data.headerRow,
    delimiter: data.delimiter,
    encoding: data.encoding,
    suggestion,
    preview: previewOf(data, suggestion, context, known),
  };
}

async function open(options: OpenOptions): Promise<ImportAnswer> {
  if (file === undefined) throw new Error('there is no file yet');
  const { source, fileName, context } = file;
  let content: Blob;
  if (source.kind === 'address') {
    ({ content, large: opened } = await openArriving(source.url, context, progress));
    file = { ...file, source: { kind: 'content', content } };
  } else {
    ({ content } = source);
    const isAsItIs = Object.keys(options).every((key) => key === 'acceptsLarge');
    opened = isAsItIs ? await openLarge(content, context, progress) : undefined;
  }
  opened ??= await openFile(
    new Uint8Array(await content.arrayBuffer()),
    fileName,
    context,
    options,
    progress,
  );
  return { kind: 'opened', summary: summaryOf(opened, file) };
}

/** What a file became, its table ready to be moved. @param rejected by its very bytes, where it is a file of ours */
async function imported(
  { bytes, ...result }: ImportResult,
  rejected?: readonly SetAsideItem[],
): Promise<ImportAnswer> {
  // They were checked: against the systems of their own archive, where they come in one.
  const { table, collection } = await readSightingsStream(
    [bytes],
    {},
    {
      totalBytes: bytes.length,
      progress,
      readerOf: quickReaderOf,
    },
  );
  const setAside = setAsideContent(rejected ?? itemsOf(result), rejected !== undefined);
  const content = new Blob([bytes]);
  return { kind: 'imported', result, parts: table.indexIds().parts, collection, content, setAside };
}

/** A context in which distances may be measured to some sightings of other data sets as well. */
function withSightings(context: ContractContext, ids: readonly string[]): ContractContext {
  const { referencePointIds: points } = context;
  if (points === undefined || ids.length === 0) return context;
  const others = new Set(ids);
  return { ...context, referencePointIds: { has: (id) => others.has(id) || points.has(id) } };
}

async function answer(request: ImportRequest): Promise<ImportAnswer> {
  if (request.kind === 'open') {
    file = request;
    return await open({});
  }
  if (request.kind === 'reread') {
    if (file !== undefined) file = { ...file, context: withSightings(file.context, request.sightingIds) };
    return await open(request.options);
  }
  if (request.kind === 'setAside') {
    const items = await rejectedAt(request.url, request.context, progress);
    return { kind: 'setAside', setAside: setAsideContent(items, true) };
  }
  if (file === undefined || opened === undefined) throw new Error('no file was opened');
  const { context, known } = file;
  if (opened.kind === 'large') {
    const { read, content } = opened;
    opened = undefined; // it moves to the page
    const { table, collection, outcome } = read;
    return {
      kind: 'imported',
      result: outcome,
      parts: table.indexIds().parts,
      collection,
      content: content(),
      setAside: setAsideContent(read.rejected, true),
    };
  }
  if (opened.kind === 'sightings') return await imported(opened.result, opened.rejected);
  if (request.mapping === undefined) throw new Error('it is not said what the columns mean');
  if (request.kind === 'preview')
    return { kind: 'preview', preview: previewOf(opened.data, request.mapping, context, known) };
  return await imported(applyMapping(opened.data, request.mapping, context, new Set(), progress));
}

/** Requests are answered one after another, though some wait for a parser to be loaded. */
let last: Promise<void> = Promise.resolve();

addEventListener('message', ({ data: request }: MessageEvent<ImportRequest>) => {
  last = last.then(async () => {
    let message: ImportAnswer;
    const awake = setInterval(() => postMessage({ kind: 'awake' } satisfies ImportMessage), AWAKE_MS);
    try {
      message = await answer(request);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      message = { kind: 'fault', message: text, isSoft: error instanceof SoftLimit };
    } finally {
      clearInterval(awake);
    }
    postMessage(message, { transfer: message.kind === 'imported' ? transferOf(message.parts) : [] });
  });
});
