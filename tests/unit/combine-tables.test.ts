import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineTables } from '../../src/domain/combine-tables';
import { allRows, sampleSighting, sampleSource, sampleTable } from './sample';

const sightings = (prefix: string) =>
  fc
    .array(
      fc.record({
        system: fc.option(fc.constantFrom('s-300', 's-400', 'pantsir-s1'), { nil: undefined }),
        publishers: fc.array(fc.constantFrom('A', 'B', 'C', 'D'), { minLength: 1, maxLength: 3 }),
        quantity: fc.integer({ min: 1, max: 9 }),
      }),
      { maxLength: 6 },
    )
    .map((all) =>
      all.map(({ system, publishers, quantity }, i) =>
        sampleSighting({
          id: `${prefix}-${i}`,
          ...(system === undefined ? {} : { system }),
          quantity,
          sources: publishers.map((publisher) => sampleSource({ publisher })),
        }),
      ),
    );

/** What a table says of a row without its record. */
function shownOf(table: ReturnType<typeof sampleTable>, row: number) {
  const { publisher, publisherStart } = table.columns;
  const publishers = publisher.slice(publisherStart[row], publisherStart[row + 1]);
  return {
    id: table.idOf(row),
    system: table.systemOf(row),
    publishers: Array.from(publishers, (index) => table.publishers[index]),
    record: table.record(row),
    lng: table.columns.lng[row],
    firstDay: table.columns.firstDay[row],
  };
}

describe('a table of several', () => {
  test('says of each row what its own table says, part by part', () => {
    fc.assert(
      fc.property(sightings('a'), sightings('b'), fc.nat(), (a, b, mask) => {
        const [tableA, tableB] = [sampleTable(a), sampleTable(b)];
        const rows = allRows(tableA).filter((row) => ((mask >> row) & 1) === 1);
        const both = combineTables([
          { table: tableA, rows, layer: 'lower' },
          { table: tableB, layer: 'upper' },
        ]);
        const wanted = [
          ...Array.from(rows, (row) => ({ ...shownOf(tableA, row), layer: 'lower' })),
          ...Array.from(allRows(tableB), (row) => ({ ...shownOf(tableB, row), layer: 'upper' })),
        ];
        const found = Array.from(allRows(both), (row) => ({
          ...shownOf(both, row),
          layer: both.layerOf(row),
        }));
        expect(found).toEqual(wanted);
      }),
    );
  });

  test('finds an id that two layers have in the upper one, or in the one that is named', () => {
    const lower = sampleTable([sampleSighting({ id: 'a', title: 'Lower' }), sampleSighting({ id: 'b' })]);
    const upper = sampleTable([sampleSighting({ id: 'a', title: 'Upper' })]);
    const both = combineTables([
      { table: lower, layer: 'lower' },
      { table: upper, layer: 'upper' },
    ]);
    expect([both.rowOf('a'), both.rowOf('a', 'lower'), both.rowOf('b', 'upper')]).toEqual([2, 0, undefined]);
    expect(both.record(0).properties.title).toBe('Lower');
  });

  test('keeps a file that parts share once', () => {
    const table = sampleTable([sampleSighting({ id: 'a' }), sampleSighting({ id: 'b' })]);
    const part = (row: number) => ({ table, rows: Uint32Array.of(row), layer: 'x' });
    expect(combineTables([part(0), part(1)]).files).toEqual(table.files);
  });
});
