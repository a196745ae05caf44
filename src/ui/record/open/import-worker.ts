import '../../trusted-types';
import { type TableParts, transferOf } from '../../../domain/table';
import type { ReferencePoint } from '../../../domain/sighting';
import type { ImportOutcome, ImportResult, Progress } from '../../../io/foreign';
import { readSightingsStream } from '../../../io/feature-stream';
import { SoftLimit } from '../../../io/file-fault';
import { WaitingProgress, stepsOf } from '../../../io/pace';
import { quickReaderOf } from '../../../io/quick-reader';
import type { Mapping } from '../../../io/mapping';
import { type OpenOptions, type Opened, openFile } from '../../../io/open';
import { type PointFile, readPointFile } from '../../../io/point-file';
import { applyMapping } from '../../../io/apply-mapping';
import { type SetAsideItem, itemsOf } from '../../../io/set-aside';
import type { Bounds } from '../../../io/swapped-places';
import type { NamedContext } from '../../../io/system-names';
import type { Source } from '../../loading/read-source';
import { openToOtherHosts } from '../../outside/other-hosts';
import { type FileSummary, summaryOf } from './file-summary';
import { type Preview, previewOf } from './import-preview';
import { type LargeFile, openArriving, openLarge, rejectedAt } from './large-file';
import { type SetAsideContent, setAsideContent } from '../set-aside-content';

openToOtherHosts();

/** Where a file is that is opened. */
export type FileSource = Exclude<Source, { kind: 'fetched' }>;

/** How sightings are made of a file: other people's by a mapping; of sightings, some may have their place exchanged. */
export type ImportChoice =
  { kind: 'mapped'; mapping: Mapping } | { kind: 'sightings'; exchanged: ReadonlySet<string> };

/** What a {@link FileImport} asks of its worker, which holds one file. */
export type ImportRequest =
  | {
      kind: 'open';
      source: FileSource;
      fileName: string;
      /** what sightings may refer to */
      context: NamedContext;
      /** where things lie that are shown already */
      known: readonly Bounds[];
    }
  /** reads the same file in another way; `sightingIds` are those of other data sets that its distances may name */
  | { kind: 'reread'; options: OpenOptions; sightingIds: readonly string[] }
  | { kind: 'preview'; mapping: Mapping }
  | { kind: 'import'; choice: ImportChoice }
  /** reads reference points, with those that are there and how many more there may be */
  | { kind: 'points'; content: Blob; there: readonly ReferencePoint[]; room: number }
  /** lists what the page could not use of a file that it loaded from there, by the same rules */
  | { kind: 'setAside'; url: string; context: NamedContext };

/** What a file of reference points came to, and what of it was set aside as it is kept. */
export type PointsRead = Omit<PointFile, 'setAside'> & { setAside: SetAsideContent };

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
  | { kind: 'points'; read: PointsRead }
  /** `isSoft` when the file can be read all the same, with `acceptsLarge` */
  | { kind: 'fault'; message: string; isSoft: boolean };
/** In between it says how far it is, and whenever it waits for something itself, that it is awake. */
export type ImportMessage = ImportAnswer | { kind: 'progress'; done: number } | { kind: 'awake' };

const AWAKE_MS = 2000;
const PROGRESS_MS = 50;

/** Shares of the work: what comes from elsewhere until it is there, and a mapping until its table is made. */
const FETCHED = 0.8;
const MAPPED = 0.7;

let file: (ImportRequest & { kind: 'open' }) | undefined;
let opened: Opened | LargeFile | undefined;
/** how it was read */
let readAs: OpenOptions = {};

const telling = new WaitingProgress(
  (done) => postMessage({ kind: 'progress', done } satisfies ImportMessage),
  PROGRESS_MS,
);
const progress = telling.tell;

/** Reads a file, which is here already, as a whole. */
async function readWith(
  { source, fileName, context }: ImportRequest & { kind: 'open' },
  options: OpenOptions,
  progress: Progress,
): Promise<Opened> {
  if (source.kind === 'address') throw new Error('the file was not fetched');
  const bytes = new Uint8Array(await source.content.arrayBuffer());
  return await openFile(bytes, fileName, context, options, progress);
}

async function open(options: OpenOptions): Promise<ImportAnswer> {
  if (file === undefined) throw new Error('there is no file yet');
  const { source, context } = file;
  const step = stepsOf(progress);
  let next: Opened | LargeFile | undefined;
  if (source.kind === 'address') {
    const { content, large } = await openArriving(source.url, context, step(FETCHED));
    file = { ...file, source: { kind: 'content', content } };
    next = large;
  } else if (Object.keys(options).every((key) => key === 'acceptsLarge')) {
    next = await openLarge(source.content, context, step());
  }
  // What was read stays until it was read in another way: that may be impossible.
  opened = next ?? (await readWith(file, options, step()));
  readAs = options;
  return { kind: 'opened', summary: summaryOf(opened, context, file.known) };
}

/** What a file became, its table ready to be moved. @param rejected by its very bytes, where it is a file of ours */
async function imported(
  { bytes, ...result }: ImportResult,
  progress: Progress,
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
function withSightings(context: NamedContext, ids: readonly string[]): NamedContext {
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
  if (request.kind === 'points') {
    const { setAside, ...read } = await readPointFile(request.content, request.there, request.room, progress);
    return { kind: 'points', read: { ...read, setAside: setAsideContent(setAside, true) } };
  }
  if (file === undefined || opened === undefined) throw new Error('no file was opened');
  const { context, known } = file;
  const steps = stepsOf(progress);
  if (opened.kind === 'foreign') {
    const { data } = opened;
    if (request.kind === 'preview')
      return { kind: 'preview', preview: previewOf(data, request.mapping, context, known) };
    if (request.choice.kind !== 'mapped') throw new Error('it is not said what the columns mean');
    const mapped = applyMapping(data, request.choice.mapping, context, new Set(), steps(MAPPED));
    return await imported(mapped, steps());
  }
  if (request.kind === 'preview' || request.choice.kind === 'mapped')
    throw new Error('there are no columns whose meaning can be said');
  const { exchanged } = request.choice;
  const of = exchanged.size > 0 ? await readWith(file, { ...readAs, exchanged }, steps(MAPPED)) : opened;
  opened = undefined; // it moves to the page
  if (of.kind === 'foreign') throw new Error('it is no file of sightings any more');
  if (of.kind === 'sightings') return await imported(of.result, steps(), of.rejected);
  const { read, content } = of;
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
      telling.end();
    }
    postMessage(message, { transfer: message.kind === 'imported' ? transferOf(message.parts) : [] });
  });
});
