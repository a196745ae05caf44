import { Worker } from 'node:worker_threads';
import { usedMs } from './processor-time';
import type { TrialOrder, TrialReport } from './trial-worker';

/** Longer than this on one file is a hang, in milliseconds of the processor: a busy machine is none of the file's. */
export const HANG_MS = 2000;

/** What seems to hang is tried again alone, for so long. */
const PATIENCE_MS = 8000;

/** What waits for something that never comes takes no time of the processor. */
const WAITING_MS = 60_000;

const WATCH_MS = 100;
const MEMORY_MB = 1024;

/** Runs a worker until it is done, dies or hangs; resolves with why it ended, and at which file. */
function runWorker(
  order: TrialOrder,
  hangMs: number,
  onReport: (report: TrialReport) => void,
): Promise<{ end: 'done' } | { end: 'hung' | 'died'; index: number; reason: string }> {
  const clock = new SharedArrayBuffer(16);
  const now = new Float64Array(clock);
  now[0] = -1;
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), {
    workerData: { order, clock },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  return new Promise((resolve, reject) => {
    let fault: string | undefined;
    let isHung = false;
    let seen = { index: -1, usedMs: 0 };
    const watch = setInterval(() => {
      const [index = -1, since = 0] = now;
      if (since === 0 || index !== seen.index) {
        seen = { index, usedMs: usedMs() };
        return;
      }
      if (usedMs() - seen.usedMs <= hangMs && Date.now() - since <= WAITING_MS) return;
      clearInterval(watch);
      isHung = true;
      void worker.terminate();
    }, WATCH_MS);
    worker.on('message', (reports: TrialReport[]) => reports.forEach(onReport));
    worker.on('error', (error: Error) => {
      fault = `the worker died: ${error.message}\n${error.stack ?? ''}`;
    });
    worker.on('exit', (code) => {
      clearInterval(watch);
      const reason = fault ?? `the worker ended with ${code}`;
      if (isHung) resolve({ end: 'hung', index: now[0] ?? 0, reason: `took more than ${hangMs} ms` });
      else if (code === 0 && fault === undefined) resolve({ end: 'done' });
      else if (now[0] === -1) reject(new Error(`No file was tried: ${reason}`));
      else resolve({ end: 'died', index: now[0] ?? 0, reason });
    });
  });
}

/** An order for one file of another. */
function alone(order: TrialOrder, index: number): TrialOrder {
  return 'files' in order
    ? { files: order.files.slice(index, index + 1) }
    : { ...order, from: index, until: index + 1 };
}

/** How long a file takes by itself, at best of two; `undefined` when it never ends. */
async function timeAlone(order: TrialOrder, index: number): Promise<TrialReport | undefined> {
  let best: TrialReport | undefined;
  for (let i = 0; i < 2; i++) {
    let report: TrialReport | undefined;
    await runWorker(alone(order, index), PATIENCE_MS, (one) => (report = one));
    if (report === undefined) return undefined;
    if (best === undefined || report.durationMs < best.durationMs) best = { ...report, index };
    if (best.durationMs < HANG_MS) break;
  }
  return best;
}

/**
 * Tries files in a worker thread, which is started anew after each that it dies of or hangs at, and reports every one of
 * them, in their order but for those that were tried again.
 */
export async function tryAll(order: TrialOrder, onReport: (report: TrialReport) => void): Promise<void> {
  const until = 'files' in order ? order.files.length : order.until;
  let next = 'files' in order ? 0 : order.from;
  const files = 'files' in order ? order.files : undefined;
  while (next < until) {
    const offset = files === undefined ? 0 : next;
    const rest: TrialOrder = files === undefined ? { ...order, from: next } : { files: files.slice(next) };
    const told = new Set<number>();
    const ended = await runWorker(rest, HANG_MS, (report) => {
      const index = report.index + offset;
      told.add(index);
      onReport({ ...report, index });
    });
    if (ended.end === 'done') return;
    const at = ended.index + offset;
    // Reports that it did not come to send are asked for again.
    const lost = Array.from({ length: at - next }, (_, i) => next + i).filter((index) => !told.has(index));
    for (const index of lost) onReport(await reportAlone(order, index, 'was not told of'));
    if (!told.has(at)) onReport(await reportAlone(order, at, ended.reason));
    next = at + 1;
  }
}

async function reportAlone(order: TrialOrder, index: number, reason: string): Promise<TrialReport> {
  const report = await timeAlone(order, index);
  if (report === undefined) return { index, end: 'crashed', reason, durationMs: PATIENCE_MS };
  return report.durationMs > HANG_MS && report.end !== 'crashed'
    ? { ...report, end: 'crashed', reason: `took ${Math.round(report.durationMs)} ms` }
    : report;
}
