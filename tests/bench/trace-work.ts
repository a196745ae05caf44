/** An event of a trace of Chromium; times in microseconds. */
export interface TraceEvent {
  name: string;
  /** phase: X of an event with a length, M of what is told of a thread */
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  args?: { name?: string; data?: { documentLoaderURL?: string } };
}

/** What a thread does, by the names of Chromium's events. The first that fits holds. */
const KINDS = [
  ['garbage collection', /GC|Garbage/],
  ['compiling scripts', /^v8\.(?:compile|parse|produce|deserialize)|Compile|StreamingTask/i],
  [
    'layout and painting',
    /Layout|Paint|Layerize|Commit|Raster|TaskGraph|Decode|ParseHTML|UpdateLayer|Frame$/,
  ],
  [
    'scripts',
    /^FunctionCall|^Evaluate|^v8\.(?:evaluate|run)|Microtask|TimerFire|AnimationFrame|EventDispatch/,
  ],
  ['messages and data that arrive', /PostMessage|SimpleWatcher|mojo|EpollEvent|Resource|XHR/i],
] as const;

export type WorkKind = (typeof KINDS)[number][0] | 'drawing' | 'other';

/** All that these do is to draw: by its events, it cannot be told apart. */
const DRAWING = /^CrGpuMain|^VizCompositor/;

function kindOf(thread: string, name: string): WorkKind {
  if (DRAWING.test(thread) || /ANGLE|GPUTask/.test(name)) return 'drawing';
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
}

/**
 * What a thread did between two times, by kind, in microseconds: the time of an event without that of those inside it.
 * @param events in the order of their starts
 */
export function workOf(
  thread: string,
  events: readonly TraceEvent[],
  from: number,
  to: number,
): Map<WorkKind, number> {
  const work = new Map<WorkKind, number>();
  const add = (kind: WorkKind, length: number) => work.set(kind, (work.get(kind) ?? 0) + length);
  const open: { kind: WorkKind; end: number }[] = [];
  const sorted = events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  for (const { name, ts, dur = 0 } of sorted) {
    const first = Math.max(ts, from);
    while ((open.at(-1)?.end ?? Infinity) <= first) open.pop();
    const around = open.at(-1);
    const end = Math.min(ts + dur, to, around?.end ?? Infinity);
    if (end <= first) continue;
    const kind = kindOf(thread, name);
    add(kind, end - first);
    if (around) add(around.kind, first - end);
    open.push({ kind, end });
  }
  return work;
}
