import type { ContractContext } from '../../../domain/validate';
import type { ImportResult } from '../../../io/foreign';
import type { Mapping } from '../../../io/mapping';
import type { OpenOptions } from '../../../io/open';
import type { Bounds } from '../../../io/swapped-places';
import type { Preview } from './import-preview';
import type { FileSummary, ImportAnswer, ImportMessage, ImportRequest } from './import-worker';

interface Waiting {
  resolve: (answer: ImportAnswer) => void;
  reject: (reason: Error) => void;
}

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

  /** @param onprogress told the share that is done, 0 to 1, of whatever is being done */
  constructor(private readonly onprogress: (done: number) => void = () => undefined) {}

  /**
   * Reads a file. The bytes are moved to the worker. Rejects, as all calls do, with what is wrong with the file, when
   * the worker cannot start or dies, and with {@link ImportClosed} once it is closed.
   */
  async open(
    bytes: Uint8Array<ArrayBuffer>,
    fileName: string,
    context: ContractContext,
    known?: Bounds,
  ): Promise<FileSummary> {
    return await this.#opened({ kind: 'open', bytes, fileName, context, known }, [bytes.buffer]);
  }

  /** Reads the same file in another way. */
  async reread(options: OpenOptions): Promise<FileSummary> {
    return await this.#opened({ kind: 'reread', options });
  }

  async preview(mapping: Mapping): Promise<Preview> {
    const answer = await this.#ask({ kind: 'preview', mapping });
    if (answer.kind !== 'preview') throw unexpected(answer);
    return answer.preview;
  }

  /** Makes sightings. @param mapping `undefined` for a file of sightings */
  async import(mapping: Mapping | undefined): Promise<ImportResult> {
    const answer = await this.#ask({ kind: 'import', mapping });
    if (answer.kind !== 'imported') throw unexpected(answer);
    return answer.result;
  }

  /** whether it was closed, or its worker died */
  get isClosed(): boolean {
    return this.#end !== undefined;
  }

  /** Ends the worker, whatever it does. */
  close(): void {
    this.#stop(new ImportClosed('The import was cancelled.'));
  }

  async #opened(request: ImportRequest, transfer: Transferable[] = []): Promise<FileSummary> {
    const answer = await this.#ask(request, transfer);
    if (answer.kind !== 'opened') throw unexpected(answer);
    return answer.summary;
  }

  #ask(request: ImportRequest, transfer: Transferable[] = []): Promise<ImportAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#end) {
        reject(this.#end);
        return;
      }
      this.#waiting.push({ resolve, reject });
      try {
        this.#worker ??= this.#start();
        this.#worker.postMessage(request, transfer);
      } catch (reason) {
        this.#stop(died(reason instanceof Error ? reason.message : String(reason)));
      }
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<ImportMessage>) => {
      if (data.kind === 'progress') {
        if (!this.#end) this.onprogress(data.done);
        return;
      }
      const waiting = this.#waiting.shift();
      if (data.kind === 'fault') waiting?.reject(new Error(data.message));
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
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}

function died(what: string): Error {
  return new Error(
    `Reading stopped: ${what}. Open the file again; if that does not help, reload the page or split the file.`,
  );
}

function unexpected({ kind }: ImportAnswer): Error {
  return new Error(`Reading stopped: the answer was “${kind}”. Reload the page and open the file again.`);
}
