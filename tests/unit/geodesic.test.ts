import { distance } from '@turf/turf';
import fc from 'fast-check';
import geographiclib from 'geographiclib-geodesic';
import { describe, expect, test } from 'vitest';
import { type Place, SPHERE_ERROR, unwrapLng } from '../../src/domain/distance';
import { SPHERE_RADIUS_METERS } from '../../src/domain/haversine';
import { formatArea, formatInterval } from '../../src/domain/distance-text';
import type { Units } from '../../src/domain/units';
import {
  geodesicBetween,
  geodesicLine,
  geodesicPolygon,
  measureOn,
  measureOnEllipsoid,
} from '../../src/domain/geodesic';
import { formatModelDifference } from '../../src/domain/model-difference';

type LngLat = [lng: number, lat: number];
type Vector = [x: number, y: number, z: number];

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const lng = fc.oneof({ weight: 4, arbitrary: double(-180, 180) }, fc.constantFrom(-180, 180, 179.9999, 0));
const lat = fc.oneof({ weight: 4, arbitrary: double(-90, 90) }, fc.constantFrom(-90, 90, 89.9999, -89.99, 0));
const position = fc.tuple(lng, lat);

/** The ellipsoid of WGS 84 as it is defined, in metres. */
const A = 6_378_137;
const FLATTENING = 1 / 298.257_223_563;
const B = A * (1 - FLATTENING);

const MILLIMETER = 0.001;
const toRadians = (degrees: number) => (degrees * Math.PI) / 180;

/**
 * Walks straight ahead on the ellipsoid, by the equation of motion of a body that nothing but the ground turns:
 * x″ = −(x′·H x′ / |∇F|²) ∇F, where F is the ellipsoid's equation and H its second derivatives. Runge and Kutta's
 * fourth-order steps of 5 km are good to some micrometres. It shares nothing with Karney's series, and has no poles.
 */
function walk([fromLng, fromLat]: LngLat, azimuth: number, meters: number): LngLat {
  const [lambda, phi, alpha] = [toRadians(fromLng), toRadians(fromLat), toRadians(azimuth)];
  const e2 = FLATTENING * (2 - FLATTENING);
  const normal = A / Math.sqrt(1 - e2 * Math.sin(phi) ** 2);
  const weights: Vector = [1 / A ** 2, 1 / A ** 2, 1 / B ** 2];
  const at: Vector = [
    normal * Math.cos(phi) * Math.cos(lambda),
    normal * Math.cos(phi) * Math.sin(lambda),
    normal * (1 - e2) * Math.sin(phi),
  ];
  const velocity: Vector = [
    -Math.cos(alpha) * Math.sin(phi) * Math.cos(lambda) - Math.sin(alpha) * Math.sin(lambda),
    -Math.cos(alpha) * Math.sin(phi) * Math.sin(lambda) + Math.sin(alpha) * Math.cos(lambda),
    Math.cos(alpha) * Math.cos(phi),
  ];
  type State = readonly number[];
  const derivative = (state: State): State => {
    const [x = 0, y = 0, z = 0, u = 0, v = 0, w = 0] = state;
    const gradient: Vector = [x * weights[0], y * weights[1], z * weights[2]];
    const curvature = u ** 2 * weights[0] + v ** 2 * weights[1] + w ** 2 * weights[2];
    const pull = -curvature / (gradient[0] ** 2 + gradient[1] ** 2 + gradient[2] ** 2);
    return [u, v, w, pull * gradient[0], pull * gradient[1], pull * gradient[2]];
  };
  const plus = (state: State, slope: State, by: number) =>
    state.map((value, i) => value + (slope[i] ?? 0) * by);
  const steps = Math.max(1, Math.ceil(meters / 5000));
  const h = meters / steps;
  let state: State = [...at, ...velocity];
  for (let i = 0; i < steps; i++) {
    const k1 = derivative(state);
    const k2 = derivative(plus(state, k1, h / 2));
    const k3 = derivative(plus(state, k2, h / 2));
    const k4 = derivative(plus(state, k3, h));
    state = state.map(
      (value, j) => value + ((k1[j] ?? 0) + 2 * (k2[j] ?? 0) + 2 * (k3[j] ?? 0) + (k4[j] ?? 0)) * (h / 6),
    );
  }
  const [x = 0, y = 0, z = 0] = state;
  const toDegrees = 180 / Math.PI;
  return [Math.atan2(y, x) * toDegrees, Math.atan2(z * A ** 2, Math.hypot(x, y) * B ** 2) * toDegrees];
}

