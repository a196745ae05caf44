import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Issue } from './domain/issue';
import { readReferencePoints, readSystems } from './domain/reference-data';
import type { ContractContext } from './domain/validate';
import { readSightings } from './io/geojson';

const USAGE = `Usage: npm run sightings -- validate FILE... [--json]

Checks files of sightings against the contract (geo/README.md). The systems and reference points that they
may name are read from systems.json and reference-points.geojson beside each FILE, else from this project.

Exit status: 0 all valid (warnings may be printed), 1 at least one error, 2 a file could not be read.
`;

const EXIT = { valid: 0, issues: 1, unreadable: 2 } as const;

const PROJECT_DATA = fileURLToPath(new URL('../geo/', import.meta.url));

/** Reads a JSON file beside `file`, or the project's own when there is none. */
async function readCompanion(file: string, name: string): Promise<unknown> {
  for (const path of [join(dirname(file), name), join(PROJECT_DATA, name)]) {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw error;
    }
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new Error(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
  throw new Error(`${name} is neither beside ${file} nor in ${PROJECT_DATA}`);
}

async function readContext(file: string): Promise<ContractContext> {
  const { systems } = readSystems(await readCompanion(file, 'systems.json'));
  const { referencePoints } = readReferencePoints(await readCompanion(file, 'reference-points.geojson'));
  return {
    systemIds: new Set(systems.map(({ id }) => id)),
    referencePointIds: new Set(referencePoints.map(({ id }) => id)),
  };
}

function issueLine(file: string, { id, index, path, message, severity }: Issue): string {
  const feature = (id === null ? index : /^[\w-]+$/.test(id) ? id : JSON.stringify(id)) ?? 'collection';
  return `${file}:${feature}:${path}: ${severity === 'warning' ? 'warning: ' : ''}${message}`;
}

async function validate(files: readonly string[], asJson: boolean): Promise<number> {
  const reports: { file: string; accepted: number; rejected: number; issues: Issue[] }[] = [];
  let exit: number = EXIT.valid;
  for (const file of files) {
    try {
      const { accepted, rejected, issues } = readSightings(await readFile(file), await readContext(file));
      reports.push({ file, accepted, rejected, issues });
      if (issues.some(({ severity }) => severity === 'error')) exit = Math.max(exit, EXIT.issues);
      if (!asJson) {
        for (const issue of issues) console.log(issueLine(file, issue));
        console.log(`${file}: ${accepted} accepted, ${rejected} rejected`);
      }
    } catch (error) {
      exit = EXIT.unreadable;
      console.error(`${file}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (asJson) console.log(JSON.stringify({ files: reports }, null, 2));
  return exit;
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
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
  return EXIT.unreadable;
}

process.exitCode = await main(process.argv.slice(2));
