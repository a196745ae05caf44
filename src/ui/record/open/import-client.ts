import type { ReferencePoint } from '../../../domain/sighting';
import { SightingTable } from '../../../domain/table';
import type { ImportOutcome } from '../../../io/foreign';
import { plural } from '../../wording';
import type { Mapping } from '../../../io/mapping';
import type { OpenOptions } from '../../../io/open';
import { Silence } from '../../../io/silence';
import type { Bounds } from '../../../io/swapped-places';
import type { NamedContext } from '../../../io/system-names';
import type { LayerData } from '../layer-files';
import type { SetAsideContent } from '../set-aside-content';
import type { Preview } from './import-preview';
import type { FileSummary } from './file-summary';
import type {
  FileSource,
  ImportAnswer,
  ImportChoice,
  ImportMessage,
  ImportRequest,
  PointsRead,
} from './import-worker';

interface Waiting {
  resolve: (answer: ImportAnswer) => void;
  reject: (reason: Error) => void;
}

/** Sightings that a file became. */
export interface Imported {
  result: ImportOutcome;
  data: LayerData;
  /** the GeoJSON file of these sightings, packed by gzip or not; the opened file itself where it is that */
  content: Blob;
  /** all of the file that is not among them */
  setAside: SetAsideContent;
}

/** The worker of an import said nothing for too long, or died: another may be more fortunate. */
export class ImportStopped extends Error {
  override readonly name = 'ImportStopped';
}

/** A file that is read only when somebody says so, since it may be more than a browser can hold. */
export class ImportTooLarge extends Error {
  override readonly name = 'ImportTooLarge';
}

/** A worker that is awake says so every few seconds: one that says nothing for as long as this hangs. */
const MOST_SILENCE_MS = 20_000;

/** The import was closed by the one who began it: nothing to tell anybody. */
export class ImportClosed extends Error {
  override readonly name = 'ImportClosed';
}

/** A file that is read in a worker of its own, which holds it until it is closed. */
export class FileImport {
  #worker: Worker | undefined;
  /** calls without an answer, oldest first */
  #waiting: Waiting[] = [];
  #end: Error | undefined;
  #fileName = 'the file';
  readonly #silence: Silence;

