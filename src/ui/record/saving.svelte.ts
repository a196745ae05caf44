import { GIVEN_LAYER } from '../../domain/given-layer';
import type { Layer, SetAsideChoice } from '../../domain/work';
import { fileName } from '../share/save-file';
import { plural } from '../wording';
import { FileHandles } from './file-handles';
import { contentOf } from './layer-content';
import { fileNameAt } from './open/file-name';
import type { RecordPage } from './record-page';
import { type SaveOutcome, type SaveTarget, SavingCancelled, adoptFile, saveToFile } from './save-to-file';
import { unchangedOriginal } from './unchanged-original';
import type { Workspace } from './workspace.svelte';

/**
 * Why a layer is not saved before somebody has said how. `leftOut`: so many features of its file are not in it, which can
 * be written back where they are kept.
 */
export type SaveQuestion =
  | { kind: 'changed'; layer: Layer; fileName: string; setAside: SetAsideChoice | undefined }
  | { kind: 'leftOut'; layer: Layer; fileName: string; count: number; isKept: boolean };

/** A file that is not written by then is waited for on purpose only. */
const SLOW_MS = 10_000;

/** The share of the work until a file is put together; the rest is writing it. */
const TOGETHER = 0.5;

/** Saves the layers of a work to files, and says what became of it. */
export class Saving {
  /** what is to be done with a layer is asked: somebody else has changed its file, or some of that would go */
  question = $state.raw<SaveQuestion>();
  isSaving = $state(false);
  /** how much of a file is put together and written, 0 to 1; `undefined` while that cannot be left off */
  done = $state<number>();
  /** whether a file is waited for that should be written by now */
  isSlow = $state(false);
  #isCancelled = false;
  #slow: ReturnType<typeof setTimeout> | undefined;
  #leave: () => void = () => undefined;
  readonly #handles: FileHandles;

  /** @param key of the work */
  constructor(
    private readonly page: RecordPage,
    private readonly workspace: Workspace,
    key: string,
  ) {
    this.#handles = new FileHandles(key);
  }

  /** the layers that somebody changed since they were opened or last saved */
  readonly changed: readonly { layer: Layer; count: number }[] = $derived.by(() =>
    this.workspace.layers
      .map((layer) => ({ layer, count: this.workspace.unsavedCount(layer.id) }))
      .filter(({ count }) => count > 0),
  );

  /** the layers that differ from their files, of which some were read in another way than they stand there */
  readonly unsaved: readonly { layer: Layer; count: number }[] = $derived.by(() =>
    this.workspace.layers
      .map((layer) => ({
        layer,
        count: this.workspace.unsavedCount(layer.id) + this.unwrittenCount(layer),
      }))
      .filter(({ count }) => count > 0),
  );

  /** how many sightings differ from their files */
  readonly count: number = $derived(this.unsaved.reduce((sum, { count }) => sum + count, 0));

  /** How many sightings of a layer stand in no file as they are since it was opened: mended, or made by a mapping. */
  unwrittenCount({ id, source }: Layer): number {
    const isSaved = this.workspace.keeper.work?.current.saved(id) !== undefined;
    return source.kind === 'content' && !isSaved ? (source.unwritten ?? 0) : 0;
  }

