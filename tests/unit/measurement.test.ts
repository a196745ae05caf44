import fc from 'fast-check';
import geographiclib from 'geographiclib-geodesic';
import type { FeatureCollection } from 'geojson';
import { describe, expect, test } from 'vitest';
import type { Place } from '../../src/domain/distance';
import { measure, radiusMeters } from '../../src/domain/measure';
import { edgesCross } from '../../src/domain/crossing';
import { geodesicBetween } from '../../src/domain/geodesic';
import { type Vertex, readMeasurement } from '../../src/domain/measurement';
import { measurementCsv, measurementGeoJson } from '../../src/domain/measurement-export';
import { METHOD, measurementText } from '../../src/domain/measurement-text';

const WGS84 = geographiclib.Geodesic.WGS84;

const at = (lng: number, lat: number, uncertaintyMeters = 0, name = `${lat}, ${lng}`): Vertex => ({
  name,
  place: { lng, lat, uncertaintyMeters },
});
const square = (west: number, south: number, size: number): Place => ({
  area: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
});

const KREMLIN = at(37.6178, 55.7517, 300, 'Kremlin');
const TETERINSKY = at(37.6512, 55.7454, 50, 'Teterinsky Lane');
const NOVO_OGARYOVO = at(37.19667, 55.73194, 1000, 'Novo-Ogaryovo');

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** A vertex whose true place is somewhere in its disc. */
const vague = (mostMeters: number) =>
  fc
    .record({
      lng: double(-180, 180),
      lat: double(-85, 85),
      radius: double(0, mostMeters),
      azimuth: double(0, 360),
      share: double(0, 1),
    })
    .map(({ lng, lat, radius, azimuth, share }) => {
      const { lon2 = NaN, lat2 = NaN } = WGS84.Direct(lat, lng, azimuth, radius * share);
      return { vertex: at(lng, lat, radius), truth: [lon2, lat2] as const };
    });

/** Corners around a middle, in order, each with its true place somewhere in its disc. */
const around = (middle: fc.Arbitrary<readonly [number, number]>) =>
  fc
    .record({
      middle,
      size: double(2000, 400_000),
      radius: double(0, 1500),
      angles: fc.uniqueArray(fc.nat(35), { minLength: 3, maxLength: 6 }),
      turns: fc.array(fc.tuple(double(0, 360), double(0, 1)), { minLength: 6, maxLength: 6 }),
    })
    .map(({ middle: [lng, lat], size, radius, angles, turns }) =>
      angles
        .toSorted((a, b) => a - b)
        .map((angle, i) => {
          const corner = WGS84.Direct(lat, lng, angle * 10, size);
          const [azimuth = 0, share = 0] = turns[i] ?? [];
          const truth = WGS84.Direct(corner.lat2 ?? NaN, corner.lon2 ?? NaN, azimuth, radius * share);
          return {
            vertex: at(corner.lon2 ?? NaN, corner.lat2 ?? NaN, radius),
            truth: [truth.lon2 ?? NaN, truth.lat2 ?? NaN] as const,
          };
        }),
    );

function trueArea(corners: readonly (readonly [number, number])[]): number {
  const polygon = WGS84.Polygon(false);
  for (const [lng, lat] of corners) polygon.AddPoint(lat, lng);
  return Math.abs(polygon.Compute(false, true).area ?? NaN);
}

