import type { Issue } from '../../domain/issue';
import type { Sighting } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';
import { checkAmong } from '../../domain/validate';
import {
  type Change,
  type Draft,
  type Entry,
  GIVEN_LAYER,
  type Layer,
  RING_COLORS,
  type RecordEdit,
  type RingColor,
} from '../../domain/work';
import { combineTables } from '../../domain/combine-tables';
import { joinBytes, writeCollection } from '../../io/collection-file';
import type { EntryStore } from './entry-store';
import { type LayerChanges, layerNote } from './layer-note';
import { reunite, saidOf } from './changed-under';
import { draftsOfLost } from './lost-drafts';
import { type LayerData, LayerFiles, featureTexts } from './layer-files';
import type { RecordPage } from './record-page';
import { WorkKeeper } from './work-keeper.svelte';

const now = () => new Date().toISOString();

/** Distributes over the kinds of an entry. */
type Untimed<E> = E extends Entry ? Omit<E, 'at'> : never;

/**
 * What the keeper of the data does with it: layers opened, sightings added, corrected and removed, drafts, undo, redo.
 * Every change is an entry of the work's journal; the page shows what they add up to.
 */
export class Workspace {
  readonly keeper: WorkKeeper;
  /** what the files behind the layers say, before any change */
  readonly #files: LayerFiles;

