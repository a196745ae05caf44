import { AJAXError, addProtocol, removeProtocol } from 'maplibre-gl';
import type { TileArchive } from '../../io/tile-archive';

const SCHEME = 'archive';
const archives = new Map<string, Promise<TileArchive>>();

/**
 * Address of an archive's TileJSON, for a source of a style. From then on its tiles are served; those of one that is
 * still being opened as soon as it is open.
 */
export function archiveUrl(key: string, archive: Promise<TileArchive>): string {
  archives.set(key, archive);
  return `${SCHEME}://${encodeURIComponent(key)}`;
}

/** Serves MapLibre's requests for the tiles of archives. Returns a function that stops it. */
export function serveArchives(): () => void {
  addProtocol(SCHEME, async ({ url, type }, { signal }) => {
    const [encodedKey = '', z, x, y] = url.slice(`${SCHEME}://`.length).split('/');
    const archive = await archives.get(decodeURIComponent(encodedKey));
    if (!archive) throw new Error(`No archive "${decodeURIComponent(encodedKey)}" was opened.`);
    if (type === 'json') return { data: tileJson(archive, url) };
    const data = await archive.tile(Number(z), Number(x), Number(y), signal);
    if (data === undefined) throw new AJAXError(404, 'The archive has no tile here', url, new Blob());
    return { data };
  });
  return () => removeProtocol(SCHEME);
}

function tileJson({ header, layers }: TileArchive, url: string): object {
  return {
    tilejson: '3.0.0',
    tiles: [`${url}/{z}/{x}/{y}`],
    minzoom: header.minZoom,
    maxzoom: header.maxZoom,
    bounds: [header.minLon, header.minLat, header.maxLon, header.maxLat],
    vector_layers: layers.map((id) => ({ id, fields: {} })),
    sparse: true, // where the deepest tiles are left out, those above them are shown
  };
}
