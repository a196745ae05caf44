import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFile } from '../../src/cli/check-file';
import { issueLines } from '../../src/cli/issue-lines';
import { placeDoubts } from '../../src/domain/place-doubt';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import { readContract } from '../../src/io/contract-geojson';
import { inWordsOfForm } from '../../src/ui/record/form/place-words';
import { toBytes } from './fixtures';
import { sampleSighting } from './sample';
import { workOf } from './work-of';

const at = (id: string, lng: number, lat: number) =>
  sampleSighting({ id, geometry: { type: 'Point', coordinates: [lng, lat] } });
const fileOf = (...features: unknown[]) => toBytes(JSON.stringify({ type: 'FeatureCollection', features }));
const nowhere = at('nowhere', 0, 0);
const message =
  'is 0, 0, the usual sign of a place that is missing: write null for a sighting reported without a place';
const context = { systemIds: new Set<string>(), referencePointIds: new Set<string>() };

test('a point at 0, 0 is doubted, and nothing else', () => {
  const [issue, ...more] = placeDoubts(nowhere, 3);
  expect(more).toEqual([]);
  expect(issue).toEqual({
    index: 3,
    id: 'nowhere',
    path: '$.geometry.coordinates',
    message,
    severity: 'warning',
  });
  const area = { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [0, 1], [0, 0]]] }; // prettier-ignore
  for (const other of [
    at('a', 0, 51.5),
    at('a', 6, 0),
    { ...nowhere, geometry: null },
    { ...nowhere, geometry: area },
  ])
    expect(placeDoubts(other, 0)).toEqual([]);
  for (const broken of [
    null,
    [],
    {},
    { geometry: { type: 'Point' } },
    { geometry: { type: 'Point', coordinates: [0] } },
  ])
    expect(placeDoubts(broken, 0)).toEqual([]);
});

test('the form doubts it in its own words, and lets it be saved', async () => {
  const issues = (await workOf([])).check(GIVEN_LAYER, nowhere, null);
  expect(issues.map(({ severity }) => severity)).toEqual(['warning']);
  expect(issues.map(inWordsOfForm).map((issue) => issue.message)).toEqual([
    'is 0, 0, the usual sign of a place that is missing: choose “Not known” where the report names none',
  ]);
});

test('an import that is opened tells it', () => {
  const { result } = readContract(fileOf(at('a', 37.6, 55.7), nowhere), context, () => undefined);
  expect([result.accepted, result.incomplete]).toEqual([2, []]);
  expect(result.warnings).toEqual([
    {
      place: expect.stringMatching(/^feature 2/) as string,
      id: 'nowhere',
      message: `$.geometry.coordinates: ${message}`,
    },
  ]);
});

test('the command line tells it of the feature that has it, beside those with errors', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'doubt-')), 'a.geojson');
  await writeFile(file, fileOf({ ...at('a', 1, 1), type: 'Future' }, at('b', 37.6, 55.7), nowhere));
  const { report } = await checkFile(file, context);
  expect([report.accepted, report.rejected]).toEqual([2, 1]);
  expect(report.issues.map(({ index, id, severity }) => [index, id, severity])).toEqual([
    [0, 'a', 'error'],
    [2, 'nowhere', 'warning'],
  ]);
});

test('the command line tells where it stands in the file, as of errors, and in its order', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'doubt-')), 'a.geojson');
  const near = Array.from({ length: 60 }, (_, i) => at(`near-${10 + i}`, 37.6 + i / 100, 55.7));
  const features = [
    { ...at('a', 1, 1), type: 'Future' },
    { ...nowhere, id: 'b' },
    ...near,
    at('swapped', 55.7, 37.6),
    { ...at('x', 1, 1), type: 'Future' },
    { ...nowhere, id: 'y' },
  ];
  const lines = features.map((feature) => JSON.stringify(feature));
  const text = `\uFEFF{"type":"FeatureCollection","title":"Ж","features":[\n${lines.join(',\n')}\n]}\n`;
  await writeFile(file, text);
  const { report } = await checkFile(file, context);
  const placeOf = (line: string) => ({
    byte: Buffer.byteLength(text.slice(0, text.indexOf(line))),
    line: lines.indexOf(line) + 2,
  });
  expect(report.issues.map(({ id, index, line, byte }) => ({ id, index, line, byte }))).toEqual(
    features.flatMap(({ id }, index) =>
      id.startsWith('near') ? [] : [{ id, index, ...placeOf(lines[index] ?? '') }],
    ),
  );
  const { line, byte } = placeOf(lines[1] ?? '');
  expect(issueLines(file, report.issues)).toContainEqual(
    expect.stringContaining(`(line ${line}, byte ${byte})`) as string,
  );
});
