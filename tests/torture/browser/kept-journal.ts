import type { Page } from '@playwright/test';
import type { Sighting } from '../../../src/domain/sighting';
import { GIVEN_LAYER } from '../../../src/domain/given-layer';
import { type Entry, Work } from '../../../src/domain/work';
import { readJournal } from '../../../src/io/journal';

/** What a browser keeps of the work with the data that comes with the app. */
export interface KeptWork {
  entries: readonly Entry[];
  /** records that cannot be read, such as one that a kill tore */
  faults: number;
}

/** Reads the journal of the built-in data past the app. */
export async function readKept(page: Page): Promise<KeptWork> {
  const text = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    try {
      const folder = await (await root.getDirectoryHandle('sighting-map')).getDirectoryHandle('built-in');
      return await (await (await folder.getFileHandle('journal')).getFile()).text();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return '';
      throw error;
    }
  });
  const { entries, faults } = await readJournal(new TextEncoder().encode(text));
  return { entries, faults: faults.length };
}

function titleOf(feature: unknown): string {
  return (feature as Pick<Sighting, 'properties'>).properties.title;
}

/** What entries add up to. */
export interface TitlesOfWork {
  /** titles that sightings ever had, so that undo and the history have them */
  changed: ReadonlySet<string>;
  /** entries that are there twice, as texts */
  doubled: readonly string[];
  /** titles of drafts that are there in the end */
  drafts: readonly string[];
  /** titles that changed sightings have in the end, by id */
  now: ReadonlyMap<string, string>;
}

/** The titles that are in a work: those of its history, of its drafts, and those that its sightings have now, by id. */
export function titlesOf(entries: readonly Entry[]): TitlesOfWork {
  const work = new Work({
    id: GIVEN_LAYER,
    name: '',
    ring: 'none',
    isShown: true,
    source: { kind: 'given' },
  });
  const changed = new Set<string>();
  const texts = entries.map((entry) => JSON.stringify(entry));
  const doubled = texts.filter((text, i) => texts.indexOf(text) < i);
  for (const entry of entries) {
    if (!work.accepts(entry)) continue;
    work.apply(entry);
    if (entry.kind !== 'change') continue;
    for (const { after } of entry.change.records) {
      if (after !== null) changed.add(titleOf(JSON.parse(after)));
    }
  }
  const now = new Map<string, string>();
  for (const [id, { after }] of work.edits(GIVEN_LAYER))
    if (after !== null) now.set(id, titleOf(JSON.parse(after)));
  return { changed, doubled, drafts: [...work.drafts.values()].map(({ feature }) => titleOf(feature)), now };
}
