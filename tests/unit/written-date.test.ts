import { expect, test } from 'vitest';
import { parseDate, parseEventDate } from '../../src/domain/dates';
import type { Issue } from '../../src/domain/issue';
import { formOf } from '../../src/domain/sighting-form';
import { inWordsOfDate, readWrittenDate, withReadDates } from '../../src/ui/record/form/written-date';
import { sampleSighting, sampleSource } from './sample';

const issue: Issue = { index: 0, id: null, path: '$', severity: 'error', message: 'as the contract says' };

test.each([
  ['19 January 2023', '2023-01-19'],
  ['19.01.2023', '2023-01-19'],
  [' January 2023 ', '2023-01'],
  ['19 января 2023 г.', '2023-01-19'],
  ['13/01/2023', '2023-01-13'],
  ['2023-01-06/2023-01-20', '2023-01-06/2023-01-20'],
])('the date %j is written as %j', (text, iso) => {
  expect(readWrittenDate(text)).toEqual({ iso, isTimeLeftOut: false });
});

test('a time of day is left out, which is known', () => {
  expect(readWrittenDate('19.01.2023 14:30')).toEqual({ iso: '2023-01-19', isTimeLeftOut: true });
});

test.each(['01/02/2023', '19.01.23', '31 February 2023', 'last winter', ''])(
  'the text %j stays as it is',
  (text) => {
    expect(readWrittenDate(text)).toBeUndefined();
  },
);

test('all dates of a form are read, and what cannot be read stays', () => {
  const form = formOf(
    sampleSighting({
      eventDate: 'January 2023',
      sources: [
        sampleSource({ publishedDate: '19.01.2023', retrievedDate: '01/02/2023' }),
        sampleSource({ publishedDate: '2023-01-20' }),
      ],
    }),
  );
  const { eventDate, sources } = withReadDates(form);
  expect(eventDate).toBe('2023-01');
  expect(sources.map(({ publishedDate, retrievedDate }) => [publishedDate, retrievedDate])).toEqual([
    ['2023-01-19', '01/02/2023'],
    ['2023-01-20', ''],
  ]);
});

test.each([
  ['01/02/2023', '"01/02/2023" can be read in two ways: write 2023-02-01 or 2023-01-02'],
  ['19.01.23', '"19.01.23" has a year of two digits: write four, as in 2023-01-19'],
  ['31 February 2023', '"2023-02-31" does not exist: that month has 28 days'],
  [
    'last winter',
    '"last winter" is not a date: write YYYY-MM-DD, YYYY-MM for a whole month, or YYYY-MM-DD/YYYY-MM-DD for the days from one to another',
  ],
  ['', 'as the contract says'],
  ['16-20 January 2023', undefined],
  ['01/02/2023 - 13/02/2023', undefined],
  ['19 January 2023', undefined],
  ['January 2023', undefined],
])('what is wrong with the date %j is told so that it can be mended', (text, message) => {
  expect(inWordsOfDate(issue, text, parseEventDate)?.message).toBe(message);
});

test('a month is no day', () => {
  expect(inWordsOfDate(issue, 'January 2023', parseDate)?.message).toBe(
    '"2023-01" is a month: write the day too, YYYY-MM-DD',
  );
});

test('the days from one to another are no day, nor is a text that is none', () => {
  expect(inWordsOfDate(issue, '16-20 January 2023', parseDate)?.message).toContain(
    '"2023-01-16/2023-01-20" is not a date',
  );
  expect(inWordsOfDate(issue, 'last winter', parseDate)?.message).toBe('as the contract says');
});
