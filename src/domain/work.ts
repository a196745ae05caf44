/** What a data set is shown by on the map, around its marks; `none` for the one that the page opened with. */
export const RING_COLORS = ['none', 'teal', 'violet', 'olive', 'rose', 'slate'] as const;
export type RingColor = (typeof RING_COLORS)[number];

/** A data set as one layer of the map. */
export interface Layer {
  /** a slug, unique in the work and never used again */
  id: string;
  name: string;
  ring: RingColor;
  isShown: boolean;
  /**
   * Where its sightings are read from, before any change; `sha256` names a kept file, told by its bytes. `leftOut` counts
   * the features of the opened file that are not in the layer and would go from that file if it were saved without
   * them; `unwritten` counts the sightings that file has in another way, until the layer is saved; `setAside` names the kept list of all that could not be used of the file, and counts it.
   */
  source:
    | { kind: 'given' }
    | {
        kind: 'content';
        fileName: string;
        sha256: string;
        leftOut?: number;
        unwritten?: number;
        setAside?: { sha256: string; count: number };
      };
}

/** Whether what was set aside of a file was written back into it, or left out. */
export type SetAsideChoice = 'kept' | 'left';

/** A change of one sighting of a layer: the text of its Feature before and after, `null` where there is none. */
export interface RecordEdit {
  layer: string;
  id: string;
  before: string | null;
  after: string | null;
}

/** A change of a layer itself; `at` is where it stands among the layers. */
export interface LayerEdit {
  before: Layer | null;
  after: Layer | null;
  at: number;
}

/** A draft that somebody discards, or, the other way round, brings back; `null` where there is none. */
export interface DraftEdit {
  before: Draft | null;
  after: Draft | null;
}

/** Something that was done, as a value: it can be applied, named, inverted and kept. */
export interface Change {
  /** what was done, for a list of changes: `Correct “S-400 in Losiny Ostrov”` */
  note: string;
  records: readonly RecordEdit[];
  layers: readonly LayerEdit[];
  /** left out where it is none of drafts, which come and go with what is written by entries of their own */
  drafts?: readonly DraftEdit[];
}

/** A sighting that is being written and does not obey the contract yet, or is not confirmed. */
export interface Draft {
  /** unique in the work, so that two drafts of one sighting stand beside each other */
  key: string;
  layer: string;
  /** the sighting that it corrects; `null` for a new one */
  id: string | null;
  /** the text of that sighting when the draft was begun, `null` for a new one */
  before: string | null;
  /** a Feature as far as it is written */
  feature: unknown;
}

/** One line of the journal: all that ever happens to a work. */
export type Entry =
  | { kind: 'change'; at: string; change: Change }
  /** `of`: when the change was made that is meant, so that it is not another tab's that came in between */
  | { kind: 'undo'; at: string; of: string }
  | { kind: 'redo'; at: string; of: string }
  /** `revision`: what the layer was when its bytes were taken, see {@link Work.revision} */
  | {
      kind: 'saved';
      at: string;
      layer: string;
      fileName: string;
      revision: number;
      /** left out where nothing was set aside, or nobody said what is to become of it */
      setAside?: SetAsideChoice;
    }
  /** the file behind a layer has other texts now than the edits began with: these count as such from here on */
  | {
      kind: 'rebased';
      at: string;
      layer: string;
      opened: readonly (readonly [id: string, text: string | null])[];
    }
  | { kind: 'drafts'; at: string; put: readonly Draft[]; drop: readonly string[] };

/** A change that was made, and when (ISO 8601). */
export interface Done {
  at: string;
  change: Change;
}

/** What takes a change back. */
export function invert({ note, records, layers, drafts }: Change): Change {
  return {
    note,
    records: records.map(({ layer, id, before, after }) => ({ layer, id, before: after, after: before })),
    layers: layers.map(({ before, after, at }) => ({ before: after, after: before, at })).reverse(),
    ...(drafts ? { drafts: drafts.map(({ before, after }) => ({ before: after, after: before })) } : {}),
  };
}

