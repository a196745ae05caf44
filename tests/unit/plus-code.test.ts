import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodePlusCode, encodePlusCode, isShortPlusCode } from '../../src/io/plus-code';

const DIGITS = '23456789CFGHJMPQRVWX';
const digit = fc.constantFrom(...DIGITS);
const lngs = fc.double({ min: -180, max: 180, maxExcluded: true, noNaN: true });
const lats = fc.double({ min: -90, max: 90, noNaN: true });

/** Of the published test data of Open Location Code, and the middle of what each stands for. */
const KNOWN = [
  ['7FG49Q00+', 20.375, 2.775, 0.025, 0.025],
  ['7FG49QCJ+2V', 20.3700625, 2.7821875, 0.0000625, 0.0000625],
  ['7FG49QCJ+2VX', 20.3701125, 2.782234375, 0.0000125, 0.000015625],
  ['7FG49QCJ+2VXGJ', 20.3701135, 2.78223535156, 0.0000005, 0.0000009765625],
  ['8FVC2222+22', 47.0000625, 8.0000625, 0.0000625, 0.0000625],
  ['4VCPPQGP+Q9', -41.2730625, 174.7859375, 0.0000625, 0.0000625],
  ['62G20000+', 0.5, -179.5, 0.5, 0.5],
  ['22220000+', -89.5, -179.5, 0.5, 0.5],
  ['7FG40000+', 20.5, 2.5, 0.5, 0.5],
  ['22222222+22', -89.9999375, -179.9999375, 0.0000625, 0.0000625],
  ['6VGX0000+', 0.5, 179.5, 0.5, 0.5],
  ['6FH32222+222', 1.0000125, 1.000015625, 0.0000125, 0.000015625],
  ['CFX30000+', 89.5, 1.5, 0.5, 0.5],
] as const;

describe('the cell of a full code', () => {
  test.for(KNOWN)('%s', ([code, lat, lng, halfLatDegrees, halfLngDegrees]) => {
    const cell = decodePlusCode(code);
    expect(decodePlusCode(code.toLowerCase())).toEqual(cell);
    expect(cell?.lat).toBeCloseTo(lat, 10);
    expect(cell?.lng).toBeCloseTo(lng, 10);
    expect(cell?.halfLatDegrees).toBeCloseTo(halfLatDegrees, 12);
    expect(cell?.halfLngDegrees).toBeCloseTo(halfLngDegrees, 12);
  });

  test('lies in that of the code with a digit or a pair less', () => {
    fc.assert(
      fc.property(lngs, lats, fc.array(digit, { maxLength: 4 }), (lng, lat, finer) => {
        const code = encodePlusCode(lng, lat) + finer.join('');
        const coarser = [2, 4, 6].map((length) => `${code.slice(0, length).padEnd(8, '0')}+`);
        const longer = [9, ...Array.from({ length: code.length - 10 }, (_, i) => 11 + i)];
        const cells = [...coarser, ...longer.map((length) => code.slice(0, length))].map(decodePlusCode);
        for (const [i, cell] of cells.entries()) {
          const outer = cells[i - 1];
          if (cell === undefined) throw new Error(`Cell ${i} of ${code} is missing.`);
          if (outer === undefined) continue;
          expect(cell.halfLatDegrees).toBeLessThan(outer.halfLatDegrees);
          for (const [side, half] of [
            ['lat', 'halfLatDegrees'],
            ['lng', 'halfLngDegrees'],
          ] as const) {
            expect(Math.abs(cell[side] - outer[side])).toBeLessThan(outer[half] - cell[half] + 1e-12);
          }
        }
      }),
    );
  });

  test('is as fine as 15 digits at most', () => {
    expect(decodePlusCode('9G7VQJ29+M4MGXCWW')).toEqual(decodePlusCode('9G7VQJ29+M4MGXCW'));
  });
});

describe('a position as a code', () => {
  test.for([
    [0, 0, '6FG22222+222'],
    [90, 1, 'CFX3X2X2+X2R'],
    [90 - 1e-12, 1, 'CFX3X2X2+X2R'],
    [-90, -180, '22222222+222'],
    [20.3701125, 2.782234375, '7FG49QCJ+2VX'],
    [47.36559, 8.524997, '8FVC9G8F+6XQ'],
  ] as const)('%f, %f: %s', ([lat, lng, code]) => {
    expect(encodePlusCode(lng, lat)).toBe(code);
  });

  test('is in the cell of its code', () => {
    fc.assert(
      fc.property(lngs, lats, (lng, lat) => {
        const cell = decodePlusCode(encodePlusCode(lng, lat));
        expect(Math.abs((cell?.lat ?? NaN) - lat)).toBeLessThanOrEqual(0.5 / 40_000 + 1e-12);
        expect(Math.abs((cell?.lng ?? NaN) - lng)).toBeLessThanOrEqual(0.5 / 32_000 + 1e-12);
      }),
      { numRuns: 1000 },
    );
  });

  test('in the middle of a cell gives the code of that cell', () => {
    const pair = fc.tuple(digit, digit).map((two) => two.join(''));
    const first = fc.tuple(fc.constantFrom(...'23456789C'), fc.constantFrom(...DIGITS.slice(0, 18)));
    const codes = fc
      .tuple(first, pair, pair, pair, pair, digit)
      .map(([[lat, lng], a, b, c, last, eleventh]) => `${lat}${lng}${a}${b}${c}+${last}${eleventh}`);
    fc.assert(
      fc.property(codes, (code) => {
        const { lng = NaN, lat = NaN } = decodePlusCode(code) ?? {};
        expect(encodePlusCode(lng, lat)).toBe(code);
      }),
    );
  });
});

describe('a text', () => {
  // of the published test data of Open Location Code: is it short, is it full
  test.for([
    ['8FWC2345+G6', false, true],
    ['8FWC2345+G6G', false, true],
    ['8fwc2345+', false, true],
    ['8FWCX400+', false, true],
    ['WC2345+G6g', true, false],
    ['2345+G6', true, false],
    ['45+G6', true, false],
    ['+G6', false, false],
    ['+', false, false],
    ['', false, false],
    ['G+', false, false],
    ['8FWC2345+G', false, false],
    ['8FWC2_45+G6', false, false],
    ['8FWC2η45+G6', false, false],
    ['8FWC2345+G6+', false, false],
    ['8FWC2345G6+', false, false],
    ['8FWC2300+G6', false, false],
    ['WC2300+G6g', false, false],
    ['WC2345+G', false, false],
    ['WC2300+', false, false],
    ['849VGJQF+VX7QR3J7QR3J', false, true],
    // beyond the pole and the antimeridian
    ['F2222222+22', false, false],
    ['2W222222+22', false, false],
    // zeros that digits follow, an odd number of them, and nothing else
    ['22002222+', false, false],
    ['22222000+', false, false],
    ['00000000+', false, false],
  ] as const)('"%s": short %s, full %s', ([text, isShort, isFull]) => {
    expect([isShortPlusCode(text), decodePlusCode(text) !== undefined]).toEqual([isShort, isFull]);
  });
});
