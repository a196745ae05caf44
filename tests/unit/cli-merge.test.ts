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
/** Sightings of which one has a source with a date that was corrected, beside another that both have. */
const linked = (publishedDate: string) =>
  sampleSighting({ sources: [sampleSource({ url: 'https://paper.example/1', publishedDate }), second] });
/** A sighting that measures to another. */
const near = (id: string, to: string) =>
  sampleSighting({ id, reportedDistances: [{ to, meters: 500, qualifier: 'about', source: 0 }] });
/** What the columns of other people's table mean. */
const MEANT = [
  ...['title=Headline', 'eventDate=When', 'verbatimLocality=Where'].flatMap((text) => ['--map', text]),
  ...['confidence=low', 'confidenceBasis=One origin.', 'source.publisher=A desk'].flatMap((text) => [
    '--set',
    text,
  ]),
  ...['source.publishedDate=2023-02-01', 'source.origin=A desk', 'source.claim=Seen.'].flatMap((text) => [
    '--set',
    text,
  ]),
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
    writeFile(at('left.geojson'), fileOf([sampleSighting({ id: 'a-left' }), near('b-left', 'b-right')])),
    writeFile(at('right.geojson'), fileOf([sampleSighting({ id: 'a-right' }), near('b-right', 'a-left')])),
    writeFile(at('astray.geojson'), fileOf([near('c-astray', 'nowhere')])),
    writeFile(at('dated.geojson'), fileOf([linked('2023-01-20')])),
    writeFile(at('corrected.geojson'), fileOf([linked('2023-01-21')])),
    writeFile(at('foreign.csv'), 'Headline;When;Where\nA launcher;2023-01-19;a park\n'),
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
    merge('halves', at('left.geojson'), at('right.geojson')),
    merge('outOfAstray', at('right.geojson'), at('astray.geojson')),
    merge('recalled', at('dated.geojson'), at('corrected.geojson')),
    merge('withBad', ours, at('bad.geojson')),
    merge('withForeign', ours, at('foreign.csv'), ...MEANT),
    merge('inVain', ours, clash, '--map', 'title=Headline'),
  ]);
  run['oneInput'] = await sightings(['merge', '-', '-', '-o', '-']);
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
    expect(err).toContain('theirs.geojson:d-newer: newer, taken: Sources');
    expect(err).toContain('theirs.geojson:e-older: older, not taken: Sources');
    expect(err).toContain('theirs.geojson:f-theirs: added');
    expect(err).toMatch(/^1 the same, 1 newer, 1 older, 1 only in .*peaceful\.geojson, 1 only in /m);
    expect(out).toBe('');
  });

  test('writes nothing when two records contradict each other: exit 1, and both values', async () => {
    expect(run['conflict']?.exit).toBe(1);
    expect(run['conflict']?.err).toContain(
      'clash.geojson:b-conflict: conflict: Title: “Our title” in ours, “Their title” in theirs\n',
    );
    expect(await readdir(folder)).not.toContain('conflict.geojson');
  });

  test('says of a source that was corrected what both files say of it, a line each', () => {
    const { exit, err = '' } = run['recalled'] ?? {};
    expect(exit).toBe(1);
    const lines = err.split('\n').filter((line) => line.includes('conflict: '));
    expect(lines.map((line) => line.replace(/^.*corrected\.geojson:sample: /, ''))).toEqual([
      expect.stringContaining(
        'conflict: Sources: only in ours: A paper, 20 January 2023: It reports this. (',
      ),
      expect.stringContaining(
        'conflict: Sources: only in theirs: A paper, 21 January 2023: It reports this. (',
      ),
    ]);
    expect(lines[0]).toContain('paper.example/1');
  });

  test('takes the side that is preferred, and unites the sources all the same', async () => {
    expect(await titleOf('preferOurs')).toBe('Our title');
    expect(await titleOf('preferTheirs')).toBe('Their title');
    expect(await titleOf('preferNewer')).toBe('Their title'); // its source is the later one
    const merged = (await linesOf('preferOurs')).map((line) => JSON.parse(line) as Sighting)[1];
    expect(merged?.properties.sources.map(({ publisher }) => publisher)).toEqual(['First', 'Second']);
  });

  test('merges partial files whose distances are measured to a sighting of the other', async () => {
    expect(run['halves']).toMatchObject({ exit: 0 });
    const ids = (await linesOf('halves')).map((line) => (JSON.parse(line) as Sighting).id);
    expect(ids).toEqual(['a-left', 'a-right', 'b-left', 'b-right']);
  });

  test('merges no distance to what stands in neither file', async () => {
    expect(run['outOfAstray']?.exit).toBe(1);
    expect(run['outOfAstray']?.err).toContain(
      'astray.geojson:c-astray:$.properties.reportedDistances[0].to: "nowhere" is',
    );
    expect(await readdir(folder)).not.toContain('outOfAstray.geojson');
  });

  test('merges no file with errors, since they would be lost', async () => {
    expect(run['withBad']?.exit).toBe(1);
    expect(run['withBad']?.err).toContain('bad.geojson:bad:$.properties.title: ');
    expect(await readdir(folder)).not.toContain('withBad.geojson');
  });

  test('takes the rows of other people’s data by a mapping, beside sightings that need none', async () => {
    const { exit, err = '' } = run['withForeign'] ?? {};
    expect(err).toContain('foreign.csv: Cells are parted by semicolons.');
    expect(err).toContain('foreign.csv:a-launcher-2023-01-19: added');
    expect([exit, (await linesOf('withForeign')).length]).toEqual([0, OURS.length + 1]);
  });

  test('says that a mapping is for neither of the two', async () => {
    expect(run['inVain']).toMatchObject({ exit: 2, err: expect.stringContaining('for none of them.') });
    expect(await readdir(folder)).not.toContain('inVain.geojson');
  });

  test('cannot have both files from standard input', () => {
    expect(run['oneInput']).toMatchObject({ exit: 2, out: '', err: expect.stringContaining('has one file') });
  });

  test('wants to know where to write', () => {
    expect(run['noOutput']).toMatchObject({ exit: 2, err: expect.stringContaining('Usage: ') });
  });
});
