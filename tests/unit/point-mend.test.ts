import { expect, test } from 'vitest';
import { boundsOfTable } from '../../src/io/swapped-places';
import { pointMendOf } from '../../src/ui/record/form/point-mend';
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
  expect(pointMendOf(text, known)?.position).toBe(position);
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
  expect([mend?.position, mend?.action]).toEqual([position, `Take ${position.split(', ')[1] ?? ''}`]);
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
  expect(pointMendOf('37.6, 55.7', boundsOfTable(table))).toBeUndefined();
});
