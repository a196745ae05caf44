import { describe, expect, test } from 'vitest';
import { readReferencePoints } from '../../src/domain/reference-data';
import type { DescribedPoint } from '../../src/domain/sighting';
import { FileFault } from '../../src/io/file-fault';
import { readPointFile } from '../../src/io/point-file';
import { formatReferencePoints } from '../../src/io/reference-points';
import { geoJson, toBytes } from './fixtures';

const b: DescribedPoint = {
  id: 'own-b',
  name: 'Ворота "B"',
  lng: -179.99999,
  lat: -45.5,
  uncertaintyMeters: 0.5,
  remarks: 'Clicked on the map at zoom 17.0; the radius is 5 pixels of it.',
};
const a: DescribedPoint = { ...b, id: 'own-a', name: 'A', shortName: 'Short A', uncertaintyMeters: 12_000 };

const read = (text: string) => readPointFile(new Blob([text]), [], 1000);

describe('a file of reference points', () => {
  test('has a feature a line, sorted by id, with keys in the order of geo/', () => {
    const lines = formatReferencePoints(Object.freeze([b, a])).split('\n');
    expect(lines).toEqual([
      '{"type":"FeatureCollection","title":"Reference points","features":[',
      '{"type":"Feature","id":"own-a","geometry":{"type":"Point","coordinates":[-179.99999,-45.5]},"properties":{"name":"A","shortName":"Short A","coordinateUncertaintyInMeters":12000,"georeferenceRemarks":"Clicked on the map at zoom 17.0; the radius is 5 pixels of it."}},',
      expect.stringMatching(/^\{"type":"Feature","id":"own-b".*\}\}$/),
      ']}',
      '',
    ]);
  });

  test('is read without any issue, warnings included', () => {
    const read = readReferencePoints(JSON.parse(formatReferencePoints([b, a])));
    expect(read).toEqual({ referencePoints: [a, b], issues: [] });
  });

  test('can be empty', async () => {
    expect(await read(formatReferencePoints([]))).toEqual({
      points: [],
      known: 0,
      leftOut: 0,
      setAside: [],
      notes: [],
    });
  });

  test('does not tell whose the points are', () => {
    expect(formatReferencePoints([{ ...a, isOwn: true }])).toBe(formatReferencePoints([a]));
  });

  test('of geo/ comes back as it is', async () => {
    const { referencePoints } = readReferencePoints(geoJson('reference-points.geojson'));
    expect((await read(formatReferencePoints(referencePoints))).points).toEqual(referencePoints);
  });

  test('may begin with a byte order mark', async () => {
    expect((await read(`\uFEFF${formatReferencePoints([a])}`)).points).toEqual([a]);
  });

  test('that is half right gives its good points, and says what is wrong with the others', async () => {
    const text = formatReferencePoints([a, b])
      .replace('"own-b"', '"Own B"')
      .replace(']}\n', ',null,{"type":"Feature","id":"own-c","geometry":null,"properties":{"name":""}}]}\n');
    const { points, leftOut, setAside } = await read(text);
    expect([points, leftOut]).toEqual([[a], 3]);
    expect(setAside).toEqual([
      expect.objectContaining({
        place: expect.stringMatching(/^feature 2 \(line 3, byte \d+\)$/) as unknown,
        id: 'Own B',
        reason: expect.stringMatching(/^id: "Own B" is no kebab-case slug/) as unknown,
      }),
      expect.objectContaining({
        place: expect.stringMatching(/^feature 3 \(line 4, byte \d+\)$/) as unknown,
        reason: 'must be a GeoJSON Feature, not null',
      }),
      expect.objectContaining({
        id: 'own-c',
        reason: expect.stringMatching(
          /^name: is empty.*; coordinateUncertaintyInMeters: is missing.*; georeferenceRemarks: is missing.*; geometry: must be a Point$/,
        ) as unknown,
      }),
    ]);
    expect(new TextDecoder().decode(setAside[2]?.bytes)).toBe(
      '{"type":"Feature","id":"own-c","geometry":null,"properties":{"name":""}}',
    );
  });

  test('with points of unlikely size and place keeps none of them', async () => {
    const wrong = [
      { ...a, lat: 91 },
      { ...a, uncertaintyMeters: 0 },
      { ...a, uncertaintyMeters: -5 },
      { ...a, name: 'two\nlines' },
    ].map((point, i) => ({ ...point, id: `own-${i}` }));
    const { points, leftOut } = await read(formatReferencePoints(wrong));
    expect([points.length, leftOut]).toEqual([0, 4]);
  });

  test.for([
    ['', /^The file is empty/],
    ['points: none', /^The file is no GeoJSON: .*FeatureCollection of Points/],
    ['\ufffd\ufffd{}', /^The file is no GeoJSON/],
    [
      '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[]}',
      /^Nothing can be taken, as its coordinates are of another system, "EPSG:3857": convert to WGS 84\.$/,
    ],
  ] as const)('that says %j is refused', async ([text, says]) => {
    await expect(read(text)).rejects.toThrow(FileFault);
    await expect(read(text)).rejects.toThrow(says);
  });

  test.for(['{"features":{}}', '{"a":1}', '[7]', '{"type":"Fea'])(
    'that says %j gives no point, and says why',
    async (text) => {
      const { points, leftOut, notes } = await read(text);
      expect([points, leftOut + notes.length > 0]).toEqual([[], true]);
    },
  );

  test('in UTF-16 is refused with the remedy', async () => {
    const bytes = Uint8Array.of(0xff, 0xfe, ...Buffer.from(formatReferencePoints([a]), 'utf16le'));
    await expect(readPointFile(new Blob([bytes]), [], 1000)).rejects.toThrow(
      /UTF-16LE text.*save it as UTF-8/,
    );
  });

  test('with a byte that is no UTF-8 does not change it in silence', async () => {
    const bytes = new Uint8Array(toBytes(formatReferencePoints([a, { ...b, name: '~name' }])));
    bytes[bytes.indexOf(0x7e)] = 0xff;
    const { points, setAside } = await readPointFile(new Blob([bytes]), [], 1000);
    expect(points).toEqual([a]);
    expect(setAside).toEqual([
      expect.objectContaining({
        place: expect.stringMatching(/^feature 2 \(line 3, byte \d+\)$/) as unknown,
        reason: 'is not UTF-8 text: save the file as UTF-8',
      }),
    ]);
  });

  test('with an id twice gives the first, and says where that is', async () => {
    const { points, setAside } = await read(formatReferencePoints([a, { ...b, id: a.id }]));
    expect([points.length, setAside[0]?.reason]).toEqual([
      1,
      'id: is that of feature 1 (line 2, byte 68) already: give each its own',
    ]);
  });

  test('is compared with what is there', async () => {
    const file = new Blob([formatReferencePoints([a, b])]);
    const { points, known } = await readPointFile(file, [{ ...a, id: 'other' }], 1000);
    expect([points, known]).toEqual([[b], 1]);
  });

  test('of more points than there is room for gives as many, and sets the others aside', async () => {
    const file = new Blob([formatReferencePoints([a, b])]);
    const { points, setAside } = await readPointFile(file, [], 1);
    expect(points).toEqual([a]);
    expect(setAside).toEqual([
      expect.objectContaining({
        id: 'own-b',
        reason: expect.stringMatching(/^is one too many: .* at most 1,000 .* Remove some first$/) as unknown,
      }),
    ]);
  });

  test('that is large is refused, with the limit and what to do', async () => {
    const file = new Blob([new Uint8Array(6e6).fill(0x20)]);
    await expect(readPointFile(file, [], 1000)).rejects.toThrow(
      /has 6 MB, and at most 5 MB.*file of their own/,
    );
  });

  test('of very many bad features counts all, lists the first, and keeps the bytes of all', async () => {
    const text = `{"type":"FeatureCollection","features":[${'0,'.repeat(19_999)}0]}`;
    const { leftOut, setAside } = await read(text);
    expect([leftOut, setAside.length]).toEqual([20_000, 5001]);
    const { place, reason, bytes } = setAside.at(-1) ?? {};
    expect(`${place}: ${reason}`).toMatch(/^15,000 more features: are not listed one by one.* 5,000/);
    expect((JSON.parse(`[${new TextDecoder().decode(bytes)}]`) as unknown[]).length).toBe(15_000);
  });
});
