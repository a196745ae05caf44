/**
 * Rivers for the tiles: GSHHG's, with the Moskva's course through Moscow put right.
 *
 * GSHHG draws that course 2 to 3 km off and without its loops, past the Kremlin.
 * `moskva-course.json` holds it as [longitude, latitude], drawn by hand from
 * Krasnogorsk to Brateyevo and checked against the water cells of geo-maps'
 * OpenStreetMap land; good to some 300 m. Both its ends are points of GSHHG's line.
 */
import { readFileSync } from 'node:fs';
import type { Position } from 'geojson';
import { distanceKm, type Line } from './geometry';
import { readRivers, type River } from './gshhg';

/** The mouth of the Moscow Canal on the corrected course, and the last point of GSHHG's canal that is kept. */
const CANAL_MOUTH: Position = [37.424, 55.817];
const CANAL_KEPT_NORTH_OF = 55.8185;
const TOUCH_KM = 0.3;

const nearest = (line: Line, target: Position): number =>
  line.findIndex((point) => distanceKm(point, target) < TOUCH_KM);

/** A line with the stretch between the ends of `course` replaced by it; other lines unchanged. */
function rerouted(line: Line, course: Line): Line {
  const [from, to] = [nearest(line, course[0]!), nearest(line, course.at(-1)!)];
  if (from < 0 || to < 0) return line;
  if (from < to) return [...line.slice(0, from), ...course, ...line.slice(to + 1)];
  return [...line.slice(0, to), ...course.toReversed(), ...line.slice(from + 1)];
}

/** The Moscow Canal led to the corrected river; other lines unchanged. */
function canalLedToMouth(line: Line): Line {
  for (const oriented of [line, line.toReversed()]) {
    const [lng, lat] = oriented.at(-1)!;
    if (distanceKm([lng!, lat!], [37.412, 55.81]) < TOUCH_KM) {
      const kept = oriented.findLastIndex((point) => point[1]! > CANAL_KEPT_NORTH_OF);
      return [...oriented.slice(0, kept + 1), CANAL_MOUTH];
    }
  }
  return line;
}

/** A line with its corners cut twice and its ends kept, as of a hand that draws bends and not corners. */
function roundLine(line: Line): Line {
  let current = line;
  for (let round = 0; round < 2; round++) {
    const next: Line = [current[0]!];
    for (let i = 1; i < current.length; i++) {
      const [[x0, y0], [x1, y1]] = [current[i - 1]!, current[i]!];
      next.push(
        [0.75 * x0! + 0.25 * x1!, 0.75 * y0! + 0.25 * y1!],
        [0.25 * x0! + 0.75 * x1!, 0.25 * y0! + 0.75 * y1!],
      );
    }
    current = [...next, current.at(-1)!];
  }
  return current;
}

/** Reads GSHHG's rivers and corrects them around Moscow. */
export async function readCorrectedRivers(gshhgPath: string, coursePath: string): Promise<River[]> {
  const course = roundLine(JSON.parse(readFileSync(coursePath, 'utf8')) as Line);
  const rivers = await readRivers(gshhgPath);
  let moskva = 0;
  const corrected = rivers.map(({ rank, line }) => {
    const moved = rerouted(line, course);
    if (moved !== line) moskva++;
    return { rank, line: moved === line && rank === 3 ? canalLedToMouth(line) : moved };
  });
  if (moskva !== 1) throw new Error(`Expected one river Moskva to correct, found ${moskva}`);
  return corrected;
}
