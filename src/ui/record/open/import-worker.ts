import type { ContractContext } from '../../../domain/validate';
import { suggestMapping } from '../../../io/column-guess';
import type { ForeignData, ImportResult, Progress } from '../../../io/foreign';
import type { FormatName } from '../../../io/formats';
import { type Mapping, textOf } from '../../../io/mapping';
import { type OpenOptions, type Opened, openFile } from '../../../io/open';
import { applyMapping } from '../../../io/apply-mapping';
import type { Bounds } from '../../../io/swapped-places';
import { type Preview, previewOf } from './import-preview';

/** What a {@link FileImport} asks of its worker, which holds one file. */
export type ImportRequest =
  | {
      kind: 'open';
      bytes: Uint8Array<ArrayBuffer>;
      fileName: string;
      /** what sightings may refer to */
      context: ContractContext;
      /** where the sightings lie that are shown already */
      known: Bounds | undefined;
    }
  /** reads the same file in another way */
  | { kind: 'reread'; options: OpenOptions }
  | { kind: 'preview'; mapping: Mapping }
  /** makes sightings; the mapping is `undefined` for a file of sightings */
  | { kind: 'import'; mapping: Mapping | undefined };

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
}

export type FileSummary = ForeignSummary | SightingsSummary;

/** What the worker answers: one of these to each request, in their order, and progress in between. */
export type ImportAnswer =
  | { kind: 'opened'; summary: FileSummary }
  | { kind: 'preview'; preview: Preview }
  | { kind: 'imported'; result: ImportResult }
  | { kind: 'fault'; message: string };
export type ImportMessage = ImportAnswer | { kind: 'progress'; done: number };

let file: (ImportRequest & { kind: 'open' }) | undefined;
let opened: Opened | undefined;

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

/** The title of a collection, whose first line is all of it but the features. */
function titleOf(bytes: Uint8Array): string | undefined {
  const end = bytes.indexOf(0x0a);
  const head = new TextDecoder().decode(bytes.subarray(0, end < 0 ? bytes.length : end));
  try {
    const { title } = JSON.parse(`${head}]}`) as { title?: unknown };
    return typeof title === 'string' && title.trim() !== '' ? title.trim() : undefined;
  } catch {
    return undefined; // a head of several lines: the name of the file is as good a name
  }
}

function summaryOf(of: Opened, { context, known }: ImportRequest & { kind: 'open' }): FileSummary {
  if (of.kind === 'sightings') {
    const { result, format, notes } = of;
    return {
      kind: 'sightings',
      format,
      notes,
      title: titleOf(result.bytes),
      accepted: result.accepted,
      mended: result.mended.length,
      incomplete: result.incomplete.length,
      setAside: result.setAside.length,
    };
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
    suggestion,
    preview: previewOf(data, suggestion, context, known),
  };
}

async function open(options: OpenOptions): Promise<ImportAnswer> {
  if (file === undefined) throw new Error('there is no file yet');
  const { bytes, fileName, context } = file;
  opened = await openFile(bytes, fileName, context, options, progress);
  return { kind: 'opened', summary: summaryOf(opened, file) };
}

async function answer(request: ImportRequest): Promise<ImportAnswer> {
  if (request.kind === 'open') {
    file = request;
    return await open({});
  }
  if (request.kind === 'reread') return await open(request.options);
  if (file === undefined || opened === undefined) throw new Error('no file was opened');
  const { context, known } = file;
  if (opened.kind === 'sightings') return { kind: 'imported', result: opened.result };
  if (request.mapping === undefined) throw new Error('it is not said what the columns mean');
  if (request.kind === 'preview')
    return { kind: 'preview', preview: previewOf(opened.data, request.mapping, context, known) };
  return {
    kind: 'imported',
    result: applyMapping(opened.data, request.mapping, context, new Set(), progress),
  };
}

/** Requests are answered one after another, though some wait for a parser to be loaded. */
let last: Promise<void> = Promise.resolve();

addEventListener('message', ({ data: request }: MessageEvent<ImportRequest>) => {
  last = last.then(async () => {
    let message: ImportAnswer;
    try {
      message = await answer(request);
    } catch (error) {
      message = { kind: 'fault', message: error instanceof Error ? error.message : String(error) };
    }
    postMessage(message);
  });
});
