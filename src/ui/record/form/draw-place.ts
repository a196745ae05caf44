import type { Feature, Polygon } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import {
  TerraDraw,
  TerraDrawCircleMode,
  TerraDrawExtend,
  type TerraDrawMouseEvent,
  TerraDrawPolygonMode,
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';

const { TerraDrawBaseAdapter } = TerraDrawExtend;

/**
 * Terra Draw's way to the map, but for the layers: what is drawn is given away, to be part of the page's one style. Layers
 * that Terra Draw adds by itself would go with the next style that the page sets.
 */
class StylelessAdapter extends TerraDrawMapLibreGLAdapter<MapLibreMap> {
  constructor(
    map: MapLibreMap,
    private readonly ondraw: (features: Feature[]) => void,
  ) {
    super({ map });
  }

  override register(callbacks: TerraDrawExtend.TerraDrawCallbacks): void {
    TerraDrawBaseAdapter.prototype.register.call(this, callbacks);
    callbacks.onReady?.();
  }

  override unregister(): void {
    TerraDrawBaseAdapter.prototype.unregister.call(this);
  }

  override render({
    created,
    updated,
    unchanged,
  }: Parameters<TerraDrawMapLibreGLAdapter<MapLibreMap>['render']>[0]) {
    this.ondraw(
      [...created, ...updated, ...unchanged].map(({ geometry }) => ({
        type: 'Feature',
        properties: {},
        geometry: structuredClone(geometry),
      })),
    );
  }

  override clear(): void {
    this._currentModeCallbacks?.onClear();
    this.ondraw([]);
  }
}

/** A circle of two taps: a finger does not hover between them, so a tap stands for the move to it as well. */
class TappedCircleMode extends TerraDrawCircleMode {
  override onClick(event: TerraDrawMouseEvent): void {
    this.onMouseMove(event);
    super.onClick(event);
  }
}

/** So long after a tap comes its click, at most, in milliseconds. */
const CLICK_MS = 60;

/**
 * Lets a circle or an area be drawn on the map: a circle by its middle and its rim, or by a pull from the one to the
 * other; an area by its corners, then the first one again.
 * @param ondraw takes what is drawn so far, to be shown
 * @param onfinish takes the outline that was drawn; a circle's begins due north of its middle
 * @returns what ends it
 */
export function drawPlace(
  map: MapLibreMap,
  shape: 'circle' | 'area',
  { ondraw, onfinish }: { ondraw: (features: Feature[]) => void; onfinish: (outline: Polygon) => void },
): () => void {
  const mode =
    shape === 'circle'
      ? new TappedCircleMode({ drawInteraction: 'click-move-or-drag', projection: 'globe' })
      : new TerraDrawPolygonMode({ pointerDistance: 20 });
  const draw = new TerraDraw({ adapter: new StylelessAdapter(map, ondraw), modes: [mode] });
  draw.start();
  draw.setMode(mode.mode);
  draw.on('finish', (id) => {
    const geometry = draw.getSnapshotFeature(id)?.geometry;
    if (geometry?.type !== 'Polygon') return;
    const outline = structuredClone(geometry);
    // The page may change with it: the click of a tap is not to hit what comes to be under the finger.
    setTimeout(() => onfinish(outline), CLICK_MS);
  });
  return () => {
    if (draw.enabled) draw.stop();
  };
}
