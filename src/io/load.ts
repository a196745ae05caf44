import type { Issue } from '../domain/issue';
import { readReferencePoints, readSystems } from '../domain/reference-data';
import type { ReferencePoint, System } from '../domain/sighting';
import { type ContractContext, contextOf } from '../domain/validate';
import { type FetchOptions, type FetchedFile, fetchFile, fetchJson } from './fetch-file';
import { type ReadSightings, readSightings } from './geojson';

/** A file and all that is wrong with it. */
export interface FileIssues {
  file: string;
  issues: Issue[];
}

/** Everything that the app shows, and what could not be shown. */
export interface DataSet {
  sightings: ReadSightings;
  systems: System[];
  referencePoints: ReferencePoint[];
  problems: FileIssues[];
}

/** The files of a data set, by their names in geo/. */
const DATA_FILES = {
  sightings: 'sightings.geojson',
  systems: 'systems.json',
  referencePoints: 'reference-points.geojson',
} as const;

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

function dataSetOf(
  sightings: ReadSightings,
  own: FileIssues,
  { systems, points, problems }: Companions,
): DataSet {
  return {
    sightings,
    systems: systems?.systems ?? [],
    referencePoints: points?.referencePoints ?? [],
    problems: [own, ...problems].filter(({ issues }) => issues.length > 0),
  };
}

/**
 * Loads the files of a data set from a folder. Never rejects: a file that is missing or broken is a problem
 * in the result, and whatever is good is there.
 * @param baseUrl address of the folder, with a slash at the end
 */
export async function loadDataSet(baseUrl: string): Promise<DataSet> {
  const url = (file: string) => `${baseUrl}${file}`;
  const [{ bytes, issues }, systemsFile, pointsFile] = await Promise.all([
    fetchFile(url(DATA_FILES.sightings)),
    fetchJson(url(DATA_FILES.systems)),
    fetchJson(url(DATA_FILES.referencePoints)),
  ]);
  const companions = companionsOf(systemsFile, pointsFile);
  const sightings = readSightings(bytes, contextOf(companions.systems, companions.points));
  const own = { file: DATA_FILES.sightings, issues: issues.length > 0 ? issues : sightings.issues };
  return dataSetOf(sightings, own, companions);
}

/** Data from an address, before it is read. */
export interface DataFromAddress extends FetchedFile {
  /** what its sightings may refer to */
  context: ContractContext;
  /** The data set with its sightings, and what is wrong with their file. */
  complete: (sightings: ReadSightings, issues: Issue[]) => DataSet;
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
  const own = beside === builtIn ? undefined : await fetchJson(beside, { signal });
  return own?.issues.length === 0 ? own : await fetchJson(builtIn, { signal });
}

/**
 * Fetches a file of sightings from an address of its own, and systems and reference points from beside it; where these
 * are missing there, the built-in ones.
 * @param baseUrl where the built-in ones are
 * @throws what `signal` is aborted with
 */
export async function fetchDataAt(
  dataUrl: string,
  baseUrl: string,
  options: FetchOptions = {},
): Promise<DataFromAddress> {
  const companion = (file: string) => fetchCompanion(file, dataUrl, baseUrl, options.signal);
  const [fetched, systemsFile, pointsFile] = await Promise.all([
    fetchFile(dataUrl, options),
    companion(DATA_FILES.systems),
    companion(DATA_FILES.referencePoints),
  ]);
  const companions = companionsOf(systemsFile, pointsFile);
  return {
    ...fetched,
    context: contextOf(companions.systems, companions.points),
    complete: (sightings, issues) => dataSetOf(sightings, { file: dataUrl, issues }, companions),
  };
}
