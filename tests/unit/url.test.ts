import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Address, parseAddress, stringifyAddress } from '../../src/io/url';

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const view = fc.record({ lng: double(-180, 180), lat: double(-85, 85), zoom: double(0, 22) });
const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}$/);
const nothing: Address = { view: undefined, sighting: undefined };

describe('written and read again', () => {
  test('the view is the same to a pixel', () => {
    fc.assert(
      fc.property(view, (written) => {
        const { address } = parseAddress(stringifyAddress({ ...nothing, view: written }));
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
        const once = stringifyAddress({ ...nothing, view: first });
        expect(stringifyAddress(parseAddress(once).address)).toBe(once);
      }),
    );
  });

  test('the sighting is the same', () => {
    fc.assert(
      fc.property(slug, (sighting) => {
        expect(parseAddress(stringifyAddress({ ...nothing, sighting })).address.sighting).toBe(sighting);
      }),
    );
  });

  test('view and sighting do not mix', () => {
    const address = { view: { lng: 37.5, lat: 55.5, zoom: 10 }, sighting: 'losiny-ostrov-s400' };
    expect(parseAddress(stringifyAddress(address)).address).toEqual(address);
  });

  test('a longitude beyond the antimeridian is the same place', () => {
    const text = stringifyAddress({ ...nothing, view: { lng: 190, lat: 0, zoom: 5 } });
    expect(parseAddress(text).address.view?.lng).toBe(-170);
  });

  test('nothing is an empty address', () => {
    expect(stringifyAddress(nothing)).toBe('');
  });

  test('it can be read by people', () => {
    expect(stringifyAddress({ view: { lng: 37.61781, lat: 55.75172, zoom: 10 }, sighting: 'a-b' })).toBe(
      '?view=37.6178,55.7517,10&sighting=a-b',
    );
  });
});

describe('a wrong value', () => {
  test.for([
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
  ])('view=%s is ignored and named', (text) => {
    expect(parseAddress(`?view=${text}`)).toEqual({ address: nothing, ignored: [`view=${text}`] });
  });

  test('an empty sighting is ignored and named', () => {
    expect(parseAddress('?sighting=')).toEqual({ address: nothing, ignored: ['sighting='] });
  });

  test('leaves the good ones', () => {
    expect(parseAddress('?view=x&sighting=a').address).toEqual({ ...nothing, sighting: 'a' });
  });

  test('of another name is not ours', () => {
    expect(parseAddress('?utm_source=x&__proto__=y')).toEqual({ address: nothing, ignored: [] });
  });
});

describe('any text', () => {
  test('is read without an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseAddress(text);
        parseAddress(`?view=${text}&sighting=${text}`);
      }),
    );
  });

  test('that is a sighting comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (sighting) => {
        expect(parseAddress(stringifyAddress({ ...nothing, sighting })).address.sighting).toBe(sighting);
      }),
    );
  });

  test('that is read can be written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (text) => {
        const { address } = parseAddress(`?view=1,2,3&sighting=${text}`);
        expect(parseAddress(stringifyAddress(address)).address).toEqual(address);
      }),
    );
  });
});
