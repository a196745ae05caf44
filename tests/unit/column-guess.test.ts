import { describe, expect, test } from 'vitest';
import { suggestMapping } from '../../src/io/column-guess';
import { readTable } from '../../src/io/table-file';
import { placeOf } from '../../src/io/place-text';
import { toBytes } from './fixtures';

const column = (name: string) => ({ from: 'column', column: name }) as const;
const NOTHING = { from: 'nothing' } as const;

/** A table with semicolons: its mapping, and the data itself. */
function guessed(...lines: readonly string[]) {
  const data = readTable(toBytes(`${lines.join('\n')}\n`), { delimiter: ';' });
  return { data, mapping: suggestMapping(data) };
}

test('what a table calls its source is the publisher, where it names none besides', () => {
  expect(guessed('title;Источник', 'One;ТАСС').mapping.source.publisher).toEqual(column('Источник'));
  for (const publisher of ['Издание', 'publisher', 'Herausgeber']) {
    for (const names of [`Источник;${publisher}`, `${publisher};Источник`])
      expect(guessed(`title;${names}`, 'One;A;B').mapping.source.publisher).toEqual(column(publisher));
  }
});

describe('a date by its name', () => {
  test.for([
    ['date', '11 nivôse an CCXXXI'],
    ['Datum', 'letzten Winter'],
    ['дата', 'прошлой зимой'],
    ['Fecha', 'el invierno pasado'],
    ['Date of sighting', '44945'],
    ['date', '20230119'],
    ['date', 'n/a'],
  ])('is taken though no value can be read: %s, %s', ([name = '', text = '']) => {
    const { mapping } = guessed(`title;${name};latitude;longitude`, `One;${text};55.7;37.6`);
    expect(mapping.fields.eventDate).toEqual(column(name));
  });

  test('is taken for a source too, and no date of another name in its place', () => {
    const { mapping } = guessed('title;date;published date;added', 'One;last winter;soon;2023-01-19');
    expect(mapping.fields.eventDate).toEqual(column('date'));
    expect(mapping.source.publishedDate).toEqual(column('published date'));
  });

  test('is chosen by its values among several', () => {
    const two = ['title;date;event date', 'One;last winter;2023-01-19'];
    expect(guessed(...two).mapping.fields.eventDate).toEqual(column('event date'));
    const unread = ['title;date;event date', 'One;last winter;soon'];
    expect(guessed(...unread).mapping.fields.eventDate).toEqual(NOTHING);
  });

  test('beside a time is the one', () => {
    const { mapping } = guessed('title;date;time', 'One;last winter;10:30');
    expect(mapping.fields.eventDate).toEqual(column('date'));
  });

  test.for([
    ['date', '12', 'numbers of another thing'],
    ['date', '', 'nothing'],
    ['data', 'some text', 'what is no date in English'],
    ['time', '10:30', 'a time of day'],
    ['when', 'in winter', 'words'],
  ])('is not taken for %s, %s: %s', ([name = '', text = '']) => {
    const { mapping } = guessed(`title;${name};latitude;longitude`, `One;${text};55.7;37.6`);
    expect(mapping.fields.eventDate).toEqual(NOTHING);
  });
});

describe('a latitude and a longitude by their names', () => {
  test.for([
    ['lat', 'lon', 'somewhere', 'there'],
    ['Latitude (deg)', 'Longitude (deg)', '55751244', '37618423'],
    ['Широта', 'Долгота', 'ок. 55', 'ок. 37'],
    ['lat', 'long', '55.751', 'east'],
  ])('are taken though they cannot be read: %s, %s', ([lat = '', lng = '', ...values]) => {
    const { mapping } = guessed(`title;${lat};${lng}`, `One;${values.join(';')}`);
    expect(mapping.place).toEqual({ from: 'columns', lat, lng });
  });

  test.for([
    ['lat', 'lon', '55 45 10.5', '37 37 0.04'],
    ['y', 'x', '55 45 10.5', '37 37 0.04'],
    ['Breite', 'Länge', '55 45.175', '37 37.001'],
  ])('are taken, and read, with spaces between their parts: %s, %s', ([lat = '', lng = '', ...values]) => {
    const { data, mapping } = guessed(`title;${lat};${lng}`, `One;${values.join(';')}`);
    expect(mapping.place).toEqual({ from: 'columns', lat, lng });
    const { geometry, problem } = placeOf(data.features[0] ?? expect.fail(), mapping);
    expect(problem).toBeUndefined();
    expect(geometry).toMatchObject({ coordinates: [expect.closeTo(37.617, 3), expect.closeTo(55.753, 3)] });
  });

  test.for([
    ['Easting', 'Northing', '413000', '6178000'],
    ['x', 'y', '4187000', '7510000'],
    ['Breite', 'Länge', '3500', '12500'],
    ['Szerokość', 'Długość', 'ok. 3 m', 'ok. 12 m'],
    ['lat', 'Northing', 'somewhere', '6178000'],
    ['lat', 'lon', 'somewhere', ''],
  ])('are not taken where they are not both sure: %s, %s, %s', ([one = '', other = '', ...values]) => {
    const { mapping } = guessed(`title;${one};${other}`, `One;${values.join(';')}`);
    expect(mapping.place).toEqual(NOTHING);
  });

  test.for(['coordinates', 'spot'])('give way to a column that says the place: %s', (name) => {
    const { mapping } = guessed(`title;lat;lon;${name}`, 'One;n/a;n/a;55.75, 37.61');
    expect(mapping.place).toEqual({ from: 'one column', column: name });
  });

  test('are chosen by their values among several', () => {
    const rows = ['title;lat;lon;latitude;longitude', 'One;n/a;n/a;55.75;37.61'];
    expect(guessed(...rows).mapping.place).toEqual({ from: 'columns', lat: 'latitude', lng: 'longitude' });
  });
});
