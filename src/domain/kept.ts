import { givenLayer } from './given-layer';
import { type Draft, type Entry, Work } from './work';

/**
 * What became of what somebody wrote: it stands in the work; it was taken back, changed once more, or went with its data
 * set; it is a draft; it was a draft that was discarded.
 */
export type KeptState = 'stands' | 'replaced' | 'draft' | 'discarded';

/** Something that was written of a sighting in a kept work. */
export interface KeptSighting {
  layer: string;
  /** `null` for the draft of a new sighting */
  id: string | null;
  title: string;
  /** the Feature as it was written; `null` when the sighting was deleted */
  text: string | null;
  /** when it was written last, and what was done: '' for a draft */
  at: string;
  note: string;
  state: KeptState;
}

/** What a kept work has in it. */
export interface KeptSummary {
  /** changes that stand, those taken back not counted */
  changes: number;
  /** sightings that are not what they were when they were opened */
  changedSightings: number;
  drafts: number;
  /** when anything was last done; `null` for a work without entries */
  lastAt: string | null;
  /** names of its layers as far as the journal knows them: of the data that it began with only after a change */
  layerNames: string[];
  /** what all its changes are called, also those taken back */
  notes: string[];
}

/** What the journal does not say: only whoever opens the data knows what it is called. */
const UNNAMED = givenLayer('');

function titleOf(text: string | null, id: string): string {
  if (text === null) return id;
  try {
    const { properties } = JSON.parse(text) as { properties?: { title?: unknown } };
    return typeof properties?.title === 'string' ? properties.title : id;
  } catch {
    return id; // a text of another kind can still be found by its id
  }
}

function draftOf(draft: Draft, at: string, state: 'draft' | 'discarded'): KeptSighting {
  const { layer, id } = draft;
  const text = JSON.stringify(draft.feature);
  return { layer, id, title: titleOf(text, id ?? ''), text, at, note: '', state };
}

/** All that was ever written of sightings, whatever came of it, each text once, and that one was deleted. */
function writtenIn(entries: readonly Entry[], work: Work): KeptSighting[] {
  const written = new Map<string, KeptSighting>();
  /** what the data says of each: no work that can be lost */
  const opened = new Map<string, string | null>();
  const keyOf = (...parts: readonly (string | null)[]) => JSON.stringify(parts);
  for (const entry of entries) {
    if (entry.kind === 'rebased') {
      for (const [id, text] of entry.opened) opened.set(keyOf(entry.layer, id), text);
    }
    if (entry.kind !== 'change') continue;
    const { at, change } = entry;
    for (const { layer, id, before, after } of change.records) {
      if (!opened.has(keyOf(layer, id))) opened.set(keyOf(layer, id), before);
      const isThere = work.layers.some((one) => one.id === layer);
      const stands = isThere && work.edits(layer).get(id)?.after === after;
      const title = titleOf(after ?? before, id);
      const state = stands ? 'stands' : 'replaced';
      written.set(keyOf(layer, id, after), { layer, id, title, text: after, at, note: change.note, state });
    }
    for (const { before, after } of change.drafts ?? []) {
      if (before && !after && !work.drafts.has(before.key))
        written.set(keyOf(before.key), draftOf(before, at, 'discarded'));
    }
  }
  return [...written.values()].filter(
    ({ layer, id, text, state }) =>
      state !== 'replaced' || (text !== null && text !== opened.get(keyOf(layer, id))),
  );
}

/**
 * Sums up the entries of a journal for a list of works, without the data that they changed: what was written, what
 * stands first, the latest first.
 */
export function summarize(entries: readonly Entry[]): { summary: KeptSummary; sightings: KeptSighting[] } {
  const work = new Work(UNNAMED);
  for (const entry of entries) work.apply(entry);
  const drafts = [...work.drafts.values()].map((draft) =>
    draftOf(draft, work.draftTimes.get(draft.key) ?? '', 'draft'),
  );
  const sightings = [...writtenIn(entries, work), ...drafts].toSorted(
    (a, b) => Number(a.state !== 'stands') - Number(b.state !== 'stands') || (a.at < b.at ? 1 : -1),
  );
  const summary = {
    changes: work.done.length,
    changedSightings: sightings.filter(({ state }) => state === 'stands').length,
    drafts: work.drafts.size,
    lastAt: entries.at(-1)?.at ?? null,
    layerNames: work.layers.map(({ name }) => name).filter((name) => name !== ''),
    notes: [...new Set(entries.flatMap((entry) => (entry.kind === 'change' ? [entry.change.note] : [])))],
  };
  return { summary, sightings };
}

/** The opened files that the data sets of a journal are read from, which its text does not have. */
export function openedFiles(entries: readonly Entry[]): { fileName: string; sha256: string }[] {
  const work = new Work(UNNAMED);
  for (const entry of entries) work.apply(entry);
  return work.layers.flatMap(({ source }) => (source.kind === 'content' ? [source] : []));
}
