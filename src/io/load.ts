import { type Issue, IssueList } from '../domain/issue';
import { readReferencePoints, readSystems } from '../domain/reference-data';
import type { ReferencePoint, System } from '../domain/sighting';
import { contextOf } from '../domain/validate';
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

function problem(message: string): Issue[] {
  const report = new IssueList(null, null);
  report.error('$', message);
  return report.issues;
}

async function fetchBytes(url: string): Promise<{ bytes: Uint8Array; issues: Issue[] }> {
  try {
    const response = await fetch(url);
    if (response.ok) return { bytes: new Uint8Array(await response.arrayBuffer()), issues: [] };
    const status = `${response.status} ${response.statusText}`.trim();
    return {
      bytes: new Uint8Array(),
      issues: problem(`the server answers "${status}": put the file at ${url}`),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { bytes: new Uint8Array(), issues: problem(`cannot be fetched from ${url}: ${reason}`) };
  }
}

async function fetchJson(url: string): Promise<{ value: unknown; issues: Issue[] }> {
  const { bytes, issues } = await fetchBytes(url);
  if (issues.length > 0) return { value: undefined, issues };
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), issues };
  } catch (error) {
    return {
      value: undefined,
      issues: problem(`is not JSON: ${error instanceof Error ? error.message : error}`),
    };
  }
}

/**
 * Loads the files of a data set from a folder. Never rejects: a file that is missing or broken is a problem
 * in the result, and whatever is good is there.
 * @param baseUrl address of the folder, with a slash at the end
 */
export async function loadDataSet(baseUrl: string): Promise<DataSet> {
  const url = (file: string) => `${baseUrl}${file}`;
  const [sightingsFile, systemsFile, pointsFile] = await Promise.all([
    fetchBytes(url(DATA_FILES.sightings)),
    fetchJson(url(DATA_FILES.systems)),
    fetchJson(url(DATA_FILES.referencePoints)),
  ]);
  const systems = systemsFile.issues.length > 0 ? undefined : readSystems(systemsFile.value);
  const points = pointsFile.issues.length > 0 ? undefined : readReferencePoints(pointsFile.value);
  const sightings = readSightings(sightingsFile.bytes, contextOf(systems, points));
  const problems: FileIssues[] = [
    {
      file: DATA_FILES.sightings,
      issues: sightingsFile.issues.length > 0 ? sightingsFile.issues : sightings.issues,
    },
    { file: DATA_FILES.systems, issues: systems?.issues ?? systemsFile.issues },
    { file: DATA_FILES.referencePoints, issues: points?.issues ?? pointsFile.issues },
  ];
  return {
    sightings,
    systems: systems?.systems ?? [],
    referencePoints: points?.referencePoints ?? [],
    problems: problems.filter(({ issues }) => issues.length > 0),
  };
}
