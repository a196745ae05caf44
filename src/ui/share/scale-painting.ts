import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Units } from '../../domain/units';
import { scaleBar } from '../../map/scale-bar';
import type { Theme } from '../../map/theme';

/** Longest scale bar, in CSS pixels. */
const MAX_PIXELS = 120;

/**
 * Paints the scale of a map into its lower right corner, legible on any map.
 * @param context in CSS pixels of the map, its origin at the map's left top corner
 */
export function paintScale(
  context: CanvasRenderingContext2D,
  map: MapLibreMap,
  { ink, paper }: Theme,
  units: Units,
): void {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const room = Math.min(MAX_PIXELS, width / 3);
  const { pixels, label } = scaleBar(map.getCenter().lat, map.getZoom(), room, units);
  const [x, y] = [width - 16, height - 14];
  const bar = new Path2D(`M${x - pixels} ${y - 6}V${y}H${x}V${y - 6}`);
  context.save();
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.strokeStyle = paper;
  context.lineWidth = 5;
  context.stroke(bar);
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.stroke(bar);
  context.font = "400 13px 'Noto Sans'";
  context.textAlign = 'center';
  context.strokeStyle = paper;
  context.lineWidth = 4;
  context.strokeText(label, x - pixels / 2, y - 6);
  context.fillStyle = ink;
  context.fillText(label, x - pixels / 2, y - 6);
  context.restore();
}