  /**
   * @param onprogress told the share that is done, 0 to 1, of whatever is being done
   * @param dataSetOf the name of the open data set that has the sighting of an id
   * @param mostSilenceMs the worker is ended when it says nothing for so long
   */
  constructor(
    private readonly onprogress: (done: number) => void = () => undefined,
    private readonly dataSetOf: (id: string) => string | undefined = () => undefined,
    mostSilenceMs = MOST_SILENCE_MS,
  ) {
    this.#silence = new Silence(mostSilenceMs, () => {
      const seconds = Math.round(mostSilenceMs / 1000);
      this.#stop(
        new ImportStopped(
          `Reading “${this.#fileName}” was ended: it had said nothing for ${seconds} seconds. Nothing that is open was changed. Try again; if it hangs again, split the file or save it in another format.`,
        ),
      );
    });
  }

  /**
   * Reads a file, in the worker, which fetches it where that is to be done. Rejects, as all calls do, with what is wrong
   * with the file, with {@link ImportStopped} when the worker cannot start, dies or hangs, and with {@link ImportClosed}
   * once it is closed; with {@link ImportTooLarge} when it is to be read again with `acceptsLarge`.
   */
  async open(
    source: FileSource,
    fileName: string,
    context: NamedContext,
    known: readonly Bounds[] = [],
  ): Promise<FileSummary> {
    this.#fileName = fileName;
    return await this.#opened({ kind: 'open', source, fileName, context, known });
  }

  /** Reads the same file in another way. */
  async reread(options: OpenOptions): Promise<FileSummary> {
    return await this.#opened({ kind: 'reread', options, sightingIds: [] });
  }

  async preview(mapping: Mapping): Promise<Preview> {
    const answer = await this.#ask({ kind: 'preview', mapping });
    if (answer.kind !== 'preview') throw unexpected(answer);
    return answer.preview;
  }

  /** Makes sightings, and moves them here: the file can be read in another way after that, a file of sightings cannot. */
  async import(choice: ImportChoice): Promise<Imported> {
    const answer = await this.#ask({ kind: 'import', choice });
    if (answer.kind !== 'imported') throw unexpected(answer);
    const { result, parts, collection, content, setAside } = answer;
    return { result, data: { table: new SightingTable(parts), collection }, content, setAside };
  }

  /**
   * Lists what the page could not use of a file of sightings that it loaded from an address, which is asked again.
   * @param context what its sightings were checked with
   */
  async setAsideAt(url: string, context: NamedContext): Promise<SetAsideContent> {
    const answer = await this.#ask({ kind: 'setAside', url, context });
    if (answer.kind !== 'setAside') throw unexpected(answer);
    return answer.setAside;
  }

  /**
   * Reads a file of reference points.
   * @param there the reference points that there are
   * @param room how many more there may be
   */
  async points(file: File, there: readonly ReferencePoint[], room: number): Promise<PointsRead> {
    this.#fileName = file.name;
    const answer = await this.#ask({ kind: 'points', content: file, there, room });
    if (answer.kind !== 'points') throw unexpected(answer);
    return answer.read;
  }

  /** whether it was closed, or its worker died */
  get isClosed(): boolean {
    return this.#end !== undefined;
  }

  /** Ends the worker, whatever it does. */
  close(): void {
    this.#stop(new ImportClosed('The import was cancelled.'));
  }

  async #opened(request: ImportRequest): Promise<FileSummary> {
    const answer = await this.#ask(request);
    if (answer.kind !== 'opened') throw unexpected(answer);
    const { summary } = answer;
    if (summary.kind !== 'sightings') return summary;
    // Only the page knows the other data sets: read again with those of their sightings that are named.
    const named = summary.targets.flatMap((id) => {
      const dataSet = this.dataSetOf(id);
      return dataSet === undefined ? [] : [{ id, dataSet }];
    });
    if (named.length === 0) return summary;
    const options = request.kind === 'reread' ? request.options : {};
    const again = await this.#ask({ kind: 'reread', options, sightingIds: named.map(({ id }) => id) });
    if (again.kind !== 'opened') throw unexpected(again);
    return { ...again.summary, notes: [...again.summary.notes, noteOf(named)] };
  }

  #ask(request: ImportRequest): Promise<ImportAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#end) {
        reject(this.#end);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#silence.begin();
      try {
        this.#worker ??= this.#start();
        this.#worker.postMessage(request);
      } catch (reason) {
        this.#stop(died(reason instanceof Error ? reason.message : String(reason)));
      }
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<ImportMessage>) => {
      if (this.#waiting.length > 0) this.#silence.begin();
      if (data.kind === 'awake') return;
      if (data.kind === 'progress') {
        if (!this.#end) this.onprogress(data.done);
        return;
      }
      const waiting = this.#waiting.shift();
      if (this.#waiting.length === 0) this.#silence.end();
      if (data.kind === 'fault') waiting?.reject(faultOf(data));
      else waiting?.resolve(data);
    });
    worker.addEventListener('error', (event) => {
      // A worker whose file could not be loaded says nothing.
      this.#stop(died(event.message || 'its part of the app could not be loaded'));
    });
    worker.addEventListener('messageerror', () => this.#stop(died('its answer could not be read')));
    return worker;
  }

  #stop(reason: Error): void {
    this.#end ??= reason;
    this.#silence.end();
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}

/** `Its distances are measured to 2 sightings of “North desk” as well.` */
function noteOf(named: readonly { dataSet: string }[]): string {
  const dataSets = [...new Set(named.map(({ dataSet }) => `“${dataSet}”`))].join(', ');
  return `Its distances are measured to ${plural(named.length, 'sighting')} of ${dataSets} as well.`;
}

function faultOf({ message, isSoft }: ImportAnswer & { kind: 'fault' }): Error {
  return isSoft ? new ImportTooLarge(message) : new Error(message);
}

function died(what: string): Error {
  return new ImportStopped(
    `Reading stopped: ${what}. Open the file again; if that does not help, reload the page or split the file.`,
  );
}

function unexpected({ kind }: ImportAnswer): Error {
  return new Error(`Reading stopped: the answer was “${kind}”. Reload the page and open the file again.`);
}
