import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIsoDays, parseEventDate } from '../../src/domain/dates';
import { UNIT_SYSTEMS } from '../../src/domain/units';
import { ORIGIN_VALUES, PLACE_VALUES, SURENESS, type Target } from '../../src/domain/query';
import { CONFIDENCES, STATUSES } from '../../src/domain/table';
import type { Sort } from '../../src/io/place-params';
import {
  MEASURING_TOOLS,
  type Address,
  DEFAULT_ADDRESS,
  PARAMS,
  type ParamName,
  changedParams,
  parseAddress,
  stringifyAddress,
} from '../../src/io/url';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const view = fc.record({ lng: double(-180, 180), lat: double(-85, 85), zoom: double(0, 22) });
const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
/** Text as a page can have it: of whole characters. */
const text = fc.string({ unit: 'binary' });
const someOf = (values: fc.Arbitrary<string>) =>
  fc.option(
    fc.uniqueArray(values, { minLength: 1, maxLength: 5 }).map((some): ReadonlySet<string> => new Set(some)),
    { nil: undefined },
  );
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Points as the address has them, to five decimals. */
const point = fc
  .tuple(fc.integer({ min: -17_999_999, max: 17_999_999 }), fc.integer({ min: -9_000_000, max: 9_000_000 }))
  .chain(([lng, lat]) => {
    const at = { lng: lng / 1e5, lat: lat / 1e5 };
    const vague = fc
      .integer({ min: 1, max: 20_000_000 })
      .map((meters) => ({ ...at, uncertaintyMeters: meters }));
    return fc.oneof(fc.constant(at), vague);
  });
const target: fc.Arbitrary<Target> = fc.oneof(slug, point);
const day = fc.integer({ min: -719_528, max: 2_932_896 });

const addresses: fc.Arbitrary<Address> = fc.record({
  data: fc.constantFrom(undefined, 'data/a b.geojson', 'https://example.org/x,y.csv?v=1&w=~2'),
  q: text,
  confidence: someOf(fc.constantFrom(...CONFIDENCES)),
  system: someOf(fc.oneof(slug, fc.constant(''), text)),
  status: someOf(fc.constantFrom(...STATUSES)),
  origins: someOf(fc.constantFrom(...ORIGIN_VALUES)),
  place: someOf(fc.constantFrom(...PLACE_VALUES)),
  publisher: someOf(text),
  dates: optional(
    fc.tuple(day, day).map(([a, b]) => ({ firstDay: Math.min(a, b), lastDay: Math.max(a, b) })),
  ),
  near: optional(
    fc.record({
      target,
      meters: fc.integer({ min: 1, max: 20_040_000 }),
      sureness: fc.constantFrom(...SURENESS),
    }),
  ),
  inview: fc.boolean(),
  sort: optional(
    fc.oneof(
      fc.constantFrom<Sort[]>({ by: 'newest' }, { by: 'oldest' }, { by: 'confidence' }, { by: 'relevance' }),
      target.map((to): Sort => ({ by: 'distance', target: to })),
    ),
  ),
  view: fc.constant(undefined), // rounded to a pixel, see below
  sighting: optional(slug),
  set: optional(slug),
  tool: fc.constantFrom(undefined, ...MEASURING_TOOLS),
  measure: optional(
    fc
      .record({
        vertices: fc.uniqueArray(target, {
          minLength: 1,
          maxLength: 6,
          selector: (to) => JSON.stringify(to),
        }),
        isClosed: fc.boolean(),
      })
      .map(({ vertices, isClosed }) => ({ vertices, isClosed: isClosed && vertices.length > 2 })),
  ),
  measured: text,
  rings: optional(
    fc.record({
      target,
      meters: fc
        .uniqueArray(fc.integer({ min: 1, max: 20_040_000 }), { minLength: 1, maxLength: 5 })
        .map((meters) => meters.toSorted((a, b) => a - b)),
    }),
  ),
  report: optional(fc.record({ sighting: slug, index: fc.nat(20) })),
  units: fc.constantFrom(undefined, ...UNIT_SYSTEMS),
  basemap: fc.constantFrom('atlas', 'streets', 'https://example.org/a,b/style.json?key=1&b=~2'),
  theme: fc.constantFrom(undefined, 'light', 'dark'),
  embed: fc.boolean(),
});

