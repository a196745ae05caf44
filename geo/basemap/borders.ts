/**
 * Country and first-order borders, from the Natural Earth 1:10m admin-1
 * polygons and disputed lines that Debian's qgis-common carries as a GeoPackage.
 *
 * Natural Earth draws who holds a territory. Here a country border is solid
 * only where it is internationally recognised; where it is a line of control,
 * or where the recognised border is contested on the ground, it is marked
 * disputed. Crimea and Sevastopol are Ukraine's: no country border crosses the
 * isthmus, the line of control there is a disputed line.
 */
import { readFileSync } from 'node:fs';
import initSqlJs, { type Database } from 'sql.js';
import { mesh } from 'topojson-client';
import { topology } from 'topojson-server';
import type { Feature, FeatureCollection, MultiPolygon, Position } from 'geojson';
import type { GeometryObject, Topology } from 'topojson-specification';
import { inBox, ringAreaKm2, type Box, type Line } from './geometry';

export interface Border {
  /** 0 country, 1 first-order. */
  level: 0 | 1;
  disputed: boolean;
  /** The lowest zoom at which the line is worth drawing. */
  minZoom: number;
  lines: Line[];
}

interface Unit {
  /** Natural Earth's three-letter code of the country, after our corrections. */
  country: string;
  name: string;
}

/** Territories held by one state and recognised as another's, by Natural Earth's unit name. */
const recognisedAs: Readonly<Record<string, string>> = { Crimea: 'UKR', Sevastopol: 'UKR' };

/** Leased or occupied areas that Natural Earth makes countries of their own. */
const partOf: Readonly<Record<string, string>> = { KAB: 'KAZ', USG: 'CUB' };

/**
 * Pairs of countries whose whole common line is contested: a breakaway state's
 * line towards the state that claims it, an armistice line, or a line of control.
 * KAS is Siachen, PSX the Palestinian territories (Green Line), SAH the part of
 * Western Sahara east of the berm, SYR|ISR the 1974 line on the Golan.
 */
const disputedPairs = new Set([
  'KOS|SRB',
  'SOL|SOM',
  'CYN|CYP',
  'MAR|SAH',
  'ISR|PSX',
  'ISR|SYR',
  'KOR|PRK',
  'IND|KAS',
  'KAS|PAK',
  'CHN|KAS',
]);

/** Stretches of otherwise recognised borders that are contested. */
const disputedStretches: ReadonlyArray<{ pair: string; box: Box; place: string }> = [
  { pair: 'IND|PAK', box: [73, 32.2, 78, 37], place: 'line of control in Kashmir' },
  { pair: 'CHN|IND', box: [76, 30.8, 80.5, 37], place: 'line of actual control, Aksai Chin' },
  { pair: 'CHN|IND', box: [91.5, 27, 98, 30], place: 'McMahon line, Arunachal Pradesh' },
  { pair: 'CHN|PAK', box: [74, 35, 78, 37.5], place: 'Shaksgam, Gilgit-Baltistan' },
  { pair: 'BTN|CHN', box: [88.5, 27, 92, 28.6], place: 'Bhutan and China' },
  { pair: 'EGY|SDN', box: [33, 21.5, 37.5, 24], place: 'Halaib and Bir Tawil' },
  { pair: 'SDN|SSD', box: [27.5, 9.2, 29.3, 10.5], place: 'Abyei' },
  { pair: 'KEN|SSD', box: [33.9, 4, 36, 5.6], place: 'Ilemi triangle' },
];

/**
 * Disputed lines of the source that are drawn, by their name and the country
 * they run in. Left out: mere claims with no line on the ground (Essequibo,
 * Olivenza, the Kurils …), the lines around Nagorno-Karabakh, which Azerbaijan
 * holds since September 2023, and the isthmus of Crimea, which is drawn from
 * the polygons so that it fits the neighbouring borders.
 */
