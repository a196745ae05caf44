import { expect, test } from 'vitest';
import { distanceForm, formOf } from '../../src/domain/sighting-form';
import { readMetersText, settledMeters, withReadMeters } from '../../src/ui/record/form/meters-text';
import { sampleSighting } from './sample';

test.each([
  ['500', '500 m'],
  [' 1,5 ', '1.5 m'],
  ['1.5', '1.5 m'],
  ['0.125', '0.125 m'],
  ['1.500', '1.5 m, with a decimal point; for 1,500 m write 1500'],
  ['12.000', '12 m, with a decimal point; for 12,000 m write 12000'],
  ['1.5 km', '1500 m'],
  ['1 500', '1500 m'],
  ['1,500', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['wide', undefined],
  ['', undefined],
])('the metres %j are read as %j', (text, said) => {
  expect(readMetersText(text, (meters) => `${meters} m`)).toBe(said);
});

test.each([
  ['1.5 km', '1500'],
  [' 1,5 км ', '1500'],
  ['1500 m', '1500'],
  ['1500м.', '1500'],
  ['1 500', '1500'],
  ['1\u00a0500 m', '1500'],
  ['1.0001 km', '1000.1'],
  ['1500', undefined],
  ['12,5', undefined],
  ['1.500', undefined],
  ['1.500 m', undefined], // may be 1500
  ['1.500 km', undefined],
  ['1,500', undefined],
  ['12,000 m', undefined],
  ['0 km', undefined],
  ['-1 km', undefined],
  ['wide', undefined],
  ['', undefined],
])('the metres %j become %j when the field is left', (text, settled) => {
  expect(settledMeters(text)).toBe(settled);
});

test('all metres of a form are read, and what cannot be read stays', () => {
  const distances = ['2 km', 'far', '700'].map((meters, key) => ({ ...distanceForm(key, []), meters }));
  const { coordinateUncertaintyInMeters, reportedDistances } = withReadMeters({
    ...formOf(sampleSighting()),
    coordinateUncertaintyInMeters: '1.5 km',
    reportedDistances: distances,
  });
  expect(coordinateUncertaintyInMeters).toBe('1500');
  expect(reportedDistances.map(({ meters }) => meters)).toEqual(['2000', 'far', '700']);
});
