import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatEventDate, formatIsoDays, parseEventDate } from '../../src/domain/dates';
import { hasTimeOfDay, isAmbiguousDate, isDayFirst, readDate } from '../../src/io/date-text';
import { SIGHTING_READERS, SOURCE_READERS } from '../../src/io/field-text';

test.for([
  '16-20 January 2023',
  '16–20 January 2023',
  '16 - 20 January 2023',
  '16th-20th January, 2023',
  'January 16-20, 2023',
  '16-20 января 2023',
  '16—20 января 2023 г.',
  '16–20 січня 2023 року',
  '16-20.01.2023',
  '16.01.2023 – 20.01.2023',
  '16.01.2023–20.01.2023',
  '16.01.2023-20.01.2023',
  '16.01.2023 г. - 20.01.2023 г.',
  '16/01/2023 - 20/01/2023',
  '01/16/2023 - 01/20/2023',
  '2023-01-16 - 2023-01-20',
  '2023-01-16 — 2023-01-20',
  '2023-01-16 / 2023-01-20',
  '16 January – 20 January 2023',
  'Monday, 16 January 2023 – Friday, 20 January 2023',
  '16.01.2023 10:00 - 20.01.2023 18:30',
  'с 16 по 20 января 2023',
  'С 16-го по 20-е января 2023 года',
  'с 16 января по 20 января 2023 г.',
  'с 16.01 по 20.01.2023',
  'с 16.01.2023 по 20.01.2023',
  'з 16 по 20 січня 2023 року',
  'from 16 to 20 January 2023',
  'From the 16th to the 20th of January 2023',
  'from January 16 to 20, 2023',
  'from January 16 through January 20, 2023',
  'January 16 – January 20, 2023',
  'from 16/01/2023 to 20/01/2023',
  '16.01–20.01.2023',
  '16.01.2023 (пн) – 20.01.2023 (пт)',
])('%s is from the 16th to the 20th', (text) => {
  expect(readDate(text, undefined)).toEqual({ iso: '2023-01-16/2023-01-20' });
});

test.for([
  ['5-6 января 2023', '2023-01-05/2023-01-06'],
  ['30 January – 2 February 2023', '2023-01-30/2023-02-02'],
  ['с 30 января по 2 февраля 2023', '2023-01-30/2023-02-02'],
  ['from 30 December 2022 to 2 January 2023', '2022-12-30/2023-01-02'],
  ['с 30 декабря по 2 января 2023', '2022-12-30/2023-01-02'],
  ['31 December – 2 January 2023', '2022-12-31/2023-01-02'],
  ['December 31 – January 2, 2023', '2022-12-31/2023-01-02'],
  ['from December 30 to January 2, 2023', '2022-12-30/2023-01-02'],
  ['30. Dezember – 2. Januar 2023', '2022-12-30/2023-01-02'],
  ['28.12 – 03.01.2023', '2022-12-28/2023-01-03'],
  ['29 February – 2 January 2025', '2024-02-29/2025-01-02'],
  ['December 2022 – 23 January 2023', '2022-12/2023-01-23'],
  ['2022-12 - 2023-01', '2022-12/2023-01'],
  ['16.01.2023 - 16.01.2023', '2023-01-16'],
  ['01/02/2023 - 13/02/2023', '2023-02-01/2023-02-13'],
])('%s is %s', ([text = '', iso]) => {
  expect(readDate(text, undefined)).toEqual({ iso });
});

test.for([
  'Thursday, 19 January 2023',
  'Thursday 19 January 2023',
  'Thu, 19 Jan 2023 10:00:00 GMT',
  'Thurs. January 19, 2023',
  'четверг, 19 января 2023',
  'Чт. 19.01.2023',
  'четвер, 19 січня 2023',
  'the 19th of January, 2023',
  'The 19th of January 2023',
  'January 19th, 2023',
  'January the 19th, 2023',
  '19-го января 2023',
  '19 січня 2023',
  '19 січня 2023 р.',
  '19.01.2023 (чт)',
  '19.01.2023 (чт.)',
  '19.01.2023 (ЧТ) 10:30',
  '19.01.2023, чт',
  '19.01.2023 чт',
  '19 января 2023 г. (четверг)',
  '19 января 2023 года, четверг',
  '19 січня 2023 (четвер)',
  '19 January 2023 (Thursday)',
  'January 19, 2023 (Thu)',
  '2023-01-19, Thursday',
  '2023-01-19 (Thu)',
  '19/01/2023 (Thu)',
  'on Thursday, 19 January 2023',
  'в четверг, 19 января 2023',
  'у четвер 19 січня 2023',
])('%s is the 19th', (text) => {
  expect(readDate(text, undefined)).toEqual({ iso: '2023-01-19' });
});

test('the months of Ukrainian are read', () => {
  const names =
    'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня'.split(' ');
  expect(names.map((name) => readDate(`5 ${name} 2023`, undefined))).toEqual(
    names.map((_, i) => ({ iso: `2023-${String(i + 1).padStart(2, '0')}-05` })),
  );
  expect(readDate('Листопад 2023', undefined)).toEqual({ iso: '2023-11' });
});

