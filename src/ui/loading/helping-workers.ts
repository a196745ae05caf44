import type { ContractContext } from '../../domain/validate';
import { type BlockRead, transferOfBlock } from '../../io/block-reader';
import type { BlockHelper, BlockHelpers } from '../../io/shared-reader';
import { MOST_SILENCE_MS, Silence } from '../../io/silence';
import type { HelpMessage, LoadRequest } from './load-messages';

/** More workers than this, the one that loads among them, would wait for bytes. */
const MOST_WORKERS = 4;

interface Waiting {
  resolve: (read: BlockRead) => void;
  reject: (reason: Error) => void;
}

/** Workers of the same script as the present one, which read some of the features of a file that it loads. */
export class HelpingWorkers implements BlockHelpers {
  /** those that are there by now */
  readonly ready: BlockHelper[] = [];
  readonly #workers: Worker[] = [];
  #isClosed = false;

  constructor(private readonly context: Promise<ContractContext>) {}

  call(): void {
    if (typeof Worker !== 'function') return; // in a browser without workers of workers, one reads alone
    const count = Math.min(MOST_WORKERS, navigator.hardwareConcurrency) - 1;
    void this.context.then((known) => {
      for (let i = 0; i < count && !this.#isClosed; i++) this.#start(known);
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const worker of this.#workers) worker.terminate();
  }

  #start(context: ContractContext): void {
    const worker = new Worker(location.href, { type: 'module' });
    this.#workers.push(worker);
    const post = (request: LoadRequest, transfer: Transferable[] = []) =>
      worker.postMessage(request, transfer);
    const waiting: Waiting[] = [];
    const silence = new Silence(MOST_SILENCE_MS, () => {
      worker.terminate();
      fail(
        `a worker that reads a part had said nothing for ${MOST_SILENCE_MS / 1000} seconds: reload the page to try again, or split the file`,
      );
    });
    const fail = (why: string) => {
      silence.end();
      const at = this.ready.indexOf(read);
      if (at >= 0) this.ready.splice(at, 1);
      for (const { reject } of waiting.splice(0)) reject(new Error(why));
    };
    const read: BlockHelper = (block) =>
      new Promise((resolve, reject) => {
        if (waiting.push({ resolve, reject }) === 1) silence.begin();
        post({ kind: 'block', block }, transferOfBlock(block));
      });
    worker.onmessage = ({ data }: MessageEvent<HelpMessage>) => {
      if (data.kind === 'ready') return this.ready.push(read);
      waiting.shift()?.resolve(data.read);
      if (waiting.length > 0) silence.begin();
      else silence.end();
    };
    // One whose script cannot be loaded is never ready.
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message || 'a worker that reads a part has stopped');
    };
    worker.onmessageerror = () => fail('what another worker read cannot be understood');
    post({ kind: 'help', context });
  }
}
