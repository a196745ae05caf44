import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { busyTable, busyThreads } from '../bench/trace';

const PAGE = 'http://localhost/app/';
let folder: string;

/** A trace of these events, in which the page begins to load at 1,000 µs. */
function traceOf(events: readonly object[]): string {
  const file = join(folder, 'trace.json');
  const start = { name: 'navigationStart', ph: 'R', pid: 1, tid: 1, ts: 1000 };
  const traceEvents = [{ ...start, args: { data: { documentLoaderURL: PAGE } } }, ...events];
  writeFileSync(file, JSON.stringify({ traceEvents }));
  return file;
}

const named = (tid: number, name: string) => ({
  name: 'thread_name',
  ph: 'M',
  pid: 1,
  tid,
  ts: 0,
  args: { name },
});
const task = (tid: number, ts: number, dur: number) => ({ name: 'task', ph: 'X', pid: 1, tid, ts, dur });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sightings-trace-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a thread is at work in its tasks, and in those inside of others no longer, while the page loads', () => {
  const tasks = [task(7, 8000, 9000), task(7, 3000, 4000), task(7, 4000, 1000), task(7, 0, 1500)];
  // 1,000 to 1,500, 3,000 to 7,000, and from 8,000 to the end at 11,000
  expect(busyThreads(traceOf([named(7, 'Main'), ...tasks]), PAGE, 10)).toEqual([{ name: 'Main', ms: 7.5 }]);
});

test('threads of the same kind count together, the busiest first', () => {
  const names = [named(1, 'Main'), named(2, 'Worker/1'), named(3, 'Worker/2')];
  const file = traceOf([
    task(1, 1000, 2000),
    task(1, 50_000, 10),
    task(2, 1000, 2000),
    task(3, 1000, 1000),
    ...names,
  ]);
  expect(busyThreads(file, PAGE, 10)).toEqual([
    { name: 'Worker', ms: 3 },
    { name: 'Main', ms: 2 },
  ]);
});

test('a page that is not in the trace is named', () => {
  expect(() => busyThreads(traceOf([]), 'http://localhost/other/', 10)).toThrow(
    /^http:\/\/localhost\/other\/ does not begin to load in /,
  );
});

test('the table has medians of both pages, without threads that did next to nothing', () => {
  const visit = (main: number, idle: number) => ({
    busy: [
      { name: 'Main', ms: main },
      { name: 'Idle', ms: idle },
    ],
  });
  const table = busyTable([visit(100, 1), visit(300, 2), visit(200, 3)], [visit(50, 4)]);
  expect(table.split('\n').map((line) => line.split(/ +/))).toEqual([['Main', '200', '50']]);
});