describe('a geodesic on the ellipsoid', () => {
  /** Up to here a geodesic is the shortest way, wherever it goes. */
  const MOST = 19_900_000;

  test('is as long as a walk straight ahead, to a millimetre, over the poles and the antimeridian too', () => {
    fc.assert(
      fc.property(position, double(0, 360), double(0, MOST), (from, azimuth, meters) => {
        const to = walk(from, azimuth, meters);
        expect(Math.abs(geodesicBetween(from, to, 'wgs84').meters - meters)).toBeLessThan(MILLIMETER);
      }),
      { numRuns: 200 },
    );
  });

  test('sets out in the direction of that walk', () => {
    fc.assert(
      fc.property(
        lng,
        double(-89, 89),
        double(0, 360),
        double(10_000, 15_000_000),
        (x, y, azimuth, meters) => {
          const { bearing } = geodesicBetween([x, y], walk([x, y], azimuth, meters), 'wgs84');
          expect(Math.abs(unwrapLng(bearing, azimuth) - azimuth)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 100 },
    );
  });

  test.for([
    ['a quarter of a meridian', [12, 0], [12, 90], 10_001_965.729],
    ['a degree of the equator', [179.5, 0], [-179.5, 0], (A * Math.PI) / 180],
    [
      'Wellington to Salamanca, from the manual of GeographicLib',
      [174.81, -41.32],
      [-5.5, 40.96],
      19_959_679.267,
    ],
  ] as const)('of %s is as long as published', ([, from, to, meters]) => {
    expect(Math.abs(geodesicBetween(from, to, 'wgs84').meters - meters)).toBeLessThan(MILLIMETER);
  });

  test('leads back the way it came', () => {
    fc.assert(
      fc.property(position, position, (from, to) => {
        const there = geodesicBetween(from, to, 'wgs84');
        fc.pre(there.meters > 1 && there.meters < 19_000_000);
        fc.pre([from, to].every(([, y]) => Math.abs(y) < 89.99)); // where every direction is south
        const back = geodesicBetween(to, from, 'wgs84');
        expect(Math.abs(unwrapLng(there.backBearing, back.bearing) - back.bearing)).toBeLessThan(1e-6);
      }),
    );
  });

  test('is drawn in pieces that add up to it, in one line', () => {
    fc.assert(
      fc.property(position, position, (from, to) => {
        const { meters } = geodesicBetween(from, to, 'wgs84');
        const line = geodesicLine(from, to);
        let sum = 0;
        for (const [i, next] of line.entries()) {
          const previous = line[i - 1];
          if (!previous) continue;
          sum += geodesicBetween(previous, next, 'wgs84').meters;
          expect(Math.abs(next[0] - previous[0])).toBeLessThanOrEqual(180 + 1e-9);
        }
        expect(Math.abs(sum - meters)).toBeLessThan(MILLIMETER);
        const [endLng = NaN, endLat = NaN] = line.at(-1) ?? [];
        expect(geodesicBetween([endLng, endLat], to, 'wgs84').meters).toBeLessThan(MILLIMETER);
      }),
    );
  });
});

describe('the sphere', () => {
  test('of this code is the sphere of Turf', () => {
    fc.assert(
      fc.property(position, position, (from, to) => {
        const meters = distance(from, to, { units: 'meters' });
        expect(Math.abs(geodesicBetween(from, to, 'sphere').meters - meters)).toBeLessThan(0.2);
      }),
    );
  });

  test('is not farther from the ellipsoid than is said', () => {
    fc.assert(
      fc.property(position, position, (from, to) => {
        const { meters } = geodesicBetween(from, to, 'wgs84');
        const onSphere = distance(from, to, { units: 'meters' });
        expect(Math.abs(onSphere - meters)).toBeLessThanOrEqual(SPHERE_ERROR * onSphere + MILLIMETER);
      }),
      { numRuns: 2000 },
    );
  });

  test('is so far from it along a meridian at the equator, and 0.34 % at most around Moscow', () => {
    const share = (from: LngLat, to: LngLat) => {
      const { meters } = geodesicBetween(from, to, 'wgs84');
      return Math.abs(distance(from, to, { units: 'meters' }) - meters) / meters;
    };
    expect(share([0, -0.1], [0, 0.1])).toBeGreaterThan(SPHERE_ERROR - 1e-4);
    const around = Array.from({ length: 360 }, (_, azimuth) =>
      share([37.6, 55.75], walk([37.6, 55.75], azimuth, 50_000)),
    );
    expect(Math.max(...around)).toBeLessThan(0.00345);
    expect(Math.max(...around)).toBeGreaterThan(0.0033);
  });
});

describe('the area of a polygon', () => {
  const e = Math.sqrt(FLATTENING * (2 - FLATTENING));
  /** of the whole ellipsoid, by the formula for a spheroid */
  const earth = 2 * Math.PI * A ** 2 * (1 + ((1 - e ** 2) / e) * Math.atanh(e));

  test.for([90, 30, 1, 179])(
    'between two meridians %i° apart and the equator is its share of the Earth',
    (width) => {
      const { squareMeters, perimeterMeters } = geodesicPolygon(
        [
          [100, 0],
          [100 + width, 0],
          [0, 90],
        ],
        'wgs84',
      );
      const expected = (earth * width) / 720;
      expect(Math.abs(squareMeters / expected - 1)).toBeLessThan(1e-9);
      expect(Math.abs(perimeterMeters - 2 * 10_001_965.729_23 - A * toRadians(width))).toBeLessThan(
        width === 179 ? Infinity : MILLIMETER, // at 179° the equator is no geodesic's shortest way
      );
    },
  );

  /** Corners in the west, in the middle and in the east of a part of the Earth. */
  const triangle = fc
    .tuple(lng, double(5, 60), double(5, 60), fc.tuple(double(-70, 70), double(-70, 70), double(-70, 70)))
    .map(([x, west, east, [latA, latB, latC]]): [LngLat, LngLat, LngLat] => [
      [x, latA],
      [x - west, latB],
      [x + east, latC],
    ]);

  test('on the sphere is its spherical excess, by the sides alone', () => {
    fc.assert(
      fc.property(triangle, ([a, b, c]) => {
        const sides = [
          [b, c],
          [c, a],
          [a, b],
        ] as const;
        const [x = 0, y = 0, z = 0] = sides.map(
          ([from, to]) => distance(from, to, { units: 'meters' }) / SPHERE_RADIUS_METERS,
        );
        const s = (x + y + z) / 2;
        const tangents = [s, s - x, s - y, s - z].map((part) => Math.tan(Math.max(0, part) / 2));
        const excess = 4 * Math.atan(Math.sqrt(tangents.reduce((product, tangent) => product * tangent, 1)));
        const expected = excess * SPHERE_RADIUS_METERS ** 2;
        const { squareMeters } = geodesicPolygon([a, b, c], 'sphere');
        expect(Math.abs(squareMeters - expected)).toBeLessThan(1e-6 * SPHERE_RADIUS_METERS ** 2);
      }),
    );
  });

  test('does not depend on the way round', () => {
    const ring: LngLat[] = [
      [179, 10],
      [-179, 11],
      [-179.5, 14],
    ];
    const [one, other] = [geodesicPolygon(ring, 'wgs84'), geodesicPolygon(ring.toReversed(), 'wgs84')];
    expect(one.squareMeters).toBeCloseTo(other.squareMeters, 0);
    expect(one.squareMeters).toBeLessThan(1e11);
  });
});

/** The place that lies some metres away in a direction. */
function away([fromLng, fromLat]: LngLat, meters: number, azimuth: number): LngLat {
  const { lon2 = NaN, lat2 = NaN } = geographiclib.Geodesic.WGS84.Direct(fromLat, fromLng, azimuth, meters);
  return [lon2, lat2];
}

interface PlaceWithTruth {
  place: Place;
  truth: LngLat;
}

const disc: fc.Arbitrary<PlaceWithTruth> = fc
  .record({
    center: position,
    uncertaintyMeters: double(0, 50_000),
    azimuth: double(0, 360),
    share: double(0, 1),
  })
  .map(({ center, uncertaintyMeters, azimuth, share }) => ({
    place: { lng: center[0], lat: center[1], uncertaintyMeters },
    truth: away(center, uncertaintyMeters * share, azimuth),
  }));

/** A point, known exactly. */
const point: fc.Arbitrary<PlaceWithTruth> = position.map((truth) => ({
  place: { lng: truth[0], lat: truth[1], uncertaintyMeters: 0 },
  truth,
}));

/** A box that may be cut by the antimeridian, and a place within it. */
const box: fc.Arbitrary<PlaceWithTruth> = fc
  .record({
    west: fc.oneof(double(-180, 179), double(179, 179.9)),
    south: double(-85, 84),
    width: double(0.001, 1),
    height: double(0.001, 1),
    x: double(0, 1),
    y: double(0, 1),
  })
  .map(({ west, south, width, height, x, y }) => {
    const ring = (w: number, e: number) => [
      [w, south],
      [e, south],
      [e, south + height],
      [w, south + height],
      [w, south],
    ];
    const east = west + width;
    const truth: LngLat = [west + width * x, south + height * y];
    const coordinates = east > 180 ? [[ring(west, 180)], [ring(-180, east - 360)]] : [[ring(west, east)]];
    return { place: { area: { type: 'MultiPolygon', coordinates } }, truth };
  });

describe.for(['sphere', 'wgs84'] as const)('an interval on the %s', (model) => {
  const expectTruthInside = (a: PlaceWithTruth, b: PlaceWithTruth) => {
    const { minMeters, maxMeters } = measureOn(model, a.place, b.place);
    const { meters } = geodesicBetween(a.truth, b.truth, 'wgs84');
    expect(minMeters).toBeLessThanOrEqual(meters + MILLIMETER);
    expect(maxMeters).toBeGreaterThanOrEqual(meters - MILLIMETER);
  };

  test.for([
    ['points', point, point],
    ['a point and a disc', point, disc],
    ['discs', disc, disc],
    ['a disc and an area', disc, box],
  ] as const)('holds the true distance between %s, anywhere on Earth', ([, from, to]) => {
    fc.assert(fc.property(from, to, expectTruthInside), { numRuns: 400 });
  });

  test('holds it between places that are near each other, across the antimeridian and at the poles', () => {
    const seams = fc.constantFrom<LngLat>(
      [180, 0],
      [-180, 65],
      [179.99, -16],
      [0, 90],
      [120, -90],
      [37.6, 55.7],
    );
    const near = (at: LngLat) =>
      fc
        .record({
          meters: double(0, 30_000),
          azimuth: double(0, 360),
          radius: double(0, 20_000),
          share: double(0, 1),
        })
        .map(({ meters, azimuth, radius, share }): PlaceWithTruth => {
          const center = away(at, meters, azimuth);
          const place = { lng: center[0], lat: center[1], uncertaintyMeters: radius };
          return { place, truth: away(center, radius * share, azimuth * 7) };
        });
    const pair = seams.chain((at) => fc.tuple(near(at), near(at)));
    fc.assert(
      fc.property(pair, ([a, b]) => expectTruthInside(a, b)),
      { numRuns: 1000 },
    );
  });
});

test('an interval on the ellipsoid is not wider than both places are', () => {
  fc.assert(
    fc.property(disc, disc, (a, b) => {
      if ('area' in a.place || 'area' in b.place) throw new Error('not a disc');
      const { meters, minMeters, maxMeters } = measureOnEllipsoid(a.place, b.place);
      const slack = a.place.uncertaintyMeters + b.place.uncertaintyMeters;
      expect(maxMeters - meters).toBeCloseTo(slack, 6);
      expect(minMeters).toBeCloseTo(Math.max(0, meters - slack), 6);
    }),
  );
});

/** The number, unit and decimals of a text such as `1,234.5 km`. */
function readFigure(text: string): { value: number; unit: string; decimals: number } {
  const [, number = '', unit = ''] = /^(?:up to )?([\d,.]+) (\S+)$/.exec(text) ?? [];
  return {
    value: Number(number.replaceAll(',', '')),
    unit,
    decimals: /\.(\d+)$/.exec(number)?.[1]?.length ?? 0,
  };
}

/** Fails unless a figure is rounded to the power of ten at or below what is borne, in the figure's own unit. */
function expectRounded({ value, decimals }: { value: number; decimals: number }, borne: number): void {
  const power = Math.floor(Math.log10(borne) + 1e-9);
  expect(decimals).toBe(Math.max(0, -power));
  const steps = value / 10 ** power;
  expect(Math.abs(steps - Math.round(steps))).toBeLessThan(1e-6 * Math.max(1, steps));
}

const METERS: Readonly<Record<string, number>> = { m: 1, km: 1000, ft: 0.3048, mi: 1609.344, nmi: 1852 };

describe.for<Units>(['metric', 'imperial', 'nautical'])('a distance in %s units', (units) => {
  const interval = fc
    .tuple(double(0, 20_000_000), double(0, 1), double(0, 6))
    .map(([meters, skew, power]) => ({
      meters,
      minMeters: Math.max(0, meters - skew * 10 ** power),
      maxMeters: meters + 10 ** power,
    }));

  test('has no more digits than its interval bears, and a range that holds it', () => {
    fc.assert(
      fc.property(interval, (measured) => {
        const { distance: text, least, most, range } = formatInterval(measured, units);
        const [from, to, middle] = [readFigure(least), readFigure(most), readFigure(text)];
        const unitMeters = METERS[to.unit] ?? NaN;
        expect([from.unit, middle.unit]).toEqual([to.unit, to.unit]);
        const slack = 1e-9 * measured.maxMeters;
        expect(from.value * unitMeters).toBeLessThanOrEqual(measured.minMeters + slack);
        expect(to.value * unitMeters).toBeGreaterThanOrEqual(measured.maxMeters - slack);
        expect(range).toBe(`${least.split(' ')[0]} to ${most}`);
        const tenth = Math.max(1, (measured.maxMeters - measured.minMeters) / 10);
        for (const figure of [from, to, middle]) expectRounded(figure, tenth / unitMeters);
      }),
      { numRuns: 2000 },
    );
  });

  test('and an area too', () => {
    const area = fc.tuple(double(100, 1e13), double(0.001, 0.9)).map(([squareMeters, share]) => ({
      squareMeters,
      minSquareMeters: squareMeters * (1 - share),
      maxSquareMeters: squareMeters * (1 + share),
    }));
    fc.assert(
      fc.property(area, (measured) => {
        const { area: text, range } = formatArea(measured, units);
        const [least = '', , most = '', unit = ''] = range.split(' ');
        const [from, to, middle] = [`${least} ${unit}`, `${most} ${unit}`, text].map(readFigure);
        if (!from || !to || !middle) throw new Error('three figures');
        const square = (METERS[unit.replace('²', '')] ?? NaN) ** 2;
        const slack = 1e-9 * measured.maxSquareMeters;
        expect(from.value * square).toBeLessThanOrEqual(measured.minSquareMeters + slack);
        expect(to.value * square).toBeGreaterThanOrEqual(measured.maxSquareMeters - slack);
        const tenth = Math.max(1, (measured.maxSquareMeters - measured.minSquareMeters) / 10);
        for (const figure of [from, to, middle]) expectRounded(figure, tenth / square);
      }),
      { numRuns: 1000 },
    );
  });
});

test.for([
  [2204.1, 2211.2, '−7.1 m', '−0.32 %'],
  [1_003_400, 1_000_000, '+3.4 km', '+0.34 %'],
  [10_042, 10_000, '+42 m', '+0.42 %'],
  [100, 100, '0.0 m', '0.00 %'],
  [0, 0, '0.0 m', '0.00 %'],
  [100_000, 100_000.01, '0.0 m', '0.00 %'],
] as const)('the sphere’s %i m beside %i m differ by %s, %s', ([sphere, ellipsoid, meters, share]) => {
  expect(formatModelDifference(sphere, ellipsoid)).toEqual({ meters, share });
});
