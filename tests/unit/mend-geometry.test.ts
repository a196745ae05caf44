import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IssueList } from '../../src/domain/issue';
import { checkGeometry } from '../../src/domain/geometry-rules';
import { mendGeometry } from '../../src/io/mend-geometry';
import { arbitrarySighting } from './arbitrary-sightings';

const SQUARE = [
  [37, 55],
  [38, 55],
  [38, 56],
  [37, 56],
  [37, 55],
];
const HOLE = [
  [37.2, 55.2],
  [37.2, 55.8],
  [37.8, 55.8],
  [37.2, 55.2],
];

function polygon(...rings: unknown[]): unknown {
  return { type: 'Polygon', coordinates: rings };
}

function point(...coordinates: unknown[]): unknown {
  return { type: 'Point', coordinates };
}

function faultsOf(geometry: unknown): string[] {
  const report = new IssueList(0, null);
  checkGeometry({ type: 'Feature', geometry, properties: {} }, report);
  return report.issues.map(({ message }) => message);
}

const beyond = (by: number) => [SQUARE.map(([lng = 0, lat]) => [lng + by, lat])];
const crs = (name: string) => ({ type: 'name', properties: { name } });

const MENDED: readonly (readonly [
  what: string,
  before: unknown,
  after: unknown,
  mends: readonly RegExp[],
])[] = [
  ['an altitude', point(37.6, 55.7, 140), point(37.6, 55.7), [/altitude was dropped/]],
  ['a ring that is not closed', polygon(SQUARE.slice(0, 4)), polygon(SQUARE), [/ring was closed/]],
  ['a clockwise ring', polygon(SQUARE.toReversed()), polygon(SQUARE), [/counter-clockwise/]],
  ['a hole counter-clockwise', polygon(SQUARE, HOLE.toReversed()), polygon(SQUARE, HOLE), [/hole/]],
  [
    'positions that repeat',
    polygon([SQUARE[0], ...SQUARE, SQUARE[4]]),
    polygon(SQUARE),
    [/repeat the one before/],
  ],
  ['a longitude beyond 180', point(190.1, 55), point(-169.9, 55), [/brought into range/]],
  ['a longitude below -180', point(-540.5, 55), point(179.5, 55), [/brought into range/]],
  ['an area beyond 180', polygon(...beyond(360)), polygon(SQUARE), [/brought into range/]],
  [
    'an area that touches the antimeridian from beyond',
    polygon([
      [180, 0],
      [182, 0],
      [182, 1],
      [180, 0],
    ]),
    polygon([
      [-180, 0],
      [-178, 0],
      [-178, 1],
      [-180, 0],
    ]),
    [/brought into range/],
  ],
  [
    'an area across the antimeridian',
    polygon([
      [179, 0],
      [181, 0],
      [181, 1],
      [179, 1],
      [179, 0],
    ]),
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [179, 0],
            [180, 0],
            [180, 1],
            [179, 1],
            [179, 0],
          ],
        ],
        [
          [
            [-180, 0],
            [-179, 0],
            [-179, 1],
            [-180, 1],
            [-180, 0],
          ],
        ],
      ],
    },
    [/brought into range/, /cut at the antimeridian/],
  ],
  [
    'an area across the antimeridian whose longitudes jump there',
    polygon(
      [
        [179, 0],
        [-179, 0],
        [-179, 3],
        [179, 3],
        [179, 0],
      ],
      [
        [-179.8, 1],
        [-179.8, 2],
        [-179.2, 2],
        [-179.8, 1],
      ],
    ),
    {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [179, 0],
            [180, 0],
            [180, 3],
            [179, 3],
            [179, 0],
          ],
        ],
        [
          [
            [-180, 0],
            [-179, 0],
            [-179, 3],
            [-180, 3],
            [-180, 0],
          ],
          [
            [-179.8, 1],
            [-179.8, 2],
            [-179.2, 2],
            [-179.8, 1],
          ],
        ],
      ],
    },
    [/^the area was cut at the antimeridian$/],
  ],
  [
    'a collection of one',
    { type: 'GeometryCollection', geometries: [point(37, 55)] },
    point(37, 55),
    [/collection of one/],
  ],
  ['a MultiPoint of one', { type: 'MultiPoint', coordinates: [[37, 55]] }, point(37, 55), [/became a Point/]],
  ['a bbox', { type: 'Point', bbox: [37, 55, 37, 55], coordinates: [37, 55] }, point(37, 55), [/“bbox”/]],
  [
    'a crs that is WGS 84',
    { type: 'Point', crs: crs('urn:ogc:def:crs:OGC:1.3:CRS84'), coordinates: [37, 55] },
    point(37, 55),
    [/“crs”/],
  ],
];

