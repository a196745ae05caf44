import { GIVEN_LAYER } from '../../../domain/given-layer';
import { countMended } from '../../../io/foreign';
import { FORMATS, type Format } from '../../../io/formats';
import type { Mapping } from '../../../io/mapping';
import type { OpenOptions } from '../../../io/open';
import { freeName } from '../opened-layer';
import type { Workspace } from '../workspace.svelte';
import { findAlike } from './alike';
import { draftsOfRows } from './drafts-of-rows';
import { type EarlierReadings, NO_READINGS, earlierReadings } from './earlier-readings';
import { fileNameAt } from './file-name';
import { originOf, pickFiles } from './file-origins';
import { FileImport, ImportClosed, ImportStopped, ImportTooLarge } from './import-client';
import type { FileSummary } from './file-summary';
import type { ImportChoice } from './import-worker';
import type { OpeningPage, Queued, Step } from './opening-step';
import { contextOfPage, knownPlaces } from './page-context';
import { noteReading } from './readings';

const FOUND_AGAIN = 'It is the file of a data set whose file was missing, which is there again.';

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
  #file: Queued | undefined;
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
        source: { kind: 'content', content: file },
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
    this.#add([{ name: 'Pasted text', source: { kind: 'content', content: new Blob([text]) } }]);
  }

  /** @param url http or https, whole */
  openAddress(url: string): void {
    this.#add([{ name: fileNameAt(url), source: { kind: 'address', url } }]);
  }

  /** Reads the file in another way, such as with another encoding; where that is impossible, it stays as it was read. */
  async reread(options: OpenOptions): Promise<void> {
    const { step } = this;
    const file = this.#import;
    if (step.kind !== 'review' || !file) return;
    await this.#work(step.name, `Reading ${step.name}`, async (isWanted) => {
      try {
        const wanted = this.options.acceptsLarge ? { ...options, acceptsLarge: true } : options;
        await this.#read(step.name, file.reread(wanted));
        this.options = wanted;
        this.rereadFault = '';
      } catch (error) {
        if (!isWanted() || file.isClosed) throw error;
        this.rereadFault = messageOf(error);
        this.step = step;
      }
    });
  }

  /** Reads a file that is larger than what is read unasked. */
  async readAnyway(): Promise<void> {
    const { step } = this;
    const file = this.#import;
    if (step.kind !== 'large' || !file) return;
    this.options = { ...this.options, acceptsLarge: true };
    await this.#work(step.name, `Reading ${step.name}`, () =>
      this.#read(step.name, file.reread(this.options)),
    );
  }

  /** Opens a file once more that could not be opened. */
  tryAgain(queued: Queued): void {
    this.queue = [queued, ...this.queue];
    this.next();
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
  async add(choice: ImportChoice, layerName: string): Promise<void> {
    const { step } = this;
    const file = this.#import;
    if (step.kind !== 'review' || !file) return;
    const { name, summary } = step;
    await this.#work(name, `Adding ${layerName}`, async (isWanted) => {
      const { result, data, content, setAside } = await file.import(choice);
      if (!isWanted()) return;
      this.done = undefined;
      this.step = { kind: 'busy', what: `Keeping ${layerName} in this browser` };
      const progress = (done: number) => {
        if (isWanted()) this.done = done;
      };
      const isOurs = summary.kind === 'sightings' && /\.(geo)?json$/i.test(name);
      const leftOut = isOurs ? result.incomplete.length + result.setAside.length : 0;
      const earlier = result.accepted > 0 ? this.#earlierReadings() : NO_READINGS;
      // What was made of another file stands in no file yet.
      const unwritten = summary.kind === 'foreign' ? result.accepted : countMended(result);
      const kept = { data: { ...data, leftOut }, content, unwritten, setAside };
      const opened = { name: layerName, fileName: name, ...kept };
      const before = this.workspace.layers;
      // What cannot be used is kept as well, in a data set without sightings.
      const layer =
        result.accepted + result.setAside.length > 0
          ? await this.workspace.addLayer({ ...opened, progress, isWanted }, earlier.replaced)
          : undefined;
      if (!isWanted()) return;
      this.done = undefined;
      this.step = { kind: 'busy', what: `Adding ${layerName}`, isLast: true };
      const origin = this.#file?.origin;
      if (layer && isOurs && origin && result.accepted > 0) await this.adopt(layer.id, origin);
      const { workspace } = this;
      const owner = layer?.id ?? GIVEN_LAYER;
      const { drafts, added } = draftsOfRows(result.incomplete, owner, workspace.drafts);
      workspace.keepDrafts(added);
      const ofPage = this.#fileOfPage();
      if (ofPage && (layer || drafts.length > 0)) await noteReading(this.page.source, ofPage, owner);
      const tableOf = (id: string) => workspace.tableOf(id);
      const others = workspace.layers.filter(({ id }) => earlier.replaced.every((one) => one.id !== id));
      const alike = layer ? await findAlike({ layers: others, tableOf }, layer) : [];
      this.#close();
      this.step = {
        kind: 'report',
        report: {
          fileName: name,
          format: FORMATS[summary.format].label,
          notes: [...summary.notes, ...(before.some(({ id }) => id === layer?.id) ? [FOUND_AGAIN] : [])],
          result,
          layer,
          drafts: drafts.length,
          isSavedInto: isOurs,
        },
        firstDraft: drafts[0],
        alike,
        earlier,
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

  async #begin(queued: Queued): Promise<void> {
    const { name, source } = queued;
    this.#file = queued;
    this.options = {};
    this.rereadFault = '';
    const file = new FileImport(
      (done) => (this.done = done),
      (id) => this.workspace.dataSetsWith(id)[0]?.name,
    );
    this.#import = file;
    await this.#work(name, `Reading ${name}`, async () => {
      const { page } = this;
      const known = knownPlaces(page, this.#isAtPageAddress);
      await this.#read(name, file.open(source, name, contextOfPage(page), known));
    });
  }

  async #read(name: string, reading: Promise<FileSummary>): Promise<void> {
    const turn = this.#turn;
    const summary = await reading;
    if (turn !== this.#turn) return;
    const title = summary.kind === 'sightings' ? summary.title : undefined;
    const fileTitle = name.replace(/(?:\.[a-z]\w{0,11}){1,2}$/i, '');
    this.step = {
      kind: 'review',
      name,
      title: freeName([title ?? fileTitle, fileTitle], this.workspace.layers),
      summary,
      earlier: this.#earlierReadings(),
    };
    // Of nothing there is nothing to map; a table may only have been read in a wrong way.
    const { isTable }: Format = FORMATS[summary.format];
    if (summary.kind === 'foreign' && summary.rows === 0 && !isTable && summary.sheets.length < 2)
      await this.add({ kind: 'mapped', mapping: summary.suggestion }, this.step.title);
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
    const message = messageOf(error);
    if (error instanceof ImportTooLarge) {
      this.step = { kind: 'large', name, message };
      return;
    }
    this.#close();
    const canTryAgain = error instanceof ImportStopped || this.#file?.source.kind === 'address';
    this.step = { kind: 'failed', name, message, file: this.#file, canTryAgain };
  }

  #close(): void {
    this.#turn++;
    this.#import?.close();
    this.#import = undefined;
  }

  /** The present file, where it is the one that the page opened with. */
  #fileOfPage(): File | undefined {
    const file = this.page.source.reading?.file;
    const { source } = this.#file ?? {};
    return source?.kind === 'content' && source.content === file ? file : undefined;
  }

  /** Whether the present file is the one that the page opened with, fetched once more. */
  get #isAtPageAddress(): boolean {
    const { source } = this.#file ?? {};
    return source?.kind === 'address' && source.url === this.page.source.url;
  }

  #earlierReadings(): EarlierReadings {
    const name = this.#isAtPageAddress ? this.#file?.name : this.#fileOfPage()?.name;
    return name === undefined ? NO_READINGS : earlierReadings(this.workspace, name);
  }
}
