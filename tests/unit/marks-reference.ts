/** The rule of map/groups.ts in plain words, cell by cell with lists and sorts: slow, and there to be compared with. */

/** A place on the unit square of Web Mercator, 0 <= x < 1. */
export interface PlacedRow {
  row: number;
  x: number;
  y: number;
}

export interface PlainGroup {
  rows: number[];
  x: number;
  y: number;
}

interface Cell extends PlainGroup {
  column: number;
  line: number;
}

const SINGLE_ZOOM = 8;

function compareWeight(a: Cell, b: Cell): number {
  return a.rows.length - b.rows.length || b.line - a.line || b.column - a.column;
}

function meanOf(places: readonly PlacedRow[]): PlainGroup {
  const mean = (value: (place: PlacedRow) => number) =>
    places.reduce((sum, place) => sum + value(place), 0) / places.length;
  return { rows: places.map(({ row }) => row), x: mean(({ x }) => x), y: mean(({ y }) => y) };
}

/** The places by the cell of a grid that they are in. */
function inGrid(places: readonly PlacedRow[], across: number): PlacedRow[][] {
  const byCell = new Map<string, PlacedRow[]>();
  for (const place of places) {
    const key = `${Math.floor(place.x * across)} ${Math.floor(place.y * across)}`;
    byCell.set(key, [...(byCell.get(key) ?? []), place]);
  }
  return [...byCell.values()];
}

/** All groups of the world at a zoom. */
export function plainGroups(places: readonly PlacedRow[], z: number): PlainGroup[] {
  if (z >= SINGLE_ZOOM) {
    return inGrid(places, (2 ** z * 512) / 64)
      .flatMap((wide) => (wide.length > 8 ? [wide] : inGrid(wide, (2 ** z * 512) / 8)))
      .map(meanOf);
  }
  const across = (2 ** z * 512) / 64;
  const members = new Map<string, PlacedRow[]>();
  // The world to both sides again, so that neighbours across the antimeridian are next to each other.
  for (const world of [-1, 0, 1]) {
    for (const place of places) {
      const copy = { ...place, x: place.x + world };
      const key = `${Math.floor(copy.x * across)} ${Math.floor(copy.y * across)}`;
      members.set(key, [...(members.get(key) ?? []), copy]);
    }
  }
  const cells = [...members].map(([key, inCell]): Cell => {
    const [column = 0, line = 0] = key.split(' ').map(Number);
    return { ...meanOf(inCell), column, line };
  });
  const ofThisWorld = cells.filter(({ column }) => column >= 0 && column < across);
  const closeTo = (cell: Cell) =>
    cells.filter((other) => {
      const isNext = Math.abs(other.column - cell.column) <= 1 && Math.abs(other.line - cell.line) <= 1;
      return other !== cell && isNext && Math.hypot(other.x - cell.x, other.y - cell.y) < 40 / 512 / 2 ** z;
    });
  const takesOthersIn = (cell: Cell) => closeTo(cell).every((other) => compareWeight(cell, other) > 0);
  const joins = (cell: Cell) =>
    closeTo(cell)
      .filter((other) => compareWeight(other, cell) > 0 && takesOthersIn(other))
      .sort((a, b) => compareWeight(b, a))[0];
  return ofThisWorld
    .filter((cell) => joins(cell) === undefined)
    .map((cell) => {
      const together = [cell, ...closeTo(cell).filter((other) => joins(other) === cell)];
      const count = together.reduce((sum, { rows }) => sum + rows.length, 0);
      const mean = (value: (part: Cell) => number) =>
        together.reduce((sum, part) => sum + value(part) * part.rows.length, 0) / count;
      return { rows: together.flatMap(({ rows }) => rows), x: mean(({ x }) => x), y: mean(({ y }) => y) };
    });
}