  /** Takes the file that a layer was opened from for the one that it is saved to. */
  async adopt(layer: string, handle: FileSystemFileHandle): Promise<void> {
    await adoptFile(layer, handle, this.#handles);
  }

  /**
   * Saves a layer; the page says what became of it.
   * @param choice what is to become of what was set aside of its file; left out: as it was said before
   */
  async save(layer: Layer, target: SaveTarget = 'known', choice?: SetAsideChoice): Promise<SaveOutcome> {
    this.question = undefined;
    this.page.notice = '';
    if (!this.workspace.hasFile(layer.id)) {
      const { source } = layer;
      const remedy = source.kind === 'content' ? `Open “${source.fileName}” again` : 'Load the data again';
      this.page.notice = `“${layer.name}” is not saved: what it was opened with is not here. ${remedy}, then save.`;
      return { kind: 'cancelled' };
    }
    const before = this.workspace.keeper.current.saved(layer.id);
    const setAside = choice ?? before?.setAside;
    const count = this.workspace.leftOut(layer.id);
    if (count > 0 && target === 'known' && setAside === undefined && !before) {
      const isKept = this.workspace.setAside.canBePutBack(layer, count);
      this.question = { kind: 'leftOut', layer, fileName: this.#nameFor(layer), count, isKept };
      return { kind: 'cancelled' };
    }
    this.isSaving = true;
    this.#isCancelled = false;
    let revision = this.workspace.keeper.current.revision(layer.id);
    const content = async () => {
      const last = setAside === 'kept' ? await this.#setAsideOf(layer) : [];
      revision = this.workspace.keeper.current.revision(layer.id);
      const blob = await this.#contentOf(layer.id, last);
      this.#awaitDisk();
      return blob;
    };
    const handles = this.#handles;
    const isWanted = this.#goesOn(TOGETHER, 1);
    const goesOn = (done: number) => {
      this.#awaitDisk();
      return isWanted(done);
    };
    const fileName = this.#nameFor(layer);
    const outcome = await Promise.race([
      saveToFile(layer.id, content, fileName, { handles, target, goesOn }),
      new Promise<SaveOutcome>((resolve) => (this.#leave = () => resolve({ kind: 'left' }))),
    ]);
    clearTimeout(this.#slow);
    this.isSaving = this.isSlow = false;
    this.done = undefined;
    if (outcome.kind === 'left')
      this.page.notice = `“${layer.name}” is not known to be saved: the disk has not answered. Look at the file, or save again.`;
    else if (this.#isCancelled)
      this.page.notice = `Saving “${layer.name}” was cancelled: no file was written.`;
    if (outcome.kind === 'changed') {
      this.question = { kind: 'changed', layer, fileName: outcome.fileName, setAside };
    }
    if (outcome.kind === 'failed') this.page.notice = `“${layer.name}” is not saved: ${outcome.reason}.`;
    if (outcome.kind === 'saved' || outcome.kind === 'downloaded')
      this.#note(layer, { revision, setAside }, outcome);
    return outcome;
  }

  /** Leaves off saving while the file is not written yet, or waiting for a disk that does not answer. */
  cancel(): void {
    this.#isCancelled = true;
    if (this.isSlow) this.#leave();
  }

  /** What was set aside, but for what was completed since, which is in the layer by its id. */
  async #setAsideOf(layer: Layer): Promise<Uint8Array[]> {
    const list = await this.workspace.setAside.of(layer).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`what was set aside of its file cannot be put back. ${reason}`, { cause: error });
    });
    const isLeft = ({ id }: { id: string | null }) => id === null || !this.workspace.isAdded(layer.id, id);
    return await list.bytesOf(list.entries.filter(isLeft));
  }

  /** @throws SavingCancelled */
  async #contentOf(layer: string, setAside: readonly Uint8Array[]): Promise<Blob> {
    const content = await contentOf(this.workspace, layer, this.#goesOn(0, TOGETHER), setAside);
    if (!content) throw new SavingCancelled();
    return content;
  }

  /** Takes what is done of a part of the work, from one share of it to another, and tells whether to go on. */
  #goesOn(from: number, to: number): (done: number) => boolean {
    return (done) => {
      const share = from + (to - from) * done;
      if (this.isSaving) this.done = share < 1 ? share : undefined; // all is written: it is only read back
      return !this.#isCancelled;
    };
  }

  /** Says it when the disk does not answer for long, and lets go where somebody does not want to wait. */
  #awaitDisk(): void {
    clearTimeout(this.#slow);
    this.isSlow = false;
    this.#slow = setTimeout(() => {
      this.isSlow = true;
      this.done = undefined;
      if (this.#isCancelled) this.#leave();
    }, SLOW_MS);
  }

  /** Makes a layer what it was when it was opened or last saved, which undo takes back. */
  revert({ id, name }: Layer): void {
    const count = this.workspace.unsavedCount(id);
    this.workspace.revert(id);
    const changes = plural(count, 'change');
    this.page.notice = `“${name}” is as it was last saved or opened: ${changes} taken back. Undo brings them again.`;
  }

  #note(
    layer: Layer,
    { revision, setAside }: { revision: number; setAside: SetAsideChoice | undefined },
    { kind, fileName }: { kind: string; fileName: string },
  ): void {
    if (this.workspace.keeper.current.revision(layer.id) !== revision) {
      this.page.notice = `“${fileName}” is saved without what was changed meanwhile: save it again.`;
      return;
    }
    const isFirst = this.workspace.keeper.current.saved(layer.id) === undefined;
    const original = isFirst ? unchangedOriginal(this.#openedFrom(layer)) : '';
    this.workspace.markSaved(layer.id, fileName, revision, setAside);
    const said =
      kind === 'saved'
        ? `Saved to “${fileName}”, and read back from there.`
        : `“${fileName}” goes to your downloads, since this browser cannot write files. Look whether it is there.`;
    this.page.notice = `${said} ${original}`.trimEnd();
  }

  /** The name of the file that a layer was opened from, '' for the data that came with the page. */
  #openedFrom({ source }: Layer): string {
    if (source.kind === 'content') return source.fileName;
    const { url } = this.page.source;
    return url === undefined ? '' : fileNameAt(url);
  }

  #nameFor({ id, name, source }: Layer): string {
    const saved = this.workspace.keeper.current.saved(id);
    if (saved) return saved.fileName;
    if (source.kind === 'content') return source.fileName.replace(/(\.[a-z]\w{0,11}){0,2}$/i, '.geojson');
    return fileName(id === GIVEN_LAYER ? 'sightings' : name, '.geojson');
  }
}
