import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { type CommandRun, sightings } from './command-line';
import { toText } from './fixtures';
import { sampleSighting, sampleSource } from './sample';

let folder = '';
const at = (name: string) => join(folder, name);
const run: Record<string, CommandRun> = {};

const first = sampleSource({ publisher: 'First' });
const second = sampleSource({ publisher: 'Second', publishedDate: '2023-02-20' });

function fileOf(features: readonly (Sighting | string)[]): string {
  const texts = features.map((feature) => (typeof feature === 'string' ? feature : JSON.stringify(feature)));
  return `{"type":"FeatureCollection","title":"Ours","features":[\n${texts.join(',\n')}\n]}\n`;
}

/** A sighting in a layout of its own, which a merge has no reason to change. */
const ODD = JSON.stringify(sampleSighting({ id: 'c-same' })).replace('"properties":', '"properties" : ');
const conflict = (changes: Parameters<typeof sampleSighting>[0]) =>
  sampleSighting({ id: 'b-conflict', ...changes });

const OURS = [
  sampleSighting({ id: 'a-ours' }),
  conflict({ title: 'Our title', sources: [first] }),
  ODD,
  sampleSighting({ id: 'd-newer', sources: [first] }),
  sampleSighting({ id: 'e-older', sources: [first, second] }),
];
const THEIRS = [
  conflict({ title: 'Their title', sources: [second] }),
  sampleSighting({ id: 'c-same' }),
  sampleSighting({ id: 'd-newer', sources: [first, second] }),
  sampleSighting({ id: 'e-older', sources: [first] }),
  sampleSighting({ id: 'f-theirs' }),
];
const isPeaceful = (feature: Sighting | string) => typeof feature === 'string' || feature.id !== 'b-conflict';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merge-'));
  const [ours, theirs, clash] = [at('ours.geojson'), at('theirs.geojson'), at('clash.geojson')];
  await Promise.all([
    writeFile(ours, fileOf(OURS)),
    writeFile(at('peaceful.geojson'), fileOf(OURS.filter(isPeaceful))),
    writeFile(theirs, fileOf(THEIRS.filter(isPeaceful))),
    writeFile(clash, fileOf(THEIRS)),
    writeFile(at('bad.geojson'), fileOf([sampleSighting({ id: 'bad', title: '' })])),
  ]);
  const merge = async (name: string, ...args: readonly string[]) => {
    run[name] = await sightings(['merge', ...args, '-o', at(`${name}.geojson`)]);
  };
  await Promise.all([
    merge('plain', at('peaceful.geojson'), theirs),
    merge('conflict', ours, clash),
    merge('preferOurs', ours, clash, '--prefer', 'ours'),
    merge('preferTheirs', ours, clash, '--prefer', 'theirs'),
    merge('preferNewer', ours, clash, '--prefer', 'newer'),
    merge('withBad', ours, at('bad.geojson')),
  ]);
  run['noOutput'] = await sightings(['merge', ours, theirs]);
}, 300_000);
afterAll(() => rm(folder, { recursive: true }));

async function linesOf(name: string): Promise<string[]> {
  const lines = toText(await readFile(at(`${name}.geojson`))).split('\n');
  return lines.slice(1, -2).map((line) => line.replace(/,$/, ''));
}

async function titleOf(name: string): Promise<string | undefined> {
  const records = (await linesOf(name)).map((line) => JSON.parse(line) as Sighting);
  return records.find(({ id }) => id === 'b-conflict')?.properties.title;
}

describe('merge', () => {
  test('has what is only in one file, and of two records the one that says more, by its very bytes', async () => {
    expect(run['plain']?.exit).toBe(0);
    expect(await linesOf('plain')).toEqual([
      JSON.stringify(OURS[0]),
      ODD,
      JSON.stringify(THEIRS[2]),
      JSON.stringify(OURS[4]),
      JSON.stringify(THEIRS[4]),
    ]);
  });

  test('says on standard error what became of each, field by field', () => {
    const { err = '', out } = run['plain'] ?? {};
    expect(err).toContain('theirs.geojson:d-newer: newer, taken: sources');
    expect(err).toContain('theirs.geojson:e-older: older, not taken: sources');
    expect(err).toContain('theirs.geojson:f-theirs: added');
    expect(err).toMatch(/^1 the same, 1 newer, 1 older, 1 only in .*peaceful\.geojson, 1 only in /m);
    expect(out).toBe('');
  });

  test('writes nothing when two records contradict each other: exit 1, and both values', async () => {
    expect(run['conflict']?.exit).toBe(1);
    expect(run['conflict']?.err).toContain(
      'clash.geojson:b-conflict: conflict: title: {"title":"Our title"} in ours, {"title":"Their title"} in theirs',
    );
    expect(await readdir(folder)).not.toContain('conflict.geojson');
  });

  test('takes the side that is preferred, and unites the sources all the same', async () => {
    expect(await titleOf('preferOurs')).toBe('Our title');
    expect(await titleOf('preferTheirs')).toBe('Their title');
    expect(await titleOf('preferNewer')).toBe('Their title'); // its source is the later one
    const merged = (await linesOf('preferOurs')).map((line) => JSON.parse(line) as Sighting)[1];
    expect(merged?.properties.sources.map(({ publisher }) => publisher)).toEqual(['First', 'Second']);
  });

  test('merges no file with errors, since they would be lost', async () => {
    expect(run['withBad']?.exit).toBe(1);
    expect(run['withBad']?.err).toContain('bad.geojson:bad:$.properties.title: ');
    expect(await readdir(folder)).not.toContain('withBad.geojson');
  });

  test('wants to know where to write', () => {
    expect(run['noOutput']).toMatchObject({ exit: 2, err: expect.stringContaining('Usage: ') });
  });
});
