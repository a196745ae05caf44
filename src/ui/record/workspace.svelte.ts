import type { Issue } from '../../domain/issue';
import type { Sighting } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';
import { checkAmong } from '../../domain/validate';
import { givenLayer } from '../../domain/given-layer';
import type { Change, Done, Draft, Entry, Layer, RecordEdit, SetAsideChoice } from '../../domain/work';
import { placeDoubts } from '../../domain/place-doubt';
import { countUnsaved } from '../../domain/unsaved-count';
import { combineTables } from '../../domain/combine-tables';
import { writeInSteps } from '../../io/collection-file';
import type { EntryStore, Untimed } from './entry-store';
import * as named from './named-changes';
import { reunite, saidOf } from './changed-under';
import { draftsOfLost } from './lost-drafts';
import { type LayerData, LayerFiles, featureTexts } from './layer-files';
import { LayerReader } from './layer-reader';
import { type OpenedFile, keepFile, openedLayer } from './opened-layer';
import type { RecordPage } from './record-page';
import { type Referrer, References } from './references';
import { givenSetAside } from './given-set-aside';
import { SetAsideLists } from './set-aside-lists';
import { WorkKeeper } from './work-keeper.svelte';

/**
 * What the keeper of the data does with it: layers opened, sightings added, corrected and removed, drafts, undo, redo.
 * Every change is an entry of the work's journal; the page shows what they add up to.
 */
export class Workspace {
  readonly keeper: WorkKeeper;
  /** what the files behind the layers say, before any change */
  readonly #files: LayerFiles;
  readonly #reader: LayerReader;
  /** what could not be used of the files behind the layers */
  readonly setAside: SetAsideLists;
  readonly references = new References({
    layers: () => this.layers,
    partsOf: (layer) => this.#partsOf(layer),
    textOf: (layer, id) => this.textOf(layer, id),
    isPoint: (id) => this.page.places.given.some((point) => point.id === id),
  });

  constructor(
    private readonly page: RecordPage,
    given: LayerData,
    private readonly store: EntryStore,
  ) {
    this.setAside = new SetAsideLists(store, given.leftOut ?? 0, givenSetAside(page, given));
    this.#files = new LayerFiles(given);
    const show = () => void this.#show();
    this.#reader = new LayerReader(() => this.layers, this.#files, store, page, show);
    this.keeper = new WorkKeeper(givenLayer(page.title), store, {
      onchange: show,
      onlost: (lost) => this.#keepLost(lost),
    });
  }

  /** Fetches the work of earlier visits and shows it. Parameters as of {@link WorkKeeper.open}. */
  async open(onsilent?: () => void, silentMs?: number): Promise<void> {
    const problems = await this.keeper.open(onsilent, silentMs);
    if (problems === undefined) return; // the page may be of other data by now
    await this.#reader.read();
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
    return this.#files.table(layer, this.keeper.current.edits(layer));
  }

  /** Members of the layer's FeatureCollection, such as `title`. */
  collectionOf(layer: string): Readonly<Record<string, unknown>> {
    return this.#files.collection(layer);
  }

  /** How many features of the file that a layer was opened from are not in the layer. */
  leftOut(layer: string): number {
    return this.#files.leftOut(layer);
  }

  /**
   * The layer's file as it would be saved now: canonical, and what nobody changed by its very bytes. In chunks, some of
   * them empty, so that the page can do something else in between.
   * @param setAside bytes of what is no sighting, to stand behind them
   */
  chunksOf(layer: string, setAside?: readonly Uint8Array[]): Iterable<Uint8Array> {
    return writeInSteps(this.collectionOf(layer), featureTexts(this.tableOf(layer)), setAside);
  }

  /** Whether a sighting of an id was added to a layer since it was opened. */
  isAdded(layer: string, id: string): boolean {
    const edit = this.keeper.current.edits(layer).get(id);
    return edit !== undefined && edit.before === null && edit.after !== null;
  }

  /** The text of a sighting as it is now, `null` when the layer has none of that id. */
  textOf(layer: string, id: string): string | null {
    const edit = this.keeper.current.edits(layer).get(id);
    return edit ? edit.after : this.#files.text(layer, id);
  }

  /** The data sets that have a sighting of an id, bottom first. */
  dataSetsWith(id: string): Layer[] {
    return this.layers.filter((layer) => this.textOf(layer.id, id) !== null);
  }

  /** How many sightings of a layer differ from its file, those with another id among them. */
  unsavedCount(layer: string): number {
    const { work } = this.keeper;
    return work ? countUnsaved(work.current, layer) : 0;
  }

