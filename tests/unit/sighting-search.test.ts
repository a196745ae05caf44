import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { System } from '../../src/domain/sighting';
import { SightingSearch } from '../../src/ui/find/sighting-search';
import { geoSystems } from './fixtures';
import { sampleSighting, sampleSource, sampleTable } from './sample';

/** Stands in for the browser's Worker: an event target that runs what it is told when it gets a message. */
class FakeWorker extends EventTarget {
  static started: FakeWorker[] = [];
  static behave: (worker: FakeWorker, request: { kind: string }) => void = () => undefined;
  isTerminated = false;
  readonly requests: { kind: string; text?: string }[] = [];

  constructor(
    readonly url: URL,
    readonly options: WorkerOptions,
  ) {
    super();
    FakeWorker.started.push(this);
  }

  postMessage(request: { kind: string }, transfer: Transferable[]): void {
    const copy = structuredClone(request, { transfer });
    this.requests.push(copy);
    queueMicrotask(() => FakeWorker.behave(this, copy));
  }

  terminate(): void {
    this.isTerminated = true;
  }

  answer(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  fail(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

/** Builds at once, and finds as many rows as the text has letters. */
function work(worker: FakeWorker, request: { kind: string; text?: string }): void {
  worker.answer(
    request.kind === 'build'
      ? { kind: 'built' }
      : { kind: 'found', rows: Uint32Array.from(request.text ?? '', (_, row) => row) },
  );
}

function sampleSearch(systems: readonly System[] = []): SightingSearch {
  return new SightingSearch(sampleTable([sampleSighting({ id: 'a' }), sampleSighting({ id: 'b' })]), systems);
}

beforeEach(() => {
  FakeWorker.started = [];
  FakeWorker.behave = work;
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => void vi.unstubAllGlobals());

describe('the worker', () => {
  test('starts with the first call, once', async () => {
    const search = sampleSearch();
    expect(FakeWorker.started).toEqual([]);
    await Promise.all([search.prepare(), search.prepare(), search.find('a'), search.find('b')]);
    expect(FakeWorker.started.length).toBe(1);
    expect(FakeWorker.started[0]?.options).toEqual({ type: 'module' });
    expect(FakeWorker.started[0]?.requests.map(({ kind }) => kind)).toEqual(['build', 'find', 'find']);
  });

  test('gets a copy of the records, and the systems', async () => {
    const table = sampleTable([sampleSighting({ id: 'a' }), sampleSighting({ id: 'b' })]);
    const search = new SightingSearch(table, geoSystems());
    await search.prepare();
    const [a, b] = [table.recordBytes(0), table.recordBytes(1)];
    expect(FakeWorker.started[0]?.requests[0]).toEqual({
      kind: 'build',
      firstRow: 0,
      bytes: Uint8Array.of(...a, ...b),
      ends: Uint32Array.of(a.length, a.length + b.length),
      isLast: true,
      systems: geoSystems(),
    });
    expect(table.record(1).id).toBe('b');
  });
});

test('it is told how far the reading of many records is', async () => {
  const claim = 'x'.repeat(600_000);
  const all = Array.from({ length: 20 }, (_, i) =>
    sampleSighting({ id: `s-${i}`, sources: [sampleSource({ claim })] }),
  );
  const told: string[] = [];
  const search = new SightingSearch(sampleTable(all), [], (doing) => told.push(doing));
  await search.find('a');
  const percents = [10, 20, 30, 40, 50, 60, 70, 80, 90];
  expect(told).toEqual([...percents.map((percent) => `reading the words, ${percent} %`), 'searching']);
});

test('many records are handed over some at a time, and each once', async () => {
  const claim = 'x'.repeat(300_000);
  const all = Array.from({ length: 9 }, (_, i) =>
    sampleSighting({ id: `s-${i}`, sources: [sampleSource({ claim })] }),
  );
  const table = sampleTable(all);
  await new SightingSearch(table, []).prepare();
  const requests = (FakeWorker.started[0]?.requests ?? []) as unknown as {
    firstRow: number;
    bytes: Uint8Array;
    ends: Uint32Array;
    isLast: boolean;
  }[];
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.map(({ isLast }) => isLast)).toEqual(requests.map((_, i) => i === requests.length - 1));
  const ids = requests.flatMap(({ bytes, ends }) =>
    Array.from(ends, (end, i) => {
      const text = new TextDecoder().decode(bytes.subarray(ends[i - 1] ?? 0, end));
      return (JSON.parse(text) as { id: string }).id;
    }),
  );
  expect(ids).toEqual(all.map(({ id }) => id));
  expect(requests.map(({ firstRow }) => ids[firstRow])).toEqual(
    requests.map(({ bytes, ends }) => {
      return (JSON.parse(new TextDecoder().decode(bytes.subarray(0, ends[0]))) as { id: string }).id;
    }),
  );
});

test('calls are answered in their order', async () => {
  const search = sampleSearch();
  const order: string[] = [];
  const find = async (text: string) => {
    const rows = await search.find(text);
    order.push(`${text} ${rows.length}`);
  };
  await Promise.all([find('a'), find('ab'), find('abc')]);
  expect(order).toEqual(['a 1', 'ab 2', 'abc 3']);
});

describe('a worker that fails', () => {
  test.for([
    ['when it starts', (worker: FakeWorker) => worker.fail('')],
    ['when it builds', (worker: FakeWorker) => worker.fail('out of memory')],
    [
      'when it finds',
      (worker: FakeWorker, request: { kind: string }) => {
        if (request.kind === 'find') worker.fail('out of memory');
        else worker.answer({ kind: 'built' });
      },
    ],
    ['when its answer is lost', (worker: FakeWorker) => worker.dispatchEvent(new Event('messageerror'))],
  ] as const)('%s rejects all that wait, and the next call starts another', async ([, behave]) => {
    FakeWorker.behave = behave;
    const search = sampleSearch();
    const outcomes = await Promise.allSettled([search.find('a'), search.find('ab')]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { message: expect.stringMatching(/^The search stopped: .+\. Search again; .* reload/) },
      });
    }
    expect(FakeWorker.started[0]?.isTerminated).toBe(true);

    FakeWorker.behave = work;
    expect((await search.find('abc')).length).toBe(3);
    expect(FakeWorker.started.length).toBe(2);
  });

  test('says why', async () => {
    FakeWorker.behave = (worker) => worker.fail('out of memory');
    await expect(sampleSearch().prepare()).rejects.toThrow('out of memory');
  });

  test('where there are no workers at all says so', async () => {
    vi.stubGlobal('Worker', undefined);
    const search = sampleSearch();
    await expect(search.find('a')).rejects.toThrow(/^The search stopped: /);
    vi.stubGlobal('Worker', FakeWorker);
    expect((await search.find('ab')).length).toBe(2);
  });

  test('says nothing more to the one that came after', async () => {
    FakeWorker.behave = (worker) => worker.fail('out of memory');
    const search = sampleSearch();
    await search.prepare().catch(() => undefined);
    FakeWorker.behave = (worker, request) => {
      if (request.kind === 'build') return work(worker, request);
      FakeWorker.started[0]?.answer({ kind: 'found', rows: new Uint32Array(9) });
      FakeWorker.started[0]?.fail('again');
      work(worker, request);
    };
    expect((await search.find('ab')).length).toBe(2);
  });
});

test('a closed search ends its worker and rejects what waits and what comes', async () => {
  FakeWorker.behave = () => undefined;
  const search = sampleSearch();
  const waiting = search.find('a');
  search.close();
  await expect(waiting).rejects.toThrow('closed');
  await expect(search.find('a')).rejects.toThrow('closed');
  expect(FakeWorker.started.map(({ isTerminated }) => isTerminated)).toEqual([true]);
});
