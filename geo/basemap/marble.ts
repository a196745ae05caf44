/**
 * Reads Marble's `.pn2` files: Natural Earth 1:50m layers, rounded to half a
 * minute of arc (about 0.9 km), big-endian.
 *
 * Header: version u8, polygon count u32, colour flag u8. Then per polygon, by
 * version: (1) id u32, nodes u32, flag u8; (2) flag u8, id u32, and for flag 4
 * a part count u8 followed by parts (flag u8, id u32, nodes u32), else nodes
 * u32. A node is lat i16, lon i16 in 1/120 degree and a count i16 of following
 * points, each lat i8, lon i8 relative to the node.
 */
import { readFileSync } from 'node:fs';
import type { Line, Ring } from './geometry';

const flags = { line: 0, ring: 1, outer: 2, inner: 3, multi: 4 } as const;
const UNITS_PER_DEGREE = 120;

class ByteReader {
  #offset = 0;
  constructor(private readonly view: DataView) {}
  get atEnd(): boolean {
    return this.#offset >= this.view.byteLength;
  }
  u8 = (): number => this.view.getUint8(this.#offset++);
  i8 = (): number => this.view.getInt8(this.#offset++);
  i16 = (): number => this.view.getInt16((this.#offset += 2) - 2);
  u32 = (): number => this.view.getUint32((this.#offset += 4) - 4);
}

function readNodes(reader: ByteReader, count: number): Line {
  const line: Line = [];
  const push = (lat: number, lon: number): void => {
    line.push([lon / UNITS_PER_DEGREE, lat / UNITS_PER_DEGREE]);
  };
  for (let node = 0; node < count; node++) {
    const lat = reader.i16();
    const lon = reader.i16();
    const following = reader.i16();
    push(lat, lon);
    for (let i = 0; i < following; i++) {
      const dLat = reader.i8();
      push(lat + dLat, lon + reader.i8());
    }
  }
  return line;
}

/** The lines of a file and its polygons, each an outer ring and its holes. */
export interface MarbleShapes {
  lines: Line[];
  polygons: Ring[][];
}

/** Reads a whole `.pn2` file. */
export function readMarble(path: string): MarbleShapes {
  const bytes = readFileSync(path);
  const reader = new ByteReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const version = reader.u8();
  const count = reader.u32();
  const coloured = reader.u8() !== 0;
  const shapes: MarbleShapes = { lines: [], polygons: [] };
  if (version !== 1 && version !== 2) throw new Error(`${path}: pn2 version ${version} is unknown`);

  const take = (flag: number, nodes: number): void => {
    const line = readNodes(reader, nodes);
    if (flag === flags.line) {
      shapes.lines.push(line);
      return;
    }
    const [first, last] = [line[0]!, line.at(-1)!];
    if (first[0] !== last[0] || first[1] !== last[1]) line.push(first);
    if (flag === flags.inner) shapes.polygons.at(-1)?.push(line);
    else shapes.polygons.push([line]);
  };

  let previousId = 0;
  for (let i = 0; i < count && !reader.atEnd; i++) {
    if (version === 1) {
      reader.u32();
      const nodes = reader.u32();
      const flag = reader.u8();
      if (coloured && flag === flags.outer) reader.u8();
      take(flag, nodes);
      continue;
    }
    const flag = reader.u8();
    const id = reader.u32();
    if (coloured && id !== previousId) reader.u8();
    previousId = id;
    if (flag !== flags.multi) {
      take(flag, reader.u32());
      continue;
    }
    const parts = reader.u8();
    for (let part = 0; part < parts; part++) {
      const partFlag = reader.u8();
      reader.u32();
      take(partFlag, reader.u32());
    }
  }
  return shapes;
}
