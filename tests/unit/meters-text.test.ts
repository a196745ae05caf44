import { expect, test } from 'vitest';
import { readMetersText } from '../../src/ui/record/form/meters-text';

test.each([
  ['500', '500 m'],
  [' 1,5 ', '1.5 m'],
  ['1.5', '1.5 m'],
  ['0.125', '0.125 m'],
  ['1.500', '1.5 m, with a decimal point; for 1,500 m write 1500'],
  ['12.000', '12 m, with a decimal point; for 12,000 m write 12000'],
  ['0', undefined],
  ['-5', undefined],
  ['wide', undefined],
  ['', undefined],
])('the metres %j are read as %j', (text, said) => {
  expect(readMetersText(text, (meters) => `${meters} m`)).toBe(said);
});
