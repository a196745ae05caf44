import { expect, test } from 'vitest';
import { boundsOfTable } from '../../src/io/swapped-places';
import { areaMendOf, pointMendOf } from '../../src/ui/record/form/place-mend';
import { sampleSighting, sampleTable } from './sample';

const at = (id: string, lng: number, lat: number) =>
  sampleSighting({ id, geometry: { type: 'Point', coordinates: [lng, lat] } });
/** around Moscow, but for the last one, whose latitude and longitude are swapped */
const table = sampleTable([at('a', 37.4, 55.6), at('b', 37.9, 55.9), at('c', 55.7, 37.6)]);
const known = boundsOfTable(table, 2);

test.each([
  ['37.60, 55.70', '55.70, 37.60'],
  ['(37.6 55.7)', '55.7, 37.6'],
  ['37.6 ; 55.7', '55.7, 37.6'],
  ['37,6 55,7', '55,7; 37,6'],
  ['37.6° 55.7°', '55.7°, 37.6°'],
  ['137.6, 55.7', '55.7, 137.6'],
])('the point %j seems to have its longitude first', (text, position) => {
  expect(pointMendOf(text, known)?.text).toBe(position);
});

test('another sighting whose latitude and longitude are swapped does not tell that this one is right', () => {
  const home = Array.from({ length: 8 }, (_, i) => at(`h${i}`, 37 + i / 10, 55 + i / 10));
  const many = boundsOfTable(sampleTable([...home, at('x', 55.7, 37.6), at('y', 55.6, 37.5)]), 8);
  expect(many).toEqual([[37, 55, 37.7, 55.7]]);
  expect(pointMendOf('37.6, 55.7', many)?.text).toBe('55.7, 37.6');
});

test.each([
  ['near the others', '55.7, 37.6'],
  ['far from them either way', '10, 20'],
  ['with letters that say which is which', '37.6 N, 55.7 E'],
  ['off the Earth either way', '137.6, 155.7'],
  ['in another format', '37U DB 13246 79310'],
  ['of one number', '37.6'],
  ['not written', ''],
])('a point is left alone that is %s', (_, text) => {
  expect(pointMendOf(text, known)).toBeUndefined();
});

test.each([
  ['55.75, 190.5', '55.75, -169.5'],
  ['-55,75; −190,5', '-55.75, 169.5'],
  ['10, 360', '10, 0'],
])('of the point %j the longitude is counted on beyond 180°', (text, position) => {
  const mend = pointMendOf(text, known);
  expect([mend?.text, mend?.action]).toEqual([position, `Take ${position.split(', ')[1] ?? ''}`]);
});

test.each(['55.75, 360.5', '55.75, 180', '95, 190'])('the longitude of %j stays', (text) => {
  expect(pointMendOf(text, [])).toBeUndefined();
});

test('where nothing is known, only what is off the Earth is told', () => {
  expect(pointMendOf('37.6, 55.7', [])).toBeUndefined();
  expect(pointMendOf('137.6, 55.7', [])?.why).toBe(
    'There is no latitude 137.6. With latitude and longitude swapped, there is such a place.',
  );
});

test('why a point seems to be swapped is told with the point', () => {
  expect(pointMendOf('37.6, 55.7', known)?.why).toBe(
    '37.6, 55.7 lies far from the other sightings and the reference points. With latitude and longitude swapped, it lies near them.',
  );
});

test('the sighting that is corrected says nothing of where it should be', () => {
  const two = sampleTable([at('a', 37.4, 55.6), at('c', 55.7, 37.6)]);
  expect(pointMendOf('37.6, 55.7', boundsOfTable(two, 1))?.text).toBe('55.7, 37.6');
  expect(pointMendOf('37.6, 55.7', boundsOfTable(two))).toBeUndefined();
});

const AROUND = ['55.6, 37.4', '55.9, 37.5', '55.7, 37.8'];
const swapped = (lines: readonly string[]) => lines.map((line) => line.split(', ').reverse().join(', '));
/** an outline, and a hole in it */
const area = (lines: readonly string[]) => [...lines, '', 'hole', ...lines].join('\n');

test('the corners of an area are swapped all together, holes and empty lines stay', () => {
  expect(areaMendOf(area(swapped(AROUND)), known)?.text).toBe(area(AROUND));
});

test('corners that are off the Earth as they stand need nothing to be known', () => {
  expect(areaMendOf('137.6, 55.7\n137.9, 55.9\n137.8, 55.8', [])).toMatchObject({
    why: 'There are no such latitudes. With latitude and longitude of all corners swapped, there is such an area.',
    text: '55.7, 137.6\n55.9, 137.9\n55.8, 137.8',
  });
});

test.each([
  ['near the others', area(AROUND)],
  ['where one corner is in its place', area([...swapped(AROUND), AROUND[0] ?? ''])],
  ['with a line that is no position', area([...swapped(AROUND), 'a bridge'])],
  ['not written', ''],
])('an area is left alone that is %s', (_, text) => {
  expect(areaMendOf(text, known)).toBeUndefined();
});
