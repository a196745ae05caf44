import type { SymbolDrawing } from '../map/symbols';

/** Images are drawn this many times finer than CSS pixels, enough for dense screens. */
export const IMAGE_PIXEL_RATIO = 3;

/** Paints a symbol for the map. The same paths are an SVG on the page, see Symbol.svelte. */
export function paintSymbol({ viewBox, size, parts }: SymbolDrawing): ImageData {
  const pixels = size * IMAGE_PIXEL_RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = pixels;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser has no 2D canvas, so the marks cannot be drawn.');
  context.scale(pixels / viewBox, pixels / viewBox);
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
  return context.getImageData(0, 0, pixels, pixels);
}
