import { SvelteMap } from 'svelte/reactivity';
import { isEqualJson } from '../../../domain/equal-json';
import {
  type FieldDifference,
  type MergeChoice,
  type MergeChoices,
  type MergeField,
  compareRecords,
  mergeRecords,
  proposedChoices,
} from '../../../domain/merge';
import type { Sighting } from '../../../domain/sighting';
import { withDigitsOf } from '../../../io/long-numbers';
import { saidText, shownText } from '../../wording';
import type { Workspace } from '../workspace.svelte';

export const VERDICTS = ['only-theirs', 'newer', 'older', 'conflict', 'same', 'only-ours'] as const;
export type MergeVerdict = (typeof VERDICTS)[number];

/** A sighting that is to be looked at: it is not the same in both data sets. */
export interface MergeItem {
  id: string;
  title: string;
  verdict: MergeVerdict;
  /** in the data set that is merged into; left out when it has none */
  ours?: Sighting;
  theirs: Sighting;
  fields: readonly FieldDifference[];
}

const isSameBytes = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** What is to become of each sighting when a data set is merged into another. */
export class MergePlan {
  readonly items: readonly MergeItem[];
  readonly counts: Readonly<Record<MergeVerdict, number>>;
  /** by id: what is taken of theirs; a sighting that stands here alone is taken as a whole or not at all */
  readonly #choices = new SvelteMap<string, MergeChoices>();
  readonly #idsHere: readonly string[];

  constructor(
    private readonly workspace: Workspace,
    private readonly from: string,
    private readonly into: string,
  ) {
    const [ours, theirs] = [workspace.tableOf(into), workspace.tableOf(from)];
    const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<
      MergeVerdict,
      number
    >;
    const items: MergeItem[] = [];
    let inBoth = 0;
    for (let theirRow = 0; theirRow < theirs.length; theirRow++) {
      const id = theirs.idOf(theirRow);
      const ourRow = ours.rowOf(id);
      if (ourRow !== undefined) inBoth++;
      if (ourRow !== undefined && isSameBytes(ours.recordBytes(ourRow), theirs.recordBytes(theirRow))) {
        counts.same++;
        continue;
      }
      const their = theirs.record(theirRow);
      const item = compareItem(id, ourRow === undefined ? undefined : ours.record(ourRow), their);
      counts[item.verdict]++;
      if (item.verdict !== 'same') items.push(item);
    }
    counts['only-ours'] = ours.length - inBoth;
    this.counts = counts;
    this.items = items.toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
    this.#idsHere = Array.from({ length: ours.length }, (_, row) => ours.idOf(row));
    this.takeAll('only-theirs');
  }

  /** Whose a field of a sighting is to be. */
  choice(id: string, field: MergeField): MergeChoice {
    return this.#choices.get(id)?.[field] ?? 'ours';
  }

  /** Whether anything of theirs is taken. */
  isTaken(id: string): boolean {
    return Object.values(this.#choices.get(id) ?? {}).some((choice) => choice !== 'ours');
  }

  choose(id: string, field: MergeField, choice: MergeChoice): void {
    this.#choices.set(id, { ...this.#choices.get(id), [field]: choice });
  }

  /** Takes nothing of theirs, all that differs, or what loses nothing (of lists: both). */
  chooseAll({ id, verdict, fields }: MergeItem, choice: 'ours' | 'theirs' | 'proposed'): void {
    if (choice === 'ours') this.#choices.delete(id);
    else if (verdict === 'only-theirs') this.#choices.set(id, { title: 'theirs' });
    else if (choice === 'proposed')
      this.#choices.set(id, proposedChoices({ verdict: 'conflict', fields: [...fields] }));
    else this.#choices.set(id, Object.fromEntries(fields.map(({ field }) => [field, 'theirs'])));
  }

  /** Takes all sightings of a kind, and of those what loses nothing. */
  takeAll(verdict: MergeVerdict): void {
    for (const item of this.items) if (item.verdict === verdict) this.chooseAll(item, 'proposed');
  }

  /** the sightings that change here, with their new texts */
  readonly texts: ReadonlyMap<string, string> = $derived.by(() => this.#textsOfChoices());

  #textsOfChoices(): ReadonlyMap<string, string> {
    const texts: [string, string][] = [];
    for (const { id, ours, theirs } of this.items) {
      if (!this.isTaken(id)) continue;
      const merged = ours ? mergeRecords(ours, theirs, this.#choices.get(id) ?? {}) : theirs;
      if (ours && isEqualJson(merged, ours)) continue;
      // Taken as it is, it keeps its very text.
      const own = this.workspace.textOf(this.into, id) ?? '';
      const other = this.workspace.textOf(this.from, id) ?? '';
      const isTheirs = other !== '' && isEqualJson(merged, theirs);
      texts.push([id, isTheirs ? other : withDigitsOf(`${own},${other}`, JSON.stringify(merged))]);
    }
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew, never changed
    return new Map(texts);
  }

  /**
   * What stands against it: distances to sightings that would not be there.
   * @param pointIds reference points, which distances can be measured to
   */
  obstacles(pointIds: readonly string[]): string[] {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never changed
    const known: ReadonlySet<string> = new Set([...pointIds, ...this.#idsHere, ...this.texts.keys()]);
    return [...this.texts.values()].flatMap((text) => {
      const { properties } = JSON.parse(text) as Sighting;
      const lost = (properties.reportedDistances ?? []).filter(({ to }) => !known.has(to));
      return lost.map(
        ({ to }) => `“${saidText(properties.title)}” reports a distance to “${to}”: take that sighting too.`,
      );
    });
  }

  /** Does it, as one change. Returns how many sightings changed. */
  apply(note: string): number {
    const { size } = this.texts;
    this.workspace.putTexts(note, this.into, this.texts);
    return size;
  }
}

function compareItem(id: string, ours: Sighting | undefined, theirs: Sighting): MergeItem {
  const title = shownText(theirs.properties.title);
  if (!ours) return { id, title, verdict: 'only-theirs', theirs, fields: [] };
  return { id, title, ours, theirs, ...compareRecords(ours, theirs) };
}
