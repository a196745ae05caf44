import type { Layer } from '../../domain/work';

/** What can be changed of a layer. */
export type LayerChanges = Partial<Pick<Layer, 'name' | 'ring' | 'isShown'>>;

/** What a change of a layer is called in the list of changes. */
export function layerNote({ name }: Layer, changes: LayerChanges): string {
  if (changes.isShown !== undefined) return `${changes.isShown ? 'Show' : 'Hide'} “${name}”`;
  if (changes.name !== undefined) return `Rename “${name}” to “${changes.name}”`;
  return `Give “${name}” another colour`;
}