  /**
   * All issues of a sighting that would stand in a layer, in the words of the contract.
   * @param id the sighting whose place it takes, `null` for a new one
   */
  check(layer: string, feature: unknown, id: string | null): Issue[] {
    const issues = checkAmong(feature, {
      // A data set may name systems of its own, which came in its archive.
      systemIds: [...this.page.systems.map((system) => system.id), ...this.#files.systemIds(layer)],
      isPoint: (other) =>
        this.page.places.given.some((point) => point.id === other) ||
        (other !== id && this.dataSetsWith(other).some((one) => one.id !== layer)),
      isOther: (other) => other !== id && this.textOf(layer, other) !== null,
    });
    return [...issues, ...placeDoubts(feature, 0)];
  }

  /**
   * Adds a sighting, or puts it in the place of the one with the id `replaces`.
   * @returns the other sightings that name it, and name it by its new id now
   */
  put(
    layer: string,
    sighting: Sighting,
    { replaces = null }: { replaces?: string | null } = {},
  ): readonly Referrer[] {
    const { change, named } = this.references.put(layer, sighting, replaces);
    this.#change(change);
    return named;
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

  /** Removes a sighting, unless others report distances to it. @returns those, which are to be corrected first */
  remove(layer: string, id: string): readonly Referrer[] {
    const before = this.textOf(layer, id);
    const referrers = this.references.of(layer, id);
    if (before === null || referrers.length > 0) return referrers;
    this.#change(named.removingSighting(layer, id, before));
    return [];
  }

  /** Adds a data set on top, and hides those `replaced`; or brings back one whose file was missing. @returns `undefined` when it is not wanted once it is kept */
  async addLayer(file: OpenedFile, replaced: readonly Layer[] = []): Promise<Layer | undefined> {
    const kept = await keepFile(file, this.store);
    if (file.isWanted?.() === false) return undefined;
    const missing = this.#reader.bringBack(kept.sha256, file.data);
    if (missing) return missing;
    const layer = openedLayer(file.name, kept, this.layers);
    this.#files.put(layer.id, file.data);
    this.#change(named.opening(layer, this.layers, replaced));
    return layer;
  }

  /** Gives a layer another name or ring, or switches it on or off. */
  changeLayer(id: string, changes: named.LayerChanges): void {
    const before = this.layer(id);
    if (before) this.#change(named.changing(before, changes, this.layers));
  }

  /** Takes a layer away; the one that the page opened with can only be hidden. */
  removeLayer(id: string): void {
    const before = this.layer(id);
    if (before && before.source.kind !== 'given') this.#change(named.removing(before, this.layers));
  }

  undo(): void {
    this.#step('undo', this.keeper.current.done.at(-1));
  }

  redo(): void {
    this.#step('redo', this.keeper.current.undone.at(-1));
  }

  #step(kind: 'undo' | 'redo', done: Done | undefined): void {
    if (!done) return;
    this.#do({ kind, of: done.at });
    this.page.notice = named.steppingSaid(kind, done.change);
  }

  /** Makes a layer what it was when it was opened or last saved. */
  revert(layer: string): void {
    const records = this.keeper.current.unsaved(layer);
    if (records.length > 0) this.#change(named.reverting(this.layer(layer)?.name ?? layer, records));
  }

  /** Notes that a layer was saved to a file as it was at a revision. Throws when it is another by now. */
  markSaved(layer: string, fileName: string, revision: number, setAside?: SetAsideChoice): void {
    this.#do({ kind: 'saved', layer, fileName, revision, ...(setAside ? { setAside } : {}) });
  }

  hasDraft(key: string): boolean {
    return this.keeper.current.drafts.has(key);
  }

  /** Keeps what is being written; `drop` are keys of drafts that it takes the place of. */
  keepDrafts(put: readonly Draft[], drop: readonly string[] = []): void {
    if (put.length > 0) this.#do({ kind: 'drafts', put, drop: drop.filter((key) => this.hasDraft(key)) });
  }

  /** Takes away a draft that somebody does not want; undo brings it back. Read-only work loses it for this visit. */
  discardDraft(key: string): void {
    const before = this.keeper.current.drafts.get(key);
    if (this.keeper.isReadOnly) this.dropDrafts([key]);
    else if (before) this.#change(named.discarding(before));
  }

  /** Forgets drafts whose words stand in a sighting now, or are none. */
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
    this.keeper.do(entry);
    if (entry.kind !== 'drafts' && entry.kind !== 'saved') void this.#show();
  }

  async #show(): Promise<void> {
    await this.#reader.read();
    this.refresh();
  }

  /** Where the file of a layer changed under corrections, takes over what is new, and says so; nothing of them is lost. */
  #absorb(): void {
    if (this.keeper.isReadOnly) return;
    for (const { id, name } of this.layers) {
      const edits = this.keeper.current.edits(id);
      const opened = this.#files.changedUnder(id, edits);
      if (opened.length === 0) continue;
      const reunited = reunite(edits, opened);
      // The last entry ends it: a page that is left before that takes over again what is not taken over yet.
      this.putTexts(`Take over what is new in “${name}”`, id, reunited.texts);
      this.#do({ kind: 'rebased', layer: id, opened });
      this.page.notice = saidOf(name, reunited) ?? this.page.notice;
    }
  }

  /** What other tabs made impossible comes back as drafts. */
  #keepLost(entries: readonly Entry[]): void {
    const { drafts, said } = draftsOfLost(entries);
    this.page.notice = said;
    this.keepDrafts(drafts);
  }
}
