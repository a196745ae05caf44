import { mergeTheirs } from '../../domain/sighting-fields';
import { withDigitsOf } from '../../io/long-numbers';
import type { Edits } from '../../domain/work';
import { counted } from '../wording';

/** What becomes of corrections whose sightings the file has otherwise now. */
export interface Reunited {
  /** texts of the sightings with both the correction and what is new in the file, by id */
  texts: ReadonlyMap<string, string>;
  /** how many say something else in the same fields: there the correction stands */
  conflicts: number;
  /** how many say already what is new in the file, as after a page that was left while it was taken over */
  agreeing: number;
}

/**
 * Unites corrections with what changed in the file meanwhile, field by field, as a merge of three versions.
 * @param opened the texts in the file now, by id, where an edit began with another one
 */
export function reunite(
  edits: Edits,
  opened: readonly (readonly [id: string, text: string | null])[],
): Reunited {
  const texts = new Map<string, string>();
  let [conflicts, agreeing] = [0, 0];
  for (const [id, now] of opened) {
    const edit = edits.get(id);
    if (!edit || edit.after === now) continue;
    if (edit.before === null || edit.after === null || now === null) {
      conflicts++; // removed on one side, or added on both: there are no fields to unite
      continue;
    }
    const [before, theirs, mine] = [edit.before, now, edit.after].map((text): unknown => JSON.parse(text));
    const merged = mergeTheirs(before, theirs, mine);
    const news = mergeTheirs(before, theirs, before).takenOver;
    if (merged.conflicts.length > 0) conflicts++;
    if (merged.takenOver.length > 0)
      texts.set(id, withDigitsOf(`${now},${edit.after}`, JSON.stringify(merged.feature)));
    else if (news.length > merged.conflicts.length) agreeing++;
  }
  return { texts, conflicts, agreeing };
}

/** What is to be said of that; `undefined` when the file says what the corrections say. */
export function saidOf(name: string, { texts, conflicts, agreeing }: Reunited): string | undefined {
  if (texts.size === 0 && conflicts === 0 && agreeing === 0) return undefined;
  const taken = texts.size > 0 ? ` What is new there is taken over (${counted(texts.size)}).` : '';
  const agreed = agreeing > 0 ? ` Yours has already what is new there (${counted(agreeing)}).` : '';
  const kept =
    conflicts > 0 ? ` Where it says something else than you, yours is shown (${counted(conflicts)}).` : '';
  return `“${name}” has changed since you corrected it.${taken}${agreed}${kept}`;
}
