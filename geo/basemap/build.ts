/**
 * Builds `atlas.pmtiles`, the built-in offline world atlas, and `gazetteer.tsv`,
 * the places in it.
 *
 * Run: `npm run basemap`. It reads npm packages (devDependencies) and Debian
 * packages (`sources.ts` names those that are missing) and takes about two
 * minutes and 2 GB of memory. The same sources give the same bytes.
 * `npm run basemap -- --gazetteer` writes the gazetteer alone, in seconds and
 * without Debian packages.
 *
 * A style reads the archive as two sources, since tiles of zoom 7 and 8 exist
 * in the region only: one with `maxzoom: 6` for the world, and above it one
 * with `minzoom: 7`, `maxzoom: 8` and the region's `bounds`, whose `water` and
 * `land` together cover the enlarged world below.
 *
 * Tiles: zoom 0 to 6 for the world, 7 and 8 for lng 18..62, lat 43..70.
 *
 * Layers and attributes:
 * - `land`    polygons, seas cut out, lakes not.
 * - `water`   polygons: the ocean (inverse of the land) and the Caspian.
 * - `lakes`   polygons.
 * - `rivers`  lines; `rank` 1 great … 4 minor.
 * - `urban`   polygons; `core` 1 is the city of Moscow in its boundary before 2012,
 *             which follows the ring road, the others 0.
 * - `borders` lines without coasts; `level` 0 country, 1 first-order;
 *             `disputed` 0 or 1 (to be drawn dashed).
 * - `places`  points, the weightiest first; `rank` = the lowest zoom at which
 *             the place is to be shown (1..12); `name_latin`, `name_ru` (may
 *             be missing), `name_local`, `population`, `capital` 0 or 1.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Feature, LineString, MultiLineString } from 'geojson';
import { ArchiveWriter } from '../../src/cli/pmtiles-writer';
import { readBorders, type Border } from './borders';
import { readOutline } from './dcw';
import { REGION, REGION_WITH_MARGIN, REGION_ZOOM, WORLD_ZOOM } from './extent';
import { gazetteerText } from './gazetteer';
import {
  boxesMeet,
  boxOf,
  lineLengthKm,
  ringAreaKm2,
  roundCorners,
  type Box,
  type Line,
  type Ring,
} from './geometry';
import type { River } from './gshhg';
import {
  coastIn,
  lakeFeatures,
  landFeatures,
  readFineCoast,
  readLand50m,
  readOsmLakes,
  waterFeatures,
  type Coast,
  type Lake,
} from './land';
import { readMarble } from './marble';
import { placesAtZoom, readPlaces, type Place } from './places';
import { readCorrectedRivers } from './rivers';
import { debianFile, npmFiles, requireDebianPackages } from './sources';
import { cutTiles, tileRange, type LayerPart } from './tiles';

const here = dirname(fileURLToPath(import.meta.url));
const outputPath = join(here, 'atlas.pmtiles');
const gazetteerPath = join(here, 'gazetteer.tsv');
const moskvaCoursePath = join(here, 'moskva-course.json');
const overridesPath = join(here, 'name-overrides.json');

const FINE_FROM_ZOOM = 5;
/** Distance of coast points: a third of a pixel at zoom 6, and at zoom 9. */
const COARSE_DEGREES = 0.004;
const FINE_DEGREES = 0.0008;
const WORLD: Box = [-180, -85.0511, 180, 85.0511];
const MOSCOW = [37.62, 55.75] as const;
const MAX_BYTES = 14 * 1024 * 1024;

const attribution = [
  '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
  '<a href="https://www.naturalearthdata.com/">Natural Earth</a>',
  '<a href="https://www.geonames.org/">GeoNames</a> (CC BY 4.0)',
  '<a href="https://www.soest.hawaii.edu/pwessel/gshhg/">GSHHG</a> (LGPL)',
  'DCW-GMT (LGPL)',
].join(' | ');

interface Sources {
  land50m: Coast;
  fineCoast: Coast;
  osmLakes: Lake[];
  lakes50m: Ring[][];
  urban50m: Ring[][];
  /** Moscow without the land it gained in 2012. */
  moscowCore: Ring[];
  rivers50m: Line[];
  rivers: River[];
  borders: Border[];
  places: Place[];
}