/** What sightings of a layer became: the text before anybody changed it and the text now, by id. */
export type Edits = ReadonlyMap<string, { before: string | null; after: string | null }>;

/** When a layer was saved, to which file, and what became of what was set aside of it. */
export interface Saved {
  at: string;
  fileName: string;
  setAside: SetAsideChoice | undefined;
}

const NO_EDITS: Edits = new Map();

/**
 * What was done with the data on this page: layers, changed sightings, drafts, and the history of it all. It is the
 * sum of its entries, so that whoever has applied the same entries has the same work.
 */
export class Work {
  /** bottom first */
  layers: readonly Layer[] = [];
  readonly drafts = new Map<string, Draft>();
  /** when each of them was kept last, ISO 8601 */
  readonly draftTimes = new Map<string, string>();
  /** changes that can be undone, the last one at the end */
  readonly done: Done[] = [];
  /** changes that can be redone, the next one at the end */
  readonly undone: Done[] = [];
  /** how many entries were applied */
  length = 0;

  readonly #revisions = new Map<string, number>();
  readonly #edits = new Map<string, Map<string, { before: string | null; after: string | null }>>();
  /** the texts that edited sightings were opened with, which stay known when an edit is taken back */
  readonly #opened = new Map<string, Map<string, string | null>>();
  /** the edits of each layer when it was last saved to a file */
  readonly #saved = new Map<string, Saved & { after: Map<string, string | null> }>();

  /** @param given the layer that the page opens with */
  constructor(given: Layer) {
    this.layers = [given];
  }

  /** The changed sightings of a layer. */
  edits(layer: string): Edits {
    return this.#edits.get(layer) ?? NO_EDITS;
  }

  /** When a layer was last saved to a file, and to which; `undefined` when it never was. */
  saved(layer: string): Saved | undefined {
    const saved = this.#saved.get(layer);
    return saved && { at: saved.at, fileName: saved.fileName, setAside: saved.setAside };
  }

