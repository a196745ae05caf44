import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SightingTable } from '../domain/table';
import { SYSTEMS_FILE, writeArchive } from '../io/data-archive';
import { EXPORT_FORMATS, type ExportFormat, type ExportSet, exportChunks } from '../io/export';
import { FORMATS } from '../io/formats';
import { REFERENCE_POINTS_FILE } from '../io/reference-points';
import { joinBytes } from '../io/join-bytes';
import { PROJECT_DATA, companionOf, ownPointsWithin, readSystemsBeside } from './companions';
import { CommandFault } from './exit-status';
import { STANDARD, writeWhole } from './files';
import { ProgressLine } from './progress-line';

/** @throws CommandFault that names the formats that can be written */
export function exportFormatOf(output: string, asked: string | undefined): ExportFormat {
  const known = Object.keys(EXPORT_FORMATS) as ExportFormat[];
  if (asked !== undefined) {
    const format = known.find((name) => name === asked);
    if (format) return format;
    throw new CommandFault(`--to-format cannot be "${asked}": choose one of ${known.join(', ')}.`);
  }
  if (output === STANDARD) return 'geojson';
  // Some ends of names are read only, such as that of any text.
  const endOf = (name: ExportFormat) => FORMATS[EXPORT_FORMATS[name].format].extensions[0];
  const format = known.find((name) => output.toLowerCase().endsWith(endOf(name)));
  if (format) return format;
  const ends = [...new Set(known.map(endOf))];
  throw new CommandFault(
    `${output}: is not written by its name, which ends in none of ${ends.join(', ')}: say --to-format.`,
  );
}

/** Sightings and where they come from. */
export interface Written {
  table: SightingTable;
  collection: Readonly<Record<string, unknown>>;
  /** the file that they were read from */
  file: string;
}

async function archiveChunks({ file, collection }: Written, set: ExportSet): Promise<Uint8Array[]> {
  const { title, license } = collection;
  const sightings = joinBytes(await exportChunks('geojson', set));
  const archive = await writeArchive(
    {
      sightings,
      referencePoints: await (await companionOf(file, REFERENCE_POINTS_FILE)).read(),
      ownPoints: await ownPointsWithin(file),
      systems: await (await companionOf(file, SYSTEMS_FILE)).read(),
      schema: await readFile(join(PROJECT_DATA, 'sighting.schema.json')),
    },
    {
      title: typeof title === 'string' && title !== '' ? title : 'Reported sightings',
      date: new Date().toISOString().slice(0, 10),
      from: file === STANDARD ? 'standard input' : basename(file),
      count: set.rows.length,
      total: set.rows.length,
      filters: [],
      license: typeof license === 'string' ? license : undefined,
    },
  );
  return [archive];
}

/** Writes sightings to a file, whole or not at all. @throws CommandFault when it cannot be written */
export async function writeSightings(output: string, format: ExportFormat, written: Written): Promise<void> {
  const { table, collection, file } = written;
  const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  const systems = (await readSystemsBeside(file))?.systems ?? [];
  const set: ExportSet = { table, rows, collection, systems };
  const line = new ProgressLine(output);
  try {
    const tell = (count: number) => line.tell(count / rows.length);
    await writeWhole(
      output,
      format === 'zip' ? await archiveChunks(written, set) : await exportChunks(format, set, tell),
    );
  } finally {
    line.end();
  }
}
