import {
  Map as MapLibreMap,
  NavigationControl,
  type StyleSpecification,
  prewarm,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { drawingOfImage } from '../../map/symbols';
import { DARK, LIGHT } from '../../map/theme';
import { byOtherHosts } from '../outside/other-hosts';
import { MAX_ZOOM, type firstCamera } from './camera';
import { IMAGE_PIXEL_RATIO, paintSymbol } from './map-image';

setWorkerUrl(workerUrl);
prewarm(); // its workers start while the page is made and the data is on its way

/** Makes the map, with its controls and symbols. Throws where there is no WebGL 2. */
export function createMap(
  container: HTMLElement,
  style: StyleSpecification,
  camera: ReturnType<typeof firstCamera>,
  isEmbedded: boolean,
): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style,
    ...camera,
    maxZoom: MAX_ZOOM,
    transformRequest: byOtherHosts,
    attributionControl: false, // ours is on the page: see Attribution.svelte
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0, // a change is there at once, and the map is done sooner
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
