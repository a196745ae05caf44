import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { readReferencePoints, readSystems } from '../../src/domain/reference-data';
import { contextOf } from '../../src/domain/validate';
import { ROOT, type Seedling, type TortureFormat, readCorpus } from './corpus';
import { Innocence } from './innocence';
import { mutantOf } from './mutants';
import { usedMs } from './processor-time';
import { type TrialEnd, tryFile } from './trial';

/** What a worker is given: files, or the seed of some that it makes itself. */
export type TrialOrder =
  | { files: readonly Seedling[] }
  | { seed: number; formats: readonly TortureFormat[]; from: number; until: number };

/** What it tells of each file, in their order. */
export interface TrialReport {
  index: number;
  end: TrialEnd | 'crashed';
  /** why it crashed */
  reason?: string;
  /** of the processor */
  durationMs: number;
}

/** What the worker is at: index of the file, and when it began with it, in milliseconds since 1970. */
export interface TrialClock {
  index: number;
  since: number;
}

const json = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, 'geo', name), 'utf8'));
const context = contextOf(
  readSystems(json('systems.json')),
  readReferencePoints(json('reference-points.geojson')),
);
const innocence = new Innocence(new Uint8Array(readFileSync(join(ROOT, 'geo/sightings.geojson'))));

/** Reports are sent together: one by one they would take longer than the files. */
const MOST_WAITING = 50;

async function work({ order, clock }: { order: TrialOrder; clock: SharedArrayBuffer }): Promise<void> {
  const now = new Float64Array(clock);
  const corpus = 'files' in order ? [] : readCorpus();
  const [from, until] = 'files' in order ? [0, order.files.length] : [order.from, order.until];
  let reports: TrialReport[] = [];
  const send = () => {
    parentPort?.postMessage(reports);
    reports = [];
  };
  for (let index = from; index < until; index++) {
    const file = 'files' in order ? order.files[index] : mutantOf(corpus, order.formats, order.seed, index);
    if (file === undefined) break;
    [now[0], now[1]] = [index, Date.now()];
    const begin = usedMs();
    let report: Omit<TrialReport, 'durationMs'>;
    try {
      report = { index, end: await tryFile(file, context) };
      innocence.check();
    } catch (error) {
      const reason =
        error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
      report = { index, end: 'crashed', reason };
    }
    now[1] = 0;
    reports.push({ ...report, durationMs: usedMs() - begin });
    if (reports.length >= MOST_WAITING) send();
  }
  send();
}

await work(workerData as { order: TrialOrder; clock: SharedArrayBuffer });
