import { isObject } from '../../domain/rules';
import type { EditorRequest } from './record-state.svelte';
import type { Workspace } from './workspace.svelte';

/** A field takes a browser half a second to lay out so many characters, and minutes for ten times as many. */
const LONGEST_WRITTEN = 100_000;

function longestTextIn(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (!Array.isArray(value) && !isObject(value)) return 0;
  return Object.values(value).reduce<number>((most, item) => Math.max(most, longestTextIn(item)), 0);
}

/** Why the form cannot be opened for what it is asked to; `undefined` when it can. */
export function tooLongToWrite(
  workspace: Workspace,
  { layer, id, draft }: EditorRequest,
): string | undefined {
  const text = draft || id === null ? null : workspace.textOf(layer, id);
  const longest = longestTextIn(draft?.feature ?? (text === null ? undefined : JSON.parse(text)));
  if (longest <= LONGEST_WRITTEN) return undefined;
  const [has, most] = [longest, LONGEST_WRITTEN].map((count) => count.toLocaleString('en-GB'));
  return `It has a text of ${has} characters, more than the ${most} that the form can show: export the data, shorten the text in an editor, and open the file here.`;
}
