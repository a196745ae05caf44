import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineTables } from '../../src/domain/combine-tables';
import type { Sighting } from '../../src/domain/sighting';
import type { SightingTable } from '../../src/domain/table';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import { readSightings } from '../../src/io/geojson';
import { LayerFiles } from '../../src/ui/record/layer-files';
import { seededFile, seededSightings } from '../bench/seeded';

const COUNT = 4;
const read = readSightings(seededFile(COUNT), {});
const sightings = [...seededSightings(COUNT)];

const idAt = (index: number) => `seeded-${String(index).padStart(7, '0')}`;

function textOf(index: number, title: string): string {
  const base = sightings[index % COUNT] as Sighting;
  return JSON.stringify({ ...base, id: idAt(index), properties: { ...base.properties, title } });
}

const contentOf = (table: SightingTable) =>
  Array.from({ length: table.length }, (_, row) => JSON.stringify(table.record(row))).sort();

const layerFiles = () => new LayerFiles(read);

type Edit = { before: string | null; after: string | null };

describe('what a layer adds up to', () => {
  test('is its file with every edit, whatever was edited before', () => {
    const step = fc.record({
      index: fc.nat({ max: COUNT + 1 }),
      title: fc.option(fc.constantFrom('One', 'Two', 'Three')),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const files = layerFiles();
        const edits = new Map<string, Edit>();
        const expected = new Map(sightings.map((sighting) => [sighting.id, JSON.stringify(sighting)]));
        for (const { index, title } of steps) {
          const after = title === null ? null : textOf(index, title);
          edits.set(idAt(index), { before: null, after });
          if (after === null) expected.delete(idAt(index));
          else expected.set(idAt(index), after);
          const table = files.table(GIVEN_LAYER, edits);
          expect(contentOf(table)).toEqual([...expected.values()].sort());
          expect(contentOf(combineTables(files.parts(GIVEN_LAYER, edits)))).toEqual(contentOf(table));
        }
        expect(contentOf(files.table(GIVEN_LAYER, new Map()))).toEqual(contentOf(read.table));
      }),
      { numRuns: 30 },
    );
  });

  test('is the same as long as its edits are', () => {
    const files = layerFiles();
    const edits = () => new Map<string, Edit>([[idAt(3), { before: null, after: textOf(3, 'Another') }]]);
    const table = files.table(GIVEN_LAYER, edits());
    expect(files.table(GIVEN_LAYER, edits())).toBe(table);
    expect(files.parts(GIVEN_LAYER, edits())).toBe(files.parts(GIVEN_LAYER, edits()));
    expect(files.table(GIVEN_LAYER, new Map())).not.toBe(table);
  });

  test('parses a text once, however many others change', () => {
    const files = layerFiles();
    const edits = new Map<string, Edit>([[idAt(3), { before: null, after: textOf(3, 'Another') }]]);
    const [, first] = files.parts(GIVEN_LAYER, edits);
    edits.set(idAt(5), { before: null, after: textOf(5, 'One more') });
    expect(files.parts(GIVEN_LAYER, edits)[1]?.table).toBe(first?.table);
  });

  test('has nothing of a layer that is not there', () => {
    expect(layerFiles().table('layer-none', new Map()).length).toBe(0);
  });
});
