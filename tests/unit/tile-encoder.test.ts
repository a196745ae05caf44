import { VectorTile } from '@mapbox/vector-tile';
import fc from 'fast-check';
import { PbfReader } from 'pbf';
import { describe, expect, test } from 'vitest';
import { type TileFeature, encodeTile } from '../../src/map/tile-encoder';

/** The features of a layer as another reader finds them. */
function readLayer(bytes: Uint8Array, name: string): TileFeature[] {
  const layer = new VectorTile(new PbfReader(bytes)).layers[name];
  return Array.from({ length: layer?.length ?? 0 }, (_, i) => {
    const feature = layer?.feature(i);
    const parts = feature?.loadGeometry() ?? [];
    const points = feature?.type === 1 ? parts.flat() : (parts[0] ?? []).slice(0, -1); // rings come back closed
    return {
      id: feature?.id ?? NaN,
      type: feature?.type as 1 | 3,
      geometry: points.flatMap(({ x, y }) => [x, y]),
      tags: { ...feature?.properties } as TileFeature['tags'],
    };
  });
}

const coordinate = fc.integer({ min: -70_000, max: 70_000 });
const points = (minLength: number) =>
  fc.array(fc.tuple(coordinate, coordinate), { minLength, maxLength: 9 }).map((pairs) => pairs.flat());
const tag = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true }).map((value) => value || 0), // there is no -0 in a tile
);
const feature: fc.Arbitrary<TileFeature> = fc
  .tuple(fc.constantFrom(1, 3), fc.nat(), fc.dictionary(fc.string(), tag, { noNullPrototype: true }))
  .chain(([type, id, tags]) =>
    points(type === 1 ? 1 : 3).map((geometry) => ({ id, type, geometry, tags }) as TileFeature),
  );

describe('a tile', () => {
  test('gives another reader what was written into it', () => {
    fc.assert(
      fc.property(
        fc.array(feature, { maxLength: 6 }),
        fc.array(feature, { maxLength: 3 }),
        (marks, discs) => {
          const bytes = encodeTile({ marks, discs });
          expect([readLayer(bytes, 'marks'), readLayer(bytes, 'discs')]).toEqual([marks, discs]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('says its version, and the extent of each layer', () => {
    const some: TileFeature[] = [{ id: 1, type: 1, geometry: [0, 0], tags: {} }];
    const bytes = encodeTile({ marks: some, counts: some }, { counts: 65_536 });
    const { marks, counts } = new VectorTile(new PbfReader(bytes)).layers;
    expect([marks?.version, marks?.extent, counts?.version, counts?.extent]).toEqual([2, 4096, 2, 65_536]);
  });

  test('tells a number from the text of it, and has each key and value once', () => {
    const tags = { a: 1, b: '1', c: 1 };
    const features = [1, 2].map((id): TileFeature => ({ id, type: 1, geometry: [0, 0], tags }));
    const bytes = encodeTile({ marks: features });
    expect(readLayer(bytes, 'marks')).toEqual(features);
    // As protobuf has it: the tag of each message, its length, and what is in it.
    const feature = (id: number) => [18, 17, 8, id, 18, 6, 0, 0, 1, 1, 2, 0, 24, 1, 34, 3, 9, 0, 0];
    expect([...bytes]).toEqual([
      ...[26, 68, 120, 2, 10, 5, ...Buffer.from('marks'), 40, 128, 32],
      ...[...feature(1), ...feature(2)],
      ...[26, 1, 97, 26, 1, 98, 26, 1, 99, 34, 2, 40, 1, 34, 3, 10, 1, 49],
    ]);
  });
});
