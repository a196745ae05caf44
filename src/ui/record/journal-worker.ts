import type { Entry } from '../../domain/work';
import { JournalError, type JournalTrouble, explain } from './journal-error';
import { type JournalNews, newsChannel } from './journal-news';
import { type Appended, type Position, type Tail, append, readFrom } from './journal-records';
import { getContent, putContent } from './kept-content';
import { demandSupport, underLock } from './kept-files';
import { listWorks } from './kept-list';
import { deleteWork, discardWork, exportWork, importWork, restoreWork } from './kept-shelf';

/** Who asks, and how long to wait for other tabs. */
export interface Asking {
  /** tells the tabs from each other */
  tab: string;
  lockWaitMs: number;
}

/** The same, and who is told how much is done, 0 to 1. */
interface Asked extends Asking {
  progress: (done: number) => void;
}

const news = newsChannel();

/** All that the worker can be asked; each locks what it works on. */
const operations = {
  read: ({ lockWaitMs }: Asking, key: string, from?: Position): Promise<Tail> =>
    underLock(key, lockWaitMs, () => readFrom(key, from)),

  async append(
    { lockWaitMs, tab }: Asking,
    key: string,
    address: string,
    entry: Entry,
    from: Position,
  ): Promise<Appended> {
    const answer = await underLock(key, lockWaitMs, () => append(key, address, entry, from));
    if (answer.ok) news?.postMessage({ key, tab } satisfies JournalNews);
    return answer;
  },

  putContent: ({ lockWaitMs, progress }: Asked, key: string, content: Blob) =>
    underLock(key, lockWaitMs, () => putContent(key, content, progress)),

  content: ({ lockWaitMs }: Asking, key: string, name: string) =>
    underLock(key, lockWaitMs, () => getContent(key, name)),

  list: ({ lockWaitMs }: Asking, words: string) => listWorks(words, lockWaitMs),

  discard: async ({ lockWaitMs, tab, progress }: Asked, key: string) => {
    const id = await discardWork(key, lockWaitMs, progress);
    news?.postMessage({ key, tab } satisfies JournalNews);
    return id;
  },

  async restore({ lockWaitMs, tab, progress }: Asked, id: string): Promise<void> {
    const key = await restoreWork(id, lockWaitMs, progress);
    news?.postMessage({ key, tab } satisfies JournalNews);
  },

  deleteForever: ({ lockWaitMs }: Asking, id: string) => deleteWork(id, lockWaitMs),

  exportWork: ({ lockWaitMs, progress }: Asked, id: string) => exportWork(id, lockWaitMs, progress),

  importWork: ({ progress }: Asked, copy: Blob) => importWork(copy, progress),
};

export type Operations = typeof operations;

type Rest<Parameters extends readonly unknown[]> = Parameters extends [Asking, ...infer Others]
  ? Others
  : never;

/** What each operation is told besides who asks. */
export type Told<Kind extends keyof Operations> = Rest<Parameters<Operations[Kind]>>;
export type Answered<Kind extends keyof Operations> = Awaited<ReturnType<Operations[Kind]>>;

export interface JournalRequest<Kind extends keyof Operations = keyof Operations> {
  id: number;
  kind: Kind;
  asking: Asking;
  told: Told<Kind>;
}

/** How far a question is, that takes long. */
export interface JournalProgress {
  id: number;
  done: number;
}

export type JournalAnswer =
  | { id: number; isDone: true; value: unknown }
  | { id: number; isDone: false; trouble: JournalTrouble; message: string };

/** Leaves off what takes long, where that says how far it is. */
export interface JournalCancel {
  cancels: number;
}

const cancelled = new Set<number>();

async function answer({ id, kind, asking, told }: JournalRequest): Promise<JournalAnswer> {
  try {
    demandSupport();
    const run = operations[kind] as (asked: Asked, ...told: readonly unknown[]) => Promise<unknown>;
    const progress = (done: number) => {
      if (cancelled.delete(id)) throw new JournalError('other', 'It was cancelled.');
      postMessage({ id, done } satisfies JournalProgress);
    };
    return { id, isDone: true, value: await run({ ...asking, progress }, ...told) };
  } catch (error) {
    const { trouble, message } = explain(error);
    return { id, isDone: false, trouble, message };
  }
}

/** one after the other, in the order in which they were asked */
let queue = Promise.resolve();

addEventListener('message', ({ data: request }: MessageEvent<JournalRequest | JournalCancel>) => {
  if ('cancels' in request) {
    cancelled.add(request.cancels);
    return;
  }
  queue = queue.then(async () => postMessage(await answer(request)));
});
