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
import { holdPictures } from './held-pictures';
import { IMAGE_PIXEL_RATIO, paintSymbol } from './map-image';

setWorkerUrl(workerUrl);
prewarm(); // its workers start while the page is made and the data is on its way

/** The page, as far as the map needs it: whether it is in a frame of another, and where it is said why there is no map. */
interface Page {
  readonly isEmbedded: boolean;
  mapFailure: string;
}

/** MapLibre tells the console of a worker that is not there, or nobody: it is asked for when nothing is drawn by then, in ms. */
const PATIENCE_MS = 10_000;

/** Says so when the worker that MapLibre draws with cannot be loaded. */
function watchWorker(map: MapLibreMap, page: Page): void {
  const late = setTimeout(() => {
    const say = (why: string) => {
      page.mapFailure = `A part of it cannot be loaded: ${why}. Reload the page to try again.`;
    };
    fetch(workerUrl).then(
      ({ ok, status }) => ok || say(`the server answers ${status}`),
      (reason: unknown) => say(String(reason)),
    );
  }, PATIENCE_MS);
  const leave = () => clearTimeout(late);
  map.once('load', leave).once('remove', leave);
}

/**
 * Has MapLibre leave out the sky, which it draws over the whole screen in each picture, transparent or not: this map is
 * never tilted, and has none. (`Painter.render` of 6.17.)
 */
function withoutSky({ painter }: MapLibreMap): void {
  painter.drawFunctions = { ...painter.drawFunctions, sky: () => undefined };
}

function withWebGl(make: () => MapLibreMap): MapLibreMap {
  try {
    return make();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`It needs WebGL 2, which this browser does not have or has switched off: ${why}`, {
      cause: error,
    });
  }
}

/** Makes the map, with its controls and symbols. Throws where there is no WebGL 2. */
export function createMap(
  container: HTMLElement,
  style: StyleSpecification,
  camera: ReturnType<typeof firstCamera>,
  page: Page,
): MapLibreMap {
  const map = withWebGl(
    () =>
      new MapLibreMap({
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
        cooperativeGestures: page.isEmbedded, // one finger moves the page around the frame
        locale: { 'Map.Title': 'Map of sightings' },
      }),
  );
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  withoutSky(map);
  map.on('webglcontextrestored', () => withoutSky(map)); // with a painter of its own
  map.once('style.load', () => void map.once('render', () => holdPictures(map))); // which asks for its tiles
  watchWorker(map, page);
  map.setMissingStyleImageResolver((id) => {
    const drawing = drawingOfImage(id, [LIGHT, DARK]);
    if (drawing) map.addImage(id, paintSymbol(drawing), { pixelRatio: IMAGE_PIXEL_RATIO });
  });
  return map;
}
