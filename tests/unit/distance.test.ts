import { booleanPointInPolygon, centroid, pointOnFeature } from '@turf/turf';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import type { Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import {
  type Place,
  SPHERE_ERROR,
  centerOf,
  checkReportedDistance,
  placeOfReferencePoint,
  placeOfSighting,
  reportedRange,
} from '../../src/domain/distance';
import { SPHERE_RADIUS_METERS } from '../../src/domain/haversine';
import { measure } from '../../src/domain/measure';
import { compassPoint, formatDistance, roundingStepMeters } from '../../src/domain/distance-text';
import { formatMeters } from '../../src/domain/units';
import { sampleSighting } from './sample';

const WGS84 = geodesic.Geodesic.WGS84;

/** The WGS 84 geodesic, in metres. */
function trueDistance([lngA = NaN, latA = NaN]: Position, [lngB = NaN, latB = NaN]: Position): number {
  return WGS84.Inverse(latA, lngA, latB, lngB).s12 ?? NaN;
}

function trueBearing([lngA = NaN, latA = NaN]: Position, [lngB = NaN, latB = NaN]: Position): number {
  return ((WGS84.Inverse(latA, lngA, latB, lngB).azi1 ?? NaN) + 360) % 360;
}

/** The place that lies some metres away in a direction. */
function trueDestination([lng = NaN, lat = NaN]: Position, meters: number, azimuth: number): Position {
  const { lon2 = NaN, lat2 = NaN } = WGS84.Direct(lat, lng, azimuth, meters);
  return [lon2, lat2];
}

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const lng = fc.oneof({ weight: 4, arbitrary: double(-180, 180) }, fc.constantFrom(-180, 180, 179.9999, 0));
const lat = fc.oneof(
  { weight: 4, arbitrary: double(-90, 90) },
  fc.constantFrom(-90, 90, 89.9999, -89.99, 0, 55.75),
);
const position = fc.tuple(lng, lat);

/** A disc, and a place within it. */
const discWithTruth = fc
  .record({ center: position, radius: double(0, 50_000), azimuth: double(0, 360), share: double(0, 1) })
  .map(({ center, radius, azimuth, share }) => ({
    place: { lng: center[0], lat: center[1], uncertaintyMeters: radius },
    truth: trueDestination(center, radius * share, azimuth),
  }));

/** A convex polygon up to about `size` degrees wide, and a place within it. */
const polygonWithTruth = (size: number) =>
  fc
    .record({
      center: fc.tuple(double(-180 + size, 180 - size), double(-85 + size, 85 - size)),
      radius: double(1e-4, size / 2),
      angles: fc.uniqueArray(fc.nat(359), { minLength: 3, maxLength: 8 }),
      weights: fc.array(double(0.001, 1), { minLength: 8, maxLength: 8 }),
    })
    .map(({ center: [x, y], radius, angles, weights }) => {
      const corners = angles
        .toSorted((a, b) => a - b)
        .map((angle) => [
          x + radius * Math.cos((angle * Math.PI) / 180),
          y + radius * Math.sin((angle * Math.PI) / 180),
        ]);
      const total = corners.reduce((sum, _, i) => sum + (weights[i] ?? 0), 0);
      const mean = (axis: number) =>
        corners.reduce((sum, corner, i) => sum + (corner[axis] ?? 0) * (weights[i] ?? 0), 0) / total;
      const place: Place = { area: { type: 'Polygon', coordinates: [[...corners, corners[0] ?? []]] } };
      return { place, truth: [mean(0), mean(1)] };
    });

/** Slack for the rounding of doubles. */
const MILLIMETER = 0.001;

function expectTruthInside(a: { place: Place; truth: Position }, b: { place: Place; truth: Position }): void {
  const interval = measure(a.place, b.place);
  const meters = trueDistance(a.truth, b.truth);
  expect(interval.minMeters).toBeLessThanOrEqual(meters + MILLIMETER);
  expect(interval.maxMeters).toBeGreaterThanOrEqual(meters - MILLIMETER);
}

/** A disc not far from a place, where a mistake weighs most. */
const near = ({ truth }: { truth: Position }) =>
  fc
    .record({ away: double(0, 30_000), azimuth: double(0, 360), disc: discWithTruth })
    .map(({ away, azimuth, disc }) => {
      const [toLng = 0, toLat = 0] = trueDestination(truth, away, azimuth);
      const { uncertaintyMeters } = disc.place;
      const at = trueDestination([toLng, toLat], uncertaintyMeters / 2, azimuth + 90);
      return { place: { lng: toLng, lat: toLat, uncertaintyMeters }, truth: at };
    });

describe('the true WGS 84 distance lies in the interval', () => {
  test('between two discs anywhere on Earth', () => {
    fc.assert(fc.property(discWithTruth, discWithTruth, expectTruthInside), { numRuns: 1000 });
  });

  test('between two discs that are near each other', () => {
    const pair = discWithTruth.chain((disc) => fc.tuple(fc.constant(disc), near(disc)));
    fc.assert(
      fc.property(pair, ([a, b]) => expectTruthInside(a, b)),
      { numRuns: 1000 },
    );
  });

  test('between a small polygon and a disc anywhere on Earth', () => {
    fc.assert(fc.property(polygonWithTruth(1), discWithTruth, expectTruthInside), { numRuns: 500 });
  });

  test('between a small polygon and a disc near it', () => {
    const pair = polygonWithTruth(1).chain((area) => fc.tuple(fc.constant(area), near(area)));
    fc.assert(
      fc.property(pair, ([a, b]) => expectTruthInside(a, b)),
      { numRuns: 500 },
    );
  });

  test('between a polygon the size of a country and a disc on its half of the Earth', () => {
    fc.assert(
      fc.property(polygonWithTruth(10), discWithTruth, (area, disc) => {
        fc.pre(trueDistance(area.truth, disc.truth) < 9_000_000);
        expectTruthInside(area, disc);
      }),
      { numRuns: 500 },
    );
  });

  test('between a place and the long straight edge of an area, which no great circle follows', () => {
    const ring = [
      [0, 60],
      [10, 60],
      [10, 65],
      [0, 65],
      [0, 60],
    ];
    expectTruthInside(
      { place: { area: { type: 'Polygon', coordinates: [ring] } }, truth: [5, 60] },
      { place: { lng: 5, lat: 59, uncertaintyMeters: 0 }, truth: [5, 59] },
    );
  });

  test('between an area and its antipode', () => {
    const ring = [
      [-5, -5],
      [5, -5],
      [5, 5],
      [-5, 5],
      [-5, -5],
    ];
    expectTruthInside(
      { place: { area: { type: 'Polygon', coordinates: [ring] } }, truth: [0, 0] },
      { place: { lng: 180, lat: 0, uncertaintyMeters: 0 }, truth: [180, 0] },
    );
  });

  test('between two polygons', () => {
    const pair = polygonWithTruth(1).chain((area) => fc.tuple(fc.constant(area), polygonWithTruth(1)));
    fc.assert(
      fc.property(pair, ([a, b]) => expectTruthInside(a, b)),
      { numRuns: 300 },
    );
  });

  test('between the antipodes', () => {
    const disc = (at: [number, number]) => ({
      place: { lng: at[0], lat: at[1], uncertaintyMeters: 0 },
      truth: at,
    });
    expectTruthInside(disc([0, 0]), disc([180, 0]));
  });
});

describe('the sphere', () => {
  test('is off by no more than SPHERE_ERROR of the WGS 84 distance', () => {
    fc.assert(
      fc.property(position, position, (a, b) => {
        const disc = ([lng, lat]: [number, number]): Place => ({ lng, lat, uncertaintyMeters: 0 });
        const meters = trueDistance(a, b);
        // measure() widens by a share of the spherical distance, so that is what has to bear it.
        const { meters: spherical } = measure(disc(a), disc(b));
        expect(Math.abs(spherical - meters)).toBeLessThanOrEqual(SPHERE_ERROR * spherical + MILLIMETER);
      }),
      { numRuns: 1000 },
    );
  });

  test('is off by nearly SPHERE_ERROR along a meridian at the equator', () => {
    const meters = trueDistance([0, -0.01], [0, 0.01]);
    const spherical = (0.02 * Math.PI * SPHERE_RADIUS_METERS) / 180;
    expect((spherical - meters) / spherical).toBeGreaterThan(SPHERE_ERROR - 0.0001);
  });
});

describe('measure', () => {
  const disc = (lng: number, lat: number, uncertaintyMeters = 0): Place => ({ lng, lat, uncertaintyMeters });
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

  test('an interval around one place starts at 0', () => {
    expect(measure(disc(37.6, 55.7, 500), disc(37.6, 55.7, 500)).minMeters).toBe(0);
  });

  test('two discs that touch may coincide', () => {
    expect(measure(disc(0, 0, 60_000), disc(1, 0, 60_000))).toMatchObject({
      minMeters: 0,
      bearingUncertainty: 180,
    });
  });

  test('the uncertainties add up on both sides', () => {
    const exact = measure(disc(37, 55), disc(38, 55));
    const vague = measure(disc(37, 55, 1000), disc(38, 55, 2000));
    expect([exact.minMeters - vague.minMeters, vague.maxMeters - exact.maxMeters]).toEqual([
      expect.closeTo(3000, 6),
      expect.closeTo(3000, 6),
    ]);
  });

  test('the distance is that of the centres', () => {
    expect(measure(disc(0, 0, 5000), disc(0, 1, 9000)).meters).toBeCloseTo(
      (Math.PI * SPHERE_RADIUS_METERS) / 180,
      3,
    );
  });

  test('a place in an area may be 0 metres from it', () => {
    expect(measure(square(37, 55, 1), disc(37.5, 55.5)).minMeters).toBe(0);
  });

  test('a place in the hole of an area is not in the area', () => {
    const ring = (place: Place) => ('area' in place ? (place.area.coordinates[0] as Position[]) : []);
    const hole = ring(square(37.2, 55.2, 0.6)).toReversed();
    const area: Place = {
      area: { type: 'Polygon', coordinates: [ring(square(37, 55, 1)), hole] },
    };
    expect(measure(area, disc(37.5, 55.5)).minMeters).toBeGreaterThan(15_000);
  });

  test('an area counts from its nearest point', () => {
    const { minMeters } = measure(square(1, -0.5, 1), disc(0, 0));
    expect(minMeters / trueDistance([0, 0], [1, 0])).toBeCloseTo(1, 1);
  });

  test('an area counts to its farthest point', () => {
    const { maxMeters } = measure(square(1, 0, 1), disc(0, 0));
    expect(maxMeters / trueDistance([0, 0], [2, 1])).toBeCloseTo(1, 1);
  });

  test('the nearer part of a MultiPolygon counts', () => {
    const part = (place: Place) => ('area' in place ? (place.area.coordinates as Position[][]) : []);
    const area: Place = {
      area: { type: 'MultiPolygon', coordinates: [part(square(20, 0, 1)), part(square(1, -0.5, 1))] },
    };
    expect(measure(area, disc(0, 0)).minMeters).toBeLessThan(112_000);
  });

  test('areas that overlap may be 0 metres apart', () => {
    expect(measure(square(37, 55, 1), square(37.5, 55.5, 1)).minMeters).toBe(0);
  });

  test('a distance across the antimeridian is the short one', () => {
    expect(measure(disc(179.9, 0), disc(-179.9, 0)).meters).toBeCloseTo(
      (0.2 * Math.PI * SPHERE_RADIUS_METERS) / 180,
      3,
    );
  });

  test('either way round the interval is the same', () => {
    fc.assert(
      fc.property(discWithTruth, discWithTruth, ({ place: a }, { place: b }) => {
        const [there, back] = [measure(a, b), measure(b, a)];
        expect(there.minMeters).toBeCloseTo(back.minMeters, 3);
        expect(there.maxMeters).toBeCloseTo(back.maxMeters, 3);
      }),
    );
  });
});

describe('bearings', () => {
  const from = { lng: 37.6, lat: 55.7, uncertaintyMeters: 10 };

  test.for([0, 45, 90, 135, 180, 225, 270, 315])('a place %i degrees away bears so', (azimuth) => {
    const [lng = 0, lat = 0] = trueDestination([from.lng, from.lat], 20_000, azimuth);
    const { bearing } = measure(from, { lng, lat, uncertaintyMeters: 10 });
    expect(Math.abs(((bearing - azimuth + 540) % 360) - 180)).toBeLessThan(0.3);
  });

  test('they run from 0 to 360', () => {
    fc.assert(
      fc.property(discWithTruth, discWithTruth, (a, b) => {
        const { bearing } = measure(a.place, b.place);
        expect(bearing >= 0 && bearing < 360).toBe(true);
      }),
    );
  });

  test('the uncertainty of a direction allows for the sphere', () => {
    const to: Position = [0.5, 0.5];
    const { bearing, bearingUncertainty } = measure(
      { lng: 0, lat: 0, uncertaintyMeters: 1 },
      { lng: 0.5, lat: 0.5, uncertaintyMeters: 1 },
    );
    expect(Math.abs(trueBearing([0, 0], to) - bearing)).toBeLessThanOrEqual(bearingUncertainty);
  });

  test('the true direction between points anywhere on Earth, antipodes among them, lies within it', () => {
    const antipode = fc
      .tuple(position, double(-2, 2), double(-2, 2))
      .map(([[x, y], dx, dy]): [Position, Position] => [
        [x, y],
        [x + 180 + dx, Math.max(-90, Math.min(90, dy - y))],
      ]);
    fc.assert(
      fc.property(
        fc.oneof(fc.tuple(position, position), antipode),
        ([[lngA = 0, latA = 0], [lngB = 0, latB = 0]]) => {
          const to = { lng: lngB, lat: latB, uncertaintyMeters: 0 };
          const { bearing, bearingUncertainty } = measure({ lng: lngA, lat: latA, uncertaintyMeters: 0 }, to);
          const off = Math.abs(((trueBearing([lngA, latA], [lngB, latB]) - bearing + 540) % 360) - 180);
          expect(off).toBeLessThanOrEqual(bearingUncertainty);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('points at opposite ends of the Earth are half its circumference apart, where Turf says NaN', () => {
    const from = { lng: -180, lat: 3.864796510629074, uncertaintyMeters: 1 };
    const to = { lng: 0, lat: -3.864796510629074, uncertaintyMeters: 1 };
    const { meters, minMeters, maxMeters, bearingUncertainty } = measure(from, to);
    expect(meters).toBeCloseTo(Math.PI * SPHERE_RADIUS_METERS, 3);
    expect(minMeters).toBeLessThan(meters);
    expect(maxMeters).toBeGreaterThan(meters);
    expect(bearingUncertainty).toBe(180);
  });

  test('the true direction between true places lies within the stated uncertainty', () => {
    const disc = fc.record({
      center: fc.tuple(double(-180, 180), double(-80, 80)),
      radius: double(1, 20_000),
      azimuth: double(0, 360),
      share: double(0, 1),
      away: double(1000, 100_000),
      toward: double(0, 360),
    });
    fc.assert(
      fc.property(disc, disc, (a, b) => {
        const toCenter = trueDestination(a.center, a.away, a.toward);
        const { bearing, bearingUncertainty } = measure(
          { lng: a.center[0], lat: a.center[1], uncertaintyMeters: a.radius },
          { lng: toCenter[0] ?? 0, lat: toCenter[1] ?? 0, uncertaintyMeters: b.radius },
        );
        const truth = trueBearing(
          trueDestination(a.center, a.radius * a.share, a.azimuth),
          trueDestination(toCenter, b.radius * b.share, b.azimuth),
        );
        const off = Math.abs(((truth - bearing + 540) % 360) - 180);
        expect(off).toBeLessThanOrEqual(bearingUncertainty);
      }),
      { numRuns: 500 },
    );
  });
});

describe('compassPoint', () => {
  const POINTS = 'N NNE NE ENE E ESE SE SSE S SSW SW WSW W WNW NW NNW'.split(' ');
  const cases = POINTS.map((point, i) => [i * 22.5, point] as const);

  test.for(cases)('%d degrees is %s', ([degrees, point]) => {
    expect(compassPoint(degrees)).toBe(point);
  });

  test.for(cases)('11.24 degrees short of %d is %s', ([degrees, point]) => {
    expect(compassPoint(degrees - 11.24)).toBe(point);
  });

  test.for(cases)('11.24 degrees past %d is %s', ([degrees, point]) => {
    expect(compassPoint(degrees + 11.24)).toBe(point);
  });

  test.for(cases)('a turn more than %d is %s', ([degrees, point]) => {
    expect(compassPoint(degrees + 360)).toBe(point);
  });

  test('halfway belongs to the next point clockwise', () => {
    expect([compassPoint(11.25), compassPoint(348.75)]).toEqual(['NNE', 'N']);
  });
});

describe('reported distances', () => {
  test.for([
    ['about', 800, 1200],
    ['at-most', 0, 1000],
    ['at-least', 1000, Infinity],
  ] as const)('"%s 1000 m" runs from %d to %d', ([qualifier, minMeters, maxMeters]) => {
    expect(reportedRange({ meters: 1000, qualifier })).toEqual({ minMeters, maxMeters });
  });

  test.for([
    ['about', 900, 1100, 'consistent'],
    ['about', 800, 1200, 'consistent'],
    ['about', 799, 1200, 'cannot be told'],
    ['about', 800, 1201, 'cannot be told'],
    ['about', 0, 5000, 'cannot be told'],
    ['about', 1200, 1300, 'cannot be told'],
    ['about', 700, 800, 'cannot be told'],
    ['about', 1200.001, 1300, 'not consistent'],
    ['about', 700, 799.999, 'not consistent'],
    ['at-most', 0, 1000, 'consistent'],
    ['at-most', 900, 1000, 'consistent'],
    ['at-most', 900, 1001, 'cannot be told'],
    ['at-most', 1000, 1100, 'cannot be told'],
    ['at-most', 1000.001, 1100, 'not consistent'],
    ['at-least', 1000, 1100, 'consistent'],
    ['at-least', 999, 1100, 'cannot be told'],
    ['at-least', 900, 1000, 'cannot be told'],
    ['at-least', 900, 999.999, 'not consistent'],
  ] as const)('"%s 1000 m", measured %d to %d: %s', ([qualifier, minMeters, maxMeters, verdict]) => {
    expect(checkReportedDistance({ meters: 1000, qualifier }, { minMeters, maxMeters })).toBe(verdict);
  });

  test('the verdict follows from whether the ranges contain each other or meet', () => {
    const reported = fc.record({
      meters: double(1, 1e5),
      qualifier: fc.constantFrom('about' as const, 'at-most' as const, 'at-least' as const),
    });
    fc.assert(
      fc.property(reported, double(0, 1e5), double(0, 1e5), (report, min, width) => {
        const measured = { minMeters: min, maxMeters: min + width };
        const range = reportedRange(report);
        const contains = range.minMeters <= min && measured.maxMeters <= range.maxMeters;
        const meets = Math.max(range.minMeters, min) <= Math.min(range.maxMeters, measured.maxMeters);
        const expected = contains ? 'consistent' : meets ? 'cannot be told' : 'not consistent';
        expect(checkReportedDistance(report, measured)).toBe(expected);
      }),
    );
  });
});

describe('honest rounding', () => {
  const interval = fc
    .record({ minMeters: double(0, 2e7), width: double(0, 1e6), share: double(0, 1) })
    .map(({ minMeters, width, share }) => ({
      minMeters,
      maxMeters: minMeters + width,
      meters: minMeters + width * share,
    }));

  /** Metres that a text of formatDistance stands for. */
  function read(text: string, unit: string): number {
    return Number(text.replaceAll(',', '')) * (unit === 'km' ? 1000 : 1);
  }

  test('the step is a power of ten', () => {
    fc.assert(
      fc.property(interval, (measured) => {
        expect(Math.log10(roundingStepMeters(measured)) % 1).toBe(0);
      }),
    );
  });

  test('the step is at most a tenth of the width, and at least a metre', () => {
    fc.assert(
      fc.property(interval, (measured) => {
        const tenth = Math.max(1, (measured.maxMeters - measured.minMeters) / 10);
        const step = roundingStepMeters(measured);
        expect(step >= 1 && step <= tenth * (1 + 1e-6)).toBe(true);
      }),
    );
  });

  test('no digit is finer than the step', () => {
    fc.assert(
      fc.property(interval, (measured) => {
        const [number = '', unit = ''] = formatDistance(measured).distance.replace('up to ', '').split(' ');
        const decimals = number.split('.')[1]?.length ?? 0;
        const whole = unit === 'km' ? 1000 : 1;
        const step = roundingStepMeters(measured);
        expect(whole * 10 ** -decimals).toBeGreaterThanOrEqual(Math.min(step, whole) * (1 - 1e-9));
      }),
    );
  });

  test('a number is a whole number of steps', () => {
    fc.assert(
      fc.property(interval, (measured) => {
        const [, unit = ''] = formatDistance(measured).distance.replace('up to ', '').split(' ');
        const [number = ''] = formatDistance(measured).range.split(' ');
        const steps = read(number, unit) / roundingStepMeters(measured);
        expect(steps).toBeCloseTo(Math.round(steps), 6);
      }),
    );
  });

  test('the range that is written contains the one that was measured, to within a step', () => {
    fc.assert(
      fc.property(interval, (measured) => {
        const [min = '', , max = '', unit = ''] = formatDistance(measured).range.split(' ');
        const below = measured.minMeters - read(min, unit);
        const above = read(max, unit) - measured.maxMeters;
        const step = roundingStepMeters(measured);
        const tolerance = 1e-9 * measured.maxMeters + 1e-6;
        expect([below, above].every((off) => off >= -tolerance && off <= step + tolerance)).toBe(true);
      }),
    );
  });

  test('the distance is the measured one to within half a step', () => {
    fc.assert(
      fc.property(interval, (measured) => {
        fc.pre(measured.minMeters > 0);
        const [number = '', unit = ''] = formatDistance(measured).distance.split(' ');
        const off = Math.abs(read(number, unit) - measured.meters);
        expect(off).toBeLessThanOrEqual(roundingStepMeters(measured) / 2 + 1e-6);
      }),
    );
  });

  test.for([
    [13_440, 10_360, 16_540, '13.4 km', '10.3 to 16.6 km'],
    [2210, 1850, 2580, '2.21 km', '1.85 to 2.58 km'],
    [640, 100, 1200, '600 m', '100 to 1,200 m'],
    [950, 900, 1000, '950 m', '900 to 1,000 m'],
    [400, 0, 40_000, 'up to 40 km', '0 to 40 km'],
    [123_456, 90_000, 160_000, '123 km', '90 to 160 km'],
    [1_234_567, 1_234_560, 1_234_575, '1,234.567 km', '1,234.560 to 1,234.575 km'],
  ] as const)('%d m, %d to %d: %s, %s', ([meters, minMeters, maxMeters, distance, range]) => {
    expect(formatDistance({ meters, minMeters, maxMeters })).toEqual({ distance, range });
  });

  test.for([
    [700, '700 m'],
    [999, '999 m'],
    [1000, '1 km'],
    [2414, '2.41 km'],
    [10_000, '10 km'],
    [1_500_000, '1,500 km'],
  ] as const)('a single %d m is %s', ([meters, text]) => {
    expect(formatMeters(meters)).toBe(text);
  });
});

describe('places', () => {
  test('of a point: its coordinates and uncertainty', () => {
    expect(placeOfSighting(sampleSighting())).toEqual({ lng: 37.6, lat: 55.7, uncertaintyMeters: 500 });
  });

  test('of a polygon: its area', () => {
    const geometry = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [0, 1],
          [0, 0],
        ],
      ],
    };
    expect(placeOfSighting(sampleSighting({ geometry }))).toEqual({ area: geometry });
  });

  test('of a report without a place: none', () => {
    expect(placeOfSighting(sampleSighting({ geometry: null }))).toBeUndefined();
  });

  test('of a reference point: its coordinates and uncertainty', () => {
    const point = { id: 'a', name: 'A', lng: 1, lat: 2, uncertaintyMeters: 3 };
    expect(placeOfReferencePoint(point)).toEqual({ lng: 1, lat: 2, uncertaintyMeters: 3 });
  });

  test('the centre of an area is the mean of its corners', () => {
    const ring = [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
      [0, 0],
    ];
    expect(centerOf({ area: { type: 'Polygon', coordinates: [ring] } })).toEqual([1, 1]);
  });
});

describe('an area cut at the antimeridian', () => {
  const square = (west: number, east: number) => [
    [
      [west, 10],
      [east, 10],
      [east, 11],
      [west, 11],
      [west, 10],
    ],
  ];
  const cut: Place = { area: { type: 'MultiPolygon', coordinates: [square(179, 180), square(-180, -179)] } };

  test('has its centre there', () => {
    const [lng, lat] = centerOf(cut);
    expect([Math.abs(lng), lat]).toEqual([180, 10.5]);
  });

  test('is measured to as one', () => {
    const { meters, minMeters, maxMeters } = measure({ lng: 178, lat: 10.5, uncertaintyMeters: 1 }, cut);
    expect(minMeters < meters && meters < maxMeters && maxMeters < 400_000).toBe(true);
  });
});

test('the centre of a hollow area is a point inside of it', () => {
  const ring = [
    [0, 0],
    [10, 0],
    [10, 10],
    [9, 10],
    [9, 1],
    [1, 1],
    [1, 10],
    [0, 10],
    [0, 0],
  ];
  const area = { type: 'Polygon' as const, coordinates: [ring] };
  expect(booleanPointInPolygon(centerOf({ area }), area)).toBe(true);
});

test('the centre of an area is where Turf puts it', () => {
  const degree = fc.double({ min: -60, max: 60, noNaN: true });
  // Corners around a middle, so that rings do not cross themselves; far and near by turns, so that some are hollow.
  const ring = fc
    .tuple(
      degree,
      degree,
      fc.array(fc.double({ min: 0.1, max: 20, noNaN: true }), { minLength: 3, maxLength: 12 }),
    )
    .map(([lng, lat, radii]) => {
      const corners = radii.map((radius, i): Position => {
        const angle = (2 * Math.PI * i) / radii.length;
        return [lng + radius * Math.cos(angle), lat + radius * Math.sin(angle)];
      });
      return [...corners, corners[0] ?? []];
    });
  fc.assert(
    fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), (rings) => {
      const area = { type: 'MultiPolygon' as const, coordinates: rings.map((one) => [one]) };
      const mean = centroid(area);
      const inside = booleanPointInPolygon(mean, area) ? mean : pointOnFeature(area);
      const [lng = NaN, lat = NaN] = inside.geometry.coordinates;
      const found = centerOf({ area });
      expect(Math.abs(found[0] - lng) < 1e-9 && Math.abs(found[1] - lat) < 1e-9).toBe(true);
    }),
  );
});
