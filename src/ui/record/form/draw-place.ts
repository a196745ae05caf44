import type { Feature, Polygon } from 'geojson';
import type { Map as MapLibreMap } from 'maplibre-gl';
import { TerraDraw, TerraDrawCircleMode, TerraDrawExtend, TerraDrawPolygonMode } from 'terra-draw';
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

/**
 * Lets a circle or an area be drawn on the map.
 * @param ondraw takes what is drawn so far, to be shown
 * @param onfinish takes the outline that was drawn; a circle's begins due north of its middle
 * @returns what ends it
 */
export function drawPlace(
  map: MapLibreMap,
  shape: 'circle' | 'area',
  { ondraw, onfinish }: { ondraw: (features: Feature[]) => void; onfinish: (outline: Polygon) => void },
): () => void {
  // A finger draws a circle by pulling it: between two taps there is nothing that moves.
  const drawInteraction = matchMedia('(pointer: coarse)').matches ? 'click-drag' : 'click-move-or-drag';
  const mode =
    shape === 'circle'
      ? new TerraDrawCircleMode({ drawInteraction, projection: 'globe' })
      : new TerraDrawPolygonMode({ pointerDistance: 20 });
  const draw = new TerraDraw({ adapter: new StylelessAdapter(map, ondraw), modes: [mode] });
  draw.start();
  draw.setMode(mode.mode);
  draw.on('finish', (id) => {
    const geometry = draw.getSnapshotFeature(id)?.geometry;
    if (geometry?.type === 'Polygon') onfinish(structuredClone(geometry));
  });
  return () => {
    if (draw.enabled) draw.stop();
  };
}
