import { Map as MapLibreMap } from 'maplibre-gl';
import { drawingOfImage } from '../../map/symbols';
import { DARK, LIGHT } from '../../map/theme';
import { IMAGE_PIXEL_RATIO, paintSymbol } from '../stage/map-image';

/** The greatest canvas that is asked for, in pixels; what the graphics card gives may be less. */
const MAX_CANVAS = 16_384;

/** A map that is not drawn by then never will be, in milliseconds. */
const TIMEOUT_MS = 120_000;

/**
 * Draws what a map shows once more, at another resolution, out of sight. The map itself is left alone: a change of
 * its pixel ratio would stop its movements, and a moment later its canvas would be empty.
 * @param scale pixels of the picture to a CSS pixel
 * @returns the canvas, to be used before the promise is awaited elsewhere, and a function that lets go of it
 */
export async function drawMapAgain(
  map: MapLibreMap,
  scale: number,
): Promise<{ canvas: HTMLCanvasElement; remove: () => void }> {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const container = document.createElement('div');
  Object.assign(container.style, {
    position: 'fixed',
    left: '0',
    top: '0',
    width: `${width}px`,
    height: `${height}px`,
    visibility: 'hidden',
    pointerEvents: 'none',
  });
  document.body.append(container);
  let copy: MapLibreMap | undefined;
  const remove = () => {
    copy?.remove();
    container.remove();
  };
  try {
    copy = new MapLibreMap({
      container,
      style: map.getStyle(),
      center: map.getCenter(),
      zoom: map.getZoom(),
      bearing: map.getBearing(),
      pitch: map.getPitch(),
      maxZoom: map.getMaxZoom(),
      pixelRatio: scale,
      maxCanvasSize: [MAX_CANVAS, MAX_CANVAS],
      canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
      interactive: false,
      attributionControl: false,
      fadeDuration: 0,
      trackResize: false,
    });
    const drawn = copy;
    drawn.setMissingStyleImageResolver((id) => {
      const drawing = drawingOfImage(id, [LIGHT, DARK]);
      if (drawing) drawn.addImage(id, paintSymbol(drawing), { pixelRatio: IMAGE_PIXEL_RATIO });
    });
    const canvas = drawn.getCanvas();
    if (canvas.width < Math.floor(width * scale) || canvas.height < Math.floor(height * scale)) {
      const largest = `${canvas.width} × ${canvas.height}`;
      throw new Error(`The graphics card draws no more than ${largest} pixels. Choose a smaller size.`);
    }
    await untilDrawn(drawn);
    return { canvas, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function untilDrawn(map: MapLibreMap): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('The map took too long to draw. Choose a smaller size, or try again.')),
      TIMEOUT_MS,
    );
    const settle = (then: () => void) => {
      clearTimeout(timer);
      then();
    };
    // What cannot be loaded is missing in the map on the page too, which says so; the rest is drawn all the same.
    map.on('error', () => undefined);
    map.once('webglcontextlost', () =>
      settle(() => reject(new Error('The graphics card has no room for it. Choose a smaller size.'))),
    );
    map.once('idle', () => settle(resolve));
  });
}
