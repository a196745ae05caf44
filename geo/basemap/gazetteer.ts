/**
 * Writes `gazetteer.tsv`: the places that the atlas shows, as a table that can
 * be searched without reading the tiles.
 */
import { REGION, REGION_WITH_MARGIN, REGION_ZOOM, WORLD_ZOOM } from './extent';
import { shownAtZoom, type Place } from './places';
import { tileRange } from './tiles';

const COLUMNS = ['name_latin', 'name_ru', 'name_local', 'lng', 'lat', 'population', 'country'] as const;

/** Decimals of a degree: 11 m, finer than the middle of any place is known. */
const DECIMALS = 4;

/** Whether a place lies in a tile of the region, which is where the tiles end, not the region. */
function isInRegionTiles({ lng, lat }: Place): boolean {
  const { minX, maxX, minY, maxY } = tileRange(REGION_ZOOM, REGION);
  const { minX: x, minY: y } = tileRange(REGION_ZOOM, [lng, lat, lng, lat]);
  return x >= minX && x <= maxX && y >= minY && y <= maxY;
}

/** The places that stand in any tile of the atlas, in the order given. */
export function placesOfAtlas(places: readonly Place[]): Place[] {
  const shown = new Set(shownAtZoom(places, WORLD_ZOOM, WORLD_ZOOM));
  for (const place of shownAtZoom(places, REGION_ZOOM, REGION_ZOOM, REGION_WITH_MARGIN)) {
    if (isInRegionTiles(place)) shown.add(place);
  }
  return places.filter((place) => shown.has(place));
}

function lineOf({ names: { latin, russian, local }, lng, lat, population, country }: Place): string {
  const cells: Record<(typeof COLUMNS)[number], string | number> = {
    name_latin: latin,
    name_ru: russian ?? '',
    name_local: local === latin || local === russian ? '' : local,
    lng: Number(lng.toFixed(DECIMALS)),
    lat: Number(lat.toFixed(DECIMALS)),
    population,
    country,
  };
  return COLUMNS.map((column) => cells[column]).join('\t');
}

/**
 * The text of the gazetteer: a line of column names, then a line for each place of the atlas, the most populous
 * first, of equals in the order given.
 * @param places all that `readPlaces` gives, ranked
 */
export function gazetteerText(places: readonly Place[]): string {
  const sorted = placesOfAtlas(places).sort((a, b) => b.population - a.population);
  return [COLUMNS.join('\t'), ...sorted.map(lineOf), ''].join('\n');
}
