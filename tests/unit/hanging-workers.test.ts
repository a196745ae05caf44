import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DistanceList } from '../../src/domain/distance-list';
import type { PageQuestion } from '../../src/ui/measure/distances-messages';
import { RemoteDistances } from '../../src/ui/measure/remote-distances';
import { RemoteFinder } from '../../src/ui/find/remote-finder';
import { SightingSearch } from '../../src/ui/find/sighting-search';
import { SightingTilesClient } from '../../src/ui/stage/sighting-tiles';
import { geoReferencePoints } from './fixtures';
import { sampleSighting, sampleTable } from './sample';

interface Told {
  kind: string;
  id: number;
}

/** Stands in for the browser's Worker: one that is told things, and answers when the test says so. */
class QuietWorker extends EventTarget {
  static started: QuietWorker[] = [];
  isTerminated = false;
  readonly told: Told[] = [];
  onmessage: ((event: MessageEvent) => void) | undefined;

  constructor() {
    super();
    QuietWorker.started.push(this);
  }

  postMessage(message: Told, transfer: Transferable[] = []): void {
    this.told.push(structuredClone(message, { transfer }));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(data: unknown): void {
    const event = new MessageEvent('message', { data });
    this.onmessage?.(event);
    this.dispatchEvent(event);
  }

  get kinds(): string[] {
    return this.told.map(({ kind }) => kind);
  }

  get lastId(): number {
    return this.told.at(-1)?.id ?? NaN;
  }
}

function worker(index: number): QuietWorker {
  const started = QuietWorker.started[index];
  if (!started) throw new Error(`no worker ${index} was started`);
  return started;
}

const table = sampleTable([sampleSighting({ id: 'a' }), sampleSighting({ id: 'b' })]);

/** What becomes of a promise, which is awaited so that nothing is unhandled. */
function fateOf(promise: Promise<unknown>): { text: string } {
  const fate = { text: 'waits' };
  promise.then(
    () => (fate.text = 'answered'),
    (error: unknown) => (fate.text = String(error)),
  );
  return fate;
}

const turn = () => vi.advanceTimersByTimeAsync(0);
const hang = () => vi.advanceTimersByTimeAsync(61_000);

beforeEach(() => {
  QuietWorker.started = [];
  vi.useFakeTimers();
  vi.stubGlobal('Worker', QuietWorker);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a search', () => {
  test('that hangs is ended, and the next words are searched by another', async () => {
    const search = new SightingSearch(table, []);
    const fate = fateOf(search.find('a'));
    await hang();
    expect(fate.text).toContain('The search stopped: it had said nothing for 60 seconds. Search again');
    expect(worker(0).isTerminated).toBe(true);
    const next = fateOf(search.find('a'));
    await turn();
    worker(1).say({ kind: 'built' });
    await turn();
    worker(1).say({ kind: 'found', rows: new Uint32Array() });
    await turn();
    expect(next.text).toBe('answered');
  });

  test('is waited for as long as it answers now and then, and not after', async () => {
    const search = new SightingSearch(table, []);
    const fates = [fateOf(search.find('a')), fateOf(search.find('b'))];
    const answers = [{ kind: 'built' }, ...fates.map(() => ({ kind: 'found', rows: new Uint32Array() }))];
    for (const answer of answers) {
      await vi.advanceTimersByTimeAsync(50_000);
      expect(fates.map(({ text }) => text)).toContain('waits');
      worker(0).say(answer);
    }
    await vi.advanceTimersByTimeAsync(300_000);
    expect(fates.map(({ text }) => text)).toEqual(['answered', 'answered']);
    expect(worker(0).isTerminated).toBe(false);
  });
});

describe('a finder', () => {
  test('that hangs is ended, and the next call starts another, which gets the table', async () => {
    const finder = new RemoteFinder(table);
    const fates = [fateOf(finder.ask('totals')), fateOf(finder.ask('totals'))];
    await hang();
    for (const { text } of fates) expect(text).toContain('it had said nothing for 60 seconds');
    expect(worker(0).isTerminated).toBe(true);
    expect(finder.hasHung).toBe(true);
    const next = fateOf(finder.ask('totals'));
    expect(finder.hasHung).toBe(false);
    expect(worker(1).kinds).toEqual(['table', 'call']);
    worker(1).say({ kind: 'answer', id: worker(1).lastId, answer: undefined });
    await turn();
    expect(next.text).toBe('answered');
  });

  test('that says that it is awake is waited for', async () => {
    const finder = new RemoteFinder(table);
    const fate = fateOf(finder.ask('totals'));
    for (let i = 0; i < 4; i++) {
      await vi.advanceTimersByTimeAsync(50_000);
      worker(0).say({ kind: 'awake' });
    }
    expect(fate.text).toBe('waits');
    worker(0).say({ kind: 'answer', id: worker(0).lastId, answer: undefined });
    await hang();
    expect(fate.text).toBe('answered');
    expect(worker(0).isTerminated).toBe(false);
  });

  test('that hung is not heard any more', async () => {
    const finder = new RemoteFinder(table);
    void fateOf(finder.ask('totals'));
    await hang();
    const next = fateOf(finder.ask('totals'));
    worker(0).say({ kind: 'answer', id: worker(1).lastId, answer: undefined });
    await turn();
    expect(next.text).toBe('waits');
  });
});

describe('a worker that makes tiles', () => {
  test('and hangs is ended, and the next tile is made by another, of the same rows', async () => {
    const tiles = new SightingTilesClient();
    tiles.show(table, Uint32Array.of(1));
    const fates = [fateOf(tiles.tile(0, 0, 0)), fateOf(tiles.tile(1, 0, 0)), fateOf(tiles.tile(1, 1, 0))];
    fates.push(fateOf(tiles.sharingMark(1, 0)));
    await hang();
    for (const { text } of fates) expect(text).toContain('it had said nothing for 60 seconds');
    expect(worker(0).isTerminated).toBe(true);
    const next = fateOf(tiles.tile(0, 0, 0));
    expect(worker(1).kinds).toEqual(['table', 'show', 'tile']);
    expect(worker(1).told[1]).toEqual({ kind: 'show', rows: Uint32Array.of(1), revision: 1 });
    worker(1).say({ kind: 'tile', id: worker(1).lastId, bytes: new ArrayBuffer(), revision: 1 });
    await hang();
    expect(next.text).toBe('answered');
    expect(worker(1).isTerminated).toBe(false);
  });

  test('and hung is told of what is shown since', async () => {
    const tiles = new SightingTilesClient();
    tiles.show(table, Uint32Array.of(1));
    void fateOf(tiles.tile(0, 0, 0));
    await hang();
    tiles.show(table);
    void fateOf(tiles.tile(0, 0, 0));
    expect(worker(1).told.slice(1, -1)).toEqual([{ kind: 'show', rows: undefined, revision: 2 }]);
  });
});

describe('distances', () => {
  const QUESTION: PageQuestion = { by: 'distance', direction: 'ascending', only: -1, from: 0, to: 100 };
  const distancesOf = () => {
    const list = new DistanceList(table, Uint32Array.of(0, 1), geoReferencePoints());
    return new RemoteDistances(list, () => undefined);
  };
  const page = () => ({ kind: 'page', id: worker(0).lastId, indices: Uint32Array.of(7), total: 10 });

  test('that hang are ended, and are measured by another the next time', async () => {
    const distances = distancesOf();
    const fate = fateOf(distances.page(QUESTION));
    await hang();
    expect(fate.text).toContain('it was ended: it had said nothing for 60 seconds');
    expect(worker(0).isTerminated).toBe(true);
    void fateOf(distances.page(QUESTION));
    expect(worker(1).kinds).toEqual(['begin', 'page']);
  });

  test('that take long are waited for as long as it is told that they go on', async () => {
    const shares: number[] = [];
    const list = new DistanceList(table, Uint32Array.of(0, 1), geoReferencePoints());
    const answer = new RemoteDistances(list, (share) => shares.push(share)).page(QUESTION);
    for (const share of [0.2, 0.4, 0.6]) {
      await vi.advanceTimersByTimeAsync(50_000);
      worker(0).say({ kind: 'progress', share });
    }
    worker(0).say(page());
    expect(await answer).toEqual({ indices: Uint32Array.of(7), total: 10 });
    expect(shares).toEqual([0.2, 0.4, 0.6]);
    await hang();
    expect(worker(0).isTerminated).toBe(false);
  });

  test('are not waited for when something else is asked: an answer to what was asked before is none', async () => {
    const distances = distancesOf();
    const first = distances.page(QUESTION);
    const late = page();
    const second = distances.page({ ...QUESTION, by: 'most' });
    expect(await first).toBeUndefined();
    const fate = fateOf(second);
    worker(0).say(late);
    await turn();
    expect(fate.text).toBe('waits');
    worker(0).say(page());
    expect(await second).toBeDefined();
  });

  test('that are closed end the worker, and say nothing of it', async () => {
    const distances = distancesOf();
    const answer = distances.page(QUESTION);
    distances.close();
    expect(await answer).toBeUndefined();
    expect(worker(0).isTerminated).toBe(true);
  });

  test('hand over the records that are wanted, and no more than some at a time', async () => {
    const sightings = Array.from({ length: 4 }, (_, i) =>
      sampleSighting({ id: `s-${i}`, title: String(i).repeat(400_000) }),
    );
    const list = new DistanceList(sampleTable(sightings), Uint32Array.of(0, 1, 3), geoReferencePoints());
    const distances = new RemoteDistances(list, () => undefined);
    void fateOf(distances.page({ ...QUESTION, by: 'sighting' }));
    worker(0).say({ kind: 'records wanted', from: 0 });
    worker(0).say({ kind: 'records wanted', from: 2 });
    const sent = worker(0).told.slice(2) as unknown as { bytes: Uint8Array; ends: Uint32Array }[];
    const idsIn = ({ bytes, ends }: { bytes: Uint8Array; ends: Uint32Array }) =>
      Array.from(ends, (end, i) => {
        const text = new TextDecoder().decode(bytes.subarray(ends[i - 1] ?? 0, end));
        return (JSON.parse(text) as { id: string }).id;
      });
    expect(sent.map(idsIn)).toEqual([['s-0', 's-1', 's-3'], ['s-3']]);
  });
});
