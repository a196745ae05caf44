import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { profileOf } from '../bench/profile';
import { busyThreads } from '../bench/trace';

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
  expect(busyThreads(traceOf([named(7, 'Main'), ...tasks]), PAGE, 10)).toMatchObject([
    { name: 'Main', ms: 7.5 },
  ]);
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
  expect(busyThreads(file, PAGE, 10)).toMatchObject([
    { name: 'Worker', ms: 3 },
    { name: 'Main', ms: 2 },
  ]);
});

test('a page that is not in the trace is named', () => {
  expect(() => busyThreads(traceOf([]), 'http://localhost/other/', 10)).toThrow(
    /^http:\/\/localhost\/other\/ does not begin to load in /,
  );
});

test('what a thread did is told by kind, without what is inside of something else twice', () => {
  const event = (name: string, ts: number, dur: number) => ({ ...task(1, ts, dur), name });
  const file = traceOf([
    named(1, 'CrRendererMain'),
    event('ThreadControllerImpl::RunTask', 2000, 6000),
    event('FunctionCall', 3000, 4000),
    event('V8.GC_SCAVENGER', 4000, 1000),
    event('Layout', 9000, 9000),
  ]);
  const [{ ms, work } = { ms: NaN, work: {} }] = busyThreads(file, PAGE, 10);
  expect(ms).toBe(8);
  expect(work).toEqual({ other: 2, scripts: 3, 'garbage collection': 1, 'layout and painting': 2 });
});

test('the thread that draws does nothing else', () => {
  const file = traceOf([named(1, 'CrGpuMain'), task(1, 2000, 3000)]);
  expect(busyThreads(file, PAGE, 10)).toEqual([{ name: 'CrGpuMain', ms: 3, work: { drawing: 3 } }]);
});

test('a profile has medians of both pages, without what took next to nothing', () => {
  const visit = (main: number, idle: number) => ({
    busy: [
      { name: 'CrRendererMain', ms: main, work: { scripts: main - 5, other: 5 } },
      { name: 'Idle', ms: idle, work: { other: idle } },
    ],
    drawn: { ms: 2 * main },
  });
  const sections = profileOf('1e6', [visit(100, 1), visit(300, 2), visit(200, 3)], [visit(50, 4)]);
  const cells = sections.map(({ table }) =>
    table.split('\n').map((line) => line.split(/ *\| */).slice(1, -1)),
  );
  expect(sections.map(({ title }) => title)).toEqual([
    '1e6: how long threads were at work until all was drawn, in ms',
    '1e6: what with, in ms',
  ]);
  expect(cells[0]?.slice(2)).toEqual([
    ['main', '200', '50'],
    ['**until drawn**', '400', '100'],
  ]);
  expect(cells[1]?.slice(2)).toEqual([['main', 'scripts', '195', '45']]);
});
