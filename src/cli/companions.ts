import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Issue } from '../domain/issue';
import { readReferencePoints, readSystems } from '../domain/reference-data';
import { type ContractContext, contextOf } from '../domain/validate';
import { issueLine, messageOf } from './issue-lines';

/** The folder of the project's own data. */
export const PROJECT_DATA = fileURLToPath(new URL('../../geo/', import.meta.url));

export type ReadPoints = ReturnType<typeof readReferencePoints>;
export type ReadSystems = ReturnType<typeof readSystems>;

/** The path of a file beside another, or of the project's own when there is none. */
export async function companionOf(file: string, name: string): Promise<string> {
  const beside = join(dirname(file), name);
  try {
    await access(beside);
    return beside;
  } catch {
    return join(PROJECT_DATA, name); // none beside it, so the one that the project has
  }
}

/** Reads a file beside the sightings. What is wrong with it is said, and is not held against them. */
async function readCompanion<T extends { issues: Issue[] }>(
  file: string,
  name: string,
  read: (value: unknown) => T,
): Promise<T | undefined> {
  const path = await companionOf(file, name);
  try {
    const found = read(JSON.parse(await readFile(path, 'utf8')));
    for (const issue of found.issues) console.error(issueLine(path, issue));
    return found;
  } catch (error) {
    console.error(`${path}: cannot be read, so nothing is checked against it: ${messageOf(error)}`);
    return undefined;
  }
}

/** The systems that the sightings of a file may name. */
export function readSystemsBeside(file: string): Promise<ReadSystems | undefined> {
  return readCompanion(file, 'systems.json', readSystems);
}

/**
 * What the sightings of a file may refer to.
 * @param points the reference points, when they were read already
 */
export async function contextBeside(file: string, points?: ReadPoints): Promise<ContractContext> {
  return contextOf(
    await readSystemsBeside(file),
    points ?? (await readCompanion(file, 'reference-points.geojson', readReferencePoints)),
  );
}
