import type { Sighting } from '../../domain/sighting';
import type { Change, Draft, Layer } from '../../domain/work';
import { saidText } from '../wording';
import { draftTitle } from './draft-words';

/** What can be changed of a layer. */
export type LayerChanges = Partial<Pick<Layer, 'name' | 'ring' | 'isShown'>>;

/** What is said of a change that was undone, or done once more. */
export function steppingSaid(kind: 'undo' | 'redo', { note }: Change): string {
  return `${kind === 'undo' ? 'Undone' : 'Redone'}: ${saidText(note)}`;
}

/** What a change of a layer is called in the list of changes. */
function layerNote({ name }: Layer, changes: LayerChanges): string {
  if (changes.isShown !== undefined) return `${changes.isShown ? 'Show' : 'Hide'} “${name}”`;
  if (changes.name !== undefined) return `Rename “${name}” to “${changes.name}”`;
  return `Give “${name}” another colour`;
}

/** Adds a layer on top of all, and hides those whose place it takes. */
export function opening(after: Layer, layers: readonly Layer[], replaced: readonly Layer[]): Change {
  const isReplaced = ({ id }: Layer) => replaced.some((one) => one.id === id);
  const hidden = layers.flatMap((before, at) =>
    isReplaced(before) ? [{ before, after: { ...before, isShown: false }, at }] : [],
  );
  const opened = { before: null, after, at: layers.length };
  return { note: `Open “${after.name}”`, records: [], layers: [...hidden, opened] };
}

/** Gives a layer another name or ring, or switches it on or off. */
export function changing(before: Layer, changes: LayerChanges, layers: readonly Layer[]): Change {
  const edit = { before, after: { ...before, ...changes }, at: layers.indexOf(before) };
  return { note: layerNote(before, changes), records: [], layers: [edit] };
}

/** Takes a layer away. */
export function removing(before: Layer, layers: readonly Layer[]): Change {
  const edit = { before, after: null, at: layers.indexOf(before) };
  return { note: `Remove “${before.name}”`, records: [], layers: [edit] };
}

/** Makes a layer what its file is. @param records what takes back each of its sightings */
export function reverting(name: string, records: Change['records']): Change {
  return { note: `Revert “${name}”`, records, layers: [] };
}

/** Takes away a sighting, of which `before` is the text. */
export function removingSighting(layer: string, id: string, before: string): Change {
  const { title } = (JSON.parse(before) as Sighting).properties;
  return { note: `Remove “${saidText(title)}”`, records: [{ layer, id, before, after: null }], layers: [] };
}

/** Takes away a draft that somebody does not want. */
export function discarding(before: Draft): Change {
  const note = `Discard the draft “${saidText(draftTitle(before))}”`;
  return { note, records: [], layers: [], drafts: [{ before, after: null }] };
}
