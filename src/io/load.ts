import type { Issue } from '../domain/issue';
import { readReferencePoints, readSystems } from '../domain/reference-data';
import type { ReferencePoint, System } from '../domain/sighting';
import { type ContractContext, contextOf } from '../domain/validate';
import { DATA_FILES } from './data-files';
import { fetchJson, fileIssue } from './fetch-file';
import { type ReadSightings, readSightings } from './geojson';

/** A file and what is wrong with it. */
export interface FileIssues {
  file: string;
  issues: readonly Issue[];
  /** how many errors were found, where `issues` has the first ones only */
  errors?: number;
}

/** Everything that the app shows, and what could not be shown. */
export interface DataSet {
  /** none where their file is not there */
  sightings: ReadSightings;
  /** whether nobody knows what their file has, since it is not there or cannot be read at all */
  isMissing: boolean;
  systems: System[];
  referencePoints: ReferencePoint[];
  problems: FileIssues[];
}

/** What sightings refer to, from the files beside theirs. */
interface Companions {
  systems: ReturnType<typeof readSystems> | undefined;
  points: ReturnType<typeof readReferencePoints> | undefined;
  problems: FileIssues[];
}

type FetchedJson = Awaited<ReturnType<typeof fetchJson>>;

function companionsOf(systemsFile: FetchedJson, pointsFile: FetchedJson): Companions {
  const systems = systemsFile.issues.length > 0 ? undefined : readSystems(systemsFile.value);
  const points = pointsFile.issues.length > 0 ? undefined : readReferencePoints(pointsFile.value);
  return {
    systems,
    points,
    problems: [
      { file: DATA_FILES.systems, issues: systems?.issues ?? systemsFile.issues },
      { file: DATA_FILES.referencePoints, issues: points?.issues ?? pointsFile.issues },
    ],
  };
}

/**
 * What became of a file of sightings: these and how many errors were found, or why there are none. `brokenOff`: since its
 * bytes stopped coming, as of `ReadSightings`.
 */
export type SightingsFile =
  { sightings: ReadSightings & { errors?: number } } | { issues: readonly Issue[]; brokenOff?: string };

/** A file of sightings that is not there, for a reason that may pass with `isBrokenOff`. */
export function missingFile({
  message,
  isBrokenOff = false,
}: {
  message: string;
  isBrokenOff?: boolean;
}): SightingsFile {
  return isBrokenOff ? { issues: [], brokenOff: message } : { issues: fileIssue(message) };
}

function dataSetOf(file: string, read: SightingsFile, { systems, points, problems }: Companions): DataSet {
  const { brokenOff } = 'sightings' in read ? read.sightings : read;
  const sightings = 'sightings' in read ? read.sightings : readSightings(new Uint8Array(), {});
  const { issues, errors }: Omit<FileIssues, 'file'> = 'sightings' in read ? read.sightings : read;
  const isNothing = sightings.accepted + sightings.rejected === 0;
  const own = { file, issues, ...(errors === undefined ? {} : { errors }) };
  return {
    sightings: brokenOff === undefined ? sightings : { ...sightings, brokenOff },
    isMissing: isNothing && (brokenOff !== undefined || issues.some(({ severity }) => severity === 'error')),
    systems: systems?.systems ?? [],
    referencePoints: points?.referencePoints ?? [],
    problems: [own, ...problems].filter((problem) => problem.issues.length > 0),
  };
}

/** Reads sightings from an address; what they may refer to is known later. */
export type ReadFrom = (url: string, context: Promise<ContractContext>) => Promise<SightingsFile>;

/**
 * Loads the files of a data set from a folder. Rejects only when `read` does: a file that is missing or broken is a
 * problem in the result, and whatever is good is there.
 * @param baseUrl address of the folder, with a slash at the end
 */
export async function loadDataSet(baseUrl: string, read: ReadFrom, signal?: AbortSignal): Promise<DataSet> {
  const url = (file: string) => `${baseUrl}${file}`;
  const companions = Promise.all([
    fetchJson(url(DATA_FILES.systems), { signal }),
    fetchJson(url(DATA_FILES.referencePoints), { signal }),
  ]).then(([systems, points]) => companionsOf(systems, points));
  const context = companions.then(({ systems, points }) => contextOf(systems, points));
  const [sightings, known] = await Promise.all([read(url(DATA_FILES.sightings), context), companions]);
  return dataSetOf(DATA_FILES.sightings, sightings, known);
}

/** A companion from beside the data, or the built-in one where there is none that is JSON. */
async function fetchCompanion(
  file: string,
  dataUrl: string,
  baseUrl: string,
  signal: AbortSignal | undefined,
): Promise<FetchedJson> {
  const builtIn = `${baseUrl}${file}`;
  const beside = new URL(file, dataUrl).href;
  if (beside === builtIn) return await fetchJson(builtIn, { signal });
  // Asked for at once: where there is none beside the data, nobody waits for the one and then for the other.
  const instead = fetchJson(builtIn, { signal });
  instead.catch(() => undefined); // it may not be needed
  const own = await fetchJson(beside, { signal });
  return own.issues.length === 0 ? own : await instead;
}

/** What stands beside data at an address of its own. */
export interface Beside {
  /** what its sightings may refer to */
  context: ContractContext;
  /** The data set with its sightings, or with why there are none. */
  complete: (read: SightingsFile) => DataSet;
}

/**
 * Fetches systems and reference points from beside data at an address of its own; where these are missing there, the
 * built-in ones.
 * @param baseUrl where the built-in ones are
 * @throws what `signal` is aborted with
 */
export async function fetchBeside(dataUrl: string, baseUrl: string, signal?: AbortSignal): Promise<Beside> {
  const companion = (file: string) => fetchCompanion(file, dataUrl, baseUrl, signal);
  const [systems, points] = await Promise.all([
    companion(DATA_FILES.systems),
    companion(DATA_FILES.referencePoints),
  ]);
  const companions = companionsOf(systems, points);
  return {
    context: contextOf(companions.systems, companions.points),
    complete: (read) => dataSetOf(dataUrl, read, companions),
  };
}
