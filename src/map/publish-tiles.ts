import { MIN_SINGLES_ZOOM } from '../domain/publication';
import { PERIODS, type Period } from '../domain/period';
import { MAX_TILE_ZOOM } from './tile-scheme';
import { countRows } from './count-rows';
import { discsToDraw } from './disc-choice';
import { DiscClipper } from './disc-clipper';
import { FacetColumns, type PublishedTable } from './facet-columns';
import { Groups } from './groups';
import { codeOfCell } from './morton';
import { Places } from './places';
import { PublishedTileMaker } from './published-tile-maker';

/** A tile with more sightings has their counts, and its sightings are in tiles further in. */
export const MAX_SINGLES = 20_000;

/** A tile of counts has at most so many rows, unless dates are left out already: about 400 kB. */
export const MAX_COUNT_ROWS = 40_000;

/** How much of what tiles have fits in one; smaller than the usual in tests. */
export interface TileBudget {
  singles: number;
  countRows: number;
}

/** A tile to be written: of the archive that is drawn, or of that of the counts. */
export interface PublishedTile {
  archive: 'drawn' | 'counts';
  z: number;
  x: number;
  y: number;
  /** a Mapbox Vector Tile */
  bytes: Uint8Array;
}

/** A tile that there is something on. */
interface Node {
  x: number;
  y: number;
  /** its sightings: positions, the end excluded */
  from: number;
  to: number;
  /** positions of the sightings whose discs reach it at its zoom or further in */
  discs: Uint32Array;
}

/** What was published of a table, when all tiles are made. */
export interface PublishedZooms {
  /** how finely the counts of each zoom tell dates apart, from zoom 0; further in there are none */
  periods: Period[];
  /** the closest zoom that has tiles */
  maxZoom: number;
}

/**
 * Makes the tiles of a publication. Down to {@link MIN_SINGLES_ZOOM}, and further in wherever a tile has more
 * sightings than {@link MAX_SINGLES}, it is drawn with the layers `marks` and `discs` as `SightingTiles` makes
 * them of all sightings, and has its counts in the other archive. Elsewhere a tile has its sightings with their
 * columns, and there are no tiles further in: those are made from it.
 * @param progress called with the share of what is done
 */
export function* publishTiles(
  table: PublishedTable,
  progress: (done: number) => void = () => undefined,
  budget: TileBudget = { singles: MAX_SINGLES, countRows: MAX_COUNT_ROWS },
): Generator<PublishedTile, PublishedZooms> {
  const places = new Places(table);
  const facets = new FacetColumns(table);
  const shown = new Uint8Array(places.length).fill(1);
  const groupsAt = (z: number) => new Groups(places, shown, places.length, z);
  /** a bit for each zoom at which a position's disc is drawn */
  const discZooms = new Uint32Array(places.length);
  for (let z = 0; z <= MAX_TILE_ZOOM; z++) {
    for (const position of discsToDraw(places, shown, groupsAt(z)))
      discZooms[position] = (discZooms[position] ?? 0) | (1 << z);
    progress((0.3 * z) / MAX_TILE_ZOOM);
  }
  for (let position = 0; position < places.length; position++)
    if (discZooms[position] !== 0) places.boundDisc(position);
  const maker = new PublishedTileMaker(table, places, facets, discZooms);
  const periods: Period[] = [];
  let nodes: Node[] = [rootOf(places, discZooms)];
  for (let z = 0; ; z++) {
    const isSingles = ({ from, to }: Node) =>
      z >= MIN_SINGLES_ZOOM && (to - from <= budget.singles || z === MAX_TILE_ZOOM);
    for (const node of nodes.filter(isSingles)) {
      yield { archive: 'drawn', z, x: node.x, y: node.y, bytes: maker.singles(z, node) };
    }
    const parted = nodes.filter((node) => !isSingles(node));
    if (parted.length === 0) return { periods, maxZoom: z };
    const period = PERIODS.find((finest) => fits(places, facets, parted, z, finest, budget)) ?? 'none';
    periods.push(period);
    const groups = groupsAt(z);
    for (const node of parted) {
      const { x, y } = node;
      yield { archive: 'drawn', z, x, y, bytes: maker.drawn(groups, node) };
      yield { archive: 'counts', z, x, y, bytes: maker.counts(z, node, period) };
    }
    nodes = parted.flatMap((node) => partsOf(places, discZooms, node, z));
    progress(0.3 + (0.7 * (z + 1)) / (MAX_TILE_ZOOM + 1));
  }
}

function rootOf(places: Places, discZooms: Uint32Array): Node {
  const all = Uint32Array.from({ length: places.length }, (_, position) => position);
  const discs = all.filter((position) => discZooms[position] !== 0);
  return { x: 0, y: 0, from: 0, to: places.length, discs };
}

/** Whether the counts of all these tiles have room when dates are told apart as finely as this. */
function fits(
  places: Places,
  facets: FacetColumns,
  nodes: readonly Node[],
  z: number,
  period: Period,
  { countRows: most }: TileBudget,
): boolean {
  if (period === 'none') return true;
  const periods = facets.periods(period);
  // The fullest first: it is the one that most likely has too many.
  const fullest = nodes.toSorted((a, b) => b.to - b.from - (a.to - a.from));
  return fullest.every(
    ({ from, to }) =>
      to - from <= most || countRows(places, from, to, z, facets, periods, most) !== undefined,
  );
}

/** The four parts of a tile, one zoom further in, but for those that nothing is on. */
function partsOf(places: Places, discZooms: Uint32Array, { x, y, discs }: Node, z: number): Node[] {
  const further = -1 << (z + 1);
  return [0, 1, 2, 3].flatMap((quarter) => {
    const part = { x: 2 * x + (quarter & 1), y: 2 * y + (quarter >> 1) };
    const [from, to] = places.rangeOf(codeOfCell(part.x, part.y), z + 1);
    const clipper = new DiscClipper(z + 1, part.x, part.y);
    const reaching = discs.filter(
      (position) =>
        ((discZooms[position] ?? 0) & further) !== 0 &&
        clipper.mayReach(
          places.x[position] ?? 0,
          places.halfX[position] ?? 0,
          places.top[position] ?? 0,
          places.bottom[position] ?? 0,
        ),
    );
    return to > from || reaching.length > 0 ? [{ ...part, from, to, discs: reaching }] : [];
  });
}
