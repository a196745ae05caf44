import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatEventDate, parseDate, parseEventDate } from '../../src/domain/dates';

const MS_PER_DAY = 86_400_000;

function day(text: string): number {
  return Date.parse(`${text}T00:00:00Z`) / MS_PER_DAY;
}

describe('an event date spans', () => {
  test.for([
    ['2023-01-19', '2023-01-19', '2023-01-19'],
    ['2023-01', '2023-01-01', '2023-01-31'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2022-12', '2022-12-01', '2022-12-31'],
    ['2023-01-06/2023-01-20', '2023-01-06', '2023-01-20'],
    ['2023-01-06/2023-01-06', '2023-01-06', '2023-01-06'],
    ['2022-12/2023-01-23', '2022-12-01', '2023-01-23'],
    ['2022-12-05/2023-01', '2022-12-05', '2023-01-31'],
    ['2022-12/2023-02', '2022-12-01', '2023-02-28'],
    ['2023-01-10/2023-01', '2023-01-10', '2023-01-31'],
    ['1969-12-31', '1969-12-31', '1969-12-31'],
    ['0099-03-01', '0099-03-01', '0099-03-01'],
  ] as const)('%s: %s to %s', ([text, first, last]) => {
    expect(parseEventDate(text)).toEqual({ span: { firstDay: day(first), lastDay: day(last) } });
  });

  test('1970-01-01 is day 0', () => {
    expect(parseEventDate('1970-01-01')).toEqual({ span: { firstDay: 0, lastDay: 0 } });
  });

  test('every day that exists is one day', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, 10);
          expect(parseEventDate(text)).toEqual({ span: { firstDay: day(text), lastDay: day(text) } });
        },
      ),
    );
  });

  test('a day exists where the calendar has it', () => {
    const parts = fc.tuple(fc.integer({ min: 1000, max: 2999 }), fc.nat(14), fc.nat(33));
    fc.assert(
      fc.property(parts, ([year, month, dayOfMonth]) => {
        const two = (number: number) => String(number).padStart(2, '0');
        const text = `${year}-${two(month)}-${two(dayOfMonth)}`;
        const time = Date.parse(`${text}T00:00:00Z`);
        const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
        expect('span' in parseEventDate(text)).toBe(exists);
      }),
    );
  });
});

describe('no event date is', () => {
  test.for([
    '',
    '/',
    '2023',
    '2023-1-1',
    '2023-01-19/',
    '/2023-01-19',
    '2023-01-20/2023-01-19',
    '2023-02/2023-01',
    '2023-01-01/2023-01-02/2023-01-03',
    '2023-01-19T00:00',
    '+2023-01-19',
    '2023-01-19 ',
    '２０２３-01-19',
    'unknown',
  ])('%j', (text) => {
    expect(parseEventDate(text)).toEqual({ error: expect.stringContaining(`"`) });
  });

  test('any text is read without an exception', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseEventDate(text);
      }),
    );
  });
});

describe('a date is one day', () => {
  test('written as such', () => {
    expect(parseDate('2023-01-19')).toEqual(parseEventDate('2023-01-19'));
  });

  test.for(['2023-01', '2023-01-06/2023-01-20', '2023-02-30', ''])('not %j', (text) => {
    expect(parseDate(text)).toHaveProperty('error');
  });
});

describe('for readers', () => {
  test.for([
    ['2023-01-19', '19 January 2023'],
    ['2023-01', 'January 2023'],
    ['2023-01-06/2023-01-20', '6–20 January 2023'],
    ['2022-12-28/2023-01-03', '28 December 2022 – 3 January 2023'],
    ['2023-01-28/2023-02-03', '28 January – 3 February 2023'],
    ['2022-12/2023-01-23', 'December 2022 – 23 January 2023'],
    ['2022-12/2023-01', 'December 2022 – January 2023'],
    ['2023-01-06/2023-01-06', '6 January 2023'],
    ['some day', 'some day'],
    ['2023-02-30', '2023-02-30'],
    ['2023-01-20/2023-01-06', '2023-01-20/2023-01-06'],
  ] as const)('%s is "%s"', ([text, written]) => {
    expect(formatEventDate(text)).toBe(written);
  });
});
