import { markdownTable } from './markdown';
import type { Section } from './report';
import { median } from './row';
import type { BusyThread } from './trace';

/** Visits of which there are traces, and when all was drawn, in ms. */
type Traced = readonly { busy: readonly BusyThread[]; drawn: { ms: number } }[];

/** What the browser calls its threads, and what they are here. */
const THREADS: Readonly<Record<string, string>> = {
  CrRendererMain: 'main',
  CrGpuMain: 'drawing (GPU)',
  'DedicatedWorker thread': 'workers',
  ThreadPoolForegroundWorker: 'thread pool',
};

/** Threads that were at work for less on both pages are left out, in ms. */
const LEAST_MS = 10;
/** Work is left out that took a smaller share of the time until all of ours was drawn. */
const LEAST_SHARE = 0.05;

/** A row of the median of both pages, unless both are less. */
function rowOf(
  cells: readonly string[],
  pages: readonly Traced[],
  figure: (visit: Traced[number]) => number,
  leastMs = LEAST_MS,
): string[][] {
  const ms = pages.map((visits) => median(visits.map((visit) => figure(visit))));
  if (!ms.some((length) => length >= leastMs)) return [];
  return [[...cells, ...ms.map((length) => (Number.isNaN(length) ? '–' : length.toFixed(0)))]];
}

/**
 * For how long threads were at work until all was drawn, and with what, as tables in Markdown: the median of the visits
 * of our page and of the other's.
 * @param title of what was visited, such as `1e6`
 */
export function profileOf(title: string, ours: Traced, bare: Traced): Section[] {
  const pages = [ours, bare];
  const ofThread = (visit: Traced[number], name: string) => visit.busy.find((thread) => thread.name === name);
  const names = [...new Set(pages.flat().flatMap(({ busy }) => busy.map(({ name }) => name)))];
  const threads = names.flatMap((name) =>
    rowOf([THREADS[name] ?? name], pages, (visit) => ofThread(visit, name)?.ms ?? 0),
  );
  const drawn = rowOf(['**until drawn**'], pages, (visit) => visit.drawn.ms);
  const work = names.flatMap((name) => {
    const kinds = new Set(pages.flat().flatMap((visit) => Object.keys(ofThread(visit, name)?.work ?? {})));
    return [...kinds].flatMap((kind) =>
      rowOf(
        [THREADS[name] ?? name, kind],
        pages,
        (visit) => (ofThread(visit, name)?.work as Record<string, number> | undefined)?.[kind] ?? 0,
        Math.max(LEAST_MS, LEAST_SHARE * median(ours.map((visit) => visit.drawn.ms))),
      ),
    );
  });
  const longest = (row: readonly string[]) => Math.max(...row.slice(2).map((cell) => Number(cell) || 0));
  return [
    {
      title: `${title}: how long threads were at work until all was drawn, in ms`,
      table: markdownTable(['threads', 'ours', 'bare page'], [...threads, ...drawn]),
    },
    {
      title: `${title}: what with, in ms`,
      table: markdownTable(
        ['threads', 'work', 'ours', 'bare page'],
        work.sort((a, b) => longest(b) - longest(a)),
      ),
    },
  ];
}