async function readSources(): Promise<Sources> {
  requireDebianPackages();
  const land50m = readLand50m(npmFiles.land50m());
  return {
    land50m,
    fineCoast: await readFineCoast(
      debianFile('shores'),
      REGION_WITH_MARGIN,
      COARSE_DEGREES,
      FINE_DEGREES,
      land50m,
    ),
    osmLakes: readOsmLakes(npmFiles.osmLand()),
    lakes50m: readMarble(debianFile('lakes50m')).polygons,
    urban50m: readMarble(debianFile('urban50m')).polygons,
    moscowCore: await readOutline(debianFile('outlines'), 'RUMOW'),
    rivers50m: readMarble(debianFile('rivers50m')).lines,
    rivers: await readCorrectedRivers(debianFile('rivers'), moskvaCoursePath),
    borders: await readBorders(debianFile('admin')),
    places: readAllPlaces(),
  };
}

const polygons = (list: readonly Ring[][], properties: Record<string, number> = {}): Feature[] =>
  list.map((coordinates) => ({ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates } }));

const lineFeature = (line: Line, properties: Record<string, number>): Feature<LineString> => ({
  type: 'Feature',
  properties,
  geometry: { type: 'LineString', coordinates: line },
});

/** Rivers of a zoom: Natural Earth's few below zoom 5, then GSHHG by rank and length. */
function riverFeatures(sources: Sources, zoom: number, box: Box): Feature[] {
  if (zoom < 2) return [];
  if (zoom < FINE_FROM_ZOOM) return sources.rivers50m.map((line) => lineFeature(line, { rank: 1 }));
  const [lastRank, leastKm] = ({ 5: [2, 40], 6: [3, 20], 7: [3, 8], 8: [4, 4] } as const)[zoom] ?? [4, 4];
  return sources.rivers
    .filter(
      ({ rank, line }) => rank <= lastRank && boxesMeet(boxOf(line), box) && lineLengthKm(line) >= leastKm,
    )
    .map(({ rank, line }) => lineFeature(line, { rank }));
}

function borderFeatures(borders: readonly Border[], zoom: number): Feature<MultiLineString>[] {
  return borders
    .filter(({ minZoom }) => minZoom <= zoom)
    .map(({ level, disputed, lines }) => ({
      type: 'Feature',
      properties: { level, disputed: disputed ? 1 : 0 },
      geometry: { type: 'MultiLineString', coordinates: lines },
    }));
}

/** Least sizes in km² at a zoom, about one pixel of islands and four of lakes. */
function leastSizes(zoom: number): { island: number; lake: number; urban: number } {
  const pixelKm = 40075 / (512 * 2 ** zoom);
  return { island: 2 * pixelKm ** 2, lake: Math.max(1.5, 16 * pixelKm ** 2), urban: 8 * pixelKm ** 2 };
}

function lakesAt(sources: Sources, zoom: number): Feature[] {
  const { lake } = leastSizes(zoom);
  if (zoom < FINE_FROM_ZOOM)
    return polygons(sources.lakes50m.filter((rings) => ringAreaKm2(rings[0]!) >= lake));
  return lakeFeatures(sources.osmLakes, lake, zoom >= 7 ? 2 : 0);
}

/** Built-up areas; the source has few corners, hence they are rounded where they are seen enlarged. */
function urbanAt(sources: Sources, zoom: number): Feature[] {
  if (zoom < 4) return [];
  const { urban } = leastSizes(zoom);
  const areas = sources.urban50m.filter((rings) => ringAreaKm2(rings[0]!) >= urban);
  const rounded = areas.map((rings) => rings.map((ring) => roundCorners(ring, zoom >= WORLD_ZOOM ? 2 : 0)));
  const core = zoom > WORLD_ZOOM ? sources.moscowCore.map((ring) => [ring]) : [];
  return [...polygons(rounded, { core: 0 }), ...polygons(core, { core: 1 })];
}

