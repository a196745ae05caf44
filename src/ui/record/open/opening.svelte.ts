import { GIVEN_LAYER, type Draft, type Layer } from '../../../domain/work';
import type { SightingTable } from '../../../domain/table';
import type { System } from '../../../domain/sighting';
import { fetchFile } from '../../../io/fetch-file';
import { FORMATS, type Format } from '../../../io/formats';
import type { ImportResult } from '../../../io/foreign';
import type { Mapping } from '../../../io/mapping';
import type { OpenOptions } from '../../../io/open';
import { boundsOfTable } from '../../../io/swapped-places';
import type { Workspace } from '../workspace.svelte';
import { fileNameAt } from './file-name';
import { originOf, pickFiles } from './file-origins';
import { FileImport, ImportClosed } from './import-client';
import type { FileSummary } from './import-worker';
import type { ImportReport } from './report-text';

/** What an opening needs of the page. */
export interface OpeningPage {
  readonly table: SightingTable;
  readonly systems: readonly System[];
  readonly places: { readonly given: readonly { readonly id: string }[] };
}

/** Something to be opened. */
interface Queued {
  name: string;
  /** the file of the disk, where that is known */
  origin?: FileSystemFileHandle | undefined;
  bytes: (signal: AbortSignal, progress: (done: number) => void) => Promise<Uint8Array<ArrayBuffer>>;
}

/** More drafts than this are for the report, not for the list of drafts. */
export const MOST_DRAFTS = 500;

/** Where somebody stands who opens data. */
export type Step =
  | { kind: 'choose' }
  /** `isLast` when it cannot be cancelled any more */
  | { kind: 'busy'; what: string; isLast?: true }
  | { kind: 'review'; name: string; title: string; summary: FileSummary }
  | { kind: 'failed'; name: string; message: string }
  | { kind: 'report'; report: ImportReport; firstDraft: Draft | undefined; alike: readonly Alike[] };

/** A data set that has sightings of the same ids as the one that was added. */
export interface Alike {
  layer: Layer;
  count: number;
}

