import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFile } from '../../src/io/open';
import { withQuotedNumbers } from '../../src/io/long-numbers';
import { toBytes } from './fixtures';

test.each([
  ['{"id":1616171819202122201}', '{"id":"1616171819202122201"}'],
  ['[-9007199254740993, 9007199254740991]', '["-9007199254740993", 9007199254740991]'],
  ['{"1616171819202122201":"1616171819202122201 \\"1616171819202122201"}', undefined],
  ['[0.12345678901234567890,1.5e300,12345678901234567890.5,12345678901234567890e2]', undefined],
])('of %s only whole numbers that would be rounded become texts', (json, wanted = json) => {
  expect(withQuotedNumbers(json)).toBe(wanted);
});

test('ids of posts are told apart by their last digit', async () => {
  const features = [1, 2].map((last) => `{"type":"Feature","id":161617181920212220${last},"properties":{}}`);
  const bytes = toBytes(`{"type":"FeatureCollection","features":[${features.join(',')}]}`);
  const opened = await openFile(bytes, 'posts.geojson', {}, {}, () => undefined);
  const ids = opened.kind === 'foreign' ? opened.data.features.map(({ id }) => id) : [];
  expect(ids).toEqual(['1616171819202122201', '1616171819202122202']);
});

test('whatever else JSON has stays as it is', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const exact: unknown = JSON.parse(withQuotedNumbers(json), (_, value: unknown) =>
        typeof value === 'string' && /^-?\d{16,}$/.test(value) ? Number(value) : value,
      );
      const plain: unknown = JSON.parse(json, (_, value: unknown) =>
        typeof value === 'string' && /^-?\d{16,}$/.test(value) ? Number(value) : value,
      );
      expect(exact).toEqual(plain);
    }),
  );
});

test('a text of many escapes and a number of many digits take no time to speak of', () => {
  const text = `["${'\\"'.repeat(2e6)}","${'1'.repeat(3e6)}",${'2'.repeat(1e6)}]`;
  expect(withQuotedNumbers(text)).toBe(text.replace(/,(2+)\]$/, ',"$1"]'));
});
