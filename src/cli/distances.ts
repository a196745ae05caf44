import { readFile } from 'node:fs/promises';
import { distancesCsv, distancesJson } from '../domain/distance-export';
import { DistanceList } from '../domain/distance-list';
import { distancesTable } from '../domain/distance-listing';
import type { EarthModel } from '../domain/geodesic';
import { readReferencePoints } from '../domain/reference-data';
import { REFERENCE_POINTS_FILE } from '../io/reference-points';
import { checkFile } from './check-file';
import { type Companion, type ReadPoints, companionOf, contextBeside, jsonOf } from './companions';
import { counted } from './counted';
import { EXIT } from './exit-status';
import { messageOf, tell } from './fault-text';
import { hasErrors, issueLine } from './issue-lines';
import { print } from './files';

/** How distances are printed, by what `--format` calls it. */
export const DISTANCE_FORMATS = { table: distancesTable, csv: distancesCsv, json: distancesJson } as const;

/** Reads the points to measure from. Says what is wrong with them; `undefined` when they cannot be read. */
async function readPoints({ path, read }: Companion): Promise<ReadPoints | undefined> {
  try {
    const found = readReferencePoints(jsonOf(await read()));
    for (const issue of found.issues) console.error(issueLine(path, issue));
    return found;
  } catch (error) {
    tell(`${path}: cannot be read: ${messageOf(error)}`);
    return undefined;
  }
}

/** Prints the distances from reference points to the sightings of a file. */
export async function distances(
  file: string,
  to: string | undefined,
  model: EarthModel,
  format: keyof typeof DISTANCE_FORMATS,
): Promise<number> {
  const points = await readPoints(
    to === undefined
      ? await companionOf(file, REFERENCE_POINTS_FILE)
      : { path: to, read: () => readFile(to) },
  );
  const { report, table, exit } = await checkFile(
    file,
    to === undefined ? await contextBeside(file, points) : undefined,
  );
  for (const issue of report.issues) console.error(issueLine(file, issue));
  if (points === undefined || table === undefined) return EXIT.unreadable;
  const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  const list = new DistanceList(table, rows, points.referencePoints);
  await print(DISTANCE_FORMATS[format](list, model));
  if (report.rejected > 0)
    tell(`${file}: ${counted(report.accepted)} accepted, ${counted(report.rejected)} rejected`);
  if (list.unplacedCount > 0)
    tell(`${file}: left out as reported without a place: ${counted(list.unplacedCount)}`);
  return Math.max(exit, hasErrors(points.issues) ? EXIT.issues : EXIT.valid);
}