function idsOf(items: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(items.map(({ id }) => id));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Files that are opened one after another: read, reviewed, added as data sets, reported. */
export class Opening {
  step = $state.raw<Step>({ kind: 'choose' });
  /** how much of the present work is done, 0 to 1; `undefined` when that cannot be told */
  done = $state.raw<number>();
  /** how the present file is to be read, where somebody said so */
  options = $state.raw<OpenOptions>({});
  /** why it cannot be read so */
  rereadFault = $state('');
  /** what waits for its turn */
  queue = $state.raw<readonly Queued[]>([]);

  #import: FileImport | undefined;
  #origin: FileSystemFileHandle | undefined;
  #fetching: AbortController | undefined;
  /** grows with each thing that is begun or cancelled: what comes late is not wanted any more */
  #turn = 0;

  constructor(
    private readonly page: OpeningPage,
    private readonly workspace: Workspace,
    /** takes the file that a layer was opened from for the one that it is saved to */
    private readonly adopt: (layer: string, origin: FileSystemFileHandle) => Promise<void>,
  ) {}

  openFiles(files: readonly File[]): void {
    this.#add(
      files.map((file) => ({
        name: file.name,
        origin: originOf(file),
        bytes: async () => new Uint8Array(await file.arrayBuffer()),
      })),
    );
  }

  /** Lets somebody choose files in the browser's own way. */
  async pick(): Promise<void> {
    try {
      this.openFiles(await pickFiles());
    } catch (error) {
      this.#fail('What was chosen', error);
    }
  }

  /** Opens a text that was pasted, which may be any format of text. */
  openText(text: string): void {
    if (text.trim() === '') return;
    this.#add([{ name: 'Pasted text', bytes: () => Promise.resolve(new TextEncoder().encode(text)) }]);
  }

  /** @param url http or https, whole */
  openAddress(url: string): void {
    const name = fileNameAt(url);
    const bytes: Queued['bytes'] = async (signal, progress) => {
      const fetched = await fetchFile(url, { signal, progress });
      const [issue] = fetched.issues;
      if (issue) throw new Error(`It ${issue.message}`.replace(/^It the /, 'The '));
      return fetched.bytes;
    };
    this.#add([{ name, bytes }]);
  }

  /** Reads the file in another way, such as with another encoding; where that is impossible, it stays as it was read. */
  async reread(options: OpenOptions): Promise<void> {
    const { step } = this;
    const file = this.#import;
    if (step.kind !== 'review' || !file) return;
    await this.#work(step.name, `Reading ${step.name}`, async (isWanted) => {
      try {
        await this.#read(step.name, file.reread(options));
        this.options = options;
        this.rereadFault = '';
      } catch (error) {
        if (!isWanted() || file.isClosed) throw error;
        this.rereadFault = messageOf(error);
        this.step = step;
      }
    });
  }

  /** What the file becomes by a mapping; `undefined` when it was closed meanwhile. */
  async preview(mapping: Mapping) {
    const turn = this.#turn;
    try {
      return await this.#import?.preview(mapping);
    } catch (error) {
      if (turn === this.#turn && this.step.kind === 'review') this.#fail(this.step.name, error);
      return undefined;
    }
  }

  /** Makes sightings of the file and adds them as a data set; what is incomplete is kept as drafts. */
  async add(mapping: Mapping | undefined, layerName: string): Promise<void> {
    const { step } = this;
    const file = this.#import;
    if (step.kind !== 'review' || !file) return;
    const { name, summary } = step;
    await this.#work(name, `Adding ${layerName}`, async (isWanted) => {
      const { bytes, ...result } = await file.import(mapping);
      if (!isWanted()) return;
      this.done = undefined;
      this.step = { kind: 'busy', what: `Adding ${layerName}`, isLast: true };
      const layer = result.accepted > 0 ? await this.workspace.addLayer(layerName, name, bytes) : undefined;
      const isOurs = summary.kind === 'sightings' && /\.(geo)?json$/i.test(name);
      if (layer && isOurs && this.#origin) await this.adopt(layer.id, this.#origin);
      const drafts = this.#keepDrafts(result, layer?.id ?? GIVEN_LAYER);
      this.#close();
      this.step = {
        kind: 'report',
        report: {
          fileName: name,
          format: FORMATS[summary.format].label,
          notes: summary.notes,
          result,
          layer,
          drafts: drafts.length,
        },
        firstDraft: drafts[0],
        alike: layer ? this.#alike(layer) : [],
      };
    });
  }

  /** Goes on with the next file, or back to the choice of files. */
  next(): void {
    this.#close();
    const [next, ...rest] = this.queue;
    this.queue = rest;
    if (next) void this.#begin(next);
    else this.step = { kind: 'choose' };
  }

  /** Leaves what is being done, and what waits. */
  cancel(): void {
    this.queue = [];
    this.next();
  }

  /** Ends all work. */
  close(): void {
    this.queue = [];
    this.#close();
  }

  #add(queued: readonly Queued[]): void {
    this.queue = [...this.queue, ...queued];
    const { kind } = this.step;
    if (kind === 'choose' || kind === 'failed') this.next();
  }

  async #begin({ name, origin, bytes }: Queued): Promise<void> {
    this.#origin = origin;
    this.options = {};
    this.rereadFault = '';
    this.#fetching = new AbortController();
    const { signal } = this.#fetching;
    const file = new FileImport((done) => (this.done = done));
    this.#import = file;
    await this.#work(name, `Reading ${name}`, async (isWanted) => {
      const content = await bytes(signal, (done) => (this.done = done));
      if (!isWanted()) return;
      this.done = 0;
      const { systems, places, table } = this.page;
      const context = {
        ...(systems.length > 0 ? { systemIds: idsOf(systems) } : {}),
        referencePointIds: idsOf(places.given),
      };
      await this.#read(name, file.open(content, name, context, boundsOfTable(table)));
    });
  }

  async #read(name: string, reading: Promise<FileSummary>): Promise<void> {
    const turn = this.#turn;
    const summary = await reading;
    if (turn !== this.#turn) return;
    const title = summary.kind === 'sightings' ? summary.title : undefined;
    this.step = {
      kind: 'review',
      name,
      title: title ?? name.replace(/(?:\.[a-z]\w{0,11}){1,2}$/i, ''),
      summary,
    };
    // Of nothing there is nothing to map; a table may only have been read in a wrong way.
    const { isTable }: Format = FORMATS[summary.format];
    if (summary.kind === 'foreign' && summary.rows === 0 && !isTable)
      await this.add(summary.suggestion, name);
  }

  async #work(name: string, what: string, work: (isWanted: () => boolean) => Promise<void>): Promise<void> {
    const turn = ++this.#turn;
    this.done = undefined;
    this.step = { kind: 'busy', what };
    try {
      await work(() => turn === this.#turn);
    } catch (error) {
      if (turn === this.#turn) this.#fail(name, error);
    }
  }

  #fail(name: string, error: unknown): void {
    if (error instanceof ImportClosed) return;
    this.#close();
    this.step = { kind: 'failed', name, message: messageOf(error) };
  }

  #close(): void {
    this.#turn++;
    this.#fetching?.abort();
    this.#import?.close();
    this.#import = undefined;
  }

  #keepDrafts({ incomplete }: Pick<ImportResult, 'incomplete'>, layer: string): Draft[] {
    const drafts = incomplete.slice(0, MOST_DRAFTS).map(({ feature }): Draft => ({
      key: `${layer}/import-${crypto.randomUUID()}`,
      layer,
      id: null,
      before: null,
      feature,
    }));
    this.workspace.keepDrafts(drafts);
    return drafts;
  }

  #alike(added: Layer): Alike[] {
    const { ids } = this.workspace.tableOf(added.id);
    return this.workspace.layers
      .filter(({ id }) => id !== added.id)
      .map((layer) => {
        const table = this.workspace.tableOf(layer.id);
        return { layer, count: ids.filter((id) => table.rowOf(id) !== undefined).length };
      })
      .filter(({ count }) => count > 0);
  }
}
