import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/io/join-bytes';
import { readContract } from '../../src/io/contract-geojson';
import { exportChunks } from '../../src/io/export';
import { readSightings } from '../../src/io/geojson';
import { openFile } from '../../src/io/open';
import { withDigitsOf, withQuotedNumbers } from '../../src/io/long-numbers';
import { toBytes, toText } from './fixtures';
import { sampleSighting } from './sample';

test.each([
  ['{"id":1616171819202122201}', '{"id":"1616171819202122201"}'],
  ['[-9007199254740993, 9007199254740991]', '["-9007199254740993", 9007199254740991]'],
  ['{"1616171819202122201":"1616171819202122201 \\"1616171819202122201"}', undefined],
  ['[0.12345678901234567890,1.5e300,12345678901234567890.5,12345678901234567890e2]', undefined],
])('of %s only whole numbers that would be rounded become texts', (json, wanted = json) => {
  expect(withQuotedNumbers(json)).toBe(wanted);
});

test.each([
  [
    '{"post":1616171819202122201,"n":2}',
    '{"n":3,"post":1616171819202122200}',
    '{"n":3,"post":1616171819202122201}',
  ],
  ['[12345678901234567890123]', '[1.2345678901234568e+22]', '[12345678901234567890123]'],
  ['[1616171819202122201,1616171819202122202]', '[1616171819202122200,1616171819202122200]', undefined],
  ['{"post":"1616171819202122201"}', '{"post":1616171819202122200}', '{"post":1616171819202122200}'],
  ['{"post":1616171819202122201}', '{"text":"1616171819202122200"}', '{"text":"1616171819202122200"}'],
])('of %s its digits come back in %s', (before, written, wanted = before) => {
  expect(withDigitsOf(before, written)).toBe(wanted);
});

test('whatever is parsed and written has its digits again', () => {
  const number = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(String);
  const json = fc.array(fc.oneof(number, fc.json())).map((items) => `[${items.join(',')}]`);
  fc.assert(
    fc.property(json, (before) => {
      const again = withDigitsOf(before, JSON.stringify(JSON.parse(before)));
      expect(JSON.parse(withQuotedNumbers(again))).toEqual(JSON.parse(withQuotedNumbers(before)));
    }),
  );
});

test('ids of posts are told apart by their last digit', async () => {
  const features = [1, 2].map((last) => `{"type":"Feature","id":161617181920212220${last},"properties":{}}`);
  const bytes = toBytes(`{"type":"FeatureCollection","features":[${features.join(',')}]}`);
  const opened = await openFile(bytes, 'posts.geojson', {}, {}, () => undefined);
  const ids = opened.kind === 'foreign' ? opened.data.features.map(({ id }) => id) : [];
  expect(ids).toEqual(['1616171819202122201', '1616171819202122202']);
});

test('whatever else JSON has stays as it is', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const exact: unknown = JSON.parse(withQuotedNumbers(json), (_, value: unknown) =>
        typeof value === 'string' && /^-?\d{16,}$/.test(value) ? Number(value) : value,
      );
      const plain: unknown = JSON.parse(json, (_, value: unknown) =>
        typeof value === 'string' && /^-?\d{16,}$/.test(value) ? Number(value) : value,
      );
      expect(exact).toEqual(plain);
    }),
  );
});

test('a text of many escapes and a number of many digits take no time to speak of', () => {
  const text = `["${'\\"'.repeat(2e6)}","${'1'.repeat(3e6)}",${'2'.repeat(1e6)}]`;
  expect(withQuotedNumbers(text)).toBe(text.replace(/,(2+)\]$/, ',"$1"]'));
});

describe('a sighting with the id of a post', () => {
  const POST = '1616171819202122201';
  const ring = [
    [37, 55],
    [38, 55],
    [38, 56],
  ];
  const fileOf = (sighting: object) =>
    toBytes(
      `{"type":"FeatureCollection","features":[${JSON.stringify(sighting).replace(/\}$/, `,"post":${POST}}`)}]}`,
    );

  test('keeps its digits when it is mended', () => {
    const open = { ...sampleSighting(), geometry: { type: 'Polygon', coordinates: [ring] } };
    const { result } = readContract(fileOf(open), {}, () => undefined);
    expect(result.mended).toHaveLength(1);
    expect(toText(result.bytes)).toContain(`"post":${POST}`);
  });

  test('keeps them as a text when it is incomplete', () => {
    const { result } = readContract(fileOf(sampleSighting({ title: '' })), {}, () => undefined);
    expect(result.incomplete.map(({ feature }) => feature)).toEqual([
      expect.objectContaining({ post: POST }),
    ]);
  });

  test.each(['csv', 'kml'] as const)('keeps them in %s, as a number', async (format) => {
    const { table, collection } = readSightings(fileOf(sampleSighting()), {});
    const set = { table, rows: Uint32Array.of(0), collection, systems: [] };
    const bytes = joinBytes(await exportChunks(format, set));
    const opened = await openFile(bytes, `posts.${format}`, {});
    expect(opened.kind === 'sightings' && toText(opened.result.bytes)).toContain(`"post":${POST}`);
  });
});