  constructor(
    private readonly page: RecordPage,
    given: LayerData,
    private readonly store: EntryStore,
  ) {
    this.#files = new LayerFiles(
      given,
      page.systems.map(({ id }) => id),
    );
    const layer: Layer = {
      id: GIVEN_LAYER,
      name: page.title,
      ring: 'none',
      isShown: true,
      source: { kind: 'given' },
    };
    this.keeper = new WorkKeeper(layer, store, {
      onchange: () => void this.#show(),
      onlost: (lost) => this.#keepLost(lost),
    });
  }

  /** Fetches the work of earlier visits and shows it. */
  async open(): Promise<void> {
    const problems = await this.keeper.open();
    await this.#readLayers();
    this.#absorb();
    if (this.keeper.current.length > 0) this.refresh();
    if (problems.length > 0) this.page.notice = problems.join(' ');
  }

  /** Takes over what other tabs do. Returns what ends that. */
  follow(): () => void {
    return this.keeper.follow();
  }

  /** all layers, bottom first */
  readonly layers: readonly Layer[] = $derived.by(() => this.keeper.work?.current.layers ?? []);
  readonly drafts: readonly Draft[] = $derived.by(() => this.keeper.drafts);
  /** what undo would take back, `undefined` when there is nothing */
  readonly undoNote = $derived.by(() => this.keeper.work?.current.done.at(-1)?.change.note);
  readonly redoNote = $derived.by(() => this.keeper.work?.current.undone.at(-1)?.change.note);

  layer(id: string): Layer | undefined {
    return this.layers.find((layer) => layer.id === id);
  }

  /** Whether the file of a layer is there; it can be gone from the browser, or damaged. */
  hasFile(layer: string): boolean {
    return this.#files.has(layer);
  }

  /** The sightings of a layer as they are now, whether it is shown or not. */
  tableOf(layer: string): SightingTable {
    return combineTables(this.#partsOf(layer));
  }

  /** Members of the layer's FeatureCollection, such as `title`. */
  collectionOf(layer: string): Readonly<Record<string, unknown>> {
    return this.#files.collection(layer);
  }

  /** The layer's file as it would be saved now: canonical, and what nobody changed by its very bytes. */
  bytesOf(layer: string): Uint8Array<ArrayBuffer> {
    const texts = [...featureTexts(this.tableOf(layer))];
    return joinBytes(writeCollection(this.collectionOf(layer), texts));
  }

  /** The text of a sighting as it is now, `null` when the layer has none of that id. */
  textOf(layer: string, id: string): string | null {
    const edit = this.keeper.current.edits(layer).get(id);
    return edit ? edit.after : this.#files.text(layer, id);
  }

  /** How many sightings of a layer differ from its file. */
  unsavedCount(layer: string): number {
    return this.keeper.work?.current.unsaved(layer).length ?? 0;
  }

  /**
   * All issues of a sighting that would stand in a layer, in the words of the contract.
   * @param id the sighting whose place it takes, `null` for a new one
   */
  check(layer: string, feature: unknown, id: string | null): Issue[] {
    return checkAmong(feature, {
      systemIds: this.page.systems.map((system) => system.id),
      isPoint: (other) => this.page.places.given.some((point) => point.id === other),
      isOther: (other) => other !== id && this.textOf(layer, other) !== null,
    });
  }

  /** Adds a sighting, or puts it in the place of the one with the id `replaces`. */
  put(layer: string, sighting: Sighting, { replaces = null }: { replaces?: string | null } = {}): void {
    const text = JSON.stringify(sighting);
    const { title } = sighting.properties;
    const records: RecordEdit[] = [];
    if (replaces !== null && replaces !== sighting.id) {
      records.push({ layer, id: replaces, before: this.textOf(layer, replaces), after: null });
    }
    records.push({ layer, id: sighting.id, before: this.textOf(layer, sighting.id), after: text });
    this.#change({ note: `${replaces === null ? 'Add' : 'Correct'} “${title}”`, records, layers: [] });
  }

  /** Changes several sightings of a layer at once: their new texts by id, `null` for one that is to go. */
  putTexts(note: string, layer: string, texts: ReadonlyMap<string, string | null>): void {
    const records: RecordEdit[] = [];
    for (const [id, after] of texts) {
      const before = this.textOf(layer, id);
      if (before !== after) records.push({ layer, id, before, after });
    }
    if (records.length > 0) this.#change({ note, records, layers: [] });
  }

  remove(layer: string, id: string): void {
    const before = this.textOf(layer, id);
    if (before === null) return;
    const { title } = (JSON.parse(before) as Sighting).properties;
    this.#change({ note: `Remove “${title}”`, records: [{ layer, id, before, after: null }], layers: [] });
  }

  /** Adds a data set as the topmost layer. @param bytes a GeoJSON file of valid sightings */
  async addLayer(name: string, fileName: string, bytes: Uint8Array<ArrayBuffer>): Promise<Layer> {
    const sha256 = await this.store.putContent(bytes);
    const isFree = (color: RingColor) => this.layers.every(({ ring }) => ring !== color);
    const ring = RING_COLORS.slice(1).find(isFree) ?? 'teal';
    const layer: Layer = {
      id: `layer-${crypto.randomUUID().slice(0, 8)}`,
      name,
      ring,
      isShown: true,
      source: { kind: 'content', fileName, sha256 },
    };
    this.#files.read(layer.id, bytes);
    const edit = { before: null, after: layer, at: this.layers.length };
    this.#change({ note: `Open “${name}”`, records: [], layers: [edit] });
    return layer;
  }

  /** Gives a layer another name or ring, or switches it on or off. */
  changeLayer(id: string, changes: LayerChanges): void {
    const before = this.layer(id);
    if (!before) return;
    const edit = { before, after: { ...before, ...changes }, at: this.layers.indexOf(before) };
    this.#change({ note: layerNote(before, changes), records: [], layers: [edit] });
  }

  /** Takes a layer away; the one that the page opened with can only be hidden. */
  removeLayer(id: string): void {
    const before = this.layer(id);
    if (!before || before.source.kind === 'given') return;
    const at = this.layers.indexOf(before);
    this.#change({ note: `Remove “${before.name}”`, records: [], layers: [{ before, after: null, at }] });
  }

  undo(): void {
    const last = this.keeper.current.done.at(-1);
    if (last) this.#do({ kind: 'undo', of: last.at });
  }

  redo(): void {
    const next = this.keeper.current.undone.at(-1);
    if (next) this.#do({ kind: 'redo', of: next.at });
  }

  /** Makes a layer what it was when it was opened or last saved. */
  revert(layer: string): void {
    const records = this.keeper.current.unsaved(layer);
    if (records.length === 0) return;
    this.#change({ note: `Revert “${this.layer(layer)?.name ?? layer}”`, records, layers: [] });
  }

  /** What a layer is now, to be told when it was saved. */
  revision(layer: string): number {
    return this.keeper.current.revision(layer);
  }

  /** Notes that a layer was saved to a file as it was at a revision. Throws when it is another by now. */
  markSaved(layer: string, fileName: string, revision: number): void {
    this.#do({ kind: 'saved', layer, fileName, revision });
  }

  hasDraft(key: string): boolean {
    return this.keeper.current.drafts.has(key);
  }

  /** Keeps what is being written; `drop` are keys of drafts that it takes the place of. */
  keepDrafts(put: readonly Draft[], drop: readonly string[] = []): void {
    if (put.length > 0) this.#do({ kind: 'drafts', put, drop: drop.filter((key) => this.hasDraft(key)) });
  }

  dropDrafts(drop: readonly string[]): void {
    const known = drop.filter((key) => this.hasDraft(key));
    if (known.length > 0) this.#do({ kind: 'drafts', put: [], drop: known });
  }

  /** Shows what the work adds up to. */
  refresh(): void {
    const shown = this.layers.filter(({ isShown }) => isShown);
    this.page.replaceTable(combineTables(shown.flatMap(({ id }) => this.#partsOf(id))));
  }

  #partsOf(layer: string) {
    return this.#files.parts(layer, this.keeper.current.edits(layer));
  }

  #change(change: Change): void {
    this.#do({ kind: 'change', change });
  }

  #do(entry: Untimed<Entry>): void {
    this.keeper.do({ ...entry, at: now() } as Entry);
    if (entry.kind !== 'drafts' && entry.kind !== 'saved') void this.#show();
  }

  async #show(): Promise<void> {
    await this.#readLayers();
    this.refresh();
  }

  /** Reads the files of layers that are not read yet, such as one that undo brings back. */
  async #readLayers(): Promise<void> {
    for (const { id, source, name } of this.layers) {
      if (source.kind !== 'content' || this.#files.has(id)) continue;
      const bytes = await this.store.content(source.sha256);
      if (bytes) this.#files.read(id, bytes);
      else
        this.page.notice = `The file of “${name}” is gone from this browser, or damaged. Open ${source.fileName} again.`;
    }
  }

  /** Where the file of a layer changed under corrections, takes over what is new, and says so; nothing of them is lost. */
  #absorb(): void {
    for (const { id, name } of this.layers) {
      const edits = this.keeper.current.edits(id);
      const opened = this.#files.changedUnder(id, edits);
      if (opened.length === 0) continue;
      const reunited = reunite(edits, opened);
      this.#do({ kind: 'rebased', layer: id, opened });
      this.putTexts(`Take over what is new in “${name}”`, id, reunited.texts);
      this.page.notice = saidOf(name, reunited) ?? this.page.notice;
    }
  }

  /** What other tabs made impossible comes back as drafts. */
  #keepLost(entries: readonly Entry[]): void {
    const drafts = draftsOfLost(entries);
    this.page.notice =
      drafts.length > 0
        ? 'Another tab changed the same sighting first. What you wrote here is kept as a draft: compare and save it again.'
        : 'Another tab was faster, so what you did last was not done. Look at it, and do it again if it is still right.';
    this.keepDrafts(drafts);
  }
}
