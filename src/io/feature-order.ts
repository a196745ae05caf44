import type { Issue } from '../domain/issue';

/** The index in the file of the feature of each row of its table, which those with errors are not in. */
export function rowIndices(rows: number, issues: readonly Issue[]): number[] {
  const rejected = new Set(issues.flatMap(({ severity, index }) => (severity === 'error' ? [index] : [])));
  const indices: number[] = [];
  for (let index = 0; indices.length < rows; index++) if (!rejected.has(index)) indices.push(index);
  return indices;
}

/** What is said of features, in the order of the file. */
export function byIndex<T extends { index: number }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => a.index - b.index);
}
