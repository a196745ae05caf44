import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { distancesCsv, distancesJson } from './domain/distance-export';
import { DistanceList } from './domain/distance-list';
import { distancesTable } from './domain/distance-listing';
import { EARTH_MODELS, type EarthModel } from './domain/geodesic';
import type { Issue } from './domain/issue';
import { readReferencePoints, readSystems } from './domain/reference-data';
import type { SightingTable } from './domain/table';
import { contextOf } from './domain/validate';
import { readSightings } from './io/geojson';

const USAGE = `Usage: npm run sightings -- validate FILE... [--json]
       npm run sightings -- distances FILE [--to FILE] [--model sphere|wgs84] [--format table|csv|json]

validate checks files of sightings against the contract (geo/README.md). The systems and reference points that
they may name are read from systems.json and reference-points.geojson beside each FILE, else from this project.

distances measures from reference points to the sightings of a file. The points are those of --to, else of the
reference-points.geojson beside FILE, else of this project. Models: sphere of mean radius (Turf), the default, or
WGS 84 ellipsoid (GeographicLib). csv is what the app exports; json has the numbers as they were computed.

Exit status: 0 all valid (warnings may be printed), 1 at least one error, 2 a file could not be read or the command
was not understood.
`;

const EXIT = { valid: 0, issues: 1, unreadable: 2 } as const;

const PROJECT_DATA = fileURLToPath(new URL('../geo/', import.meta.url));

/** The path of a file beside another, or of the project's own when there is none. */
async function companionOf(file: string, name: string): Promise<string> {
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

function messageOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}

/** Text as it may stand on a line of its own: control characters are escaped. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => JSON.stringify(character).slice(1, -1));
}

function issueLine(file: string, { id, index, path, message, severity }: Issue): string {
  const feature = (id === null ? index : /^[\w-]+$/.test(id) ? id : JSON.stringify(id)) ?? 'collection';
  return oneLine(`${file}:${feature}:${path}: ${severity === 'warning' ? 'warning: ' : ''}${message}`);
}

interface FileReport {
  file: string;
  accepted: number;
  rejected: number;
  issues: Issue[];
}

type ReadPoints = ReturnType<typeof readReferencePoints>;

/**
 * Reads a file of sightings; there is no table when it cannot be read.
 * @param points what the sightings may name, when that was read already
 */
async function check(
  file: string,
  points?: ReadPoints,
): Promise<{ report: FileReport; table?: SightingTable; exit: number }> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const message = `cannot be read: ${messageOf(error)}`;
    const issue: Issue = { index: null, id: null, path: '$', message, severity: 'error' };
    return { report: { file, accepted: 0, rejected: 0, issues: [issue] }, exit: EXIT.unreadable };
  }
  const context = contextOf(
    await readCompanion(file, 'systems.json', readSystems),
    points ?? (await readCompanion(file, 'reference-points.geojson', readReferencePoints)),
  );
  const { table, accepted, rejected, issues } = readSightings(bytes, context);
  const exit = hasErrors(issues) ? EXIT.issues : EXIT.valid;
  return { report: { file, accepted, rejected, issues }, table, exit };
}

function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === 'error');
}

async function validate(files: readonly string[], asJson: boolean): Promise<number> {
  const reports: FileReport[] = [];
  let worst: number = EXIT.valid;
  for (const file of files) {
    const { report, exit } = await check(file);
    reports.push(report);
    worst = Math.max(worst, exit);
    if (asJson) continue;
    // The issues are the output; what is said about them is not.
    const print = exit === EXIT.unreadable ? console.error : console.log;
    for (const issue of report.issues) print(issueLine(file, issue));
    if (exit !== EXIT.unreadable)
      console.error(`${file}: ${report.accepted} accepted, ${report.rejected} rejected`);
  }
  if (asJson) console.log(JSON.stringify({ files: reports }, null, 2));
  return worst;
}

/** How distances are printed, by what `--format` calls it. */
const FORMATS = { table: distancesTable, csv: distancesCsv, json: distancesJson } as const;

/** @throws Error that names the values that an option can have */
function oneOfOption<T extends string>(
  option: string,
  value: string,
  known: Readonly<Record<T, unknown>>,
): T {
  if (Object.hasOwn(known, value)) return value as T;
  throw new Error(`--${option} cannot be "${value}": choose one of ${Object.keys(known).join(', ')}.`);
}

/** Reads the points to measure from. Says what is wrong with them; `undefined` when they cannot be read. */
async function readPoints(path: string): Promise<ReadPoints | undefined> {
  try {
    const found = readReferencePoints(JSON.parse(await readFile(path, 'utf8')));
    for (const issue of found.issues) console.error(issueLine(path, issue));
    return found;
  } catch (error) {
    console.error(`${path}: cannot be read: ${messageOf(error)}`);
    return undefined;
  }
}

/** Writes texts to where the output goes, as fast as that takes them. */
async function print(texts: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(texts), process.stdout, { end: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error; // who reads has enough
  }
}

async function distances(
  file: string,
  to: string | undefined,
  model: EarthModel,
  format: keyof typeof FORMATS,
): Promise<number> {
  const points = await readPoints(to ?? (await companionOf(file, 'reference-points.geojson')));
  const { report, table, exit } = await check(file, to === undefined ? points : undefined);
  for (const issue of report.issues) console.error(issueLine(file, issue));
  if (points === undefined || table === undefined) return EXIT.unreadable;
  const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  const list = new DistanceList(table, rows, points.referencePoints);
  await print(FORMATS[format](list, model));
  if (report.rejected > 0) console.error(`${file}: ${report.accepted} accepted, ${report.rejected} rejected`);
  if (list.unplacedCount > 0)
    console.error(`${file}: left out as reported without a place: ${list.unplacedCount}`);
  return Math.max(exit, hasErrors(points.issues) ? EXIT.issues : EXIT.valid);
}

/** What a command line asks for; `undefined` when it cannot be told. */
async function run(argv: string[]): Promise<number | undefined> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: {
      json: { type: 'boolean' },
      to: { type: 'string' },
      model: { type: 'string' },
      format: { type: 'string' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  const { json, to, model, format, help } = values;
  if (help) {
    console.log(USAGE);
    return EXIT.valid;
  }
  const [command, ...files] = positionals;
  const [file, ...otherFiles] = files;
  if (file === undefined) return undefined;
  if (command === 'validate' && [to, model, format].every((value) => value === undefined))
    return await validate(files, json ?? false);
  if (command === 'distances' && otherFiles.length === 0 && json === undefined)
    return await distances(
      file,
      to,
      oneOfOption('model', model ?? 'sphere', EARTH_MODELS),
      oneOfOption('format', format ?? 'table', FORMATS),
    );
  return undefined;
}

async function main(argv: string[]): Promise<number> {
  try {
    const exit = await run(argv);
    if (exit !== undefined) return exit;
    console.error(USAGE);
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${USAGE}`);
  }
  return EXIT.unreadable;
}

process.exitCode = await main(process.argv.slice(2));
