import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CRASHERS, type TortureFormat, readCorpus } from './corpus';
import { mutantOf } from './mutants';
import { HANG_MS, tryAll } from './round';
import { Tally } from './tally';

export interface FuzzOptions {
  seed: number;
  /** changed files */
  count: number;
  /** the first of them */
  from: number;
  formats: readonly TortureFormat[];
}

/** What crashers of one kind have in common: the beginning of the reason, whatever numbers and names are in it. */
function kindOf(reason: string): string {
  return (reason.split('\n')[0] ?? '').replace(/[\d.]+|["“<][^"”>]*["”>]/g, '#').slice(0, 80);
}

/**
 * Tries changed files on the importers and the validator. The first crasher of each kind is kept as a fixture.
 * @param log told how far it is, and of each kind of crasher
 */
export async function fuzz(
  { seed, count, from, formats }: FuzzOptions,
  log: (line: string) => void,
): Promise<Tally> {
  const corpus = readCorpus();
  log(`Seed ${seed}: ${count} changed files of ${formats.join(', ')}, made of ${corpus.length}.`);
  mkdirSync(CRASHERS, { recursive: true });
  const tally = new Tally();
  const seen = new Set<string>();
  await tryAll({ seed, formats, from, until: count }, (report) => {
    const file = mutantOf(corpus, formats, seed, report.index);
    tally.add(file.format, report);
    if (report.end === 'crashed') {
      const name = `${file.format}-${seed}-${report.index}-${file.name}`;
      const kind = `${file.format} ${kindOf(report.reason ?? '')}`;
      if (!seen.has(kind)) {
        writeFileSync(join(CRASHERS, name), file.bytes);
        log(`${name}: ${report.reason ?? ''}`);
      }
      seen.add(kind);
    }
    if (tally.files % 1000 === 0) log(`${tally.files} files, ${tally.crashers} crashers`);
  });
  log(tally.text());
  return tally;
}

/** A file that takes longer is a hang, in words. */
export const HANG_TEXT = `${HANG_MS / 1000} s`;
