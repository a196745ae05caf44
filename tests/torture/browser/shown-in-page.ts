/** What became of the texts of sightings on a page. */
export interface ShownTexts {
  /** texts that were looked for */
  compared: number;
  /** those that are not shown as they are, and where */
  differing: string[];
}

/**
 * Walks through the list of the app, opens each sighting, and compares what the list, the popup and its links show with
 * the data that the page was given, which is not sent there from outside: half a surrogate pair gets lost on the way.
 * Runs in the page, and is self-contained, since its text is sent there.
 * @param given the address of the data, and how long a title is shown
 */
export async function compareShown({
  data,
  longest,
}: {
  data: string;
  longest: number;
}): Promise<ShownTexts> {
  interface Shown {
    id: string;
    properties: Record<'title' | 'verbatimLocality' | 'georeferenceRemarks' | 'confidenceBasis', string> & {
      sources: Record<'publisher' | 'title' | 'url' | 'archivedUrl' | 'origin' | 'claim', string>[];
    };
  }
  const PATIENCE_MS = 15_000;
  const { features } = (await (await fetch(data)).json()) as { features: Shown[] };
  const byId = new Map(features.map((feature) => [feature.id, feature]));
  const result: ShownTexts = { compared: 0, differing: [] };
  const until = async <T>(what: string, look: () => T | null | undefined | false): Promise<T> => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      const found = look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`There is no ${what}.`);
  };
  const compare = (where: string, holds: boolean | undefined) => {
    result.compared++;
    if (holds !== true) result.differing.push(where);
  };
  const textOf = (element: Element | null | undefined) => element?.textContent ?? '';
  const cut = (text: string) =>
    text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
  /** How often more of a text is asked for that is too long to be shown at once. */
  const PRESSES = 3;
  const readOn = async (dialog: Element) => {
    for (let press = 0; press < PRESSES; press++) {
      for (const button of dialog.querySelectorAll('button'))
        if (/^Show (the last )?[\d,]+ .*characters$/.test(textOf(button))) button.click();
      await new Promise((resolve) => setTimeout(resolve));
    }
  };
  /** Whether an element has a text; of one that is too long to be shown at once, all that was asked for of it. */
  const says = (element: Element | null | undefined, text: string, isAll = true): boolean => {
    if (text.length <= longest) return isAll ? textOf(element) === text : textOf(element).includes(text);
    const most = Math.min(text.length, 10 * longest);
    const isOfText = (shown: string) => text.startsWith(shown) && shown.length >= most;
    return [...(element?.querySelectorAll('.long') ?? [])].some((long) => isOfText(textOf(long)));
  };
  const list = document.querySelector('ul[aria-label="Sightings"]');
  const scroller = list?.parentElement;
  if (!list || !scroller) throw new Error('There is no list.');
  const popup = () => document.querySelector('[role="dialog"][aria-label^="Sighting: "]');
  const idOf = (dialog: Element | null) =>
    textOf(dialog?.querySelector('footer p')).trim().split(',')[0] ?? '';
  const seen = new Set<string>();
  for (let index = 0; index < features.length; index++) {
    scroller.scrollTop = index * 92;
    const row = await until(`row ${index}`, () => list.querySelector<HTMLElement>(`[data-index="${index}"]`));
    row.click();
    const dialog = await until(`popup of row ${index}`, () => {
      const shown = popup();
      return shown && !seen.has(idOf(shown)) && byId.has(idOf(shown)) && shown;
    });
    const id = idOf(dialog);
    seen.add(id);
    const feature = byId.get(id);
    if (!feature) throw new Error(`A popup of no sighting: ${id}`);
    const { properties } = feature;
    await readOn(dialog);
    const { title } = properties;
    const listed = list.querySelector(`[data-index="${index}"] .title`);
    compare(`${id}: title in the list`, textOf(listed) === cut(title));
    compare(`${id}: name of the popup`, dialog.getAttribute('aria-label') === `Sighting: ${cut(title)}`);
    compare(`${id}: title`, says(dialog.querySelector('h2'), title));
    compare(
      `${id}: confidenceBasis`,
      says(dialog.querySelector('.confidence p'), properties.confidenceBasis),
    );
    const where = [...dialog.querySelectorAll('dt')].find((it) => textOf(it) === 'Where')?.nextElementSibling;
    compare(`${id}: verbatimLocality`, says(where, properties.verbatimLocality, false));
    compare(`${id}: georeferenceRemarks`, says(where, properties.georeferenceRemarks, false));
    const items = [...dialog.querySelectorAll('[aria-label="Sources"] > li')];
    compare(`${id}: number of sources`, items.length === properties.sources.length);
    for (const [i, source] of properties.sources.entries()) {
      const [head, title, claim, rest] = [...(items[i]?.querySelectorAll('p') ?? [])];
      const name = head?.querySelector('a, strong, bdi');
      compare(`${id}: publisher ${i}`, textOf(name) === cut(source.publisher));
      compare(`${id}: title of source ${i}`, says(title, source.title));
      compare(`${id}: claim ${i}`, says(claim, source.claim));
      compare(`${id}: origin ${i}`, says(rest, source.origin, false));
      for (const link of items[i]?.querySelectorAll('a') ?? []) {
        const isKnown = [source.url, source.archivedUrl].some((url) => new URL(url).href === link.href);
        const isSafe =
          /^https?:/.test(link.protocol) && link.target === '_blank' && link.relList.contains('noopener');
        compare(`${id}: link ${i} ${link.href.slice(0, 60)}`, isKnown && isSafe);
      }
    }
  }
  document.querySelector<HTMLElement>('button[aria-expanded="false"]')?.focus();
  const titles = features.map(({ properties }) => properties.title);
  compare('number of rows', seen.size === titles.length);
  return result;
}

/**
 * Compares the publishers that the filters offer with those of the data. Runs in the page.
 * @param data address of the data
 */
export async function comparePublishers(data: string): Promise<ShownTexts> {
  const { features } = (await (await fetch(data)).json()) as {
    features: { properties: { sources: { publisher: string }[] } }[];
  };
  const LONGEST = 1000;
  const cut = (text: string) =>
    text.length > LONGEST ? `${text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
  const known = new Set(
    features.flatMap(({ properties }) => properties.sources.map(({ publisher }) => cut(publisher))),
  );
  const legend = [...document.querySelectorAll('legend')].find((it) => it.textContent.trim() === 'Publisher');
  const labels = [...(legend?.parentElement?.querySelectorAll('.label') ?? [])].map((it) => it.textContent);
  const differing = labels.filter((label) => !known.has(label)).map((label) => `publisher ${label}`);
  if (labels.length === 0) differing.push('no publisher in the filters');
  return { compared: labels.length, differing };
}
