import { type Entry, GIVEN_LAYER, type Layer, Work } from './work';

/** A sighting that a kept work changed. */
export interface KeptSighting {
  layer: string;
  id: string;
  title: string;
  /** its Feature after all changes; `null` when it was deleted */
  text: string | null;
  /** of the last change to it: when, and what was done */
  at: string;
  note: string;
}

/** What a kept work has in it. */
export interface KeptSummary {
  /** changes that stand, those taken back not counted */
  changes: number;
  drafts: number;
  /** when anything was last done; `null` for a work without entries */
  lastAt: string | null;
  /** names of its layers as far as the journal knows them: of the data that it began with only after a change */
  layerNames: string[];
}

/** What the journal does not say: only whoever opens the data knows what it is called. */
const UNNAMED: Layer = {
  id: GIVEN_LAYER,
  name: '',
  ring: 'none',
  isShown: true,
  source: { kind: 'given' },
};

function titleOf(text: string | null, id: string): string {
  if (text === null) return id;
  try {
    const { properties } = JSON.parse(text) as { properties?: { title?: unknown } };
    return typeof properties?.title === 'string' ? properties.title : id;
  } catch {
    return id; // a text of another kind can still be found by its id
  }
}

/** Sums up the entries of a journal for a list of works: what they changed, without the data that they changed. */
export function summarize(entries: readonly Entry[]): { summary: KeptSummary; sightings: KeptSighting[] } {
  const work = new Work(UNNAMED);
  for (const entry of entries) work.apply(entry);
  const sightings = new Map<string, KeptSighting>();
  for (const { at, change } of work.done) {
    for (const { layer, id } of change.records) {
      const edit = work.edits(layer).get(id);
      if (edit === undefined) continue; // it is again what it was
      const title = titleOf(edit.after ?? edit.before, id);
      sightings.set(JSON.stringify([layer, id]), {
        layer,
        id,
        title,
        text: edit.after,
        at,
        note: change.note,
      });
    }
  }
  const summary = {
    changes: work.done.length,
    drafts: work.drafts.size,
    lastAt: entries.at(-1)?.at ?? null,
    layerNames: work.layers.map(({ name }) => name).filter((name) => name !== ''),
  };
  return { summary, sightings: [...sightings.values()] };
}
