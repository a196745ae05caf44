import { describe, expect, test } from 'vitest';
import { readReferencePoints } from '../../src/domain/reference-data';
import type { DescribedPoint } from '../../src/domain/sighting';
import { formatReferencePoints, parseReferencePoints } from '../../src/io/reference-points';
import { geoJson } from './fixtures';

const b: DescribedPoint = {
  id: 'own-b',
  name: 'Ворота "B"',
  lng: -179.99999,
  lat: -45.5,
  uncertaintyMeters: 0.5,
  remarks: 'Clicked on the map at zoom 17.0; the radius is 5 pixels of it.',
};
const a: DescribedPoint = { ...b, id: 'own-a', name: 'A', shortName: 'Short A', uncertaintyMeters: 12_000 };

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

  test('can be empty', () => {
    expect(parseReferencePoints(formatReferencePoints([]))).toEqual({ points: [], problems: [] });
  });

  test('does not tell whose the points are', () => {
    expect(formatReferencePoints([{ ...a, isOwn: true }])).toBe(formatReferencePoints([a]));
  });

  test('of geo/ comes back as it is', () => {
    const { referencePoints } = readReferencePoints(geoJson('reference-points.geojson'));
    expect(parseReferencePoints(formatReferencePoints(referencePoints)).points).toEqual(referencePoints);
  });

  test('may begin with a byte order mark', () => {
    expect(parseReferencePoints(`\uFEFF${formatReferencePoints([a])}`).points).toEqual([a]);
  });

  test('that is half right gives its good points, and says what is wrong with the others', () => {
    const text = formatReferencePoints([a, b])
      .replace('"own-b"', '"Own B"')
      .replace(']}\n', ',null,{"type":"Feature","id":"own-c","geometry":null,"properties":{"name":""}}]}\n');
    const { points, problems } = parseReferencePoints(text);
    expect(points).toEqual([a]);
    expect(problems).toEqual([
      expect.stringMatching(/^Own B, \$\.id: "Own B" is no kebab-case slug/),
      expect.stringMatching(/^feature 3, \$: must be a GeoJSON Feature, not null/),
      expect.stringMatching(/^own-c, \$\.properties\.name: is empty/),
      expect.stringMatching(/^own-c, \$\.properties\.coordinateUncertaintyInMeters: is missing/),
      expect.stringMatching(/^own-c, \$\.properties\.georeferenceRemarks: is missing/),
      expect.stringMatching(/^own-c, \$\.geometry: must be a Point/),
    ]);
  });

  test('with points of unlikely size and place keeps none of them', () => {
    const wrong = [
      { ...a, lat: 91 },
      { ...a, uncertaintyMeters: 0 },
      { ...a, uncertaintyMeters: -5 },
      { ...a, name: 'two\nlines' },
    ].map((point, i) => ({ ...point, id: `own-${i}` }));
    const { points, problems } = parseReferencePoints(formatReferencePoints(wrong));
    expect([points.length, problems.length]).toEqual([0, 4]);
  });

  test.for([
    ['', /^It is not JSON/],
    ['points: none', /^It is not JSON/],
    ['null', /^The file, \$\.features: is missing/],
    ['{"features":{}}', /^The file, \$\.features: is missing/],
  ] as const)('that says %j is said to be none', ([text, says]) => {
    expect(parseReferencePoints(text)).toEqual({ points: [], problems: [expect.stringMatching(says)] });
  });
});
