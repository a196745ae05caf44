import { resolve } from 'node:path';
import { withoutWhiteSpace } from '../io/compact-json';
import { countMended } from '../io/foreign';
import { readSightings } from '../io/geojson';
import { contextBeside } from './companions';
import { counted } from './counted';
import { CommandFault, EXIT } from './exit-status';
import { messageOf, tell } from './fault-text';
import type { InputOptions } from './input-options';
import { STANDARD, checkOutput, readBytes, writeWhole } from './files';
import { type Input, readInput, resultLines } from './read-input';
import { exportFormatOf, writeSightings } from './write-sightings';

export interface ConvertOptions {
  /** how it is read */
  input: InputOptions;
  /** the format of what is written, where its name does not tell */
  to: string | undefined;
  /** whether each sighting is written on one line, without the white space of its own */
  isOneLine: boolean;
  /** a file for all that was mended, is incomplete or was set aside */
  report: string | undefined;
  /** whether files that are there may be replaced */
  force: boolean;
}

/** Whether two paths are one, as far as they are written. */
function isSameFile(one: string, other: string): boolean {
  return one === other || (one !== STANDARD && other !== STANDARD && resolve(one) === resolve(other));
}

/** All that became of a file, as JSON: what is incomplete stands in it as far as it goes, ready to be completed. */
function reportText(file: string, { format, result, notes, mapping }: Input): string {
  const { accepted, mended, warnings, incomplete, setAside } = result;
  const report = { file, format, notes, accepted, mended, warnings, incomplete, setAside };
  return `${JSON.stringify(mapping === undefined ? report : { ...report, mapping }, null, 2)}\n`;
}

/** The bytes of a file and what its sightings may refer to; all that keeps a file from being read is said alike. */
async function read(file: string, options: InputOptions): Promise<Input> {
  try {
    const bytes = await readBytes(file);
    return await readInput(file, bytes, await contextBeside(file), options);
  } catch (error) {
    if (error instanceof CommandFault) throw error;
    throw new CommandFault(`${file}: cannot be read: ${messageOf(error)}`);
  }
}

/**
 * Writes the sightings of a file in another format. What cannot be a sighting is said and left out; it is kept in the
 * report.
 * @throws CommandFault when nothing could be done
 */
export async function convert(file: string, output: string, options: ConvertOptions): Promise<number> {
  const { to, isOneLine, report, force } = options;
  const format = exportFormatOf(output, to);
  if (isOneLine && format !== 'geojson' && format !== 'zip')
    throw new CommandFault(`--one-line is for GeoJSON and archives: leave it out for ${output}.`);
  if (report !== undefined && isSameFile(report, output))
    throw new CommandFault(`${report}: cannot have both the sightings and the report.`);
  await checkOutput(output, { inputs: [file], force });
  if (report !== undefined) await checkOutput(report, { inputs: [file], force });
  const input = await read(file, options.input);
  for (const line of resultLines(file, input)) console.error(line);
  const { result } = input;
  const leftOut = result.incomplete.length + result.setAside.length;
  if (report !== undefined) await writeWhole(report, [reportText(file, input)]);
  const isWritten = result.accepted > 0 || leftOut === 0;
  if (isWritten) {
    const bytes = isOneLine ? withoutWhiteSpace(result.bytes) : result.bytes;
    const { table, collection } = readSightings(bytes, {});
    await writeSightings(output, format, { table, collection, file });
  }
  const rest = leftOut > 0 && report === undefined ? ' (--report FILE keeps them)' : '';
  tell(
    `${file}: ${counted(result.accepted)} converted, ${counted(countMended(result))} of them mended, ${counted(leftOut)} left out${rest}${isWritten ? '' : `; ${output} is not written`}`,
  );
  return leftOut > 0 ? EXIT.issues : EXIT.valid;
}
