import { readFileSync } from 'node:fs';
import { type TraceEvent, type WorkKind, workOf } from './trace-work';

/** What a trace has to have for {@link busyThreads}. */
export const TRACE_CATEGORIES = ['toplevel', 'devtools.timeline', 'blink.user_timing'];

/** How long a thread was at work, in ms. */
export interface BusyThread {
  /** as the browser calls it, such as `CrRendererMain` */
  name: string;
  ms: number;
  /** what it did of that, in ms */
  work: Readonly<Partial<Record<WorkKind, number>>>;
}

/** How long one of these intervals runs, at least, between two times; they are in the order of their starts. */
function lengthOfUnion(events: readonly TraceEvent[], from: number, to: number): number {
  let covered = 0;
  let end = from;
  for (const { ts, dur = 0 } of events) {
    const [first, last] = [Math.max(ts, end), Math.min(ts + dur, to)];
    if (last <= first) continue;
    covered += last - first;
    end = last;
  }
  return covered;
}

/**
 * For how long each thread of a browser was at work from when a page began to load on; those with the same name count
 * together. Busiest first.
 * @param file a trace, with all of {@link TRACE_CATEGORIES}
 * @param url the page
 * @param ms until so long after its navigation began
 * @throws Error when the page is not in the trace
 */
export function busyThreads(file: string, url: string, ms: number): BusyThread[] {
  const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
  const start = traceEvents.find(
    ({ name, args }) => name === 'navigationStart' && args?.data?.documentLoaderURL === url,
  )?.ts;
  if (start === undefined) throw new Error(`${url} does not begin to load in ${file}.`);
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const names = new Map<string, string>();
  const events = new Map<string, TraceEvent[]>();
  for (const event of traceEvents.toSorted((a, b) => a.ts - b.ts)) {
    const thread = threadOf(event);
    if (event.name === 'thread_name') names.set(thread, event.args?.name ?? thread);
    if (event.ph !== 'X') continue;
    const before = events.get(thread);
    if (before) before.push(event);
    else events.set(thread, [event]);
  }
  const busy = new Map<string, { ms: number; work: Partial<Record<WorkKind, number>> }>();
  for (const [thread, ofThread] of events) {
    const name = (names.get(thread) ?? thread).replace(/\/?\d+$/, '');
    const end = start + 1000 * ms;
    const sum = busy.get(name) ?? { ms: 0, work: {} };
    sum.ms += lengthOfUnion(ofThread, start, end) / 1000;
    for (const [kind, length] of workOf(name, ofThread, start, end))
      sum.work[kind] = (sum.work[kind] ?? 0) + length / 1000;
    busy.set(name, sum);
  }
  return Array.from(busy, ([name, sum]) => ({ name, ...sum })).sort((a, b) => b.ms - a.ms);
}
