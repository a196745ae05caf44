import { type ParseArgsConfig, parseArgs } from 'node:util';

export interface BenchOptions {
  /** whether a row is wanted, by its name */
  isWanted: (name: string) => boolean;
  /** runs of each contender; left out: as each row needs */
  runs: number | undefined;
  /** how many sightings; left out: all sizes */
  counts: readonly number[];
  /** where the rows are written as JSON */
  json: string | undefined;
  /** where all that was measured is written as Markdown */
  report: string | undefined;
  /** whether a row that misses its bar is a failure */
  isStrict: boolean;
  /** after so long a contender counts as not finished */
  timeoutMs: number;
  /** a folder for pictures of what was measured; left out: none are kept */
  pictures: string | undefined;
  /** a folder for traces of the loading, and what each thread was busy with; left out: none are made */
  traces: string | undefined;
}

/** `npm run bench` or `npm run bench:browser`. */
export type BenchCommand = 'bench' | 'bench:browser';

const COUNTS = [1e3, 1e4, 1e5, 1e6];

const OPTIONS = {
  only: { type: 'string' },
  runs: { type: 'string' },
  count: { type: 'string' },
  json: { type: 'string' },
  report: { type: 'string' },
  strict: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

const OF_PAGES = {
  pictures: { type: 'string' },
  traces: { type: 'string' },
  timeout: { type: 'string', default: '300' },
} as const satisfies ParseArgsConfig['options'];

const WHAT: Readonly<Record<BenchCommand, string>> = {
  bench:
    'Measures reading against JSON.parse and files with faults, and distances against a Turf loop, in Node.',
  'bench:browser': 'Measures the built page against a bare MapLibre page on the same files, in Chromium.',
};

const HELP = `
  --only NAME[,NAME]...  rows whose names begin so
  --count N[,N]...       so many sightings, such as 1e3,1e5; left out: 1e3, 1e4, 1e5 and 1e6
  --runs N               runs of each contender; left out: as many as each row needs
  --json FILE            writes the rows as JSON
  --report FILE          writes all that is printed as Markdown
  --strict               a row that misses its bar is a failure too
  --help                 prints this`;

const HELP_OF_PAGES = `
  --timeout SECONDS      after which a page has not finished (300)
  --pictures FOLDER      keeps pictures of what was drawn
  --traces FOLDER        keeps traces of the loading, and tells what each thread was busy with; it is slower for it`;

const HELP_OF_STATUS = `

Prints a Markdown table: medians, with least and most in brackets. A row says in its column "at most" which ratio is to
be reached, and whether it is missed. The exit status is 1 when a figure of ours or of what it is compared with could not
be had, and with --strict when a bar is missed; without it, a missed bar is told and is no failure, since figures of a
busy machine prove nothing. It is 2 for options that cannot be.`;

/** The command line that was given. */
export function commandOf(command: BenchCommand): string {
  const args = process.argv.slice(2).join(' ');
  return `npm run ${command}${args === '' ? '' : ` -- ${args}`}`;
}

/** How a command is used. */
export function helpOf(command: BenchCommand): string {
  const ofPages = command === 'bench:browser' ? HELP_OF_PAGES : '';
  return `Usage: npm run ${command} -- [OPTION]...\n\n${WHAT[command]}\n${HELP}${ofPages}${HELP_OF_STATUS}`;
}

/** An option that cannot be. */
export class OptionFault extends Error {}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new OptionFault(`--${name} ${text}: write a whole number above 0, such as 1000 or 1e5.`);
}

function parsed(command: BenchCommand, args: readonly string[]) {
  const ofPages = command === 'bench:browser';
  try {
    const options = ofPages ? { ...OPTIONS, ...OF_PAGES } : OPTIONS;
    const { values } = parseArgs({ args: [...args], options });
    return values as ReturnType<typeof parseArgs<{ options: typeof OPTIONS & typeof OF_PAGES }>>['values'];
  } catch (error) {
    throw new OptionFault(error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads the options that {@link helpOf} lists; `undefined` where help is wanted.
 * @throws OptionFault that says what is wrong
 */
export function readOptions(
  command: BenchCommand,
  args: readonly string[] = process.argv.slice(2),
): BenchOptions | undefined {
  const values = parsed(command, args);
  if (values.help) return undefined;
  const only = values.only?.split(',') ?? [''];
  const counts = values.count?.split(',').map((text) => wholeNumber('count', text));
  return {
    isWanted: (name) => only.some((start) => name.startsWith(start)),
    runs: values.runs === undefined ? undefined : wholeNumber('runs', values.runs),
    counts: counts ?? COUNTS,
    json: values.json,
    report: values.report,
    isStrict: values.strict,
    pictures: values.pictures,
    traces: values.traces,
    timeoutMs: 1000 * wholeNumber('timeout', values.timeout ?? '300'),
  };
}

/** Runs a benchmark with the options of its command line, or prints how it is used. */
export async function withOptions(
  command: BenchCommand,
  run: (options: BenchOptions) => Promise<void>,
): Promise<void> {
  try {
    const options = readOptions(command);
    if (options === undefined) console.log(helpOf(command));
    else await run(options);
  } catch (error) {
    if (!(error instanceof OptionFault)) throw error;
    console.error(`${error.message}\n\n${helpOf(command)}`);
    process.exitCode = 2;
  }
}
