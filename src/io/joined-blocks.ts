import { combineTables } from '../domain/combine-tables';
import { GIVEN_LAYER } from '../domain/given-layer';
import { type Issue, IssueList } from '../domain/issue';
import { findText } from '../domain/packed-texts';
import { SightingTable } from '../domain/table';
import { outOfOrder } from '../domain/validate';
import type { BlockRead } from './block-reader';
import { type FeatureBlock, sliceOf } from './feature-blocks';

/** A block of a file, in which features it is without its bytes, and what was read of it. */
export interface ReadBlock {
  found: Omit<FeatureBlock, 'bytes'>;
  read: BlockRead;
}

/** A feature that has an id, by its index in the file. */
interface Identified {
  index: number;
  id: string;
}

/** What was read of a block, as a table. */
interface Part extends Omit<ReadBlock, 'read'> {
  table: SightingTable;
  features: Uint32Array;
  issues: Issue[];
  open: BlockRead['open'];
  /** the features with an id that are no rows */
  bad: readonly Identified[];
}

function partOf({ found, read: { parts, features, issues, open } }: ReadBlock): Part {
  const bad = new Map<number, string>();
  for (const { index, id, severity } of issues)
    if (severity === 'error' && index !== null && id !== null) bad.set(index, id);
  return {
    ...{ found, features, issues, open },
    table: new SightingTable(parts),
    bad: Array.from(bad, ([index, id]) => ({ index, id })),
  };
}

/** The first and the last feature with an id. */
function endsOf({ table, features, bad }: Part): [Identified | undefined, Identified | undefined] {
  const rows = table.length === 0 ? [] : [0, table.length - 1];
  const good = rows.map((row) => ({ index: features[row] ?? 0, id: table.idOf(row) }));
  const sorted = [...good, ...bad].sort((a, b) => a.index - b.index);
  return [sorted[0], sorted.at(-1)];
}

/** Where the issue of a feature's order stands among its others. */
const BEFORE_ORDER: ReadonlySet<string> = new Set(['$.type', '$.crs', '$.id']);

/** The issues of a block, and whether its first id belongs before the last one ahead of it. */
function issuesOf({ issues, found }: Part, own: Identified | undefined, previous: Identified | undefined) {
  const message = own && previous && outOfOrder(own.id, previous.id);
  if (own === undefined || message === undefined) return issues;
  const { start, line } = sliceOf(found, own.index);
  const report = new IssueList(own.index, own.id, { byte: found.base + start, line });
  report.warn('$.id', message);
  const first = issues.findIndex(({ index }) => index !== null && index >= own.index);
  let at = first < 0 ? issues.length : first;
  while (issues[at]?.index === own.index && BEFORE_ORDER.has(issues[at]?.path ?? '')) at++;
  return issues.toSpliced(at, 0, ...report.issues);
}

/** Whether ids of blocks are those of good sightings in blocks before them, of which the blocks could not tell. */
function haveSameIds(parts: readonly Part[], table: SightingTable, index: Int32Array): boolean {
  let distinct = 0;
  for (const entry of index) if (entry !== 0) distinct++;
  if (distinct !== table.length) return true;
  let end = 0;
  return parts.some((part) => {
    const from = end;
    end += part.table.length;
    return part.bad.some(({ id }) => {
      const row = findText(table.parts.ids, index, id);
      return row >= 0 && row < from;
    });
  });
}

/**
 * Joins what was read of the blocks of a file, in their order: the table of all, and the issues of the features, in
 * their order. `undefined` where blocks alone could not tell what is wrong: the file has to be read in its order then.
 */
export function joinBlocks(
  blocks: readonly ReadBlock[],
): { table: SightingTable; issues: Issue[] } | undefined {
  if (!blocks.every(({ read }) => read.isAsFound)) return undefined;
  const parts = blocks.map(partOf);
  const combine = (rejected: ReadonlySet<number>) =>
    combineTables(
      parts.map(({ table, features }) => {
        const isWhole = rejected.size === 0 || !features.some((index) => rejected.has(index));
        if (isWhole) return { table, layer: GIVEN_LAYER };
        const rows = Uint32Array.from(features.keys()).filter((row) => !rejected.has(features[row] ?? -1));
        return { table, rows, layer: GIVEN_LAYER };
      }),
    );
  const all = new SightingTable(combine(new Set()).parts).indexIds();
  const { ids, idIndex } = all.parts;
  if (idIndex === undefined || haveSameIds(parts, all, idIndex)) return undefined;

  const badIds = new Set(parts.flatMap(({ bad }) => bad.map(({ id }) => id)));
  const issues: Issue[] = [];
  let previous: Identified | undefined;
  for (const part of parts) {
    const [first, last] = endsOf(part);
    for (const issue of issuesOf(part, first, previous)) issues.push(issue);
    previous = last ?? previous;
  }
  const open = parts.flatMap((part) => part.open);
  const isKnown = (id: string) => badIds.has(id) || findText(ids, idIndex, id) >= 0;
  const wrong = open.filter(({ to }) => !isKnown(to)).map(({ issue }) => issue);
  const rejected = new Set(wrong.map(({ index }) => index ?? -1));
  const sorted = [...issues, ...wrong].sort((a, b) => (a.index ?? 0) - (b.index ?? 0));
  return { table: rejected.size === 0 ? all : combine(rejected), issues: sorted };
}