const drawnDisputes: ReadonlyArray<readonly [name: string, inCountry: string]> = [
  ['Moldovan claim', 'Moldova'], // Transnistria
  ['Georgian claim', 'Georgia'], // Abkhazia, South Ossetia
  ['Syrian claim', 'Israel'], // Golan, 1967
  ['Western Saharan claim', 'Morocco'],
  ['Indian claim', 'Pakistan'],
  ['Indian claim', 'China'],
  ['Pakistani claim', 'India'],
  ['Chinese claim', 'India'],
  ['Chinese claim', 'Bhutan'],
  ['South Sudanese claim', 'Sudan'],
  ['Sudanese claim', 'Kenya'],
  ['Kenyan claim', 'South Sudan'],
];

/** Mean area of a country's units (km²) from which on their borders are drawn at a zoom. */
const meanAreaAtZoom: ReadonlyArray<readonly [zoom: number, km2: number]> = [
  [3, 150_000],
  [4, 40_000],
  [5, 12_000],
  [6, 4_000],
  [7, 1_500],
];

/** Decodes a GeoPackage geometry: its own header, then well-known binary, little-endian. */
function decodeGeometry(blob: Uint8Array): Position[][][] {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const envelopeBytes = [0, 32, 48, 48, 64][(view.getUint8(3) >> 1) & 7] ?? 0;
  let at = 8 + envelopeBytes;
  const u32 = (): number => view.getUint32((at += 4) - 4, true);
  const f64 = (): number => view.getFloat64((at += 8) - 8, true);
  const line = (): Position[] => Array.from({ length: u32() }, () => [f64(), f64()]);
  const part = (): Position[][] => {
    if (view.getUint8(at++) !== 1) throw new Error('GeoPackage geometry is not little-endian');
    const [LINE, POLYGON] = [2, 3];
    const type = u32();
    if (type === LINE) return [line()];
    if (type === POLYGON) return Array.from({ length: u32() }, line);
    throw new Error(`GeoPackage geometry of type ${type}`);
  };
  at += 5; // byte order and type of the collection itself
  return Array.from({ length: u32() }, part);
}

function rows(database: Database, sql: string): (string | Uint8Array)[][] {
  return (database.exec(sql)[0]?.values ?? []) as (string | Uint8Array)[][];
}

function readUnits(database: Database): Feature<MultiPolygon, Unit>[] {
  const sql =
    "select geom, adm0_a3, coalesce(name, '') from states_provinces where geom is not null order by fid";
  return rows(database, sql).map(([geom, code, unitName]) => {
    const name = String(unitName);
    const held = partOf[String(code)] ?? String(code);
    const country = held === 'RUS' ? (recognisedAs[name] ?? held) : held;
    const coordinates = decodeGeometry(geom as Uint8Array);
    return {
      type: 'Feature',
      properties: { country, name },
      geometry: { type: 'MultiPolygon', coordinates },
    };
  });
}

/** For each country, the zoom from which its first-order borders are drawn; none when too fine. */
function firstOrderZooms(units: readonly Feature<MultiPolygon, Unit>[]): Map<string, number> {
  const totals = new Map<string, { km2: number; count: number }>();
  for (const { properties, geometry } of units) {
    const total = totals.get(properties.country) ?? { km2: 0, count: 0 };
    for (const polygon of geometry.coordinates) total.km2 += ringAreaKm2(polygon[0]!);
    total.count++;
    totals.set(properties.country, total);
  }
  const zooms = new Map<string, number>();
  for (const [country, { km2, count }] of totals) {
    const zoom = meanAreaAtZoom.find(([, least]) => km2 / count >= least)?.[0];
    if (zoom !== undefined) zooms.set(country, zoom);
  }
  return zooms;
}

const isHeldCrimea = ({ name, country }: Unit): boolean => country === 'UKR' && name in recognisedAs;

const pairOf = (a: Unit, b: Unit): string => [a.country, b.country].sort().join('|');

