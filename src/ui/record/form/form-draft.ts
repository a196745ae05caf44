import type { Draft } from '../../../domain/work';
import type { Workspace } from '../workspace.svelte';

/**
 * The draft of one form. It has a key of its own: what another tab writes of the same sighting is another draft, and
 * each form forgets only its own.
 */
export class FormDraft {
  readonly #key: string;
  /** what is kept, as a text; '' for nothing */
  #kept = '';

  /** @param continued the draft that the form goes on with, whose place this one takes */
  constructor(
    private readonly workspace: Workspace,
    { layer, id }: Pick<Draft, 'layer' | 'id'>,
    private readonly continued: Draft | undefined,
  ) {
    this.#key = `${layer}/${id ?? 'new'}/${crypto.randomUUID().slice(0, 8)}`;
  }

  /** Keeps what is written, if it is not kept yet; another tab may have let go of it. */
  keep(written: Omit<Draft, 'key'>): void {
    const text = JSON.stringify(written);
    if (text === this.#kept && this.workspace.hasDraft(this.#key)) return;
    this.#kept = text;
    this.workspace.keepDrafts([{ ...written, key: this.#key }], this.continued ? [this.continued.key] : []);
  }

  /** Forgets what was kept. */
  drop(): void {
    this.#kept = '';
    this.workspace.dropDrafts([this.#key, ...(this.continued ? [this.continued.key] : [])]);
  }
}
