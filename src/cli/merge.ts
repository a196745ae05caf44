import {
  type SetComparison,
  compareSets,
  latestSourceDay,
  mergeRecords,
  openFields,
  proposedChoices,
} from '../domain/merge';
import type { Sighting } from '../domain/sighting';
import type { SightingTable } from '../domain/table';
import { type FeatureText, joinBytes, writeCollection } from '../io/collection-file';
import { readSightings } from '../io/geojson';
import { checkFile } from './check-file';
import { contextBeside } from './companions';
import { CommandFault, EXIT } from './exit-status';
import { issueLine, oneLine } from './issue-lines';
import { checkOutput } from './files';
import type { Preference } from './preferences';
import { exportFormatOf, writeSightings } from './write-sightings';

export interface MergeOptions {
  output: string;
  prefer: Preference | undefined;
  to: string | undefined;
  force: boolean;
}

function* recordsOf(table: SightingTable): Generator<Sighting> {
  for (const row of table.ids.keys()) yield table.record(row);
}

/** Whose side is taken; `undefined` when neither can be. */
function sideOf(
  prefer: Preference | undefined,
  ours: Sighting,
  theirs: Sighting,
): 'ours' | 'theirs' | undefined {
  if (prefer !== 'newer') return prefer;
  const [ourDay, theirDay] = [latestSourceDay(ours), latestSourceDay(theirs)];
  return ourDay === theirDay ? undefined : ourDay > theirDay ? 'ours' : 'theirs';
}

const encoder = new TextEncoder();

/** The text of what two records become, `undefined` when somebody must choose, and what is said of it. */
function mergeOne(
  comparison: SetComparison,
  textOf: (side: 'ours' | 'theirs', id: string) => FeatureText,
  prefer: Preference | undefined,
): { text: FeatureText | undefined; said: string[] } {
  const { id, verdict, ours, theirs, fields } = comparison;
  if (verdict === 'only-ours' || verdict === 'same') return { text: textOf('ours', id), said: [] };
  if (verdict === 'only-theirs') return { text: textOf('theirs', id), said: ['added'] };
  const names = fields.map(({ field }) => field).join(', ');
  if (verdict === 'newer') return { text: textOf('theirs', id), said: [`newer, taken: ${names}`] };
  if (verdict === 'older') return { text: textOf('ours', id), said: [`older, not taken: ${names}`] };
  const compared = { verdict, fields: [...fields] };
  const open = openFields(compared);
  const side = open.length > 0 ? sideOf(prefer, ours, theirs) : 'ours';
  const preferred = side === undefined ? {} : Object.fromEntries(open.map((field) => [field, side]));
  const choices = { ...proposedChoices(compared), ...preferred };
  const said = fields.map(({ field, ours: our, theirs: their }) => {
    const choice = choices[field];
    const values = `${JSON.stringify(our)} in ours, ${JSON.stringify(their)} in theirs`;
    if (choice === undefined) return `conflict: ${field}: ${values}`;
    return open.includes(field) ? `${field}: ${choice} preferred: ${values}` : `${field}: ${choice} taken`;
  });
  if (side === undefined) return { text: undefined, said };
  const merged = mergeRecords(ours, theirs, choices);
  return { text: { id, bytes: encoder.encode(JSON.stringify(merged)) }, said };
}

async function readValid(file: string) {
  const { report, table, collection, exit } = await checkFile(file);
  for (const issue of report.issues) console.error(issueLine(file, issue));
  if (table === undefined || collection === undefined)
    throw new CommandFault(`${file}: cannot be merged, since it cannot be read.`);
  return { table, collection, exit };
}

/**
 * Merges two files of sightings by id and writes the result, if nothing in it is lost: a file with errors is not merged,
 * nor are records that contradict each other without a word on whom to prefer.
 * @throws CommandFault when nothing could be done
 */
export async function merge(ourFile: string, theirFile: string, options: MergeOptions): Promise<number> {
  const { output, prefer, to, force } = options;
  const format = exportFormatOf(output, to);
  await checkOutput(output, { inputs: [ourFile, theirFile], force });
  const ours = await readValid(ourFile);
  const theirs = await readValid(theirFile);
  if (ours.exit !== EXIT.valid || theirs.exit !== EXIT.valid) {
    console.error(
      `${output}: is not written, since sightings with errors would not be in it: correct them first.`,
    );
    return EXIT.issues;
  }
  const textOf = (side: 'ours' | 'theirs', id: string) => {
    const { table } = side === 'ours' ? ours : theirs;
    return { id, bytes: table.recordBytes(table.rowOf(id) ?? -1) };
  };
  const texts: FeatureText[] = [];
  const counts = new Map<string, number>();
  let conflicts = 0;
  for (const comparison of compareSets(recordsOf(ours.table), recordsOf(theirs.table))) {
    const { text, said } = mergeOne(comparison, textOf, prefer);
    counts.set(comparison.verdict, (counts.get(comparison.verdict) ?? 0) + 1);
    for (const what of said) console.error(oneLine(`${theirFile}:${comparison.id}: ${what}`));
    if (text === undefined) conflicts++;
    else texts.push(text);
  }
  const count = (verdict: SetComparison['verdict']) => counts.get(verdict) ?? 0;
  console.error(
    `${count('same')} the same, ${count('newer')} newer, ${count('older')} older, ${count('only-ours')} only in ${ourFile}, ${count('only-theirs')} only in ${theirFile}, ${count('conflict')} that differ both ways`,
  );
  if (conflicts > 0) {
    console.error(
      `${output}: is not written: ${conflicts} in conflict. Correct them, or choose with --prefer ours, theirs or newer.`,
    );
    return EXIT.issues;
  }
  const bytes = joinBytes(writeCollection(ours.collection, texts));
  const { table, collection, issues, rejected } = readSightings(bytes, await contextBeside(ourFile));
  if (rejected > 0) {
    for (const issue of issues) console.error(issueLine(output, issue));
    console.error(`${output}: is not written, since not all of it would be valid beside ${ourFile}.`);
    return EXIT.issues;
  }
  await writeSightings(output, format, { table, collection, file: ourFile });
  console.error(`${output}: ${table.length} written`);
  return EXIT.valid;
}
