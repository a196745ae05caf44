import type { SymbolDrawing } from '../../map/symbols';

/** Images are drawn this many times finer than CSS pixels, enough for dense screens. */
export const IMAGE_PIXEL_RATIO = 3;

/** A canvas to draw on. Throws where the browser has none of that size. */
export function canvasOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser has no 2D canvas, so the marks cannot be drawn.');
  return context;
}

/** Draws a symbol with its left top corner at the origin. The same paths are an SVG on the page, see Symbol.svelte. */
export function drawSymbol(
  context: CanvasRenderingContext2D,
  { viewBox, parts }: SymbolDrawing,
  sidePixels: number,
): void {
  context.save();
  context.scale(sidePixels / viewBox, sidePixels / viewBox);
  for (const { path, fill, stroke, strokeWidth } of parts) {
    const outline = new Path2D(path);
    context.lineJoin = 'round';
    if (strokeWidth > 0) {
      context.strokeStyle = stroke;
      context.lineWidth = strokeWidth;
      context.stroke(outline);
    }
    if (fill !== 'none') {
      context.fillStyle = fill;
      context.fill(outline);
    }
    // The stroke goes over the fill, as in an SVG.
    if (strokeWidth > 0) context.stroke(outline);
  }
  context.restore();
}

/** Paints a symbol for the map. */
export function paintSymbol(drawing: SymbolDrawing): ImageData {
  const pixels = drawing.size * IMAGE_PIXEL_RATIO;
  const context = canvasOf(pixels, pixels);
  drawSymbol(context, drawing, pixels);
  return context.getImageData(0, 0, pixels, pixels);
}
