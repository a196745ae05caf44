import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UNIT_SYSTEMS } from '../../src/domain/units';
import { scaleBar } from '../../src/map/scale-bar';

test('is true to the ground at its latitude', () => {
  // At zoom 0 the equator, 40,030,230 m, is 512 pixels wide.
  const atEquator = scaleBar(0, 0, 128);
  expect(atEquator.label).toBe('10,000 km');
  expect(atEquator.pixels).toBeCloseTo((10_000_000 / 40_030_230) * 512, 3);
  const at60 = scaleBar(60, 0, 128);
  expect(at60.label).toBe('5,000 km');
  expect(at60.pixels).toBeCloseTo((5_000_000 / 20_015_115) * 512, 3);
});

test('says metres below a kilometre', () => {
  expect(scaleBar(55.75, 17, 110).label).toBe('30 m');
});

test('says miles and feet, and nautical miles', () => {
  expect(scaleBar(55.75, 9, 110, 'imperial').label).toBe('5 mi');
  expect(scaleBar(55.75, 17, 110, 'imperial').label).toBe('100 ft');
  expect(scaleBar(55.75, 9, 110, 'nautical').label).toBe('5 nmi');
});

test('is a round length that fills most of its room', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.double({ min: 0, max: 20, noNaN: true }),
      fc.constantFrom(...UNIT_SYSTEMS),
      (lat, zoom, units) => {
        const { pixels, label } = scaleBar(lat, zoom, 110, units);
        expect(pixels).toBeLessThanOrEqual(110.001);
        expect(pixels).toBeGreaterThan(54.9);
        expect(label).toMatch(/^(0\.)?0*[1235][0,]* (k?m|ft|n?mi)$/);
      },
    ),
  );
});