  /** What would make the sightings of a layer what they were when it was last saved, or opened. */
  unsaved(layer: string): RecordEdit[] {
    const now = this.edits(layer);
    const then = this.#saved.get(layer)?.after ?? new Map<string, string | null>();
    const back: RecordEdit[] = [];
    for (const [id, { before, after }] of now) {
      const saved = then.has(id) ? (then.get(id) ?? null) : before;
      if (saved !== after) back.push({ layer, id, before: after, after: saved });
    }
    for (const [id, after] of then) {
      // Edited when it was saved, and as it was opened now: that text is what the edit began with.
      if (!now.has(id)) back.push({ layer, id, before: this.#opened.get(layer)?.get(id) ?? null, after });
    }
    return back;
  }

  /** How often sightings of a layer were changed, undone and redone: it is the same work as long as this is the same. */
  revision(layer: string): number {
    return this.#revisions.get(layer) ?? 0;
  }

  /** Whether what an entry changes is as it expects. If not, somebody else was faster. */
  accepts(entry: Entry): boolean {
    if (entry.kind === 'undo') return this.done.at(-1)?.at === entry.of;
    if (entry.kind === 'redo') return this.undone.at(-1)?.at === entry.of;
    if (entry.kind === 'saved') return this.revision(entry.layer) === entry.revision;
    if (entry.kind !== 'change') return true;
    const { records, layers, drafts = [] } = entry.change;
    const isThere = (wanted: string) => this.layers.some(({ id }) => id === wanted);
    return (
      records.every(({ layer, id, before }) => {
        if (!isThere(layer)) return false;
        const edit = this.edits(layer).get(id);
        if (edit) return edit.after === before;
        const opened = this.#opened.get(layer);
        return !opened?.has(id) || opened.get(id) === before; // else only the file knows
      }) &&
      layers.every(({ before, after }) => {
        const now = this.layers.find(({ id }) => id === (before ?? after)?.id);
        return before === null ? now === undefined : JSON.stringify(now) === JSON.stringify(before);
      }) &&
      drafts.every(({ before, after }) => {
        const now = this.drafts.get((before ?? after)?.key ?? '') ?? null;
        return JSON.stringify(now) === JSON.stringify(before);
      })
    );
  }

  /** Does what an entry says. Entries that it does not accept must not be applied. */
  apply(entry: Entry): void {
    this.length++;
    if (entry.kind === 'change') {
      this.#make(entry.change, entry.at);
      this.done.push({ at: entry.at, change: entry.change });
      this.undone.length = 0;
    } else if (entry.kind === 'undo') {
      const last = this.done.pop();
      if (!last) return;
      this.#make(invert(last.change), entry.at);
      this.undone.push(last);
    } else if (entry.kind === 'redo') {
      const next = this.undone.pop();
      if (!next) return;
      this.#make(next.change, entry.at);
      this.done.push(next);
    } else if (entry.kind === 'saved') {
      const after = new Map([...this.edits(entry.layer)].map(([id, edit]) => [id, edit.after]));
      const { at, fileName, setAside } = entry;
      this.#saved.set(entry.layer, { at, fileName, setAside, after });
    } else if (entry.kind === 'rebased') {
      for (const [id, text] of entry.opened) this.#rebase(entry.layer, id, text);
    } else {
      for (const key of entry.drop) this.drafts.delete(key);
      for (const draft of entry.put) this.#putDraft(draft, entry.at);
    }
  }

  #putDraft(draft: Draft, at: string): void {
    this.drafts.set(draft.key, draft);
    this.draftTimes.set(draft.key, at);
  }

  #make({ records, layers, drafts = [] }: Change, time: string): void {
    for (const edit of records) this.#edit(edit);
    for (const layer of new Set(records.map((record) => record.layer))) {
      this.#revisions.set(layer, this.revision(layer) + 1);
    }
    for (const { before, after, at } of layers) {
      const rest = this.layers.filter(({ id }) => id !== before?.id);
      this.layers = after === null ? rest : rest.toSpliced(at, 0, after);
    }
    for (const { before, after } of drafts) {
      if (before) this.drafts.delete(before.key);
      // A form that goes on with it has kept it under its key already, and more.
      if (after && !this.drafts.has(after.key)) this.#putDraft(after, time);
    }
  }

  #rebase(layer: string, id: string, text: string | null): void {
    const edits = this.#edits.get(layer);
    const edit = edits?.get(id);
    if (!edits || !edit) return;
    this.#opened.get(layer)?.set(id, text);
    if (edit.after === text) edits.delete(id);
    else edits.set(id, { before: text, after: edit.after });
    // Undo goes back to what the file says now, not to what it said once.
    const renew = (old: string | null) => (old === edit.before ? text : old);
    for (const list of [this.done, this.undone]) {
      for (const [i, { at, change }] of list.entries()) {
        if (!change.records.some((record) => record.layer === layer && record.id === id)) continue;
        const records = change.records.map((record) =>
          record.layer === layer && record.id === id
            ? { ...record, before: renew(record.before), after: renew(record.after) }
            : record,
        );
        list[i] = { at, change: { ...change, records } };
      }
    }
  }

  #edit({ layer, id, before, after }: RecordEdit): void {
    const edits =
      this.#edits.get(layer) ?? new Map<string, { before: string | null; after: string | null }>();
    const opened = this.#opened.get(layer) ?? new Map<string, string | null>();
    const first = opened.has(id) ? (opened.get(id) ?? null) : before;
    opened.set(id, first);
    if (first === after) edits.delete(id);
    else edits.set(id, { before: first, after });
    this.#edits.set(layer, edits);
    this.#opened.set(layer, opened);
  }
}
