import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Issue } from './domain/issue';
import { readReferencePoints, readSystems } from './domain/reference-data';
import { contextOf } from './domain/validate';
import { readSightings } from './io/geojson';

const USAGE = `Usage: npm run sightings -- validate FILE... [--json]

Checks files of sightings against the contract (geo/README.md). The systems and reference points that they
may name are read from systems.json and reference-points.geojson beside each FILE, else from this project.

Exit status: 0 all valid (warnings may be printed), 1 at least one error, 2 a file could not be read.
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

async function check(file: string): Promise<{ report: FileReport; exit: number }> {
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
    await readCompanion(file, 'reference-points.geojson', readReferencePoints),
  );
  const { accepted, rejected, issues } = readSightings(bytes, context);
  const hasErrors = issues.some(({ severity }) => severity === 'error');
  return { report: { file, accepted, rejected, issues }, exit: hasErrors ? EXIT.issues : EXIT.valid };
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

async function main(argv: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [command, ...files] = positionals;
    if (values.help) {
      console.log(USAGE);
      return EXIT.valid;
    }
    if (command === 'validate' && files.length > 0) return await validate(files, values.json);
    console.error(USAGE);
  } catch (error) {
    console.error(`${messageOf(error)}\n\n${USAGE}`);
  }
  return EXIT.unreadable;
}

process.exitCode = await main(process.argv.slice(2));
