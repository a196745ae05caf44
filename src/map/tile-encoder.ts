import { PbfWriter } from 'pbf';
import { EXTENT } from './tile-scheme';

/** A feature in tile units: type 1 is a Point, type 3 a Polygon of one ring. */
export interface TileFeature {
  id: number;
  type: 1 | 3;
  /** whole numbers, x and y by turns; a ring is not closed */
  geometry: readonly number[];
  tags: Record<string, string | number>;
}

/** Numbers of fields in the messages of a Mapbox Vector Tile. */
const TILE = { layers: 3 } as const;
const LAYER = { name: 1, features: 2, keys: 3, values: 4, extent: 5, version: 15 } as const;
const FEATURE = { id: 1, tags: 2, type: 3, geometry: 4 } as const;
const VALUE = { string: 1, double: 3, unsigned: 5, signed: 6 } as const;

/** A command of the pen, and how many times it is given. */
const command = (name: 1 | 2 | 7, times: number) => (times << 3) | name;
const [MOVE, LINE, CLOSE] = [1, 2, 7] as const;

/** Different texts or numbers in the order in which they came up. */
class Numbered<T> {
  readonly #numbers = new Map<T, number>();

  numberOf(item: T): number {
    const known = this.#numbers.get(item);
    if (known !== undefined) return known;
    this.#numbers.set(item, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#numbers.keys();
  }
}

function writeGeometry({ type, geometry }: TileFeature, writer: PbfWriter): void {
  const count = geometry.length / 2;
  const [moves, lines] = type === 1 ? [count, 0] : [1, count - 1];
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i++) {
    if (i === 0) writer.writeVarint(command(MOVE, moves));
    if (i === moves && lines > 0) writer.writeVarint(command(LINE, lines));
    const [nextX = 0, nextY = 0] = [geometry[2 * i], geometry[2 * i + 1]];
    writer.writeSVarint(nextX - x);
    writer.writeSVarint(nextY - y);
    [x, y] = [nextX, nextY];
  }
  if (type === 3) writer.writeVarint(command(CLOSE, 1));
}

/** Readers count in doubles, and a sign takes one of their 53 bits. */
const MOST_WHOLE = 2 ** 52;

function writeValue(value: string | number, writer: PbfWriter): void {
  if (typeof value === 'string') writer.writeStringField(VALUE.string, value);
  else if (!Number.isInteger(value) || Math.abs(value) > MOST_WHOLE)
    writer.writeDoubleField(VALUE.double, value);
  else if (value < 0) writer.writeSVarintField(VALUE.signed, value);
  else writer.writeVarintField(VALUE.unsigned, value);
}

interface Layer {
  name: string;
  extent: number;
  features: readonly TileFeature[];
}

function writeLayer({ name, extent, features }: Layer, writer: PbfWriter): void {
  const keys = new Numbered<string>();
  const values = new Numbered<string | number>();
  const writeTags = (tags: TileFeature['tags']) => {
    for (const [key, value] of Object.entries(tags)) {
      writer.writeVarint(keys.numberOf(key));
      writer.writeVarint(values.numberOf(value));
    }
  };
  const writeFeature = (feature: TileFeature) => {
    writer.writeVarintField(FEATURE.id, feature.id);
    writer.writeMessage(FEATURE.tags, writeTags, feature.tags);
    writer.writeVarintField(FEATURE.type, feature.type);
    writer.writeMessage(FEATURE.geometry, writeGeometry, feature);
  };
  writer.writeVarintField(LAYER.version, 2);
  writer.writeStringField(LAYER.name, name);
  writer.writeVarintField(LAYER.extent, extent);
  for (const feature of features) writer.writeMessage(LAYER.features, writeFeature, feature);
  for (const key of keys) writer.writeStringField(LAYER.keys, key);
  for (const value of values) writer.writeMessage(LAYER.values, writeValue, value);
}

/**
 * Layers by their names as a Mapbox Vector Tile, version 2.
 * @param extents of layers whose units are finer than those of {@link EXTENT}
 */
export function encodeTile(
  layers: Readonly<Record<string, readonly TileFeature[]>>,
  extents: Readonly<Record<string, number>> = {},
): Uint8Array {
  const writer = new PbfWriter();
  for (const [name, features] of Object.entries(layers)) {
    writer.writeMessage(TILE.layers, writeLayer, { name, extent: extents[name] ?? EXTENT, features });
  }
  return writer.finish();
}
