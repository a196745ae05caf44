import { Map as MapLibreMap, NavigationControl, type StyleSpecification, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { View } from '../../io/address-params';
import { drawingOfImage } from '../../map/symbols';
import { DARK, LIGHT } from '../../map/theme';
import { MAX_ZOOM } from './camera';
import { IMAGE_PIXEL_RATIO, paintSymbol } from './map-image';

setWorkerUrl(workerUrl);

/** Where the map looks while there is nothing to look at. */
export const NOWHERE: View = { lng: 37.6, lat: 55.75, zoom: 8 };

/** Makes the map, with its controls and symbols. Throws where there is no WebGL 2. */
export function createMap(
  container: HTMLElement,
  style: StyleSpecification,
  { lng, lat, zoom }: View = NOWHERE,
  isEmbedded = false,
): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style,
    center: [lng, lat],
    zoom,
    maxZoom: MAX_ZOOM,
    attributionControl: false, // ours is on the page: see Attribution.svelte
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: isEmbedded, // one finger moves the page around the frame
    locale: { 'Map.Title': 'Map of sightings' },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.setMissingStyleImageResolver((id) => {
    const drawing = drawingOfImage(id, [LIGHT, DARK]);
    if (drawing) map.addImage(id, paintSymbol(drawing), { pixelRatio: IMAGE_PIXEL_RATIO });
  });
  return map;
}
