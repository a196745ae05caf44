import type { Feature } from 'geojson';
import { type Draft, GIVEN_LAYER } from '../../domain/work';
import type { LayerData } from './layer-files';
import type { RecordPage } from './record-page';
import type { Workspace } from './workspace.svelte';

/** What is written in the form: a sighting of a layer, or a new one; continued from a draft, or begun. */
export interface EditorRequest {
  layer: string;
  /** `null` for a new sighting */
  id: string | null;
  draft?: Draft;
}

/** The dialog of the record that is open, and what it was opened with. */
export type RecordDialog =
  | { name: 'open'; files?: readonly File[]; text?: string }
  | { name: 'export' }
  | { name: 'layers' }
  | { name: 'merge'; from: string; into: string }
  | { name: 'recovery' };

/**
 * The way from the page to the record. What it takes to change the record is loaded when somebody wants to: most
 * readers never do.
 */
export class RecordState {
  /** the sightings that the page opened with, before any change */
  given: LayerData;
  /** what was done with the data, once somebody did something */
  workspace = $state.raw<Workspace>();
  editor = $state.raw<EditorRequest>();
  dialog = $state.raw<RecordDialog>();
  /** the place that is being written in the form, or drawn for it */
  drawn = $state.raw<readonly Feature[]>([]);

  #opening: Promise<Workspace> | undefined;

  constructor(private readonly page: RecordPage) {
    this.given = { table: page.table, collection: {} };
  }

  /** The work with the data, loaded if it is not yet. Rejects when its part of the app cannot be loaded. */
  open(): Promise<Workspace> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined; // the next call tries again
      throw error;
    });
    return this.#opening;
  }

  /** Forgets the work, since the page opens other data. */
  reset(given: LayerData): void {
    this.given = given;
    this.workspace = undefined;
    this.editor = undefined;
    this.#opening = undefined;
  }

  /** Opens a dialog, and what it needs. */
  async openDialog(dialog: RecordDialog): Promise<void> {
    await this.#ready(() => (this.dialog = dialog));
  }

  /** Opens the form for the open sighting, or for another row. */
  async correct(row: number | undefined = this.page.selectedRow): Promise<void> {
    if (row === undefined) return;
    const { table } = this.page;
    const [layer, id] = [table.layerOf(row), table.ids[row] ?? null];
    await this.#edit({ layer, id });
  }

  /** Opens the form for a new sighting. */
  async add(layer = GIVEN_LAYER): Promise<void> {
    await this.#edit({ layer, id: null });
  }

  async continueDraft(draft: Draft): Promise<void> {
    await this.#edit({ layer: draft.layer, id: draft.id, draft });
  }

  async #edit(request: EditorRequest): Promise<void> {
    await this.#ready(() => {
      this.page.makeRoom();
      this.editor = request;
    });
  }

  async #ready(then: () => void): Promise<void> {
    try {
      await this.open();
      then();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.page.notice = `This part of the app cannot be loaded: ${reason}. Reload the page to try again.`;
    }
  }

  async #open(): Promise<Workspace> {
    const { openWorkspace } = await import('./open-workspace');
    const workspace = await openWorkspace(this.page, this.given);
    this.workspace = workspace;
    return workspace;
  }
}
