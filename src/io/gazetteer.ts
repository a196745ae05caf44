import { haversineMeters } from '../domain/haversine';
import { NameIndex } from '../domain/name-index';

/** The places of the built-in atlas, by the file's name in geo/, whose README describes its columns. */
export const GAZETTEER_FILE = 'basemap/gazetteer.tsv';

/** A populated place of GeoNames. */
export interface GazetteerPlace {
  /** in Latin letters, as GeoNames spells it */
  name: string;
  /** in Russian and in its own language, as written, where these are known and differ */
  otherNames: readonly string[];
  /** ISO 3166-1 alpha-2; XK is Kosovo */
  country: string;
  lng: number;
  lat: number;
  /** inhabitants in 2020; 0 when unknown */
  population: number;
  /** how far the place reaches around its centre, see {@link estimateReachMeters} */
  uncertaintyMeters: number;
}

/** A guess at how densely towns are peopled, with their roads, works and parks. */
const PEOPLE_PER_KM2 = 3000;
const LEAST_REACH_METERS = 1000;
const REACH_STEP_METERS = 100;

/**
 * How far a place reaches around its centre, in metres. An estimate, since GeoNames has no extents: the radius of
 * a circle that holds the inhabitants at 3,000 per km², to 100 m, at least 1000 m.
 */
export function estimateReachMeters(population: number): number {
  const radiusMeters = 1000 * Math.sqrt(population / PEOPLE_PER_KM2 / Math.PI);
  return Math.max(LEAST_REACH_METERS, Math.round(radiusMeters / REACH_STEP_METERS) * REACH_STEP_METERS);
}

const COLUMNS = ['name_latin', 'name_ru', 'name_local', 'lng', 'lat', 'population', 'country'] as const;

/** The longest that GeoNames allows; the time that a name takes grows with the square of its words. */
const LONGEST_NAME = 200;

/** A number of degrees from -`most` to `most`. */
function degreesOf(text: string, most: number): number | undefined {
  const degrees = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  return Math.abs(degrees) <= most ? degrees : undefined;
}

/** The place on a line, if it is whole. `columns` tells where each of {@link COLUMNS} stands. */
function placeOf(line: string, columns: readonly number[]): GazetteerPlace | undefined {
  const cells = line.split('\t');
  const [name = '', russian = '', local = '', lngText = '', latText = '', people = '', country = ''] =
    columns.map((at) => cells[at] ?? '');
  const lng = degreesOf(lngText, 180);
  const lat = degreesOf(latText, 90);
  if (name === '' || [name, russian, local].some(({ length }) => length > LONGEST_NAME)) return undefined;
  if (lng === undefined || lat === undefined) return undefined;
  if (!/^\d+$/.test(people) || !/^[A-Z]{2}$/.test(country)) return undefined;
  const population = Number(people);
  return {
    name,
    otherNames: [russian, local].filter((other) => other !== ''),
    country,
    lng,
    lat,
    population,
    uncertaintyMeters: estimateReachMeters(population),
  };
}

interface Candidate {
  /** of the file, counted from 0 */
  row: number;
  place: GazetteerPlace;
  match: number;
  /** of the population */
  digits: number;
  /** from what is near; 0 when nothing is */
  meters: number;
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    a.match - b.match ||
    b.digits - a.digits ||
    a.meters - b.meters ||
    b.place.population - a.place.population ||
    a.row - b.row
  );
}

/** As many lines as are read at once: about 15 ms, less than a frame. */
const SLICE_LINES = 1000;

/** Places that can be searched by name. */
export class Gazetteer {
  readonly #places: GazetteerPlace[] = [];
  readonly #names = new NameIndex();
  #skippedLines = 0;

  private constructor() {}

  /** Reads the text of a gazetteer. A malformed line is skipped and counted; never throws. */
  static parse(text: string): Gazetteer {
    const gazetteer = new Gazetteer();
    Array.from(gazetteer.#readSlices(text));
    return gazetteer;
  }

  /** Does as {@link Gazetteer.parse}, with pauses in which the page can answer. */
  static async parseInSlices(text: string): Promise<Gazetteer> {
    const gazetteer = new Gazetteer();
    const slices = gazetteer.#readSlices(text);
    while (!slices.next().done) await new Promise((resume) => setTimeout(resume));
    return gazetteer;
  }

  /** The number of places. */
  get size(): number {
    return this.#places.length;
  }

  /** The number of lines that were malformed. */
  get skippedLines(): number {
    return this.#skippedLines;
  }

  /**
   * The places that a text may mean, best first; it may be unfinished or have a typo, and without words it finds
   * nothing. The name as a whole comes before its beginning, then come its later words, then typos. Of those the
   * more populous come first, or, of populations with as many digits, those nearer to `near`.
   */
  find(query: string, limit: number, near?: { lng: number; lat: number }): GazetteerPlace[] {
    const candidates: Candidate[] = [];
    for (const [row, match] of this.#names.find(query)) {
      const place = this.#places[row];
      if (place === undefined) continue;
      const { population, lng, lat } = place;
      const meters = near === undefined ? 0 : haversineMeters(near.lng, near.lat, lng, lat);
      candidates.push({ row, place, match, digits: String(population).length, meters });
    }
    return candidates
      .sort(compareCandidates)
      .slice(0, limit)
      .map(({ place }) => place);
  }

  /** Reads all lines; yields after each slice. */
  *#readSlices(text: string): Generator<void> {
    const lines = text.split(/\r?\n/);
    const names = lines[0]?.split('\t') ?? [];
    const columns = COLUMNS.map((column) => names.indexOf(column));
    for (let i = 1; i < lines.length; i++) {
      const line = lines[i] ?? '';
      if (line !== '') this.#addLine(line, columns);
      if (i % SLICE_LINES === 0) yield;
    }
  }

  #addLine(line: string, columns: readonly number[]): void {
    const place = placeOf(line, columns);
    if (place === undefined) {
      this.#skippedLines++;
      return;
    }
    const row = this.#places.push(place) - 1;
    for (const name of [place.name, ...place.otherNames]) this.#names.add(row, name);
  }
}

const REMEDY = 'It comes with the app; "npm run basemap -- --gazetteer" makes it anew.';

/**
 * Loads the gazetteer. Rejects with a message for users when the file is missing or has no places.
 * @param baseUrl address of the folder of the data, with a slash at the end
 */
export async function loadGazetteer(baseUrl: string): Promise<Gazetteer> {
  const url = `${baseUrl}${GAZETTEER_FILE}`;
  const gazetteer = await Gazetteer.parseInSlices(await fetchText(url));
  if (gazetteer.size === 0) throw new Error(`${GAZETTEER_FILE} at ${url} has no places. ${REMEDY}`);
  return gazetteer;
}

async function fetchText(url: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(url);
    if (response.ok) return await response.text();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${GAZETTEER_FILE} cannot be fetched from ${url}: ${reason}`, { cause: error });
  }
  const status = `${response.status} ${response.statusText}`.trim();
  throw new Error(`${GAZETTEER_FILE} is missing: the server answers "${status}" for ${url}. ${REMEDY}`);
}
