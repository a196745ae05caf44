import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TEST_SEED } from '../test-seed';
import { CRASHERS, FORMATS, type Seedling, readCorpus } from '../torture/corpus';
import { mutantOf } from '../torture/mutants';
import { tryAll } from '../torture/round';
import type { TrialReport } from '../torture/trial-worker';

const SEEDS = [1, 1000 + TEST_SEED];
const COUNT = 120;

/** The files that broke something once: `FORMAT-SEED-INDEX-NAME`, or `FORMAT-WHAT.EXTENSION`. */
const crashers = readdirSync(CRASHERS)
  .toSorted()
  .map((name) => {
    const format = FORMATS.find((one) => name.startsWith(`${one}-`));
    if (format === undefined)
      throw new Error(`${name} does not begin with a format, one of ${FORMATS.join(', ')}`);
    return { format, name, bytes: new Uint8Array(readFileSync(join(CRASHERS, name))) } satisfies Seedling;
  });

function crashesOf(reports: readonly TrialReport[], nameOf: (index: number) => string): string[] {
  return reports.flatMap(({ index, end, reason = '' }) =>
    end === 'crashed' ? [`${nameOf(index)}: ${reason}`] : [],
  );
}

test('no file breaks again what it broke once', async () => {
  const reports: TrialReport[] = [];
  await tryAll({ files: crashers }, (report) => reports.push(report));
  expect(crashesOf(reports, (index) => crashers[index]?.name ?? '')).toEqual([]);
  expect(new Set(reports.map(({ index }) => index)).size).toBe(crashers.length);
});

describe.for(SEEDS)('changed files of seed %i', (seed) => {
  test('break nothing', async () => {
    const reports: TrialReport[] = [];
    await tryAll({ seed, formats: FORMATS, from: 0, until: COUNT }, (report) => reports.push(report));
    const corpus = readCorpus();
    const again = (index: number) => `index ${index}, ${mutantOf(corpus, FORMATS, seed, index).name}`;
    expect(crashesOf(reports, again)).toEqual([]);
    expect(reports).toHaveLength(COUNT);
    expect(new Set(reports.map(({ end }) => end))).toEqual(new Set(['accepted', 'refused']));
  });
});

test('a file is the same for the same seed', () => {
  const corpus = readCorpus();
  for (let index = 0; index < 3 * FORMATS.length; index++) {
    const mutant = mutantOf(corpus, FORMATS, 3, index);
    expect(mutantOf(corpus, FORMATS, 3, index)).toEqual(mutant);
    // Of one that was cut to nothing nothing tells its seed.
    if (index > 0 && mutant.bytes.length > 0)
      expect(mutant.bytes).not.toEqual(mutantOf(corpus, FORMATS, 4, index).bytes);
  }
});