describe('what can be mended without loss', () => {
  test.for(MENDED)('%s is', ([, before, after]) => {
    expect(mendGeometry(before).geometry).toEqual(after);
  });

  test.for(MENDED)('%s is told', ([, before, , mends]) => {
    const told = mendGeometry(before).mends;
    expect(told.map((mend, i) => mends[i]?.test(mend) ?? mend)).toEqual(mends.map(() => true));
  });

  test.for(MENDED)('%s then obeys the contract', ([, before]) => {
    expect(faultsOf(mendGeometry(before).geometry)).toEqual([]);
  });

  test.for(MENDED)('%s: mending twice is mending once', ([, before]) => {
    expect(mendGeometry(mendGeometry(before).geometry).mends).toEqual([]);
  });

  test('what is sound stays as it is, untold', () => {
    fc.assert(
      fc.property(arbitrarySighting, ({ geometry }) => {
        expect(mendGeometry(geometry)).toEqual({ geometry, mends: [] });
      }),
    );
  });

  test('a MultiPolygon of one stays one', () => {
    const geometry = { type: 'MultiPolygon', coordinates: [[SQUARE]] };
    expect(mendGeometry(geometry)).toEqual({ geometry, mends: [] });
  });

  test('swapped axes are mended when told so, before all else', () => {
    const swapped = polygon(SQUARE.map((position) => position.toReversed()));
    expect(mendGeometry(swapped, { swapAxes: true })).toEqual({
      geometry: polygon(SQUARE),
      mends: ['latitude and longitude were swapped'],
    });
  });

  test('the geometry that is given is not changed', () => {
    const before = JSON.stringify(MENDED.map(([, geometry]) => geometry));
    for (const [, geometry] of MENDED) mendGeometry(geometry, { swapAxes: true });
    expect(JSON.stringify(MENDED.map(([, geometry]) => geometry))).toBe(before);
  });
});

describe('what cannot be mended', () => {
  test.for([
    [
      'LineString',
      [
        [37, 55],
        [38, 56],
      ],
    ],
    [
      'MultiLineString',
      [
        [
          [37, 55],
          [38, 56],
        ],
      ],
    ],
    [
      'MultiPoint',
      [
        [37, 55],
        [38, 56],
      ],
    ],
  ])('a %s is a fault, and stays', ([type, coordinates]) => {
    const { geometry, fault } = mendGeometry({ type, coordinates });
    expect([geometry, fault]).toEqual([
      { type, coordinates },
      expect.stringMatching(/draw a point or an area/),
    ]);
  });

  test('another coordinate system is a fault with its remedy', () => {
    expect(mendGeometry({ type: 'Point', crs: crs('EPSG:3857'), coordinates: [4e6, 7e6] }).fault).toMatch(
      /EPSG:3857.*convert to WGS 84/,
    );
  });

  test.for([
    'EPSG:4326',
    'urn:ogc:def:crs:EPSG::4326',
    'urn:ogc:def:crs:OGC::CRS84',
    'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
  ])('%s is WGS 84', (name) => {
    expect(mendGeometry({ type: 'Point', crs: crs(name), coordinates: [1, 2] }).fault).toBeUndefined();
  });

  test('a shape that crosses the antimeridian more than once is left to the contract', () => {
    const comb = polygon([
      [178, 0],
      [182, 0],
      [182, 4],
      [178, 4],
      [178, 3],
      [181, 3],
      [181, 1],
      [178, 1],
      [178, 0],
    ]);
    expect([mendGeometry(comb).geometry, faultsOf(comb).length > 0]).toEqual([comb, true]);
  });

  const jumping = [
    [179, 0],
    [-179, 0],
    [-179, 3],
    [179, 3],
    [179, 0],
  ];

  test('an area across the antimeridian that cannot be cut is left to the contract, not made a band', () => {
    const hole = [
      [179.5, 1],
      [179.5, 2],
      [-179.5, 2],
      [-179.5, 1],
      [179.5, 1],
    ];
    const area = polygon(jumping, hole);
    expect([mendGeometry(area).geometry, faultsOf(area).length > 0]).toEqual([area, true]);
  });

  test('it may begin on either side, and stay clear of the side itself', () => {
    const begun = (from: number) => polygon([...jumping.slice(from, 4), ...jumping.slice(0, from + 1)]);
    for (const from of [0, 1, 2, 3]) {
      const { geometry, mends } = mendGeometry(begun(from));
      expect([mends, faultsOf(geometry)]).toEqual([['the area was cut at the antimeridian'], []]);
      expect(JSON.stringify(geometry)).not.toContain('360');
    }
  });

  test('an area that is wide, or a band around the Earth, stays as it is', () => {
    const wide = (west: number, east: number) =>
      polygon([
        [west, -60],
        [east, -60],
        [east, 60],
        [west, 60],
        [west, -60],
      ]);
    for (const area of [wide(-180, 180), wide(-170, 170), wide(-100, 70)])
      expect(mendGeometry(area)).toEqual({ geometry: area, mends: [] });
  });

  test('nothing at all makes it throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.record({
            type: fc.constantFrom(
              'Point',
              'Polygon',
              'MultiPolygon',
              'MultiPoint',
              'GeometryCollection',
              '__proto__',
            ),
            coordinates: fc.jsonValue(),
            geometries: fc.jsonValue(),
          }),
        ),
        fc.boolean(),
        (geometry, swapAxes) => {
          mendGeometry(geometry, { swapAxes });
        },
      ),
      { numRuns: 500 },
    );
  });
});
