import { afterEach, expect, test, vi } from 'vitest';
import { distancesFrom } from '../../src/domain/distance-columns';
import { findTableOf, findTableParts } from '../../src/domain/find-table';
import { type FindQuestion, Finder } from '../../src/domain/finder';
import type { FinderAnswer, FinderRequest } from '../../src/ui/find/finder-messages';
import { sampleSighting, sampleTable } from './sample';

const COUNT = 2500;

const table = sampleTable(
  Array.from({ length: COUNT }, (_, i) =>
    sampleSighting({
      id: `s-${1000 + i}`,
      geometry: { type: 'Point', coordinates: [37 + ((i * 7) % COUNT) / COUNT, 55.7] },
    }),
  ),
);

const place = { lng: 37.61, lat: 55.75, uncertaintyMeters: 0 };
const question: FindQuestion = {
  facets: {},
  days: undefined,
  near: { origin: { place, row: undefined }, meters: 9000, sureness: 'possibly' },
  textRows: undefined,
  view: undefined,
  order: { by: 'distance', place },
  bins: undefined,
};

/** What the worker says to requests. */
async function saidTo(requests: readonly FinderRequest[]): Promise<FinderAnswer[]> {
  const said: FinderAnswer[] = [];
  const listeners: ((event: { data: FinderRequest }) => void)[] = [];
  vi.stubGlobal('addEventListener', (_: string, listener: (typeof listeners)[number]) =>
    listeners.push(listener),
  );
  vi.stubGlobal('postMessage', (message: FinderAnswer) => said.push(message));
  vi.resetModules();
  await import('../../src/ui/find/finder-worker');
  for (const data of requests) for (const listener of listeners) listener({ data });
  return said;
}

const REQUESTS: readonly FinderRequest[] = [
  { kind: 'table', parts: findTableParts(table) },
  { kind: 'call', id: 1, method: 'answer', args: [question, undefined] },
];

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('finds by distance what is found in one go, and tells first what the map needs', async () => {
  const [first, said] = await saidTo(REQUESTS);
  const answer = new Finder(findTableOf(findTableParts(table)), distancesFrom).answer(question, undefined);
  expect(answer.listedRows.length).toBeGreaterThan(100);
  expect(answer.listedRows.length).toBeLessThan(COUNT);
  expect(first).toEqual({ kind: 'rows', id: 1, rowsOnMap: answer.rowsOnMap });
  expect(said).toEqual({ kind: 'answer', id: 1, answer });
});

test('says now and then that it is awake while it measures', async () => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 900));
  const kinds = (await saidTo(REQUESTS)).map(({ kind }) => kind);
  expect(kinds.at(-1)).toBe('answer');
  expect(kinds.slice(0, -1)).toContain('awake');
});
