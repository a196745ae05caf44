import { partsOf } from '../domain/facet-combination';
import { type Cells, type CountedPlaces, FINER_BITS, LEVELS, MAX_MARKS_IN_CELL, cellBits } from './cells';
import { SINGLE_ZOOM } from './tile-scheme';
import { CODE_BITS, codeOf, orderOf } from './morton';
import { firstAtLeast } from './places';
import type { PublishedRow } from './published-node';

/** Rows of published tiles as places that groups are made of, each standing for as many sightings as it counts. */
export class WeightedPlaces implements CountedPlaces {
  readonly length: number;
  /** by position, in Morton order */
  readonly rows: readonly PublishedRow[];
  readonly code: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly confidence: Uint8Array;
  /** places of positions in the order of the rows given */
  readonly #rank: Uint32Array;

  /** @param rows those shown; of two in one cell, the one with the first sighting first */
  constructor(rows: readonly PublishedRow[], systemCount: number) {
    const codes = Float64Array.from(rows, ({ x, y }) => codeOf(x, y, CODE_BITS));
    this.#rank = orderOf(codes);
    this.length = rows.length;
    this.rows = Array.from(this.#rank, (rank) => rows[rank]).filter((row) => row !== undefined);
    this.code = Float64Array.from(this.#rank, (rank) => codes[rank] ?? 0);
    this.x = Float64Array.from(this.rows, ({ x }) => x);
    this.y = Float64Array.from(this.rows, ({ y }) => y);
    this.confidence = Uint8Array.from(
      this.rows,
      ({ combination }) => partsOf(combination, systemCount).confidence,
    );
  }

  rangeOf(code: number, bits: number): [from: number, to: number] {
    const size = 4 ** (CODE_BITS - bits);
    return [firstAtLeast(this.code, code * size), firstAtLeast(this.code, (code + 1) * size)];
  }

  /** The cells of a zoom, as `countCells` counts them of single sightings. */
  cells(z: number): Cells {
    const cells: Cells = {
      length: 0,
      code: new Float64Array(this.length),
      isCrowded: new Uint8Array(this.length),
      first: new Uint32Array(this.length),
      count: new Uint32Array(this.length),
      byLevel: new Uint32Array(this.length * LEVELS),
      x: new Float64Array(this.length),
      y: new Float64Array(this.length),
    };
    const bits = cellBits(z);
    const isWideOnly = z < SINGLE_ZOOM;
    const wideBits = isWideOnly ? bits : bits - FINER_BITS;
    for (let from = 0; from < this.length;) {
      const to = this.#endOfCell(from, wideBits);
      const isCrowded = !isWideOnly && this.#countOf(from, to) > MAX_MARKS_IN_CELL;
      const cell = isCrowded || isWideOnly ? wideBits : bits;
      for (let start = from; start < to;) {
        const end = this.#endOfCell(start, cell);
        const code = Math.floor((this.code[start] ?? 0) / 4 ** (CODE_BITS - cell)) * 4 ** (bits - cell);
        this.#add(cells, start, end, code, isCrowded);
        start = end;
      }
      from = to;
    }
    return { ...cells, code: cells.code.subarray(0, cells.length) };
  }

  #endOfCell(position: number, bits: number): number {
    const size = 4 ** (CODE_BITS - bits);
    const beyond = (Math.floor((this.code[position] ?? 0) / size) + 1) * size;
    let end = position + 1;
    while (end < this.length && (this.code[end] ?? 0) < beyond) end++;
    return end;
  }

  #countOf(from: number, to: number): number {
    let count = 0;
    for (let position = from; position < to; position++) count += this.rows[position]?.count ?? 0;
    return count;
  }

  #add(cells: Cells, from: number, to: number, code: number, isCrowded: boolean): void {
    const cell = cells.length++;
    cells.code[cell] = code;
    cells.isCrowded[cell] = Number(isCrowded);
    let first = from;
    let [count, x, y] = [0, 0, 0];
    for (let position = from; position < to; position++) {
      if ((this.#rank[position] ?? 0) < (this.#rank[first] ?? 0)) first = position;
      const weight = this.rows[position]?.count ?? 0;
      const level = cell * LEVELS + (this.confidence[position] ?? 0);
      cells.byLevel[level] = (cells.byLevel[level] ?? 0) + weight;
      count += weight;
      x += (this.x[position] ?? 0) * weight;
      y += (this.y[position] ?? 0) * weight;
    }
    cells.first[cell] = first;
    cells.count[cell] = count;
    cells.x[cell] = x / count;
    cells.y[cell] = y / count;
  }
}
