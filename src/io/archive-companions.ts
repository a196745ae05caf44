import type { Issue } from '../domain/issue';
import { readReferencePoints, readSystems } from '../domain/reference-data';
import { CHECKSUM_FILE, OWN_POINTS_FILE, SIGHTINGS_FILE, SYSTEMS_FILE, sha256 } from './data-archive';
import { REFERENCE_POINTS_FILE } from './reference-points';
import { parseShallowJson } from './shallow-json';
import { strictText } from './strict-text';
import { type NamedContext, type SystemNames, systemNamesOf } from './system-names';

/** The files of an archive, by their names. */
export type ArchiveFiles = ReadonlyMap<string, Uint8Array>;

/** What the sightings of an archive may refer to, as far as the archive itself says it. */
export interface ArchiveContext {
  context: NamedContext;
  /** what is to be known of it, in sentences */
  notes: readonly string[];
}

/** The file of sightings in an archive of ours: its name, in whatever folder it is; `undefined` in any other archive. */
export function sightingsIn(names: Iterable<string>): string[] {
  return [...names].filter((name) => name === SIGHTINGS_FILE || name.endsWith(`/${SIGHTINGS_FILE}`));
}

/** The file beside another in an archive. */
export function besideIn<F>(files: ReadonlyMap<string, F>, sightings: string, name: string): F | undefined {
  return files.get(sightings.slice(0, -SIGHTINGS_FILE.length) + name);
}

/** The ids in a companion of the sightings; none, and the reason, for one that has faults. */
function idsIn(
  name: string,
  bytes: Uint8Array | undefined,
  read: (value: unknown) => { ids: string[]; issues: readonly Issue[] },
): { ids?: ReadonlySet<string>; notes: string[] } {
  if (bytes === undefined) return { notes: [] };
  let fault: string;
  try {
    const { ids, issues } = read(parseShallowJson(strictText(bytes)));
    const [issue] = issues;
    if (issue === undefined) return { ids: new Set(ids), notes: [] };
    fault = `${issue.id ?? 'the file'}, ${issue.path}: ${issue.message}`;
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  return { notes: [`“${name}” of the archive has faults, so nothing was checked against it: ${fault}.`] };
}

const idsOf = (items: readonly { id: string }[]) => items.map(({ id }) => id);

/**
 * What the sightings of an archive may refer to: its own systems in the place of those that are known, and its own
 * reference points beside them. What is not in it, or not sound, stays as it is known.
 * @param sightings the name of the file of sightings
 * @param known what sightings may refer to without it; what is not checked is not checked here either
 */
export function contextInArchive(
  files: ArchiveFiles,
  sightings: string,
  known: NamedContext,
): ArchiveContext {
  let systemNames: SystemNames = new Map();
  const systems = idsIn(SYSTEMS_FILE, besideIn(files, sightings, SYSTEMS_FILE), (value) => {
    const read = readSystems(value);
    systemNames = systemNamesOf(read.systems);
    return { ids: idsOf(read.systems), issues: read.issues };
  });
  const [points, own] = [REFERENCE_POINTS_FILE, OWN_POINTS_FILE].map((name) =>
    idsIn(name, besideIn(files, sightings, name), (value) => {
      const read = readReferencePoints(value);
      return { ids: idsOf(read.referencePoints), issues: read.issues };
    }),
  );
  const { referencePointIds } = known;
  const has = (id: string) =>
    referencePointIds?.has(id) === true || points?.ids?.has(id) === true || own?.ids?.has(id) === true;
  const news = [...(systems.ids ?? [])].filter((id) => known.systemIds?.has(id) === false);
  return {
    context: {
      ...known,
      ...(systems.ids ? { systemIds: systems.ids, systemNames } : {}),
      ...(referencePointIds ? { referencePointIds: { has } } : {}),
    },
    notes: [
      ...systems.notes,
      ...(points?.notes ?? []),
      ...(own?.notes ?? []),
      ...(news.length > 0 ? [`Systems that only the archive describes: ${news.join(', ')}.`] : []),
    ],
  };
}

/** What differs from the checksums of an archive of ours, in sentences; none for an archive without checksums. */
export async function checksumNotes(files: ArchiveFiles, sightings: string): Promise<string[]> {
  const sums = besideIn(files, sightings, CHECKSUM_FILE);
  if (sums === undefined) return [];
  if (!('subtle' in crypto))
    return [`The checksums of the archive were not compared: that needs https or localhost.`];
  const notes: string[] = [];
  for (const line of new TextDecoder().decode(sums).split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [, sum, name = ''] = /^([0-9a-f]{64}) [ *](.+)$/i.exec(line) ?? [];
    const bytes = besideIn(files, sightings, name);
    if (sum === undefined) notes.push(`${CHECKSUM_FILE} of the archive has a line that is no checksum.`);
    else if (bytes === undefined)
      notes.push(`“${name}” is missing in the archive, and its checksum is there: get a complete copy.`);
    else if ((await sha256(bytes)) !== sum.toLowerCase())
      notes.push(
        `“${name}” of the archive is not as it was packed: its checksum differs. Somebody changed it, or it is damaged.`,
      );
  }
  return notes;
}
