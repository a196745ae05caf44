import { parseArgs } from 'node:util';
import { FORMATS, type TortureFormat } from './corpus';

/** What can be tortured, in the order in which it is. */
export const PARTS = [
  'fuzz',
  'properties',
  'strings',
  'kills',
  'faults',
  'tabs',
  'bad',
  'keyboard',
  'suite',
] as const;
export type Part = (typeof PARTS)[number];

export interface TortureOptions {
  parts: readonly Part[];
  seed: number;
  /** changed files */
  count: number;
  /** the first of them, to go on where a run ended */
  from: number;
  formats: readonly TortureFormat[];
  /** runs of the unit and property tests, each with a seed of its own */
  rounds: number;
  /** sightings with a hostile text in every field */
  strings: number;
  /** fields that a text of 10 MB is put into */
  huge: number;
  /** of the whole browser */
  kills: number;
  /** of the script whose every call of the storage goes wrong once */
  edits: number;
  tabs: number;
  /** of each tab */
  tabEdits: number;
  /** of the files in which one is bad, or all are */
  features: number;
  /** where the report is written besides */
  report: string | undefined;
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new Error(`--${name} ${text}: write a whole number, such as 1000 or 1e5.`);
}

function chosen<T extends string>(name: string, all: readonly T[], text: string | undefined): readonly T[] {
  if (text === undefined) return all;
  const names = text.split(',');
  const unknown = names.find((one) => !all.some((known) => known === one));
  if (unknown === undefined) return all.filter((known) => names.includes(known));
  throw new Error(`--${name} ${unknown}: write one of ${all.join(', ')}, or several with commas between.`);
}

/** How it is used. */
export const HELP = `Usage: npm run torture -- [OPTION]...

Breaks the app on purpose, and writes a table of what was promised and what was reached.

  --only PART[,PART]...        of ${PARTS.join(', ')}; left out: all
  --count N, --from N          files of fuzz, and the first of them (200000, 0)
  --formats FORMAT[,FORMAT]... of fuzz: ${FORMATS.join(', ')}
  --rounds N                   of properties (20)
  --strings N, --huge N        sightings with hostile texts, and fields with 10 MB (2000, 8)
  --kills N                    of the browser (300)
  --edits N                    of the script of faults (200)
  --tabs N, --tab-edits N      tabs, and the edits of each (4, 250)
  --features N                 of the files with bad ones (100000)
  --seed N                     makes the same files and texts again
  --report FILE                writes the table as Markdown
  --help                       prints this

The exit status is 1 when a promise was broken.`;

/**
 * Reads `--only PART[,PART]... --seed N --count N --from N --formats FORMAT[,FORMAT]... --rounds N --strings N --huge N
 * --kills N --edits N --tabs N --tab-edits N --features N --report FILE`. What is left out is as much as the bars ask for.
 * `--help` prints {@link HELP} and ends.
 * @throws Error that says what is wrong
 */
export function readOptions(args?: string[]): TortureOptions {
  const { values } = parseArgs({
    ...(args ? { args } : {}),
    options: {
      only: { type: 'string' },
      seed: { type: 'string' },
      count: { type: 'string', default: '200000' },
      from: { type: 'string', default: '0' },
      formats: { type: 'string' },
      rounds: { type: 'string', default: '20' },
      strings: { type: 'string', default: '2000' },
      huge: { type: 'string', default: '8' },
      kills: { type: 'string', default: '300' },
      edits: { type: 'string', default: '200' },
      tabs: { type: 'string', default: '4' },
      'tab-edits': { type: 'string', default: '250' },
      features: { type: 'string', default: '100000' },
      report: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    process.exit();
  }
  return {
    parts: chosen('only', PARTS, values.only),
    seed: values.seed === undefined ? Date.now() % 2 ** 32 : wholeNumber('seed', values.seed),
    count: wholeNumber('count', values.count),
    from: wholeNumber('from', values.from),
    formats: chosen('formats', FORMATS, values.formats),
    rounds: wholeNumber('rounds', values.rounds),
    strings: wholeNumber('strings', values.strings),
    huge: wholeNumber('huge', values.huge),
    kills: wholeNumber('kills', values.kills),
    edits: wholeNumber('edits', values.edits),
    tabs: wholeNumber('tabs', values.tabs),
    tabEdits: wholeNumber('tab-edits', values['tab-edits']),
    features: wholeNumber('features', values.features),
    report: values.report,
  };
}
