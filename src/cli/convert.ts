import { readSightings } from '../io/geojson';
import type { FormatName } from '../io/formats';
import { contextBeside } from './companions';
import { CommandFault, EXIT } from './exit-status';
import { messageOf } from './issue-lines';
import type { MappingOptions } from './mapping-options';
import { checkOutput, readBytes, writeWhole } from './files';
import { type Input, readInput, resultLines } from './read-input';
import { exportFormatOf, writeSightings } from './write-sightings';

export interface ConvertOptions {
  /** the format of what is read, where its content and name do not tell */
  from: FormatName | undefined;
  /** the format of what is written, where its name does not tell */
  to: string | undefined;
  mapping: MappingOptions;
  /** a file for all that was mended, is incomplete or was set aside */
  report: string | undefined;
  /** whether files that are there may be replaced */
  force: boolean;
}

/** All that became of a file, as JSON: what is incomplete stands in it as far as it goes, ready to be completed. */
function reportText(file: string, { format, result, notes, mapping }: Input): string {
  const { accepted, mended, warnings, incomplete, setAside } = result;
  const report = { file, format, notes, accepted, mended, warnings, incomplete, setAside };
  return `${JSON.stringify(mapping === undefined ? report : { ...report, mapping }, null, 2)}\n`;
}

/** The bytes of a file and what its sightings may refer to; all that keeps a file from being read is said alike. */
export async function read(
  file: string,
  options: { format?: FormatName | undefined; mapping?: MappingOptions } = {},
): Promise<Input> {
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
  const { from, to, mapping, report, force } = options;
  const format = exportFormatOf(output, to);
  if (report !== undefined && report === output)
    throw new CommandFault(`${report}: cannot have both the sightings and the report.`);
  await checkOutput(output, { inputs: [file], force });
  if (report !== undefined) await checkOutput(report, { inputs: [file], force });
  const input = await read(file, { format: from, mapping });
  for (const line of resultLines(file, input)) console.error(line);
  const { result } = input;
  const leftOut = result.incomplete.length + result.setAside.length;
  if (report !== undefined) await writeWhole(report, [reportText(file, input)]);
  const isWritten = result.accepted > 0 || leftOut === 0;
  if (isWritten) {
    const { table, collection } = readSightings(result.bytes, {});
    await writeSightings(output, format, { table, collection, file });
  }
  const rest = leftOut > 0 && report === undefined ? ' (--report FILE keeps them)' : '';
  console.error(
    `${file}: ${result.accepted} converted, ${result.mended.length} mended, ${leftOut} left out${rest}${isWritten ? '' : `; ${output} is not written`}`,
  );
  return leftOut > 0 ? EXIT.issues : EXIT.valid;
}
