import { isObject } from '../../../domain/rules';
import { featureOf, formOf } from '../../../domain/sighting-form';
import type { Draft, DraftEdit } from '../../../domain/work';
import { draftKey } from '../random-name';
import type { Workspace } from '../workspace.svelte';
import { readPosition } from './read-position';

const hasAny = (item: unknown, names: readonly string[]) =>
  !isObject(item) || names.some((name) => Object.hasOwn(item, name));

/**
 * What a Feature says, without what a form has of itself: items of lists that nothing is written in, and that no place is
 * known, which is as good as none said. Where that is all, there is nothing to keep.
 */
export function saidOf(feature: unknown): unknown {
  if (!isObject(feature) || !isObject(feature['properties'])) return feature;
  const { geometry, properties, ...members } = feature;
  const { sources, reportedDistances, ...fields } = properties;
  const written = (list: unknown, isWritten: (item: unknown) => boolean) =>
    Array.isArray(list) ? (list as unknown[]).filter(isWritten) : list;
  return {
    ...members,
    geometry: geometry ?? null,
    properties: {
      ...fields,
      sources: written(sources, (item) => !isObject(item) || Object.keys(item).length > 0),
      reportedDistances: written(reportedDistances, (item) => hasAny(item, ['to', 'meters'])) ?? [],
    },
  };
}

/** What a sighting was before anybody wrote in its form, of its text; for a new one, what an empty form says. */
export function originalOf(before: string | null): unknown {
  return before === null ? featureOf(formOf(undefined), undefined, readPosition) : JSON.parse(before);
}

/**
 * The draft of one form. It has a key of its own: what another tab writes of the same sighting is another draft, and
 * each form forgets only its own.
 */
export class FormDraft {
  #key: string;
  /** what is kept, as a text; '' for nothing */
  #kept = '';

  /** @param continued the draft that the form goes on with, whose place this one takes */
  constructor(
    private readonly workspace: Workspace,
    private readonly of: Pick<Draft, 'layer' | 'id'>,
    private continued: Draft | undefined,
  ) {
    this.#key = draftKey(of.layer, of.id);
  }

  /** Keeps what is written, if it is not kept yet; another tab may have let go of it. */
  keep(written: Omit<Draft, 'key'>): void {
    const text = JSON.stringify(written);
    if (text === this.#kept && this.workspace.hasDraft(this.#key)) return;
    this.#kept = text;
    this.workspace.keepDrafts([{ ...written, key: this.#key }], this.continued ? [this.continued.key] : []);
  }

  /**
   * Takes away what was kept, as a change that can be undone; what is written after that is another draft.
   * @returns the keys of what is discarded
   */
  discard(): string[] {
    const keys = [this.#key, this.continued?.key ?? ''].filter((key) => this.workspace.hasDraft(key));
    for (const key of keys) this.workspace.discardDraft(key);
    this.#key = draftKey(this.of.layer, this.of.id);
    this.#kept = '';
    this.continued = undefined;
    return keys;
  }

  /** Whether what is kept was discarded, such as in the list of drafts, and that was not taken back. */
  get isDiscarded(): boolean {
    const isThis = ({ before, after }: DraftEdit) =>
      after === null && (before?.key === this.#key || before?.key === this.continued?.key);
    return this.workspace.keeper.current.done.some(({ change }) => change.drafts?.some(isThis) === true);
  }

  /** Forgets what was kept. */
  drop(): void {
    this.#kept = '';
    this.workspace.dropDrafts([this.#key, ...(this.continued ? [this.continued.key] : [])]);
  }
}