test.for([
  ['Friday, 19 January 2023', '"Friday, 19 January 2023" has another day of the week than 2023-01-19 has'],
  ['пятница, 19.01.2023', '"пятница, 19.01.2023" has another day of the week than 2023-01-19 has'],
  ['19.01.2023 (пт)', '"19.01.2023 (пт)" has another day of the week than 2023-01-19 has'],
  ['19 January 2023, Friday', '"19 January 2023, Friday" has another day of the week than 2023-01-19 has'],
  ['с 20 по 16 января 2023', '"2023-01-20/2023-01-16" ends before it starts'],
  ['20.03 – 16.03.2023', '"2023-03-20/2023-03-16" ends before it starts'],
  ['28.12.2023 – 03.01.2023', '"2023-12-28/2023-01-03" ends before it starts'],
  ['30 February – 2 January 2023', '"2023-02-30" does not exist: that month has 28 days'],
  ['20.01.2023 - 16.01.2023', '"2023-01-20/2023-01-16" ends before it starts'],
  ['20-16 January 2023', '"2023-01-20/2023-01-16" ends before it starts'],
  ['30 January – 2 January 2023', '"2023-01-30/2023-01-02" ends before it starts'],
  ['0-5 January 2023', '"2023-01-00" does not exist: that month has 31 days'],
  ['16-32 January 2023', '"2023-01-32" does not exist: that month has 31 days'],
  ['16.01.23 - 20.01.2023', '"16.01.23" has a year of two digits: write four, as in 2023-01-19'],
])('%s is not read: %s', ([text = '', problem]) => {
  expect(readDate(text, undefined)).toEqual({ problem });
});

test.for([
  '16-20 January',
  'с 16 по 20 января',
  'с 16 до 20 января 2023',
  'from 16 until 20 January 2023',
  'from 16 January 2023',
  'from 55 to 60',
  '19.01.2023 (around)',
  'January 2023 (Thursday)',
  '16.01.2023 - soon',
  '19/01/2023 - soon',
  '16.01.2023 - 18.01.2023 - 20.01.2023',
  '2023-01-16 - 20',
  '2023-01-16-2023-01-20',
  '2023-01-16/2023-01-17 - 2023-01-20',
  'Monday, 16-20 January 2023',
  'Thursday, January 2023',
  'Thursday, soon',
  'Someday, 19 January 2023',
  '55.75 - 37.61',
  '55.75 – 37.61',
])('%s is no date known here', (text) => {
  expect(readDate(text, true)).toBeUndefined();
});

test('both ends of a span tell whether the day comes first', () => {
  expect(isDayFirst(['01/02/2023 - 13/02/2023'])).toBe(true);
  expect(isDayFirst(['01/02/2023 - 02/13/2023'])).toBe(false);
  const open = '01/02/2023 - 05/02/2023';
  expect(isDayFirst([open])).toBeUndefined();
  expect([isAmbiguousDate(open), isAmbiguousDate('01/02/2023 - 13/02/2023')]).toEqual([true, false]);
  expect(readDate(open, undefined)).toHaveProperty('problem');
  expect(readDate(open, true)).toEqual({ iso: '2023-02-01/2023-02-05' });
  expect(readDate(open, false)).toEqual({ iso: '2023-01-02/2023-05-02' });
  const inWords = 'from 01/02/2023 to 05/02/2023';
  expect([isAmbiguousDate(inWords), isDayFirst(['from 01/02/2023 to 13/02/2023'])]).toEqual([true, true]);
  expect(readDate(inWords, undefined)).toHaveProperty('problem');
});

test('a time of day at either end of a span is known', () => {
  expect(hasTimeOfDay('16.01.2023 10:00 - 20.01.2023')).toBe(true);
  expect(hasTimeOfDay('16.01.2023 00:00 - 20.01.2023 00:00')).toBe(false);
});

describe('what the app itself writes is read', () => {
  const day = fc.integer({ min: 0, max: 30_000 });
  test('of days and spans of days', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 800 }), (firstDay, more) => {
        const iso = formatIsoDays({ firstDay, lastDay: firstDay + more });
        expect(readDate(formatEventDate(iso), undefined)).toEqual({ iso });
      }),
    );
  });

  test('with the day of the week, and with no other', () => {
    const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
    const inRussian = new Intl.DateTimeFormat('ru', { dateStyle: 'full', timeZone: 'UTC' });
    const inUkrainian = new Intl.DateTimeFormat('uk', { dateStyle: 'full', timeZone: 'UTC' });
    fc.assert(
      fc.property(day, fc.constantFrom(format, inRussian, inUkrainian), (firstDay, { format: written }) => {
        const iso = formatIsoDays({ firstDay, lastDay: firstDay });
        expect(readDate(written(firstDay * 86_400_000), undefined)).toEqual({ iso });
      }),
    );
  });
});

test('whatever is written around hyphens, what is read is a date of the contract', () => {
  const piece = fc.constantFrom('16', '2023', '01', 'January', 'мая', 'Mon', 'the', ...'-–/.,: ');
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 14 }),
      fc.constantFrom(true, false, undefined),
      (pieces, first) => {
        const reading = readDate(pieces.join(''), first);
        if (reading && 'iso' in reading) expect(parseEventDate(reading.iso)).toHaveProperty('span');
      },
    ),
  );
});

test('an event takes days from and to, and says so; the day of a source does not', () => {
  const context = { dayFirst: undefined } as Parameters<typeof SIGHTING_READERS.eventDate>[1];
  expect(SIGHTING_READERS.eventDate('last winter', context)).toEqual({
    value: 'last winter',
    problem:
      '"last winter" is not a date: write YYYY-MM-DD, YYYY-MM for a whole month, or YYYY-MM-DD/YYYY-MM-DD for the days from one to another',
  });
  expect(SOURCE_READERS.publishedDate('last winter', context)).toEqual({ value: 'last winter' });
  for (const text of ['', '2023-01-20/2023-01-16'])
    expect(SIGHTING_READERS.eventDate(text, context)).toEqual({ value: text });
});