/** Splits lines into the runs of segments whose middle is, and is not, in one of some boxes. */
function splitByBoxes(lines: readonly Line[], boxes: readonly Box[]): { inside: Line[]; outside: Line[] } {
  const parts = { inside: [] as Line[], outside: [] as Line[] };
  for (const line of lines) {
    let run: Line = [];
    let runInside = false;
    for (let i = 1; i < line.length; i++) {
      const [from, to] = [line[i - 1]!, line[i]!];
      const middle = [(from[0]! + to[0]!) / 2, (from[1]! + to[1]!) / 2];
      const inside = boxes.some((box) => inBox(middle, box));
      if (run.length === 0 || inside !== runInside) {
        run = [from];
        runInside = inside;
        (inside ? parts.inside : parts.outside).push(run);
      }
      run.push(to);
    }
  }
  return parts;
}

/** The common lines of units, merged for which `wanted` holds. */
type Mesh = (wanted: (a: Unit, b: Unit) => boolean) => Line[];

function meshOf(units: Feature<MultiPolygon, Unit>[]): Mesh {
  const collection: FeatureCollection<MultiPolygon, Unit> = { type: 'FeatureCollection', features: units };
  const shared = topology({ units: collection });
  const object = shared.objects['units'] as GeometryObject<Unit>;
  const unitOf = (geometry: GeometryObject): Unit => geometry.properties as Unit;
  return (wanted) =>
    mesh(shared as Topology, object, (a, b) => a !== b && wanted(unitOf(a), unitOf(b))).coordinates;
}

function countryBorders(common: Mesh): Border[] {
  const stretchPairs = new Set(disputedStretches.map(({ pair }) => pair));
  const isCountryLine = (a: Unit, b: Unit): boolean => a.country !== b.country;
  const solid = common((a, b) => {
    const pair = pairOf(a, b);
    return isCountryLine(a, b) && !disputedPairs.has(pair) && !stretchPairs.has(pair);
  });
  const disputed = common((a, b) => isCountryLine(a, b) && disputedPairs.has(pairOf(a, b)));
  for (const pair of stretchPairs) {
    const boxes = disputedStretches.filter((stretch) => stretch.pair === pair).map(({ box }) => box);
    const { inside, outside } = splitByBoxes(
      common((a, b) => pairOf(a, b) === pair),
      boxes,
    );
    disputed.push(...inside);
    solid.push(...outside);
  }
  // The line of control across the isthmus of Crimea, inside Ukraine.
  disputed.push(...common((a, b) => pairOf(a, b) === 'UKR|UKR' && isHeldCrimea(a) !== isHeldCrimea(b)));
  return [
    { level: 0, disputed: false, minZoom: 0, lines: solid },
    { level: 0, disputed: true, minZoom: 2, lines: disputed },
  ];
}

function firstOrderBorders(common: Mesh, zooms: ReadonlyMap<string, number>): Border[] {
  return meanAreaAtZoom.map(([minZoom]) => ({
    level: 1,
    disputed: false,
    minZoom,
    lines: common(
      (a, b) =>
        a.country === b.country &&
        zooms.get(a.country) === minZoom &&
        // Already drawn, as the line of control.
        isHeldCrimea(a) === isHeldCrimea(b),
    ),
  }));
}

function disputedLines(database: Database): Border {
  const lines = rows(database, 'select geom, name, adm0_left from disputed_borders order by fid')
    .filter(([, name, country]) => drawnDisputes.some((drawn) => drawn[0] === name && drawn[1] === country))
    .flatMap(([geom]) => decodeGeometry(geom as Uint8Array).flat());
  return { level: 0, disputed: true, minZoom: 3, lines };
}

/** Reads all borders from qgis-common's `world_map.gpkg`. Coasts are not borders. */
export async function readBorders(path: string): Promise<Border[]> {
  const sql = await initSqlJs();
  const database = new sql.Database(readFileSync(path));
  const units = readUnits(database);
  const common = meshOf(units);
  const borders = [
    ...countryBorders(common),
    ...firstOrderBorders(common, firstOrderZooms(units)),
    disputedLines(database),
  ];
  database.close();
  return borders;
}
