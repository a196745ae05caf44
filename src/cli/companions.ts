import { access, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Issue } from '../domain/issue';
import { readReferencePoints, readSystems } from '../domain/reference-data';
import { contextOf } from '../domain/validate';
import { namesInZip, unzipWithin } from '../io/archive';
import { besideIn, sightingsIn } from '../io/archive-companions';
import { OWN_POINTS_FILE, SYSTEMS_FILE } from '../io/data-archive';
import { jsonFaultOf } from '../io/json-fault';
import { parseShallowJson } from '../io/shallow-json';
import { strictText } from '../io/strict-text';
import { type NamedContext, systemNamesOf } from '../io/system-names';
import { isZip } from '../io/zip-directory';
import { REFERENCE_POINTS_FILE } from '../io/reference-points';
import { STANDARD, readBytes } from './files';
import { messageOf, tell } from './fault-text';
import { issueLine } from './issue-lines';

/** The folder of the project's own data. */
export const PROJECT_DATA = fileURLToPath(new URL('../../geo/', import.meta.url));

export type ReadPoints = ReturnType<typeof readReferencePoints>;
export type ReadSystems = ReturnType<typeof readSystems>;

/** A file that belongs to sightings. */
export interface Companion {
  /** as messages call it */
  path: string;
  read: () => Promise<Uint8Array>;
}

/** Whether a file begins as zip archives do. */
async function isZipFile(file: string): Promise<boolean> {
  if (file === STANDARD) return isZip(await readBytes(file));
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(new Uint8Array(4), 0, 4);
    return isZip(buffer);
  } finally {
    await handle.close();
  }
}

/** @throws Error that says where it is no JSON, or no UTF-8 text, or that it is nested too deep */
export function jsonOf(bytes: Uint8Array): unknown {
  const text = strictText(bytes);
  try {
    return parseShallowJson(text);
  } catch (error) {
    if (text.trim() === '') throw new Error('it is empty: get a complete copy', { cause: error });
    const plain = Buffer.from(text);
    const { fault } = jsonFaultOf(plain);
    if (fault === undefined) throw error;
    const line = plain.subarray(0, fault.at).toString().split('\n').length;
    throw new Error(`it is not JSON: ${fault.what} on line ${line}`, { cause: error });
  }
}

/** The companion that an archive of ours brings along; `undefined` where it has none, or is none. */
async function companionWithin(file: string, name: string): Promise<Companion | undefined> {
  try {
    if (!(await isZipFile(file))) return undefined;
    const archive = await readBytes(file);
    const [sightings] = sightingsIn(namesInZip(archive));
    if (sightings === undefined) return undefined;
    const files = unzipWithin(archive, {}, undefined, (one) => one.endsWith(name));
    const bytes = besideIn(files, sightings, name);
    return bytes && { path: `${file}/${name}`, read: () => Promise.resolve(bytes) };
  } catch {
    return undefined; // what is wrong with the file is said where its sightings are read
  }
}

/** A file that an archive brings along, or that stands beside a file, or the project's own when there is neither. */
export async function companionOf(file: string, name: string): Promise<Companion> {
  const within = await companionWithin(file, name);
  if (within) return within;
  const beside = join(dirname(file), name);
  const own = join(PROJECT_DATA, name);
  const path = await access(beside).then(
    () => beside,
    () => own,
  );
  return { path, read: () => readFile(path) };
}

/** Reads a file beside the sightings. What is wrong with it is said, and is not held against them. */
async function readCompanion<T extends { issues: Issue[] }>(
  file: string,
  name: string,
  parse: (value: unknown) => T,
): Promise<T | undefined> {
  const { path, read } = await companionOf(file, name);
  try {
    const found = parse(jsonOf(await read()));
    for (const issue of found.issues) console.error(issueLine(path, issue));
    return found;
  } catch (error) {
    tell(`${path}: cannot be read, so nothing is checked against it: ${messageOf(error)}`);
    return undefined;
  }
}

/** The systems that the sightings of a file may name. */
export function readSystemsBeside(file: string): Promise<ReadSystems | undefined> {
  return readCompanion(file, SYSTEMS_FILE, readSystems);
}

/** The points that somebody had added to those of an archive; `undefined` where there are none. */
export async function ownPointsWithin(file: string): Promise<Uint8Array | undefined> {
  return await (await companionWithin(file, OWN_POINTS_FILE))?.read();
}

/**
 * What the sightings of a file may refer to.
 * @param points the reference points, when they were read already
 */
export async function contextBeside(file: string, points?: ReadPoints): Promise<NamedContext> {
  const systems = await readSystemsBeside(file);
  const context: NamedContext = {
    ...contextOf(systems, points ?? (await readCompanion(file, REFERENCE_POINTS_FILE, readReferencePoints))),
    ...(systems?.issues.length === 0 ? { systemNames: systemNamesOf(systems.systems) } : {}),
  };
  const { referencePointIds } = context;
  if (referencePointIds === undefined || (await ownPointsWithin(file)) === undefined) return context;
  const own = await readCompanion(file, OWN_POINTS_FILE, readReferencePoints);
  const ownIds = new Set(own?.referencePoints.map(({ id }) => id));
  return { ...context, referencePointIds: { has: (id) => referencePointIds.has(id) || ownIds.has(id) } };
}
