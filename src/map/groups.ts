/** Size of a tile in CSS pixels, as MapLibre draws vector tiles. */
export const TILE_PIXELS = 512;

/** From this zoom on a mark stands for one sighting, unless several coincide. */
export const SINGLE_ZOOM = 8;

/** Cells in which sightings are counted together, in pixels: as wide as a group, or as the core of a mark. */
const WIDE_CELL_PIXELS = 64;
const NARROW_CELL_PIXELS = 8;

/** Marks of groups are this far apart, or they are one. */
const MIN_DISTANCE_PIXELS = 40;

/** A cell joins a neighbour, whether a neighbour takes others in hangs on its own neighbours, and so on once more. */
const REACH_CELLS = 3;

/** A sighting's place on the unit square of Web Mercator, or on a copy of it to the side. */
export interface PlacedRow {
  row: number;
  x: number;
  y: number;
}

/** Sightings that share a mark, and the mean of their places. */
export interface Group {
  rows: number[];
  x: number;
  y: number;
}

/** A rectangle of cells, the upper ends excluded. */
export interface CellRange {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

/** How many cells the world is wide at a zoom. */
export function cellsAcross(z: number): number {
  return (2 ** z * TILE_PIXELS) / (z < SINGLE_ZOOM ? WIDE_CELL_PIXELS : NARROW_CELL_PIXELS);
}

/** How far beyond a range of cells places count for its groups, in cells. */
export function reachInCells(z: number): number {
  return z < SINGLE_ZOOM ? REACH_CELLS : 0;
}

interface Cell extends Group {
  cellX: number;
  cellY: number;
}

function keyOf(cellX: number, cellY: number): number {
  return cellY * 2 ** 26 + cellX; // no world is wider than 2 ** 24 cells
}

function fillCells(places: readonly PlacedRow[], across: number): Map<number, Cell> {
  const cells = new Map<number, Cell>();
  for (const { row, x, y } of places) {
    const cellX = Math.floor(x * across);
    const cellY = Math.floor(y * across);
    const key = keyOf(cellX, cellY);
    const cell = cells.get(key);
    if (!cell) {
      cells.set(key, { rows: [row], x, y, cellX, cellY });
      continue;
    }
    cell.rows.push(row);
    cell.x += (x - cell.x) / cell.rows.length;
    cell.y += (y - cell.y) / cell.rows.length;
  }
  return cells;
}

/** Positive when a outweighs b: more sightings, else further up, else further left. Never 0 for two cells. */
function compareWeight(a: Cell, b: Cell): number {
  return a.rows.length - b.rows.length || b.cellY - a.cellY || b.cellX - a.cellX;
}

/**
 * The groups of a range of cells at a zoom. Which cells make one group hangs on their neighbours alone, so that
 * two tiles say the same of what lies between them, and every sighting is in one group of one range.
 * @param places all places in the range, and within {@link reachInCells} around it
 */
export function groupsIn(places: readonly PlacedRow[], z: number, range: CellRange): Group[] {
  const across = cellsAcross(z);
  const cells = fillCells(places, across);
  const inRange = ({ cellX, cellY }: Cell) =>
    cellX >= range.minX && cellX < range.maxX && cellY >= range.minY && cellY < range.maxY;
  if (z >= SINGLE_ZOOM) return [...cells.values()].filter(inRange);

  const minDistance = MIN_DISTANCE_PIXELS / TILE_PIXELS / 2 ** z;
  const closeTo = (cell: Cell): Cell[] => {
    const close: Cell[] = [];
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const other = cells.get(keyOf(cell.cellX + dx, cell.cellY + dy));
        if (!other || other === cell) continue;
        if (Math.hypot(other.x - cell.x, other.y - cell.y) < minDistance) close.push(other);
      }
    }
    return close;
  };
  const takesOthersIn = (cell: Cell): boolean =>
    closeTo(cell).every((other) => compareWeight(cell, other) > 0);
  const joins = (cell: Cell): Cell | undefined =>
    closeTo(cell)
      .filter((other) => compareWeight(other, cell) > 0 && takesOthersIn(other))
      .sort((a, b) => compareWeight(b, a))[0];
  return [...cells.values()]
    .filter((cell) => inRange(cell) && joins(cell) === undefined)
    .map((cell) =>
      closeTo(cell)
        .filter((other) => joins(other) === cell)
        .reduce(together, cell),
    );
}

function together(a: Group, b: Group): Group {
  const rows = [...a.rows, ...b.rows];
  const share = b.rows.length / rows.length;
  return { rows, x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}
