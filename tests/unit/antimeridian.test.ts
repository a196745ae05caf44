import fc from 'fast-check';
import type { LineString, MultiLineString, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { cutAtAntimeridian } from '../../src/domain/antimeridian';
import { unwrapLng } from '../../src/domain/distance';
import { geodesicBetween, geodesicLine } from '../../src/domain/geodesic';

type LngLat = [lng: number, lat: number];

function partsOf(line: LineString | MultiLineString): Position[][] {
  return line.type === 'LineString' ? [line.coordinates] : line.coordinates;
}

function lengthOf(line: LineString | MultiLineString): number {
  return partsOf(line).reduce((sum, part) => sum + lengthOfPart(part), 0);
}

function lengthOfPart(part: Position[]): number {
  let sum = 0;
  for (const [i, [lng = NaN, lat = NaN]] of part.entries()) {
    const [beforeLng, beforeLat] = part[i - 1] ?? [];
    if (beforeLng === undefined || beforeLat === undefined) continue;
    sum += geodesicBetween([beforeLng, beforeLat], [lng, lat], 'wgs84').meters;
  }
  return sum;
}

describe('a line that does not cross the antimeridian', () => {
  test.for<[string, LngLat[]]>([
    [
      'two places',
      [
        [37, 55],
        [33, 58],
      ],
    ],
    [
      'around the other side of the Earth',
      [
        [-80, 10],
        [80, 10],
      ],
    ],
    [
      'up to it',
      [
        [170, 10],
        [180, 12],
      ],
    ],
    [
      'along it',
      [
        [180, -10],
        [180, 10],
      ],
    ],
    [
      'touching it and turning back',
      [
        [170, 0],
        [180, 5],
        [170, 10],
      ],
    ],
  ])('stays one: %s', ([, line]) => {
    expect(cutAtAntimeridian(line)).toEqual({ type: 'LineString', coordinates: line });
  });
});

describe('a line that crosses it', () => {
  test('is cut on the equator where the equator is', () => {
    expect(
      cutAtAntimeridian([
        [170, 0],
        [-160, 0],
      ]),
    ).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [170, 0],
          [180, 0],
        ],
        [
          [-180, 0],
          [-160, 0],
        ],
      ],
    });
  });

  test('is cut the other way too', () => {
    expect(
      cutAtAntimeridian([
        [-160, 0],
        [170, 0],
      ]),
    ).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [-160, 0],
          [-180, 0],
        ],
        [
          [180, 0],
          [170, 0],
        ],
      ],
    });
  });

  test('is cut at a vertex that stands on it, without a vertex more', () => {
    expect(
      cutAtAntimeridian([
        [170, 1],
        [180, 2],
        [-170, 3],
      ]),
    ).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [170, 1],
          [180, 2],
        ],
        [
          [-180, 2],
          [-170, 3],
        ],
      ],
    });
  });

  test('loses nothing when it sets out on it', () => {
    expect(
      cutAtAntimeridian([
        [180, 2],
        [-170, 3],
      ]),
    ).toEqual({
      type: 'LineString',
      coordinates: [
        [-180, 2],
        [-170, 3],
      ],
    });
  });

  test('goes to and fro', () => {
    const cut = cutAtAntimeridian([
      [170, 0],
      [-170, 0],
      [170, 0],
    ]);
    expect(partsOf(cut)).toEqual([
      [
        [170, 0],
        [180, 0],
      ],
      [
        [-180, 0],
        [-170, 0],
        [-180, 0],
      ],
      [
        [180, 0],
        [170, 0],
      ],
    ]);
  });

  test('reads longitudes that run on', () => {
    expect(
      cutAtAntimeridian([
        [530, 0],
        [560, 0],
      ]),
    ).toEqual(
      cutAtAntimeridian([
        [170, 0],
        [-160, 0],
      ]),
    );
  });

  test('is cut where the geodesic crosses, well away from the straight line on the map', () => {
    const [first] = partsOf(
      cutAtAntimeridian([
        [140, 60],
        [-140, 60],
      ]),
    );
    const [lng, lat = NaN] = first?.at(-1) ?? [];
    expect(lng).toBe(180);
    expect(lat).toBeGreaterThan(66); // a great circle is here at 66.1°
    expect(lat).toBeLessThan(66.3);
  });
});

const lng = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -89, max: 89, noNaN: true });
const line = fc.array(fc.tuple(lng, lat), { minLength: 2, maxLength: 6 });

describe('any line', () => {
  test('keeps its length and its ends, to a millimetre', () => {
    fc.assert(
      fc.property(line, (positions) => {
        const cut = cutAtAntimeridian(positions);
        const uncut: LineString = { type: 'LineString', coordinates: positions };
        expect(Math.abs(lengthOf(cut) - lengthOf(uncut))).toBeLessThan(0.001 * positions.length);
        const positionsOfCut = partsOf(cut).flat();
        for (const end of [0, -1]) {
          const [from = NaN, to = NaN] = [positions.at(end)?.[0], positionsOfCut.at(end)?.[0]];
          expect(unwrapLng(to, from)).toBeCloseTo(from, 9);
          expect(positionsOfCut.at(end)?.[1]).toBe(positions.at(end)?.[1]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('has parts of two positions at least, from -180 to 180, that never go more than half round', () => {
    fc.assert(
      fc.property(line, (positions) => {
        for (const part of partsOf(cutAtAntimeridian(positions))) {
          expect(part.length).toBeGreaterThan(1);
          for (const [i, [x = NaN]] of part.entries()) {
            expect(Math.abs(x)).toBeLessThanOrEqual(180);
            expect(Math.abs(x - (part[i - 1]?.[0] ?? x))).toBeLessThanOrEqual(180);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('goes from part to part across the seam, at one latitude', () => {
    fc.assert(
      fc.property(line, (positions) => {
        const parts = partsOf(cutAtAntimeridian(positions));
        for (const [i, part] of parts.entries()) {
          const before = parts[i - 1]?.at(-1);
          if (before === undefined) continue;
          expect([Math.abs(before[0] ?? NaN), part[0]]).toEqual([180, [-(before[0] ?? NaN), before[1]]]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('drawn as a geodesic in pieces is cut at the same latitude', () => {
    const [from, to]: LngLat[] = [
      [130, 50],
      [-120, 40],
    ];
    if (!from || !to) throw new Error('two places');
    const [whole] = partsOf(cutAtAntimeridian([from, to]));
    const [pieces] = partsOf(cutAtAntimeridian(geodesicLine(from, to)));
    expect(pieces?.at(-1)?.[1]).toBeCloseTo(whole?.at(-1)?.[1] ?? NaN, 7);
  });
});
