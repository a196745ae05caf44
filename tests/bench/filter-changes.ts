import type { Page } from '@playwright/test';
import { markdownTable } from './markdown';
import type { Change } from './probe';
import { median } from './row';

/** A filter change that was measured. */
export interface FilterSample extends Change {
  view: string;
  change: string;
}

/** The boxes that are ticked, by the beginnings of their names. The first is on the bare page as well. */
export const FILTER_CHANGES: readonly { change: string; box: RegExp }[] = [
  { change: 'confidence', box: /^High confidence/ },
  { change: 'system', box: /^S-400/ },
  { change: 'origins', box: /^1 independent origin/ },
  { change: 'publisher', box: /^Publisher / },
  { change: 'without a place', box: /^Without a place/ },
];

/** A closer view, in which other tiles and single marks are drawn. */
const CLOSE_VIEW = '37.6,55.75,8';

/** Ticks a box by its own click, which does not wait for anything, and waits for what becomes of it. */
async function changeBox(page: Page, box: RegExp): Promise<Change> {
  await page.evaluate(() => window.probe.expectChange());
  await page
    .getByRole('checkbox', { name: box })
    .first()
    .evaluate((input: HTMLInputElement) => input.click());
  const change = await page.evaluate(() => window.probe.result);
  if (change === undefined) throw new Error('Nothing was expected to change.');
  return change;
}

/** Goes elsewhere without loading the page again, as the browser's own back button does. */
async function goTo(page: Page, view: string): Promise<void> {
  await page.evaluate(async (wanted) => {
    const url = new URL(location.href);
    url.searchParams.set('view', wanted);
    history.pushState(null, '', url);
    dispatchEvent(new PopStateEvent('popstate'));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await window.probe.settled();
  }, view);
}

/**
 * Makes and undoes each change, in the view that the page opens with, and of our page in a closer one too.
 * @param isOurs whether the page is ours, whose filters are in a panel that has to be opened
 */
export async function changeFilters(
  page: Page,
  changes: readonly { change: string; box: RegExp }[],
  isOurs: boolean,
): Promise<FilterSample[]> {
  if (isOurs) {
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await page.evaluate(() => window.probe.settled());
  }
  const samples: FilterSample[] = [];
  for (const view of isOurs ? ['whole', 'close'] : ['whole']) {
    if (view === 'close') await goTo(page, CLOSE_VIEW);
    for (const { change, box } of changes) {
      samples.push({ view, change, ...(await changeBox(page, box)) });
      samples.push({ view, change, ...(await changeBox(page, box)) });
    }
  }
  return samples;
}

/** The samples by view and change, those that take longest first. */
export function slowestFirst(samples: readonly FilterSample[]): { name: string; samples: FilterSample[] }[] {
  const groups = new Map<string, FilterSample[]>();
  for (const sample of samples) {
    const name = `${sample.view}, ${sample.change}`;
    groups.set(name, [...(groups.get(name) ?? []), sample]);
  }
  const mapMs = (group: readonly FilterSample[]) => median(group.map((sample) => sample.mapMs));
  return Array.from(groups, ([name, group]) => ({ name, samples: group })).sort(
    (a, b) => mapMs(b.samples) - mapMs(a.samples),
  );
}

/** All figures of filter changes as a table in Markdown: median and worst, in ms. */
export function filterTable(samples: readonly FilterSample[]): string {
  const figures = (group: readonly FilterSample[], key: keyof Change) => {
    const numbers = group.map((sample) => sample[key]).filter((value) => value !== undefined);
    return numbers.length === 0 ? '–' : `${median(numbers).toFixed(0)} (${Math.max(...numbers).toFixed(0)})`;
  };
  const keys = ['listMs', 'timelineMs', 'mapMs', 'blockedMs'] as const;
  return markdownTable(
    ['view, change', 'list', 'timeline', 'map', 'blocked'],
    slowestFirst(samples).map(({ name, samples: group }) => [
      name,
      ...keys.map((key) => figures(group, key)),
    ]),
  );
}
