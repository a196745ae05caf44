/**
 * Reads the binned netCDF files of GSHHG (Wessel and Smith), the form in which
 * Debian packages it for GMT.
 *
 * The world is cut into bins of one degree, row by row from the north-west.
 * Each bin lists segments, each segment points, as u16 fractions (1/65535) of
 * the bin from its south-west corner. Lines are cut at bin edges, so they are
 * joined again here.
 */
import { ready, File as Hdf5File, Dataset } from 'h5wasm/node';
import { joinLines, type Line, type Ring } from './geometry';

type Numbers = Int32Array | Int16Array | Uint16Array | Int8Array;

function column(file: Hdf5File, name: string): Numbers {
  const dataset = file.get(name);
  if (!(dataset instanceof Dataset)) throw new Error(`GSHHG file has no variable ${name}`);
  return dataset.value as Numbers;
}

/** Calls `visit` with each segment's number and its points in degrees. */
function forEachSegment(
  file: Hdf5File,
  pointCount: (segment: number) => number,
  visit: (segment: number, points: () => Line) => void,
): void {
  const binSegments = column(file, 'N_segments_in_a_bin');
  const binFirst = column(file, 'Id_of_first_segment_in_a_bin');
  const firstPoint = column(file, 'Id_of_first_point_in_a_segment');
  const lng = column(file, 'Relative_longitude_from_SW_corner_of_bin');
  const lat = column(file, 'Relative_latitude_from_SW_corner_of_bin');
  const columns = 360;
  for (let bin = 0; bin < binSegments.length; bin++) {
    const west = bin % columns;
    const south = 89 - Math.floor(bin / columns);
    const shift = west >= 180 ? -360 : 0;
    for (let n = 0; n < binSegments[bin]!; n++) {
      const segment = binFirst[bin]! + n;
      visit(segment, () => {
        const line: Line = [];
        const from = firstPoint[segment]!;
        for (let p = from; p < from + pointCount(segment); p++) {
          line.push([west + shift + (lng[p]! & 0xffff) / 65535, south + (lat[p]! & 0xffff) / 65535]);
        }
        return line;
      });
    }
  }
}

export interface River {
  /** 1 the great rivers … 4 minor rivers. */
  rank: number;
  line: Line;
}

/** GSHHG river level to our rank; intermittent rivers and irrigation ditches are left out. */
const rankOfLevel: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 3, 4: 4, 8: 2, 9: 3 };

/** Reads all rivers and canals, joined across bins within their rank. */
export async function readRivers(path: string): Promise<River[]> {
  await ready;
  const file = new Hdf5File(path, 'r');
  const levels = column(file, 'Hierarchial_level_of_a_segment');
  const counts = column(file, 'N_points_for_a_segment');
  const byRank = new Map<number, Line[]>([
    [1, []],
    [2, []],
    [3, []],
    [4, []],
  ]);
  forEachSegment(
    file,
    (segment) => counts[segment]!,
    (segment, points) => {
      const rank = rankOfLevel[levels[segment]!];
      if (rank !== undefined) byRank.get(rank)!.push(points());
    },
  );
  file.close();
  return [...byRank].flatMap(([rank, lines]) => joinLines(lines).map((line) => ({ rank, line })));
}

/** A shoreline ring: land in the ocean (level 1) or water in land (level 2). */
export interface Shore {
  level: 1 | 2;
  ring: Ring;
}

/** South of this the files hold two coasts of Antarctica, ice front and ground; neither is read. */
const ANTARCTIC_LATITUDE = -60;

/** Closes a line into a ring; only rings cut by the antimeridian need more than a touch. */
function closed(line: Line): Ring | undefined {
  const [first, last] = [line[0]!, line.at(-1)!];
  if (first[0] === last[0] && first[1] === last[1]) return line;
  const near = Math.hypot(first[0]! - last[0]!, first[1]! - last[1]!) < 0.01;
  const onAntimeridian = Math.abs(first[0]!) > 179.99 && Math.abs(last[0]!) > 179.99;
  return near || onAntimeridian ? [...line, first] : undefined;
}

/**
 * Reads the coasts of the world without Antarctica, and the shores of inland
 * waters. `keep` thins the points while they are read (ten million in all).
 */
export async function readShores(path: string, keep: (line: Line) => Line): Promise<Shore[]> {
  await ready;
  const file = new Hdf5File(path, 'r');
  const packed = column(file, 'Embedded_npts_levels_exit_entry_for_a_segment');
  const ids = column(file, 'Id_of_GSHHS_ID');
  const pieces = new Map<number, { level: number; lines: Line[] }>();
  forEachSegment(
    file,
    (segment) => packed[segment]! >>> 9,
    (segment, points) => {
      const level = (packed[segment]! >>> 6) & 7;
      if (level > 2) return;
      const line = points();
      if (line.length < 2 || line[0]![1]! < ANTARCTIC_LATITUDE) return;
      const shore = pieces.get(ids[segment]!);
      if (shore) shore.lines.push(keep(line));
      else pieces.set(ids[segment]!, { level, lines: [keep(line)] });
    },
  );
  file.close();
  const shores: Shore[] = [];
  for (const { level, lines } of pieces.values()) {
    for (const line of joinLines(lines)) {
      const ring = closed(line);
      if (ring && ring.length > 3) shores.push({ level: level === 1 ? 1 : 2, ring });
    }
  }
  return shores;
}
