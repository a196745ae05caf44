import {
  type SetComparison,
  compareSets,
  latestSourceDay,
  mergeRecords,
  openFields,
  proposedChoices,
} from '../domain/merge';
import { FIELD_NAMES } from '../domain/merge-words';
import type { Sighting } from '../domain/sighting';
import type { SightingTable } from '../domain/table';
import { type FeatureText, writeCollection } from '../io/collection-file';
import { joinBytes } from '../io/join-bytes';
import { readSightings } from '../io/geojson';
import { withDigitsOf } from '../io/long-numbers';
import { quickReading } from '../io/quick-reader';
import { checkFile } from './check-file';
import { contextBeside } from './companions';
import { counted } from './counted';
import { differenceLines } from './difference-lines';
import { CommandFault, EXIT } from './exit-status';
import { tell } from './fault-text';
import { issueLines } from './issue-lines';
import { STANDARD, checkOutput } from './files';
import type { InputOptions } from './input-options';
import { checkUse } from './option-use';
import type { Preference } from './preferences';
import { exportFormatOf, writeSightings } from './write-sightings';

export interface MergeOptions {
  output: string;
  prefer: Preference | undefined;
  to: string | undefined;
  /** how those of the two are read that are data of others */
  input: InputOptions;
  force: boolean;
}

function* recordsOf(table: SightingTable): Generator<Sighting> {
  for (let row = 0; row < table.length; row++) yield table.record(row);
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
const decoder = new TextDecoder();

/** The text of what two records become, `undefined` when somebody must choose, and what is said of it. */
function mergeOne(
  comparison: SetComparison,
  textOf: (side: 'ours' | 'theirs', id: string) => FeatureText,
  prefer: Preference | undefined,
): { text: FeatureText | undefined; said: string[] } {
  const { id, verdict, ours, theirs, fields } = comparison;
  if (verdict === 'only-ours' || verdict === 'same') return { text: textOf('ours', id), said: [] };
  if (verdict === 'only-theirs') return { text: textOf('theirs', id), said: ['added'] };
  const names = fields.map(({ field }) => FIELD_NAMES[field]).join(', ');
  if (verdict === 'newer') return { text: textOf('theirs', id), said: [`newer, taken: ${names}`] };
  if (verdict === 'older') return { text: textOf('ours', id), said: [`older, not taken: ${names}`] };
  const compared = { verdict, fields: [...fields] };
  const open = openFields(compared);
  const side = open.length > 0 ? sideOf(prefer, ours, theirs) : 'ours';
  const preferred = side === undefined ? {} : Object.fromEntries(open.map((field) => [field, side]));
  const choices = { ...proposedChoices(compared), ...preferred };
  const said = fields.flatMap((difference) => {
    const { field } = difference;
    const [name, choice] = [FIELD_NAMES[field], choices[field]];
    if (choice !== undefined && !open.includes(field)) return [`${name}: ${choice} taken`];
    const what = choice === undefined ? `conflict: ${name}` : `${name}: ${choice} preferred`;
    return differenceLines(difference, { ours, theirs }).map((line) => `${what}: ${line}`);
  });
  if (side === undefined) return { text: undefined, said };
  const merged = mergeRecords(ours, theirs, choices);
  const texts = (['ours', 'theirs'] as const).map((whose) => decoder.decode(textOf(whose, id).bytes));
  return { text: { id, bytes: encoder.encode(withDigitsOf(texts.join(), JSON.stringify(merged))) }, said };
}

/** What a file has, and which of its sightings are faultless but for what they measure to. */
async function readLoosely(file: string, input: InputOptions) {
  const context = await contextBeside(file);
  const checked = await checkFile(
    file,
    { ...(context.systemIds ? { systemIds: context.systemIds } : {}) },
    input,
  );
  return { file, input, context, checked };
}

type LooselyRead = Awaited<ReturnType<typeof readLoosely>>;

/** Checks a file that will stand together with another: what it measures to may be a sighting of the other. */
async function readValid({ file, input, context, checked }: LooselyRead, other: LooselyRead) {
  const { referencePointIds } = context;
  const others = other.checked.table;
  const isKnown = (id: string) => referencePointIds?.has(id) || others?.rowOf(id) !== undefined;
  const { report, table, collection, exit } =
    referencePointIds === undefined || checked.table === undefined
      ? checked
      : await checkFile(file, { ...context, referencePointIds: { has: isKnown } }, input);
  for (const note of report.notes) tell(`${file}: ${note}`);
  for (const line of issueLines(file, report.issues)) console.error(line);
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
  const { output, prefer, to, input, force } = options;
  const format = exportFormatOf(output, to);
  if (ourFile === STANDARD && theirFile === STANDARD)
    throw new CommandFault('Standard input has one file: name another to merge it with.');
  await checkOutput(output, { inputs: [ourFile, theirFile], force });
  const [ourRead, theirRead] = [await readLoosely(ourFile, input), await readLoosely(theirFile, input)];
  const readFiles = [ourRead, theirRead].flatMap(({ checked: { read } }) => (read ? [read] : []));
  if (readFiles.length === 2) checkUse(readFiles, input);
  const ours = await readValid(ourRead, theirRead);
  const theirs = await readValid(theirRead, ourRead);
  if (ours.exit !== EXIT.valid || theirs.exit !== EXIT.valid) {
    tell(`${output}: is not written, since sightings with errors would not be in it: correct them first.`);
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
    for (const what of said) tell(`${theirFile}:${comparison.id}: ${what}`);
    if (text === undefined) conflicts++;
    else texts.push(text);
  }
  const count = (verdict: SetComparison['verdict']) => counted(counts.get(verdict) ?? 0);
  tell(
    `${count('same')} the same, ${count('newer')} newer, ${count('older')} older, ${count('only-ours')} only in ${ourFile}, ${count('only-theirs')} only in ${theirFile}, ${count('conflict')} that differ both ways`,
  );
  if (conflicts > 0) {
    const remedy =
      prefer === 'newer'
        ? 'Neither of the two is newer than the other: correct them, or choose with --prefer ours or theirs.'
        : 'Correct them, or choose with --prefer ours, theirs or newer.';
    tell(`${output}: is not written: ${counted(conflicts)} in conflict. ${remedy}`);
    return EXIT.issues;
  }
  const bytes = joinBytes(writeCollection(ours.collection, texts));
  const { table, collection, issues, rejected } = readSightings(bytes, ourRead.context, quickReading);
  if (rejected > 0) {
    for (const line of issueLines(output, issues)) console.error(line);
    tell(`${output}: is not written, since not all of it would be valid beside ${ourFile}.`);
    return EXIT.issues;
  }
  await writeSightings(output, format, { table, collection, file: ourFile });
  tell(`${output}: ${counted(table.length)} written`);
  return EXIT.valid;
}
