/**
 * Marks raw JSON text among values: what stands between two of them is written as it is, so that texts can be made which
 * no value gives.
 */
export const RAW = '\uE000';
/** Marks a key that stands there twice: it is dropped when the text is written. */
export const TWIN = '\uE001';

const raw = (text: string) => `${RAW}${text}${RAW}`;

const manyPositions = (count: number, position: (i: number) => unknown) =>
  Array.from({ length: count }, (_, i) => position(i));

/** A key that is data, also where it is the name of something that every object has. */
function withKey(key: string, value: unknown): object {
  return Object.defineProperty({}, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Names that objects have without being given them. */
export const NASTY_KEYS = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'toJSON',
  'prototype',
  'length',
  '',
  ' ',
  'a\u0000b',
  '\u202e',
  'type',
  'features',
  'coordinates',
  'x'.repeat(3000),
];

/** Makers of values that nobody expects. */
export const NASTY_VALUES: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => '',
  () => ' ',
  () => 'text',
  () => [],
  () => ({}),
  () => [[]],
  () => [[[[[]]]]],
  () => [null],
  () => [{}],
  () => 0,
  () => -1,
  () => 0.1,
  () => 91,
  () => 181,
  () => 1e308,
  () => 2 ** 53,
  () => raw('-0'),
  () => raw('1e999'),
  () => raw('-1e999'),
  () => raw('NaN'),
  () => raw('Infinity'),
  () => raw('undefine'),
  () => raw('01'),
  () => raw('.5'),
  () => raw('0x10'),
  () => raw('9'.repeat(400)),
  () => raw(`0.${'3'.repeat(400)}`),
  () => raw('"\\ud800"'),
  () => raw('"\\u0000"'),
  () => raw('"\\x"'),
  () => raw('"tab\tin it"'),
  () => raw("'single'"),
  () => raw('[1,2,]'),
  () => raw('{"a":1,}'),
  () => raw('/* comment */ 1'),
  () => raw('['.repeat(70) + ']'.repeat(70)),
  () => raw('['.repeat(5000) + ']'.repeat(5000)),
  () => raw('{"a":'.repeat(500) + '1' + '}'.repeat(500)),
  () => raw('['.repeat(20000)),
  () => raw(']'),
  () => raw('}'),
  () => '9'.repeat(1000),
  () => 'x'.repeat(100_000),
  () => ' '.repeat(50_000) + 'x',
  () => '\n'.repeat(50_000) + 'x',
  () => '2023-01-06/2023-01-20/',
  () => '2023-02-30',
  () => '-271821-04-20',
  () => 'javascript:alert(1)',
  () => 'https://user:pass@host/',
  () => '=HYPERLINK("http://x")',
  () => withKey('__proto__', { polluted: true }),
  () => withKey('constructor', { prototype: { polluted: true } }),
  () => withKey('toString', null),
  () => withKey('toJSON', 'no function'),
  () => ({ type: 'Point', coordinates: [[]] }),
  () => ({ type: 'Point', coordinates: [0, 0, 0, 0, 0, 0] }),
  () => ({ type: 'Point', coordinates: ['37', '55'] }),
  () => ({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    ],
  }),
  () => ({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    ],
  }),
  () => ({
    type: 'Polygon',
    coordinates: [
      [
        [179, 0],
        [181, 0],
        [181, 1],
        [179, 1],
        [179, 0],
      ],
    ],
  }),
  () => ({
    type: 'Polygon',
    coordinates: [
      [
        [1e300, 0],
        [181, 0],
        [181, 1],
        [179, 1],
        [1e300, 0],
      ],
    ],
  }),
  () => ({ type: 'MultiPolygon', coordinates: [[[]], []] }),
  () => ({ type: 'GeometryCollection', geometries: [{ type: 'GeometryCollection', geometries: [null] }] }),
  () => ({ type: 'GeometryCollection', geometries: 7 }),
  () => ({ type: 'constructor', coordinates: [] }),
  () => ({ type: '__proto__', coordinates: [] }),
];

/** The same, of 100,000 parts: they cost time, so that they are chosen seldom. */
export const HUGE_VALUES: readonly (() => unknown)[] = [
  () => manyPositions(100_000, () => 'bad'),
  () => manyPositions(100_000, () => [null, 1e9]),
  () => ({ type: 'MultiPoint', coordinates: manyPositions(100_000, () => [999, 'x']) }),
  () => ({ type: 'MultiPoint', coordinates: manyPositions(100_000, (i) => [i / 1000, 1]) }),
  () => ({ type: 'LineString', coordinates: manyPositions(100_000, () => [999, 999]) }),
  () => ({ type: 'Polygon', coordinates: [manyPositions(100_000, (i) => [i % 360, i % 180])] }),
  () => ({
    type: 'Polygon',
    coordinates: manyPositions(30_000, (i) => [
      [i, 0],
      [0, 1],
    ]),
  }),
  () => ({
    type: 'MultiPolygon',
    coordinates: manyPositions(30_000, () => [
      [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    ]),
  }),
  // Strips side by side: the boxes of all edges lie over each other.
  () => ({
    type: 'Polygon',
    coordinates: [manyPositions(20_000, (i) => (i % 2 ? [80, 80 + i / 1e4] : [-80, -80 + i / 1e4]))],
  }),
  () => Object.fromEntries(manyPositions(20_000, (i) => [`key ${String(i)}`, i]) as [string, number][]),
  () => manyPositions(20_000, () => ({ publisher: '', claim: 7 })),
  () => 'word '.repeat(400_000),
];
