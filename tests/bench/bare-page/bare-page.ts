import type { FeatureCollection } from 'geojson';
import 'maplibre-gl/dist/maplibre-gl.css';
import {
  GeoJSONSource,
  Map as MapLibreMap,
  type StyleSpecification,
  addProtocol,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';
import { SINGLE_ZOOM } from '../../../src/map/tile-scheme';
import { drawingOfImage } from '../../../src/map/symbols';
import { LIGHT } from '../../../src/map/theme';
import { LABEL_FONTS } from '../../../src/ui/stage/label-fonts';
import { IMAGE_PIXEL_RATIO, paintSymbol } from '../../../src/ui/stage/map-image';
import './bare-page.css';

/** Layers of the base map and of the sightings, made when the page is built. */
declare const BARE_LAYERS: StyleSpecification['layers'];

/** Address of the sightings, bounds to show, and where the map is on the page: `?data=&bounds=&map=&cluster`. */
const params = new URLSearchParams(location.search);
const numbersOf = (key: string) => (params.get(key) ?? '').split(',').map(Number);
const [west = NaN, south = NaN, east = NaN, north = NaN] = numbersOf('bounds');
const [left, top, width, height] = numbersOf('map');
const data = params.get('data') ?? '';
const atlas = new URL('../app/basemap/atlas.pmtiles', document.baseURI).href;

const main = document.querySelector('main');
const container = document.querySelector<HTMLElement>('.map');
const box = document.querySelector('input');
if (!main || !container || !box) throw new Error('The page lacks its parts.');
Object.assign(container.style, {
  left: `${left}px`,
  top: `${top}px`,
  width: `${width}px`,
  height: `${height}px`,
});

setWorkerUrl(workerUrl);
addProtocol('pmtiles', new Protocol().tile);

const map = new MapLibreMap({
  container,
  style: {
    version: 8,
    'font-faces': LABEL_FONTS,
    sources: {
      'base/atlas': { type: 'vector', url: `pmtiles://${atlas}` },
      sightings: params.has('cluster')
        ? { type: 'geojson', data, cluster: true, clusterRadius: 40, clusterMaxZoom: SINGLE_ZOOM - 1 }
        : { type: 'geojson', data },
    },
    layers: BARE_LAYERS,
  },
  bounds: [west, south, east, north],
  fitBoundsOptions: { padding: 56, maxZoom: 13 },
  attributionControl: false,
});
map.setMissingStyleImageResolver((id) => {
  const drawing = drawingOfImage(id, [LIGHT]);
  if (drawing) map.addImage(id, paintSymbol(drawing), { pixelRatio: IMAGE_PIXEL_RATIO });
});

const say = (element: Element, isBusy: boolean) => element.setAttribute('aria-busy', String(isBusy));
map.on('dataloading', () => say(container, true));
map.on('idle', () => say(container, false));
map.on('sourcedata', ({ sourceId }) => {
  if (sourceId === 'sightings' && map.isSourceLoaded('sightings')) say(main, false);
});
map.on('error', ({ error, ...about }) => {
  // A page that has a fault is not to be measured. MapLibre's own errors may have no words.
  const { sourceId, tile } = about as { sourceId?: string; tile?: { tileID?: { key?: string } } };
  const of = [sourceId && `source ${sourceId}`, tile && `tile ${tile.tileID?.key}`]
    .filter(Boolean)
    .join(', ');
  throw new Error(`MapLibre: ${error.message || 'an error without a message'}${of && ` (${of})`}`, {
    cause: error,
  });
});

let all: FeatureCollection | undefined;
/** Clusters cannot be filtered by a layer: the source gets the data that is left, as MapLibre's examples do. */
box.addEventListener('change', () => {
  const source = map.getSource('sightings');
  if (!(source instanceof GeoJSONSource)) return;
  void (async () => {
    all ??= (await source.getData()) as FeatureCollection;
    const features = box.checked
      ? all.features.filter(({ properties }) => properties?.['confidence'] === 'high')
      : all.features;
    void source.setData({ type: 'FeatureCollection', features });
  })();
});
