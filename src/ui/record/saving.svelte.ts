import { GIVEN_LAYER, type Layer } from '../../domain/work';
import { fileName } from '../share/save-file';
import { FileHandles } from './file-handles';
import type { RecordPage } from './record-page';
import { type SaveOutcome, type SaveTarget, adoptFile, saveToFile } from './save-to-file';
import type { Workspace } from './workspace.svelte';

/** Saves the layers of a work to files, and says what became of it. */
export class Saving {
  /** a layer whose file somebody else has changed: what is to be done is asked */
  question = $state.raw<{ layer: Layer; fileName: string }>();
  isSaving = $state(false);
  readonly #handles: FileHandles;

  /** @param key of the work */
  constructor(
    private readonly page: RecordPage,
    private readonly workspace: Workspace,
    key: string,
  ) {
    this.#handles = new FileHandles(key);
  }

  /** the layers that differ from their files */
  readonly unsaved: readonly { layer: Layer; count: number }[] = $derived.by(() =>
    this.workspace.layers
      .map((layer) => ({ layer, count: this.workspace.unsavedCount(layer.id) }))
      .filter(({ count }) => count > 0),
  );

  /** how many sightings differ from their files */
  readonly count: number = $derived(this.unsaved.reduce((sum, { count }) => sum + count, 0));

  /** Takes the file that a layer was opened from for the one that it is saved to. */
  async adopt(layer: string, handle: FileSystemFileHandle): Promise<void> {
    await adoptFile(layer, handle, this.#handles);
  }

  /** Saves a layer; the page says what became of it. */
  async save(layer: Layer, target: SaveTarget = 'known'): Promise<SaveOutcome> {
    this.question = undefined;
    this.isSaving = true;
    const revision = this.workspace.revision(layer.id);
    const bytes = this.workspace.bytesOf(layer.id);
    const outcome = await saveToFile(layer.id, bytes, this.#nameFor(layer), {
      handles: this.#handles,
      target,
    });
    this.isSaving = false;
    if (outcome.kind === 'changed') this.question = { layer, fileName: outcome.fileName };
    if (outcome.kind === 'failed') this.page.notice = `“${layer.name}” is not saved: ${outcome.reason}.`;
    if (outcome.kind === 'saved' || outcome.kind === 'downloaded') this.#note(layer, revision, outcome);
    return outcome;
  }

  /** Makes a layer what it was when it was opened or last saved, which undo takes back. */
  revert({ id, name }: Layer): void {
    const count = this.workspace.unsavedCount(id);
    this.workspace.revert(id);
    const changes = count === 1 ? '1 change' : `${count} changes`;
    this.page.notice = `“${name}” is as it was last saved or opened: ${changes} taken back. Undo brings them again.`;
  }

  #note(layer: Layer, revision: number, { kind, fileName }: { kind: string; fileName: string }): void {
    if (this.workspace.revision(layer.id) !== revision) {
      this.page.notice = `“${fileName}” is saved without what was changed meanwhile: save it again.`;
      return;
    }
    this.workspace.markSaved(layer.id, fileName, revision);
    this.page.notice =
      kind === 'saved'
        ? `Saved to “${fileName}”, and read back from there.`
        : `“${fileName}” goes to your downloads, since this browser cannot write files. Look whether it is there.`;
  }

  #nameFor({ id, name, source }: Layer): string {
    const saved = this.workspace.keeper.current.saved(id);
    if (saved) return saved.fileName;
    if (source.kind === 'content') return source.fileName.replace(/(\.(geo)?json)?$/i, '.geojson');
    return fileName(id === GIVEN_LAYER ? 'sightings' : name, '.geojson');
  }
}
