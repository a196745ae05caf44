import type { FieldDifference } from '../domain/merge';
import type { DistanceWords } from '../domain/list-lines';
import { fieldLines } from '../domain/merge-words';
import type { Sighting, Source } from '../domain/sighting';

/** Distances are told in metres and kilometres, from what the file calls it. */
function wordsOf(sources: readonly Source[]): DistanceWords {
  return { units: 'metric', nameOf: (id) => id, sources };
}

/** What two records say of a field, a line each or, of lists, a line for each item that only one of them has. */
export function differenceLines(
  { field, ours, theirs }: FieldDifference,
  records: Readonly<Record<'ours' | 'theirs', Sighting>>,
): string[] {
  const our = fieldLines(field, ours, wordsOf(records.ours.properties.sources));
  const their = fieldLines(field, theirs, wordsOf(records.theirs.properties.sources));
  const isList = field === 'sources' || field === 'reportedDistances';
  const onlyIn = (lines: readonly string[], others: readonly string[]) =>
    lines.filter((line) => !others.includes(line));
  const [onlyOurs, onlyTheirs] = [onlyIn(our, their), onlyIn(their, our)];
  if (onlyOurs.length + onlyTheirs.length === 0)
    return [`${JSON.stringify(ours)} in ours, ${JSON.stringify(theirs)} in theirs`]; // the words do not tell
  if (!isList) return [`“${our.join('; ')}” in ours, “${their.join('; ')}” in theirs`];
  return [
    ...onlyOurs.map((line) => `only in ours: ${line}`),
    ...onlyTheirs.map((line) => `only in theirs: ${line}`),
  ];
}
