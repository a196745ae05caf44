import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** whether a row is wanted, by its name */
  isWanted: (name: string) => boolean;
  /** runs of each contender; left out: as each row needs */
  runs: number | undefined;
  /** how many sightings; left out: all sizes */
  counts: readonly number[];
  /** where the rows are written as JSON */
  json: string | undefined;
  /** after so long a contender counts as not finished */
  timeoutMs: number;
  /** a folder for pictures of what was measured; left out: none are kept */
  pictures: string | undefined;
  /** a folder for traces of the loading, and how long each thread was at work; left out: none are made */
  traces: string | undefined;
}

const COUNTS = [1e3, 1e4, 1e5, 1e6];

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} ${text}: write a whole number above 0, such as 1000 or 1e5.`);
}

/**
 * Reads `--only NAME[,NAME]... --runs N --count N[,N]... --json FILE --timeout SECONDS --pictures FOLDER
 * --traces FOLDER`; a NAME is the beginning of a row's name.
 * @throws Error that says what is wrong
 */
export function readOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      runs: { type: 'string' },
      count: { type: 'string' },
      json: { type: 'string' },
      pictures: { type: 'string' },
      traces: { type: 'string' },
      timeout: { type: 'string', default: '300' },
    },
  });
  const only = values.only?.split(',') ?? [''];
  const counts = values.count?.split(',').map((text) => wholeNumber('count', text));
  return {
    isWanted: (name) => only.some((start) => name.startsWith(start)),
    runs: values.runs === undefined ? undefined : wholeNumber('runs', values.runs),
    counts: counts ?? COUNTS,
    json: values.json,
    pictures: values.pictures,
    traces: values.traces,
    timeoutMs: 1000 * wholeNumber('timeout', values.timeout),
  };
}