describe('written and read again', () => {
  test('an address is the same, and nothing of it is ignored', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        expect(parseAddress(stringifyAddress(address))).toEqual({ address, ignored: [] });
      }),
      { numRuns: 1000 },
    );
  });

  for (const name of Object.keys(PARAMS) as ParamName[]) {
    test(`${name} alone is the same`, () => {
      fc.assert(
        fc.property(addresses, (whole) => {
          const address = { ...DEFAULT_ADDRESS, [name]: whole[name] };
          expect(parseAddress(stringifyAddress(address)).address).toEqual(address);
        }),
      );
    });
  }

  test('the view is the same to a pixel', () => {
    fc.assert(
      fc.property(view, (written) => {
        const { address } = parseAddress(stringifyAddress({ ...DEFAULT_ADDRESS, view: written }));
        const pixel = 360 / (512 * 2 ** written.zoom);
        const off = Math.abs((address.view?.lng ?? NaN) - written.lng) % 360;
        expect([
          Math.min(off, 360 - off) <= pixel,
          Math.abs((address.view?.lat ?? NaN) - written.lat) <= pixel,
          Math.abs((address.view?.zoom ?? NaN) - written.zoom) < 0.01,
        ]).toEqual([true, true, true]);
      }),
    );
  });

  test('the view does not creep', () => {
    fc.assert(
      fc.property(view, (first) => {
        const once = stringifyAddress({ ...DEFAULT_ADDRESS, view: first });
        expect(stringifyAddress(parseAddress(once).address)).toBe(once);
      }),
    );
  });

  test('a longitude beyond the antimeridian is the same place', () => {
    const search = stringifyAddress({ ...DEFAULT_ADDRESS, view: { lng: 190, lat: 0, zoom: 5 } });
    expect(parseAddress(search).address.view?.lng).toBe(-170);
  });

  test('the default is an empty address', () => {
    expect(stringifyAddress(DEFAULT_ADDRESS)).toBe('');
  });

  test('the same choice has one address, whatever the order in which it was made', () => {
    const of = (...levels: string[]) => stringifyAddress({ ...DEFAULT_ADDRESS, confidence: new Set(levels) });
    expect(of('low', 'high')).toBe(of('high', 'low'));
  });
});

describe('an address can be read by people', () => {
  const cases: [Partial<Address>, string][] = [
    [
      { view: { lng: 37.61781, lat: 55.75172, zoom: 10 }, sighting: 'a-b' },
      '?view=37.6178,55.7517,10&sighting=a-b',
    ],
    [{ q: 'ново огарёво' }, `?q=${encodeURIComponent('ново')}+${encodeURIComponent('огарёво')}`],
    [{ q: 'fog & rain' }, '?q=fog+%26+rain'],
    [{ confidence: new Set(['high', 'moderate']) }, '?confidence=high,moderate'],
    [{ system: new Set(['', 's-400']) }, '?system=s-400,~-'],
    [{ publisher: new Set(['RFE/RL, in Russian', 'A~B']) }, '?publisher=A~~B,RFE/RL~.+in+Russian'],
    [{ near: { target: 'kremlin', meters: 10_000, sureness: 'possibly' } }, '?near=kremlin,10km'],
    [
      { near: { target: { lng: 37.6, lat: 55.75 }, meters: 700, sureness: 'certainly' } },
      '?near=37.6,55.75,700m,certainly',
    ],
    [{ dates: { firstDay: 19_363, lastDay: 19_377 } }, '?dates=2023-01-06/2023-01-20'],
    [{ dates: { firstDay: 19_376, lastDay: 19_376 } }, '?dates=2023-01-19'],
    [{ inview: true, embed: true }, '?inview&embed'],
    [{ sort: { by: 'distance', target: 'kremlin' } }, '?sort=distance,kremlin'],
    [
      { data: 'https://example.org/our data.geojson', q: 'fog' },
      '?data=https://example.org/our+data.geojson&q=fog',
    ],
    [{ data: 'data/2023.geojson' }, '?data=data/2023.geojson'],
    [{ basemap: 'streets', theme: 'dark' }, '?basemap=streets&theme=dark'],
    [
      { measure: { vertices: ['kremlin', { lng: 37.65, lat: 55.745 }], isClosed: false } },
      '?measure=kremlin+37.65,55.745',
    ],
    [
      { measure: { vertices: ['a', 'b', { lng: 37, lat: 55, uncertaintyMeters: 300 }], isClosed: true } },
      '?measure=a+b+37,55,u300+a',
    ],
    [{ rings: { target: 'kremlin', meters: [700, 10_000] } }, '?rings=kremlin,700m,10km'],
    [{ sighting: 'a-b', set: 'layer-1' }, '?sighting=a-b&set=layer-1'],
    [{ report: { sighting: 'a-b', index: 0 } }, '?report=a-b,1'],
    [
      { tool: 'ruler', measured: 'Roof to roof', units: 'nautical' },
      '?tool=ruler&measured=Roof+to+roof&units=nautical',
    ],
  ];
  test.for(cases)('%j is %s', ([address, search]) => {
    expect(stringifyAddress({ ...DEFAULT_ADDRESS, ...address })).toBe(search);
  });
});

