import type { ContractContext } from '../domain/validate';
import { applyMapping } from '../io/apply-mapping';
import { suggestMapping } from '../io/column-guess';
import type { ImportResult } from '../io/foreign';
import type { FormatName } from '../io/formats';
import type { Mapping } from '../io/mapping';
import { openFile } from '../io/open';
import { CommandFault } from './exit-status';
import { oneLine } from './issue-lines';
import { type MappingOptions, checkMapping, chosenMapping } from './mapping-options';
import { STANDARD } from './files';
import { ProgressLine } from './progress-line';

/** How a file is read, where its content and name are not to tell. */
export interface InputOptions {
  format?: FormatName | undefined;
  /** what columns of foreign data mean; left out: what they seem to mean, and no more is asked for */
  mapping?: MappingOptions | undefined;
}

/** A file of any format, read as sightings. */
export interface Input {
  format: FormatName;
  result: ImportResult;
  notes: readonly string[];
  /** what its columns were taken for, when it is no file of ours */
  mapping?: Mapping;
}

/**
 * Reads the bytes of a file of any format as sightings.
 * @throws FileFault when nothing of it can be used, CommandFault when it has to be said what its columns mean
 */
export async function readInput(
  file: string,
  bytes: Uint8Array,
  context: ContractContext,
  { format, mapping: options }: InputOptions = {},
): Promise<Input> {
  const line = new ProgressLine(file);
  const name = file === STANDARD ? '' : file;
  try {
    const opened = await openFile(bytes, name, context, format === undefined ? {} : { format }, line.tell);
    if (opened.kind === 'sightings') {
      if (options?.isGiven)
        throw new CommandFault(
          `${file}: has sightings already: --map, --set and --swap-axes are not for it.`,
        );
      return opened;
    }
    const { data } = opened;
    const suggested = suggestMapping(data);
    const mapping = options === undefined ? suggested : chosenMapping(file, data, suggested, options);
    const result = applyMapping(data, mapping, context, new Set(), line.tell);
    if (options !== undefined) checkMapping(file, data, mapping, result);
    return { format: opened.format, result, notes: data.notes, mapping };
  } finally {
    line.end();
  }
}

/** Lines about what was changed of a file's sightings, and what did not become one. */
export function* resultLines(file: string, { result, notes }: Input): Generator<string> {
  for (const note of notes) yield oneLine(`${file}: ${note}`);
  for (const { place, id, what } of result.mended) yield oneLine(`${file}:${place}: ${id}: mended: ${what}`);
  for (const { place, id, message } of result.warnings)
    yield oneLine(`${file}:${place}: ${id}: warning: ${message}`);
  for (const { place, reasons } of result.incomplete)
    for (const reason of reasons) yield oneLine(`${file}:${place}: incomplete: ${reason}`);
  for (const { place, reason } of result.setAside) yield oneLine(`${file}:${place}: set aside: ${reason}`);
}
