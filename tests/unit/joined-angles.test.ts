import { expect, test } from 'vitest';
import { applyMapping } from '../../src/io/apply-mapping';
import { suggestMapping } from '../../src/io/column-guess';
import { openFile } from '../../src/io/open';
import { toBytes } from './fixtures';

/** What becomes of a table of places by what its columns seem to mean: their coordinates, and what is not used. */
async function placesOf(...lines: string[]) {
  const opened = await openFile(toBytes(`${lines.join('\n')}\n`), 'places.csv', {}, {}, () => undefined);
  if (opened.kind !== 'foreign') throw new Error('It is one of others.');
  const { data } = opened;
  const { place } = suggestMapping(data);
  const { incomplete, setAside } = applyMapping(data, suggestMapping(data), {}, new Set());
  expect(setAside).toEqual([]);
  const placed = incomplete.map(({ feature }) => (feature as { geometry?: unknown }).geometry);
  return { place, columns: data.columns, placed };
}
const point = (lng: number, lat: number) => ({
  type: 'Point',
  coordinates: [expect.closeTo(lng, 9), expect.closeTo(lat, 9)],
});

test('an angle and its hemisphere in columns of their own are one', async () => {
  const { place, columns, placed } = await placesOf(
    'title,lat,N/S,lon,E/W',
    'Sydney,33.87,S,151.2,E',
    'Santiago,33.5,S,70.6,W',
  );
  expect([place, columns]).toEqual([
    { from: 'columns', lat: 'lat + N/S', lng: 'lon + E/W' },
    ['title', 'lat + N/S', 'lon + E/W'],
  ]);
  expect(placed).toEqual([point(151.2, -33.87), point(-70.6, -33.5)]);
});

test.each([
  ['Ю', 'В', 'С', 'З'],
  ['ю', 'в', 'с', 'з'],
  ['ю.ш.', 'в.д.', 'с.ш.', 'з.д.'],
  ['ю. ш.', 'в. д.', 'с. ш.', 'з. д.'],
  ['южная', 'восточная', 'северная', 'западная'],
  ['пд.', 'сх.', 'пн.', 'зх.'],
  ['пд. ш.', 'сх. д.', 'пн. ш.', 'зх. д.'],
])('a hemisphere may be Russian or Ukrainian: %s, %s, %s, %s', async (south, east, north, west) => {
  const { placed } = await placesOf(
    'название,широта,полушарие,долгота,полушарие 2',
    `Сидней,33.87,${south},151.2,${east}`,
    `Чикаго,41.9,${north},87.6,${west}`,
  );
  expect(placed).toEqual([point(151.2, -33.87), point(-87.6, 41.9)]);
});

test('letters that stand for no side are none', async () => {
  const { columns } = await placesOf('title,lat,a,lon,b', 'One,33.87,П,151.2,Д', 'Two,41.9,С,87.6,З');
  expect(columns).toEqual(['title', 'lat', 'a', 'lon', 'b']);
});

test('degrees, minutes and seconds in columns of their own are one', async () => {
  const { placed } = await placesOf('title,lat_d,lat_m,lat_s,lon_d,lon_m,lon_s', 'Kremlin,55,45,6,37,37,4');
  expect(placed).toEqual([point(37 + 37 / 60 + 4 / 3600, 55 + 45 / 60 + 6 / 3600)]);
});

test('degrees and minutes have a hemisphere, too', async () => {
  const { placed } = await placesOf(
    'title,Latitude degrees,Latitude minutes,side,Longitude degrees,Longitude minutes,direction',
    'Sydney,33,52.1,south,151,12.4,east',
  );
  expect(placed).toEqual([point(151 + 12.4 / 60, -(33 + 52.1 / 60))]);
});

test.each([
  ['title,lat,lon,rank', 'A,55.75,37.6,2'],
  ['title,lat,lon,grade', 'A,55.75,37.6,E'],
  ['title,lat,lon,minutes', 'A,55.75,37.6,12'],
])('what is no part of an angle stays by itself: %s', async (head, row) => {
  const { columns } = await placesOf(head, row);
  expect(columns).toEqual(head.split(','));
});