describe('a wrong value', () => {
  const wrong: Partial<Record<ParamName, string[]>> = {
    view: [
      '',
      'Moscow',
      '37.6,55.7',
      '37.6,55.7,10,0',
      '37.6,,10',
      ' , , ',
      '181,55.7,10',
      '-180.1,55.7,10',
      '37.6,91,10',
      '37.6,-90.1,10',
      '37.6,55.7,-1',
      '37.6,55.7,25',
      'NaN,55.7,10',
      'Infinity,55.7,10',
      '37.6,55.7,Infinity',
      '<script>,55.7,10',
    ],
    sighting: [''],
    set: [''],
    system: [''],
    publisher: [''],
    confidence: ['', 'certain', 'HIGH', 'constructor', '__proto__'],
    status: ['gone', ''],
    origins: ['5', '-1', '4'],
    place: ['maybe'],
    dates: ['', 'yesterday', '2023', '2023-13', '2023-01-20/2023-01-06', '2023-02-30'],
    near: [
      '',
      'kremlin',
      '10km',
      'kremlin,10',
      'kremlin,0km',
      'kremlin,-1km',
      'kremlin,30000km',
      'kremlin,10km,perhaps',
      '200,55,10km',
      '37.6,95,10km',
      'a,b,c,10km',
      ',10km',
    ],
    sort: ['', 'random', 'distance', 'distance,', 'distance,1,2,3'],
    tool: ['', 'scissors', 'RULER'],
    measure: ['', ' ', '37,95', '37,55,300', '37,55,u-3', '37,55,u0', '37,55,u1e9', '1,2,3,4'],
    rings: ['', 'kremlin', '5km', 'kremlin,5', 'kremlin,5km,x', '200,55,5km', 'kremlin,0km'],
    report: ['', 'a', 'a,0', 'a,x', ',1', 'a,b,1'],
    units: ['', 'parsecs'],
    basemap: ['', 'mars', 'javascript:alert(1)', 'data:text/plain,x', 'https://me:secret@example.org/x.json'],
    theme: ['', 'sepia', 'DARK'],
    data: [
      '',
      ' ',
      'javascript:alert(1)',
      'data:application/json,{}',
      'blob:https://example.org/1',
      'file:///etc/passwd',
      'https://me:secret@example.org/x.geojson',
      '//me@example.org/x.geojson',
      'http://',
    ],
    embed: ['perhaps'],
    inview: ['2'],
  };
  const cases = Object.entries(wrong).flatMap(([name, texts]) =>
    texts.map((value) => [name, value] as const),
  );

  test.for(cases)('%s=%s is ignored and named', ([name, value]) => {
    const { address, ignored } = parseAddress(`?${name}=${encodeURIComponent(value)}`);
    expect([address, ignored]).toEqual([DEFAULT_ADDRESS, [`${name}=${value}`]]);
  });

  test('in a list leaves the others', () => {
    const { address, ignored } = parseAddress('?confidence=high,certain,low');
    expect([address.confidence, ignored]).toEqual([new Set(['high', 'low']), ['confidence=certain']]);
  });

  test('that is said twice counts once, and is named', () => {
    const { address, ignored } = parseAddress('?confidence=high&confidence=low');
    expect([address.confidence, ignored]).toEqual([new Set(['high']), ['confidence=low']]);
  });

  test.for(['no', 'false', '0'])('of a flag that is %s leaves it off', (value) => {
    expect(parseAddress(`?embed=${value}`)).toEqual({ address: DEFAULT_ADDRESS, ignored: [] });
  });

  test('leaves the good ones', () => {
    expect(parseAddress('?view=x&sighting=a').address).toEqual({ ...DEFAULT_ADDRESS, sighting: 'a' });
  });

  test('of another name is not ours', () => {
    expect(parseAddress('?utm_source=x&__proto__=y')).toEqual({ address: DEFAULT_ADDRESS, ignored: [] });
  });
});

describe('any text', () => {
  test('is read without an exception', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(PARAMS)), text, (name, value) => {
        parseAddress(value);
        parseAddress(`?${name}=${value}`);
      }),
      { numRuns: 2000 },
    );
  });

  test('that is read can be written, and is the same when it is read again', () => {
    const unit = fc.nat(0xffff).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(PARAMS)), fc.string({ unit }), (name, value) => {
        const { address } = parseAddress(`?view=1,2,3&${name}=${value}`);
        expect(parseAddress(stringifyAddress(address)).address).toEqual(address);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what changed between two addresses', () => {
  test('is named', () => {
    const to = { ...DEFAULT_ADDRESS, q: 'x', embed: true };
    expect(changedParams(DEFAULT_ADDRESS, to)).toEqual(['q', 'embed']);
  });

  test('is nothing when they are written alike', () => {
    const a = { ...DEFAULT_ADDRESS, confidence: new Set(['low', 'high']) };
    expect(changedParams(a, { ...a, confidence: new Set(['high', 'low']) })).toEqual([]);
  });
});

test('days are written as the dates that they are', () => {
  fc.assert(
    fc.property(day, day, (a, b) => {
      const span = { firstDay: Math.min(a, b), lastDay: Math.max(a, b) };
      expect(parseEventDate(formatIsoDays(span))).toEqual({ span });
    }),
  );
});