describe('a measurement', () => {
  test('of nothing or of one point has no length', () => {
    expect([readMeasurement([], false), readMeasurement([KREMLIN], false)]).toEqual([
      { legs: [] },
      { legs: [] },
    ]);
  });

  test('has a leg between each two vertices, as they are measured by themselves', () => {
    const { legs } = readMeasurement([KREMLIN, TETERINSKY, NOVO_OGARYOVO], false);
    expect(legs.map(({ onSphere }) => onSphere)).toEqual([
      measure(KREMLIN.place, TETERINSKY.place),
      measure(TETERINSKY.place, NOVO_OGARYOVO.place),
    ]);
  });

  test('that is closed has a leg back to the first', () => {
    const { legs } = readMeasurement([KREMLIN, TETERINSKY, NOVO_OGARYOVO], true);
    expect(legs.map(({ from, to }) => [from.name, to.name]).at(-1)).toEqual(['Novo-Ogaryovo', 'Kremlin']);
  });

  test('says the way back as it is measured from the other end', () => {
    const { legs } = readMeasurement([NOVO_OGARYOVO, at(-70, 40)], false);
    expect(legs[0]?.back.bearing).toBeCloseTo(measure(at(-70, 40).place, NOVO_OGARYOVO.place).bearing, 9);
  });

  test('has the true WGS 84 length of the true places in both of its intervals', () => {
    fc.assert(
      fc.property(
        fc.array(vague(20_000), { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        (places, isClosed) => {
          const { total } = readMeasurement(
            places.map(({ vertex }) => vertex),
            isClosed,
          );
          const truths = places.map(({ truth }) => truth);
          const ends = isClosed ? [...truths.slice(1), truths[0] ?? [NaN, NaN]] : truths.slice(1);
          const length = ends.reduce((sum, end, i) => {
            const start = truths[i] ?? [NaN, NaN];
            return sum + geodesicBetween([start[0], start[1]], [end[0], end[1]], 'wgs84').meters;
          }, 0);
          for (const { minMeters, maxMeters } of [total?.onSphere, total?.onEllipsoid].filter(
            (one) => one !== undefined,
          )) {
            expect(minMeters).toBeLessThanOrEqual(length + 0.001);
            expect(maxMeters).toBeGreaterThanOrEqual(length - 0.001);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test.for([
    ['in Russia', fc.tuple(double(30, 45), double(50, 65))],
    ['anywhere', fc.tuple(double(-180, 180), double(-88, 88))],
    ['across the antimeridian', fc.tuple(fc.constantFrom(179.9, -179.95, 180), double(-60, 60))],
    ['around a pole', fc.tuple(double(-180, 180), fc.constantFrom(89.9, -90, 90))],
  ] as const)(
    'around an area %s has the true area of the true corners in both of its intervals',
    ([, middle]) => {
      fc.assert(
        fc.property(around(middle), (corners) => {
          const { area } = readMeasurement(
            corners.map(({ vertex }) => vertex),
            true,
          );
          const truth = trueArea(corners.map(({ truth }) => truth));
          for (const one of [area?.onSphere, area?.onEllipsoid]) {
            expect(one?.minSquareMeters).toBeLessThanOrEqual(truth * (1 + 1e-9) + 1);
            expect(one?.maxSquareMeters).toBeGreaterThanOrEqual(truth * (1 - 1e-9) - 1);
          }
        }),
        { numRuns: 400 },
      );
    },
  );

  test('of a place that is an area allows for all of it', () => {
    const area = square(37, 55, 0.5);
    expect(radiusMeters(area)).toBeGreaterThan(30_000);
    const { total } = readMeasurement([{ name: 'a park', place: area }, at(39, 55.25)], false);
    const nearest = WGS84.Inverse(55.25, 37.5, 55.25, 39).s12 ?? NaN;
    expect([
      (total?.onEllipsoid.minMeters ?? Infinity) <= nearest,
      (total?.onEllipsoid.meters ?? 0) > nearest + 10_000,
    ]).toEqual([true, true]);
  });
});

describe('an outline', () => {
  const areaOf = (...corners: [number, number][]) =>
    readMeasurement(
      corners.map(([lng, lat]) => at(lng, lat)),
      true,
    );

  test.for([
    [
      'a bow tie',
      [
        [37, 55],
        [38, 56],
        [38, 55],
        [37, 56],
      ],
    ],
    [
      'a bow tie across the antimeridian',
      [
        [179, 0],
        [-179, 1],
        [-179, 0],
        [179, 1],
      ],
    ],
    [
      'a star around the pole',
      [
        [0, 80],
        [144, 80],
        [-72, 80],
        [72, 80],
        [-144, 80],
      ],
    ],
  ] as [string, [number, number][]][])('that crosses itself has no area: %s', ([, corners]) => {
    const { area, isCrossed, total } = areaOf(...corners);
    expect([area, isCrossed, total !== undefined]).toEqual([undefined, true, true]);
  });

  test.for([
    [
      'a square',
      [
        [37, 55],
        [38, 55],
        [38, 56],
        [37, 56],
      ],
    ],
    [
      'an arrow',
      [
        [0, 0],
        [2, 1],
        [0, 2],
        [1, 1],
      ],
    ],
    [
      'a triangle around the pole',
      [
        [0, 80],
        [120, 80],
        [-120, 80],
      ],
    ],
    [
      'a ring across the antimeridian',
      [
        [179, 0],
        [-179, 0],
        [-179, 1],
        [179, 1],
      ],
    ],
  ] as [string, [number, number][]][])('that does not has one: %s', ([, corners]) => {
    const { area, isCrossed } = areaOf(...corners);
    expect([(area?.onSphere.squareMeters ?? 0) > 1e9, isCrossed]).toEqual([true, undefined]);
  });

  test('that any rotation or turn of its corners crosses itself or does not, all the same', () => {
    const corner = fc.tuple(double(-20, 20), double(40, 70));
    fc.assert(
      fc.property(fc.array(corner, { minLength: 4, maxLength: 7 }), fc.nat(6), (corners, by) => {
        const turned = [...corners.slice(by), ...corners.slice(0, by)].toReversed();
        expect(edgesCross(turned)).toBe(edgesCross(corners));
      }),
    );
  });

  test('that only rounding would make cross does not: corners on one meridian', () => {
    const corners: [number, number][] = [
      [0, 45.49711869109678],
      [-5.78e-140, 47.18],
      [-9.3e-180, 40],
      [0, 52.93],
    ];
    expect([edgesCross(corners), edgesCross(corners.toReversed())]).toEqual([false, false]);
  });

  test('as thin as the strip between a great circle and a geodesic has the truth in its interval', () => {
    // Three places on one WGS 84 geodesic: the true area is nothing, but for the rounding of the middle one.
    const corners: [number, number][] = [
      [0, 0],
      [19.13587, 33.29464],
      [60, 60],
    ];
    const { area } = areaOf(...corners);
    expect(area?.onSphere.squareMeters).toBeGreaterThan(1e9);
    expect(area?.onSphere.minSquareMeters).toBeLessThanOrEqual(trueArea(corners));
  });
});

describe('the line that is drawn', () => {
  test('runs from vertex to vertex', () => {
    fc.assert(
      fc.property(
        double(-180, 180),
        double(-89, 89),
        double(-180, 180),
        double(-89, 89),
        (x1, y1, x2, y2) => {
          const [leg] = readMeasurement([at(x1, y1), at(x2, y2)], false).legs;
          const [first, last] = [leg?.line[0], leg?.line.at(-1)];
          expect(first).toEqual([x1, y1]);
          expect(last?.[1]).toBeCloseTo(y2, 6);
          const turns = ((last?.[0] ?? NaN) - x2) / 360;
          // At a pole every longitude is the same place.
          if (Math.abs(y2) < 88.9) expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('lies on the WGS 84 geodesic', () => {
    const [leg] = readMeasurement([at(37.6, 55.7), at(-74, 40.7)], false).legs;
    const whole = leg?.onEllipsoid.meters ?? NaN;
    for (const [lng, lat] of leg?.line ?? []) {
      const there = geodesicBetween([37.6, 55.7], [lng, lat], 'wgs84').meters;
      const onward = geodesicBetween([lng, lat], [-74, 40.7], 'wgs84').meters;
      expect(there + onward - whole).toBeLessThan(0.001);
    }
  });

  test('goes on across the antimeridian in one piece, leg after leg', () => {
    const { legs } = readMeasurement([at(170, 60), at(-170, 62), at(-150, 61)], false);
    const lngs = legs.flatMap(({ line }) => line.map(([lng]) => lng));
    const steps = lngs.slice(1).map((lng, i) => Math.abs(lng - (lngs[i] ?? NaN)));
    expect([Math.max(...steps) < 2, Math.round(lngs.at(-1) ?? NaN)]).toEqual([true, 210]);
  });
});

describe('as text', () => {
  const vertices = [NOVO_OGARYOVO, at(37.396, 55.688, 2000, 'Zarechye')];
  const text = (name = '', isClosed = false, all = vertices) =>
    measurementText(name, all, readMeasurement(all, isClosed), 'metric');

  test('it names its points, distance, range, both models, bearings and the method', () => {
    expect(text('Novo-Ogaryovo to Zarechye')).toBe(
      [
        'Novo-Ogaryovo to Zarechye',
        '',
        '1. Novo-Ogaryovo: 55.73194, 37.19667 ± 1 km',
        '2. Zarechye: 55.688, 37.396 ± 2 km',
        '',
        '1 to 2: 13.4 km (10.3 to 16.5 km); WGS 84: 13.5 km (10.4 to 16.5 km), sphere −42 m, −0.31 %; 111° ESE ± 14° out, 291° WNW ± 14° back',
        '',
        METHOD,
      ].join('\n'),
    );
  });

  test('of several legs says the whole as well', () => {
    const lines = text('', false, [...vertices, KREMLIN]).split('\n');
    expect(lines.filter((line) => /^(Total|Area|Around)/.test(line))).toEqual([
      expect.stringMatching(/^Total: 29 km \(23 to 35 km\)/),
    ]);
  });

  test('of a closed shape says its outline and its area', () => {
    const lines = text('', true, [...vertices, KREMLIN]).split('\n');
    expect(lines.filter((line) => /^(3 to 1|Total|Area|Around)/.test(line))).toEqual([
      expect.stringMatching(/^3 to 1: 26/),
      expect.stringMatching(/^Around: /),
      expect.stringMatching(/^Area: \d+ km² \(/),
    ]);
  });

  test('says when two points are too near each other for a direction', () => {
    expect(text('', false, [KREMLIN, at(37.6179, 55.7518, 100)])).toContain('direction too near to tell');
  });
});

describe('as GeoJSON', () => {
  const read = (vertices: Vertex[], isClosed: boolean, name = '') =>
    JSON.parse(
      measurementGeoJson(name, vertices, readMeasurement(vertices, isClosed), isClosed),
    ) as FeatureCollection;

  test('it stores the plain vertices, not the line that is drawn', () => {
    const [shape] = read([at(37, 55), at(-74, 40)], false).features;
    expect(shape?.geometry).toEqual({
      type: 'LineString',
      coordinates: [
        [37, 55],
        [-74, 40],
      ],
    });
  });

  test('a closed shape is a polygon with its corners counterclockwise', () => {
    const clockwise = [at(0, 0), at(0, 1), at(1, 1), at(1, 0)];
    const [shape] = read(clockwise, true).features;
    expect(shape?.geometry).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 1],
          [0, 0],
        ],
      ],
    });
  });

  test('a closed shape across the antimeridian has a part on each side', () => {
    const [shape] = read([at(178, 0), at(-178, 0), at(-178, 2), at(178, 2)], true).features;
    const parts = shape?.geometry.type === 'MultiPolygon' ? shape.geometry.coordinates : [];
    const lngs = parts.map(([ring = []]) => [...new Set(ring.map(([lng]) => lng))].sort());
    expect(lngs.toSorted()).toEqual([
      [-178, -180],
      [178, 180],
    ]);
  });

  test('a closed shape around a pole is a line', () => {
    const [shape] = read([at(0, 80), at(120, 80), at(-120, 80)], true).features;
    expect(shape?.geometry.type).toBe('MultiLineString');
  });

  test('a line across the antimeridian is cut there', () => {
    const [shape] = read([at(179, 0), at(-179, 0)], false).features;
    expect(shape?.geometry).toEqual({
      type: 'MultiLineString',
      coordinates: [
        [
          [179, 0],
          [180, 0],
        ],
        [
          [-180, 0],
          [-179, 0],
        ],
      ],
    });
  });

  test('has the name, the method, the legs and each vertex with its uncertainty', () => {
    const { features } = read([KREMLIN, TETERINSKY], false, 'To the roof');
    expect(features.map(({ properties }) => properties)).toEqual([
      {
        name: 'To the roof',
        method: METHOD,
        legs: [
          {
            from: 'Kremlin',
            to: 'Teterinsky Lane',
            bearing: 109,
            bearingUncertainty: 10,
            backBearing: 289,
            backBearingUncertainty: 10,
            sphere: { meters: 2200, minMeters: 1840, maxMeters: 2570 },
            wgs84: { meters: 2210, minMeters: 1860, maxMeters: 2570 },
          },
        ],
        total: {
          sphere: { meters: 2200, minMeters: 1840, maxMeters: 2570 },
          wgs84: { meters: 2210, minMeters: 1860, maxMeters: 2570 },
        },
      },
      { number: 1, name: 'Kremlin', coordinateUncertaintyInMeters: 300 },
      { number: 2, name: 'Teterinsky Lane', coordinateUncertaintyInMeters: 50 },
    ]);
  });
});

describe('as CSV', () => {
  test('it has a line for each leg and one for the whole', () => {
    const lines = measurementCsv('=1+1', readMeasurement([KREMLIN, TETERINSKY], false)).split('\r\n');
    expect(lines).toEqual([
      'measurement,leg,from,from_lng,from_lat,from_uncertainty_meters,to,to_lng,to_lat,to_uncertainty_meters,sphere_meters,sphere_min_meters,sphere_max_meters,wgs84_meters,wgs84_min_meters,wgs84_max_meters,bearing,bearing_uncertainty,back_bearing,back_bearing_uncertainty,sphere_square_meters,sphere_min_square_meters,sphere_max_square_meters,wgs84_square_meters,wgs84_min_square_meters,wgs84_max_square_meters',
      "'=1+1,1,Kremlin,37.6178,55.7517,300,Teterinsky Lane,37.6512,55.7454,50,2200,1840,2570,2210,1860,2570,109,10,289,10,,,,,,",
      "'=1+1,total,,,,,,,,,2200,1840,2570,2210,1860,2570,,,,,,,,,,",
      '',
    ]);
  });
});
