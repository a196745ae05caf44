import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderById } from '../../src/io/id-order';
import { sampleSighting, sampleTable } from './sample';

function ordered(ids: readonly string[], rows: readonly number[]): string[] {
  const table = sampleTable(ids.map((id) => sampleSighting({ id })));
  const steps = orderById(table, Uint32Array.from(rows));
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return Array.from(step.value, (row) => table.idOf(row));
}

const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

test('sorts any rows by id', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z\d]{1,6}$/), { minLength: 1, maxLength: 30 }),
      fc.array(fc.boolean()),
      (ids, chosen) => {
        const rows = ids.map((_, row) => row).filter((row) => chosen[row] !== false);
        const expected = rows.map((row) => ids[row] ?? '').sort(byCodeUnits);
        expect(ordered(ids, rows)).toEqual(expected);
      },
    ),
    { numRuns: 200 },
  );
});

test.each([4095, 4096, 4097, 8192, 12_289])('merges the runs of %d rows', (count) => {
  // 7919 is prime to each: every number comes once, none beside its neighbour.
  const ids = Array.from({ length: count }, (_, i) => `s-${String((i * 7919) % count).padStart(6, '0')}`);
  const rows = ids.map((_, row) => row);
  expect(ordered(ids, rows)).toEqual(ids.toSorted(byCodeUnits));
});
