import type { SightingTable } from '../../../domain/table';
import type { ExportSet } from '../../../io/export';
import type { AppState } from '../../app-state.svelte';
import type { Workspace } from '../workspace.svelte';

/** All data sets that are shown, as one. */
export const TOGETHER = '';

/** What is to be exported. */
export interface ExportChoice {
  /** whether only what the filters let through */
  isFiltered: boolean;
  /** the id of a data set, or {@link TOGETHER} */
  layer: string;
}

function allRows({ length }: SightingTable): Uint32Array {
  return new Uint32Array(length).map((_, row) => row);
}

/** The members that several collections have in common: what only one of them says is not true of them all. */
function commonMembers(
  collections: readonly Readonly<Record<string, unknown>>[],
): Readonly<Record<string, unknown>> {
  const [first = {}, ...others] = collections;
  const isCommon = ([name, value]: [string, unknown]) =>
    others.every(
      (other) => Object.hasOwn(other, name) && JSON.stringify(other[name]) === JSON.stringify(value),
    );
  return Object.fromEntries(Object.entries(first).filter(isCommon));
}

/** The sightings that are chosen. */
export function exportSet(
  app: Pick<AppState, 'table' | 'systems' | 'find'>,
  workspace: Pick<Workspace, 'layers' | 'tableOf' | 'collectionOf'>,
  { isFiltered, layer }: ExportChoice,
): ExportSet {
  const { systems, find } = app;
  const shown = workspace.layers.filter(({ isShown }) => isShown);
  const collection =
    layer === TOGETHER
      ? commonMembers(shown.map(({ id }) => workspace.collectionOf(id)))
      : workspace.collectionOf(layer);
  if (layer !== TOGETHER && !isFiltered) {
    const table = workspace.tableOf(layer); // which is there though it may not be shown
    return { table, rows: allRows(table), collection, systems };
  }
  const { table } = app;
  const rows = isFiltered ? find.matches.rows : allRows(table);
  const isOfIt = (row: number) => layer === TOGETHER || table.layerOf(row) === layer;
  return { table, rows: rows.filter(isOfIt), collection, systems };
}
