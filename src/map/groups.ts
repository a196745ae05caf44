import { type Cells, type CountedPlaces, LEVELS, cellBits, cellOf, countCells, positionsOf } from './cells';
import { SINGLE_ZOOM } from './tile-scheme';
import { TILE_PIXELS } from './mercator';
import { codeOf, codeOfCell } from './morton';
import { firstAtLeast } from './places';

/** Marks of groups are this far apart, or they are one. */
const MIN_DISTANCE_PIXELS = 40;

/** A cell's neighbours from the top left to the bottom right, which is also by which outweighs which. */
const NEIGHBOURS: readonly (readonly [dx: number, dy: number])[] = [
  ...([-1, 0, 1] as const).map((dx) => [dx, -1] as const),
  ...([-1, 1] as const).map((dx) => [dx, 0] as const),
  ...([-1, 0, 1] as const).map((dx) => [dx, 1] as const),
];
/** The neighbours that outweigh a cell of as many sightings. */
const EARLIER_NEIGHBOURS = 4;

/**
 * The sightings that share marks at one zoom. Zoomed out, the sightings of a cell do, and cells whose means are
 * closer than {@link MIN_DISTANCE_PIXELS} may join; from {@link SINGLE_ZOOM} on those of a narrow cell alone, or of a
 * wide one that is crowded.
 *
 * Which cells make one group hangs on their neighbours alone, and every sighting is in one group. A cell that
 * outweighs all that are close to it takes others in: it has more sightings, else it is further up, else further
 * left. Every other cell joins the heaviest close cell that takes others in, or stays alone.
 *
 * A group goes by the index of the cell that took the others in: `cells` has its count, mean and first member.
 */
export class Groups {
  readonly cells: Cells;
  /** of each cell, the one that stands for its group */
  readonly head: Uint32Array;

  /**
   * @param shown 1 for each position that is shown, `shownCount` in all
   * @param cells these, where they were counted already
   */
  constructor(
    private readonly places: CountedPlaces,
    private readonly shown: Uint8Array,
    shownCount: number,
    readonly z: number,
    cells?: Cells,
  ) {
    this.cells = cells ?? countCells(places, shown, shownCount, z);
    this.head = new Uint32Array(this.cells.length);
    for (let cell = 0; cell < this.head.length; cell++) this.head[cell] = cell;
    if (z < SINGLE_ZOOM) this.#join();
  }

  /** The groups on a tile of the zoom. */
  inTile(tileX: number, tileY: number): number[] {
    const cellsInTile = 4 ** (cellBits(this.z) - this.z);
    const code = codeOfCell(tileX, tileY);
    const from = firstAtLeast(this.cells.code, code * cellsInTile);
    const to = firstAtLeast(this.cells.code, (code + 1) * cellsInTile);
    const groups: number[] = [];
    for (let cell = from; cell < to; cell++) if (this.head[cell] === cell) groups.push(cell);
    return groups;
  }

  /** The positions in the group of a position, in no order of meaning; none when it is not shown. */
  sharing(position: number): number[] {
    if (this.shown[position] !== 1) return [];
    const bits = cellBits(this.z);
    const own = codeOf(this.places.x[position] ?? 0, this.places.y[position] ?? 0, bits);
    const head = this.head[cellOf(this.cells, own)];
    const members: number[] = [];
    for (const [cell, itsHead] of this.head.entries()) {
      if (itsHead !== head) continue;
      const [from, to] = positionsOf(this.places, this.cells, cell, this.z);
      for (let member = from; member < to; member++) if (this.shown[member] === 1) members.push(member);
    }
    return members;
  }

  #join(): void {
    const { length, count } = this.cells;
    const close = this.#closeNeighbours();
    const isCloseTo = (cell: number, direction: number) => close[cell * NEIGHBOURS.length + direction] ?? -1;
    const outweighs = (cell: number, other: number, direction: number) => {
      const more = (count[other] ?? 0) - (count[cell] ?? 0);
      return more > 0 || (more === 0 && direction < EARLIER_NEIGHBOURS);
    };
    const takesOthersIn = new Uint8Array(length).fill(1);
    for (let cell = 0; cell < length; cell++) {
      for (let direction = 0; direction < NEIGHBOURS.length; direction++) {
        const other = isCloseTo(cell, direction);
        if (other >= 0 && outweighs(cell, other, direction)) takesOthersIn[cell] = 0;
      }
    }
    for (let cell = 0; cell < length; cell++) {
      let heaviest = 0;
      for (let direction = 0; direction < NEIGHBOURS.length; direction++) {
        const other = isCloseTo(cell, direction);
        if (other < 0 || takesOthersIn[other] === 0 || !outweighs(cell, other, direction)) continue;
        if ((count[other] ?? 0) <= heaviest) continue;
        heaviest = count[other] ?? 0;
        this.head[cell] = other;
      }
    }
    for (let cell = 0; cell < length; cell++) this.#fold(cell, this.head[cell] ?? cell);
  }

  /** For each cell, the cells next to it that are too close to it, or -1, by direction. */
  #closeNeighbours(): Int32Array {
    const { length, first, x, y } = this.cells;
    const across = 2 ** cellBits(this.z);
    const columns = new Int32Array(length);
    const rows = new Int32Array(length);
    const cellAt = new Int32Array(across * across).fill(-1);
    for (let cell = 0; cell < length; cell++) {
      const column = Math.floor((this.places.x[first[cell] ?? 0] ?? 0) * across);
      const row = Math.floor((this.places.y[first[cell] ?? 0] ?? 0) * across);
      columns[cell] = column;
      rows[cell] = row;
      cellAt[row * across + column] = cell;
    }
    const limit = (MIN_DISTANCE_PIXELS / TILE_PIXELS / 2 ** this.z) ** 2;
    const close = new Int32Array(length * NEIGHBOURS.length).fill(-1);
    for (let cell = 0; cell < length; cell++) {
      for (const [direction, [dx, dy]] of NEIGHBOURS.entries()) {
        const row = (rows[cell] ?? 0) + dy;
        if (row < 0 || row >= across) continue;
        const column = ((columns[cell] ?? 0) + dx + across) % across; // the world goes on beyond its edge
        const other = cellAt[row * across + column] ?? -1;
        if (other < 0) continue;
        const awayX = nearest((x[other] ?? 0) - (x[cell] ?? 0));
        const awayY = (y[other] ?? 0) - (y[cell] ?? 0);
        if (awayX * awayX + awayY * awayY < limit) close[cell * NEIGHBOURS.length + direction] = other;
      }
    }
    return close;
  }

  /** Adds a cell to its head. */
  #fold(cell: number, head: number): void {
    if (cell === head) return;
    const { count, byLevel, x, y } = this.cells;
    const own = count[cell] ?? 0;
    const all = (count[head] ?? 0) + own;
    count[head] = all;
    for (let level = 0; level < LEVELS; level++) {
      const at = head * LEVELS + level;
      byLevel[at] = (byLevel[at] ?? 0) + (byLevel[cell * LEVELS + level] ?? 0);
    }
    const headX = x[head] ?? 0;
    const headY = y[head] ?? 0;
    x[head] = headX + (nearest((x[cell] ?? 0) - headX) * own) / all;
    y[head] = headY + (((y[cell] ?? 0) - headY) * own) / all;
  }
}

/** A way along x, by the nearest of the copies of the world. */
function nearest(distanceX: number): number {
  return distanceX - Math.round(distanceX);
}