/** All layers of one zoom, in drawing order. */
function layersAt(sources: Sources, zoom: number): LayerPart[] {
  const regional = zoom > WORLD_ZOOM;
  const box = regional ? REGION_WITH_MARGIN : WORLD;
  const coast = coastIn(zoom < FINE_FROM_ZOOM ? sources.land50m : sources.fineCoast, box);
  const least = leastSizes(zoom);
  const part = (layer: string, features: Feature[], options: Partial<LayerPart> = {}): LayerPart => ({
    layer,
    minZoom: zoom,
    maxZoom: zoom,
    features,
    ...options,
  });
  const lastZoom = regional ? REGION_ZOOM : WORLD_ZOOM;
  return [
    part('water', waterFeatures(coast, least.island)),
    part('land', landFeatures(coast, least.island)),
    part('urban', urbanAt(sources, zoom)),
    part('lakes', lakesAt(sources, zoom)),
    part('rivers', riverFeatures(sources, zoom, box)),
    part('borders', borderFeatures(sources.borders, zoom)),
    part('places', placesAtZoom(sources.places, zoom, lastZoom, regional ? REGION_WITH_MARGIN : undefined), {
      buffer: 0,
    }),
  ];
}

const vectorLayers = [
  { id: 'water', fields: {}, description: 'Ocean and Caspian Sea' },
  { id: 'land', fields: {}, description: 'Land without the Caspian Sea' },
  { id: 'urban', fields: { core: 'Number' }, description: 'Built-up areas', minzoom: 4 },
  { id: 'lakes', fields: {}, description: 'Lakes and reservoirs' },
  { id: 'rivers', fields: { rank: 'Number' }, description: 'Rivers and canals', minzoom: 2 },
  {
    id: 'borders',
    fields: { level: 'Number', disputed: 'Number' },
    description: 'Country and first-order borders',
  },
  {
    id: 'places',
    fields: {
      rank: 'Number',
      name_latin: 'String',
      name_ru: 'String',
      name_local: 'String',
      population: 'Number',
      capital: 'Number',
    },
    description: 'Populated places',
  },
].map((layer) => ({ minzoom: 0, maxzoom: REGION_ZOOM, ...layer }));

const readAllPlaces = (): Place[] => readPlaces(npmFiles.places(), overridesPath);

function writeGazetteer(places: readonly Place[]): void {
  const text = gazetteerText(places);
  writeFileSync(gazetteerPath, text);
  console.log(`${gazetteerPath}: ${(Buffer.byteLength(text) / 1e6).toFixed(2)} MB`);
}

async function build(): Promise<void> {
  const start = process.hrtime.bigint();
  const sources = await readSources();
  const writer = new ArchiveWriter();
  const counts: string[] = [];
  for (let zoom = 0; zoom <= REGION_ZOOM; zoom++) {
    let count = 0;
    let bytes = 0;
    const range = tileRange(zoom, zoom > WORLD_ZOOM ? REGION : undefined);
    cutTiles(layersAt(sources, zoom), range, (z, x, y, tile) => {
      writer.add(z, x, y, tile);
      count++;
      bytes += tile.length;
    });
    counts.push(`zoom ${zoom}: ${count} tiles, ${(bytes / 1e6).toFixed(2)} MB raw`);
  }
  const archive = writer.finish({
    bounds: WORLD,
    center: [...MOSCOW, REGION_ZOOM],
    minZoom: 0,
    maxZoom: REGION_ZOOM,
    metadata: {
      name: 'Atlas',
      description: 'World to zoom 6, Eastern Europe (lng 18..62, lat 43..70) to zoom 8',
      type: 'baselayer',
      version: '1',
      attribution,
      vector_layers: vectorLayers,
      // Zooms 7 and 8 exist in this box only; a style takes the rest from zoom 6.
      region: { bounds: REGION, minzoom: WORLD_ZOOM + 1, maxzoom: REGION_ZOOM },
    },
  });
  if (archive.length > MAX_BYTES)
    throw new Error(`The archive has ${archive.length} bytes, ${MAX_BYTES} are allowed.`);
  writeFileSync(outputPath, archive);
  writeGazetteer(sources.places);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(counts.join('\n'));
  console.log(`${outputPath}: ${(archive.length / 1e6).toFixed(2)} MB in ${seconds.toFixed(0)} s`);
}

if (process.argv.includes('--gazetteer')) writeGazetteer(readAllPlaces());
else await build();
