import { expect, test } from 'vitest';
import { applyMapping } from '../../src/io/apply-mapping';
import { suggestMapping } from '../../src/io/column-guess';
import { readContract } from '../../src/io/contract-geojson';
import { sortContract } from '../../src/io/contract-stream';
import { readSightingsStream } from '../../src/io/feature-stream';
import type { ImportOutcome } from '../../src/io/foreign';
import { readTable } from '../../src/io/table-file';
import { systemNamesOf } from '../../src/io/system-names';
import { geoContext, geoSystems, toBytes, toText } from './fixtures';
import { sampleSighting } from './sample';

const HEAD =
  'id,title,system,date,where,radius,confidence,basis,lat,lng,publisher,published,origin,claim,extra';
const row = (id: string, { system = '96K6', date = '2023-01-19', lat = '55.7' } = {}) =>
  `${id},A launcher,${system},${date},a park,500,low,One origin.,${lat},37.6,A paper,2023-01-20,An origin,It reports.,`;

function numbersOf(items: readonly { place: string }[]): number[] {
  return items.map(({ place }) => Number(/\d+/.exec(place)?.[0]));
}

test('what an import of a table says is in the order of the file, and its sightings by id', () => {
  const swapped = row('b-swapped').replace('55.7,37.6', '37.6,55.7');
  const nothing = `${','.repeat(14)}x`;
  const near = Array.from({ length: 60 }, (_, i) => row(`near-${i + 10}`, { system: 's-400' }));
  const lines = [
    row('z'),
    nothing,
    `${row('y')},,too,many`,
    row('m', { date: 'soon' }),
    swapped.replace('b-', 'w-'),
    row('c'),
    nothing,
    `${row('x')},,too,many`,
    row('a', { date: 'soon' }),
    swapped,
    ...near,
  ];
  const data = readTable(toBytes(`${HEAD}\n${lines.join('\n')}\n`));
  const guess = suggestMapping(data);
  const column = (name: string) => ({ from: 'column', column: name }) as const;
  const fields = {
    ...guess.fields,
    id: column('id'),
    verbatimLocality: column('where'),
    coordinateUncertaintyInMeters: column('radius'),
    confidence: column('confidence'),
    confidenceBasis: column('basis'),
  };
  const { publisher, published, origin, claim } = Object.fromEntries(
    ['publisher', 'published', 'origin', 'claim'].map((name) => [name, column(name)]),
  );
  if (!publisher || !published || !origin || !claim) throw new Error('The columns are not named.');
  const source = { ...guess.source, publisher, publishedDate: published, origin, claim };
  const context = { ...geoContext(), systemNames: systemNamesOf(geoSystems()) };
  const result = applyMapping(data, { ...guess, fields, source }, context, new Set());
  expect(numbersOf(result.setAside)).toEqual([3, 4, 8, 9]);
  expect(numbersOf(result.incomplete)).toEqual([5, 10]);
  expect(numbersOf(result.mended)).toEqual([2, 6, 7, 11]);
  expect(numbersOf(result.warnings)).toEqual([6, 11]);
  const { features } = JSON.parse(toText(result.bytes)) as { features: { id: string }[] };
  expect(features.slice(0, 4).map(({ id }) => id)).toEqual(['b-swapped', 'c', 'near-10', 'near-11']);
});

const at = (id: string, lng: number, lat: number) =>
  sampleSighting({ id, geometry: { type: 'Point', coordinates: [lng, lat] } });
const lost = (id: string) => {
  const { properties, ...rest } = at(id, 37.6, 55.7);
  return { ...rest, properties: { ...properties, reportedDistances: [{ meters: 1, to: 'bad', source: 0 }] } };
};
const features = [
  { ...at('z', 37.6, 55.7), properties: { ...at('z', 1, 1).properties, twice: 1 } },
  at('y', 0, 0),
  at('swapped', 55.7, 37.6),
  { ...at('bad', 37.6, 55.7), properties: { title: 'x' } },
  lost('x'),
  { ...at('worse', 37.6, 55.7), properties: { title: 'x' } },
  { type: 'Feature' },
  at('b', 0, 0),
  { ...at('c', 37.6, 55.7), properties: { ...at('c', 1, 1).properties, twice: 1 } },
  lost('w'),
  { ...at('worst', 37.6, 55.7), properties: { title: 'x' } },
  { type: 'Feature' },
  ...Array.from({ length: 60 }, (_, i) => at(`near-${i + 10}`, 37.6 + i / 100, 55.7)),
];
const file = toBytes(JSON.stringify({ type: 'FeatureCollection', features }));
const context = { systemIds: new Set<string>(), referencePointIds: new Set<string>() };

const WAYS: Readonly<Record<string, () => Promise<ImportOutcome>>> = {
  'at once': () => Promise.resolve(readContract(file, context, () => undefined).result),
  'as it comes in': async () => {
    const stream = async function* () {
      yield await Promise.resolve(file);
    };
    const read = await readSightingsStream(stream(), context);
    return (await sortContract(read, stream, context)).outcome;
  },
};

test.for(Object.keys(WAYS))('what an import of GeoJSON that is read %s says is in its order', async (way) => {
  const outcome = await WAYS[way]?.();
  const idOf = (feature: unknown) => (feature as { id: string }).id;
  expect(outcome?.warnings.map(({ id }) => id)).toEqual(['z', 'y', 'swapped', 'b', 'c']);
  expect(outcome?.incomplete.map(({ feature }) => idOf(feature))).toEqual([
    'bad',
    'x',
    'worse',
    'w',
    'worst',
  ]);
  expect(numbersOf(outcome?.setAside ?? [])).toEqual([7, 12]);
});
