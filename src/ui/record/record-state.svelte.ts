import type { Feature } from 'geojson';
import { GIVEN_LAYER } from '../../domain/given-layer';
import type { Draft } from '../../domain/work';
import { lastWordsOf, recallAll } from '../browser-memory';
import { type JournalNews, newsChannel } from './journal-news';
import { BUILT_IN, hasJournal, hasKeptFolder, workKey } from './journal-presence';
import type { LayerData } from './layer-files';
import type { OpenWork } from './open-workspace';
import type { RecordPage } from './record-page';
import type { Saving } from './saving.svelte';
import type { Workspace } from './workspace.svelte';

/** The part of the app that opens a work. */
const loadOpening = () => import('./open-workspace');

/** What is written in the form: a sighting of a layer, or a new one; continued from a draft, or begun. */
export interface EditorRequest {
  layer: string;
  /** `null` for a new sighting */
  id: string | null;
  draft?: Draft;
}

/** The dialog of the record that is open, and what it was opened with. */
export type RecordDialog =
  | { name: 'open'; files?: readonly File[]; text?: string; address?: string | undefined }
  | { name: 'export' }
  /** `which`: the command that somebody has to choose a data set for */
  | { name: 'layers'; which?: 'Save' | 'Revert' }
  | { name: 'setAside'; layer: string }
  | { name: 'merge'; from: string; into: string }
  /** `copy`: a saved copy of a work, to be taken in */
  | { name: 'recovery'; copy?: { name: string; content: Blob } };

/** What takes longer is said, in milliseconds. */
const LATE_MS = 700;
const LATE = 'Your work is on its way: what keeps it in this browser has not answered yet.';

/**
 * The way from the page to the record. What it takes to change the record is loaded when somebody wants to: most
 * readers never do.
 */
export class RecordState {
  /** the sightings that the page opened with, before any change */
  given: LayerData;
  /** what was done with the data, once somebody did something */
  workspace = $state.raw<Workspace>();
  /** how it is saved to files, once there is a work */
  saving = $state.raw<Saving>();
  /** whether this browser keeps anything, be it put aside */
  hasKept = $state(false);
  /** of the data that the page opened with */
  address = BUILT_IN;
  /** why the data cannot be changed, exported or added to, and what to do; '' when it can */
  refusal = $state('');
  editor = $state.raw<EditorRequest>();
  dialog = $state.raw<RecordDialog>();
  /** the place that is being written in the form, or drawn for it */
  drawn = $state.raw<readonly Feature[]>([]);

  #opening: Promise<Workspace> | undefined;
  #close: (() => void) | undefined;
  /** whether the browser said nothing for long when it was asked what it keeps */
  #isSilent = false;

  constructor(private readonly page: RecordPage) {
    this.given = { table: page.table, collection: {} };
  }

  /** whether anything was done with the data, as far as it is loaded */
  readonly hasWork: boolean = $derived.by(() => (this.workspace?.keeper.work?.current.length ?? 0) > 0);

  /** whether a newer version of the app has written in the work, so that nothing is to be changed here */
  readonly isReadOnly: boolean = $derived.by(() => this.workspace?.keeper.isReadOnly ?? false);

  /** The work with the data, loaded if it is not yet. Rejects when its part of the app cannot be loaded. */
  open(): Promise<Workspace> {
    this.#opening ??= this.#open().catch((error: unknown) => {
      this.#opening = undefined; // the next call tries again
      throw error;
    });
    return this.#opening;
  }

  /** Loads what opens a work while the data is on its way, if this browser keeps one. @param address of the data */
  prepare(address = BUILT_IN): void {
    workKey(address)
      .then(hasJournal)
      .then((isKept) => (isKept === true ? loadOpening() : undefined))
      .catch(() => undefined); // it is said when the work is opened
  }

  /** Opens the work if this browser keeps one. Cheap for who never changed anything. */
  async openKept(): Promise<void> {
    const { given } = this;
    const key = await workKey(this.address);
    const [hasKept = true, isKept] = await Promise.all([hasKeptFolder(), hasJournal(key)]);
    this.hasKept = hasKept;
    this.#isSilent = isKept === undefined;
    if (given !== this.given || this.page.isLoading) return; // other data is opened meanwhile
    if (isKept !== false || recallAll(lastWordsOf(key)).length > 0) await this.#ready(() => undefined);
  }

  /** Opens the work once another tab has begun one. Returns what ends that. */
  followOthers(): () => void {
    const channel = newsChannel();
    if (!channel) return () => undefined;
    channel.onmessage = async ({ data: { key } }: MessageEvent<JournalNews>) => {
      if (this.#opening || this.page.isLoading || this.refusal !== '') return; // it is opened without that, or never
      if (key === (await workKey(this.address))) await this.openKept();
    };
    return () => channel.close();
  }

  /** Forgets the work, since the page opens other data. @param address of that data */
  reset(given: LayerData, address = BUILT_IN): void {
    this.#close?.();
    this.#close = undefined;
    this.given = given;
    this.address = address;
    this.refusal = '';
    this.workspace = undefined;
    this.saving = undefined;
    this.editor = undefined;
    this.#opening = undefined;
  }

  /** Opens the work anew, since another one was put in its place; a dialog stays open. */
  async reopen(): Promise<void> {
    this.#close?.();
    this.editor = undefined;
    this.#opening = undefined;
    await this.#ready((workspace) => workspace.refresh());
  }

  /** Opens a dialog, and what it needs. */
  async openDialog(dialog: RecordDialog): Promise<void> {
    await this.#ready((workspace) => {
      if (dialog.name === 'open' && this.isReadOnly) this.page.notice = workspace.keeper.failure;
      else this.dialog = dialog;
    });
  }

  /** Opens the form for the open sighting, or for another row. */
  async correct(row: number | undefined = this.page.selectedRow): Promise<void> {
    if (row === undefined) return;
    const { table } = this.page;
    const [layer, id] = [table.layerOf(row), table.idOf(row) || null];
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
    await this.#ready((workspace) => {
      if (this.isReadOnly) {
        this.page.notice = workspace.keeper.failure;
        return;
      }
      this.page.makeRoom();
      this.editor = request;
    });
  }

  async #ready(then: (workspace: Workspace) => void): Promise<void> {
    if (this.page.isLoading || this.page.source.isCancelled) {
      // Work that is opened beside other data than its own would take it for changed.
      this.page.notice = 'The data is not loaded: wait until it is, or load it again.';
      return;
    }
    if (this.refusal !== '') {
      this.page.notice = this.refusal;
      return;
    }
    const late = setTimeout(() => (this.page.notice ||= LATE), LATE_MS);
    try {
      const workspace = await this.open();
      if (this.page.notice === LATE) this.page.notice = '';
      then(workspace);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.page.notice = `This part of the app cannot be loaded: ${reason}. Reload the page to try again.`;
    } finally {
      clearTimeout(late);
    }
  }

  async #open(): Promise<Workspace> {
    const { openWorkspace } = await loadOpening();
    const { given } = this;
    const work: OpenWork = await openWorkspace(this.page, given, this.address, this.#isSilent);
    if (given !== this.given) {
      work.close(); // the page has opened other data in the meantime
      return this.open();
    }
    this.#close = work.close;
    this.saving = work.saving;
    this.workspace = work.workspace;
    return work.workspace;
  }
}
