import { PLACE_KIND } from '../domain/table';
import type { Publication } from '../domain/publication';
import type { PublishedTable } from '../map/facet-columns';
import type { ArchiveInfo } from './pmtiles-writer';

interface Described {
  publication: Publication;
  columns: PublishedTable;
  collection: Readonly<Record<string, unknown>>;
}

const FACETS = {
  confidence: 'String',
  system: 'String',
  status: 'String',
  origins: 'Number',
  firstDay: 'Number',
  lastDay: 'Number',
};
const SINGLE = { row: 'Number', system: 'String', confidence: 'String', status: 'String', layer: 'Number' };
const DISCS = { ...FACETS, lng: 'Number', lat: 'Number', meters: 'Number', zooms: 'Number' };

/** The layers of each archive, and the fields of each layer, as TileJSON has them. */
const LAYERS = {
  drawn: {
    marks: { ...SINGLE, count: 'Number', high: 'Number', moderate: 'Number', low: 'Number' },
    discs: SINGLE,
    sightings: { ...FACETS, meters: 'Number', zooms: 'Number' },
    uncertainties: DISCS,
  },
  counts: {
    counts: {
      combination: 'Number',
      day: 'Number',
      month: 'Number',
      year: 'Number',
      none: 'Number',
      last: 'Number',
      count: 'Number',
    },
    uncertainties: DISCS,
  },
} as const;

/** Text as it can stand in HTML, which is what an attribution is. */
function asHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}

function boundsOf({ columns: { lng, lat, placeKind } }: PublishedTable): ArchiveInfo['bounds'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let row = 0; row < placeKind.length; row++) {
    if (placeKind[row] === PLACE_KIND.none) continue;
    const [ownLng, ownLat] = [lng[row] ?? 0, lat[row] ?? 0];
    [west, east] = [Math.min(west, ownLng), Math.max(east, ownLng)];
    [south, north] = [Math.min(south, ownLat), Math.max(north, ownLat)];
  }
  return west > east ? [-180, -85, 180, 85] : [west, south, east, north];
}

/** What the header and metadata of an archive of a publication say. */
export function archiveInfo(
  { publication, columns, collection }: Described,
  archive: keyof typeof LAYERS,
  maxZoom: number,
  more: Record<string, unknown> = {},
): ArchiveInfo {
  const bounds = boundsOf(columns);
  const [west, south, east, north] = bounds;
  const { title } = publication;
  const given = [collection['attribution'], collection['license']].find((text) => typeof text === 'string');
  return {
    bounds,
    center: [(west + east) / 2, (south + north) / 2, 0],
    minZoom: 0,
    maxZoom,
    metadata: {
      name: title,
      attribution: asHtml(typeof given === 'string' && given !== '' ? `${title}, ${given}` : title),
      vector_layers: Object.entries(LAYERS[archive]).map(([id, fields]) => ({ id, fields })),
      publication,
      ...more,
    },
  };
}
