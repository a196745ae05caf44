import { afterEach, expect, test, vi } from 'vitest';
import { DistanceList } from '../../src/domain/distance-list';
import { DISTANCE_SORTS, DistanceOrder, type DistanceSort } from '../../src/domain/distance-order';
import { placedParts } from '../../src/domain/placed-table';
import { readSightings } from '../../src/io/geojson';
import type {
  DistancesAnswer,
  DistancesRequest,
  PageQuestion,
} from '../../src/ui/measure/distances-messages';
import { seededFile } from '../bench/seeded';
import { geoReferencePoints } from './fixtures';

const { table } = readSightings(seededFile(700), {});
// Every other sighting: rows of the worker are not those of the table.
const rows = Uint32Array.from({ length: table.length >> 1 }, (_, i) => 2 * i + 1);
const list = new DistanceList(table, rows, geoReferencePoints());

const PAGE: Omit<PageQuestion, 'by'> = { direction: 'ascending', only: -1, from: 0, to: list.length };

/** A worker in this thread: what it says, until the test has what it waits for. */
async function startWorker(): Promise<{
  tell: (request: DistancesRequest) => void;
  answerTo: (id: number) => Promise<DistancesAnswer & { kind: 'page' }>;
  said: DistancesAnswer[];
}> {
  const said: DistancesAnswer[] = [];
  const listeners: ((event: { data: DistancesRequest }) => void)[] = [];
  vi.stubGlobal('addEventListener', (_: string, listener: (typeof listeners)[number]) =>
    listeners.push(listener),
  );
  const tell = (data: DistancesRequest) => {
    for (const listener of listeners) listener({ data: structuredClone(data) });
  };
  vi.stubGlobal('postMessage', (answer: DistancesAnswer) => {
    said.push(answer);
    if (answer.kind !== 'records wanted') return;
    // A hundred at a time.
    const records = Array.from(list.rows.subarray(answer.from, answer.from + 100), (row) =>
      table.recordBytes(row),
    );
    let end = 0;
    const ends = Uint32Array.from(records, ({ length }) => (end += length));
    setTimeout(() => tell({ kind: 'records', bytes: Buffer.concat(records), ends }));
  });
  vi.resetModules();
  await import('../../src/ui/measure/distances-worker');
  tell({ kind: 'begin', parts: placedParts(table, list.rows), referencePoints: list.referencePoints });
  const answerTo = (id: number) =>
    vi.waitFor(
      () => {
        const answer = said.find((one) => one.kind === 'page' && one.id === id);
        if (answer?.kind !== 'page') throw new Error(`${id} is not answered yet`);
        return answer;
      },
      { timeout: 20_000 },
    );
  return { tell, answerTo, said };
}

afterEach(() => vi.unstubAllGlobals());

/** As it is found in one go, of the whole table. */
function plainOrder(by: DistanceSort, direction: PageQuestion['direction']): Uint32Array {
  const order = new DistanceOrder(list);
  for (const row of list.rows) order.titles.add(table.record(row).properties.title);
  return order.sort(by, direction);
}

test.for(DISTANCE_SORTS)('sorts by %s as it is done in one go', async (by) => {
  const { tell, answerTo } = await startWorker();
  tell({ kind: 'page', id: 1, question: { ...PAGE, by } });
  expect(await answerTo(1)).toMatchObject({ indices: plainOrder(by, 'ascending'), total: list.length });
  tell({ kind: 'page', id: 2, question: { ...PAGE, by, direction: 'descending' } });
  expect((await answerTo(2)).indices).toEqual(plainOrder(by, 'descending'));
});

test('gives a page, and the pairs of one reference point', async () => {
  const { tell, answerTo } = await startWorker();
  const question: PageQuestion = { ...PAGE, by: 'distance', from: 100, to: 200 };
  tell({ kind: 'page', id: 1, question });
  const order = plainOrder('distance', 'ascending');
  expect((await answerTo(1)).indices).toEqual(order.slice(100, 200));
  tell({ kind: 'page', id: 2, question: { ...question, only: 3 } });
  const narrowed = order.filter((index) => index % list.referencePoints.length === 3);
  expect(await answerTo(2)).toMatchObject({
    indices: narrowed.slice(100, 200),
    total: list.rows.length,
  });
});

test('answers what was asked last, and what was overtaken not at all', async () => {
  const { tell, answerTo, said } = await startWorker();
  for (const [id, by] of (['wgs84', 'sighting', 'least'] as const).entries()) {
    tell({ kind: 'page', id, question: { ...PAGE, by } });
  }
  expect((await answerTo(2)).indices).toEqual(plainOrder('least', 'ascending'));
  expect(said.filter(({ kind }) => kind === 'page')).toHaveLength(1);
});

test('asks for the records once, whatever is asked while they come', async () => {
  const { tell, answerTo, said } = await startWorker();
  const question: PageQuestion = { ...PAGE, by: 'sighting' };
  tell({ kind: 'page', id: 1, question });
  await Promise.resolve(); // it has asked, and what it asked for is on its way
  expect(said).toEqual([{ kind: 'records wanted', from: 0 }]);
  tell({ kind: 'page', id: 2, question: { ...question, direction: 'descending' } });
  expect((await answerTo(2)).indices).toEqual(plainOrder('sighting', 'descending'));
  const wanted = said.flatMap((answer) => (answer.kind === 'records wanted' ? [answer.from] : []));
  expect(wanted).toEqual([...new Set(wanted)]);
});
