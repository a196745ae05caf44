import transliterate from '@sindresorhus/transliterate';
import { formatEventDate } from '../../domain/dates';
import type { Theme } from '../../map/theme';
import type { AppState } from '../app-state.svelte';
import { type ImageLayout, SYMBOL_PIXELS, TEXT_STYLE, type TextStyle, layOutImage } from './image-layout';
import { shownDataSets } from '../stage/map-state';
import { type LegendPainting, legendPaintings } from './legend-painting';
import { canvasOf } from '../stage/map-image';
import { drawMapAgain } from './map-snapshot';
import { fileName } from './save-file';
import { paintScale } from './scale-painting';
import { shownText } from '../wording';
import { countOnMapText, daysText, filterTexts, isoToday, measuredTexts } from './what-is-shown';

/** An image that is ready to be saved. */
export interface ExportedImage {
  blob: Blob;
  fileName: string;
  /** in pixels */
  width: number;
  height: number;
}

/**
 * Makes a PNG of the map as it is on the page, with title, legend, scale, credits and date.
 * @param scale pixels to a CSS pixel
 * @throws Error with the reason and the remedy in words
 */
export async function exportImage(app: AppState, scale: number): Promise<ExportedImage> {
  const { map, theme } = app;
  if (!map) throw new Error('There is no map on the page to make an image of.');
  const fonts = Object.values(TEXT_STYLE).map(({ font }) => font);
  await Promise.all([...fonts, "600 11px 'Noto Sans'"].map((font) => document.fonts.load(font, app.title)));

  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const legend = legendPaintings(theme, app.systems, app.places.own.length > 0, shownDataSets(app));
  const layout = layOutImage(textsOf(app, legend), { width, height }, measureText);
  const size = { width: Math.round(layout.width * scale), height: Math.round(layout.height * scale) };

  const again = await drawMapAgain(map, scale);
  try {
    const context = canvasOf(size.width, size.height);
    context.scale(scale, scale);
    paintPage(context, layout, theme, legend);
    context.drawImage(again.canvas, 0, layout.mapTop, width, height);
    context.fillStyle = theme.rule;
    context.fillRect(0, layout.mapTop - 1, width, 1);
    context.fillRect(0, layout.mapTop + height, width, 1);
    context.translate(0, layout.mapTop);
    paintScale(context, map, theme, app.measure.units);
    const blob = await new Promise<Blob | null>((resolve) => context.canvas.toBlob(resolve, 'image/png'));
    if (!blob) {
      const pixelsText = `${size.width} × ${size.height}`;
      throw new Error(`This browser makes no image of ${pixelsText} pixels. Choose a smaller size.`);
    }
    return { blob, fileName: fileName(transliterate(app.title), `-${isoToday()}.png`), ...size };
  } finally {
    again.remove();
  }
}

function textsOf(app: AppState, legend: readonly (readonly LegendPainting[])[]) {
  const isOnWeb = /^https?:$/.test(location.protocol);
  const { selected } = app;
  return {
    title: app.title,
    notes: [
      [countOnMapText(app), daysText(app), ...filterTexts(app)].filter((text) => text !== '').join(' · '),
      ...(selected ? [`Selected: ${shownText(selected.properties.title)}`] : []),
      ...measuredTexts(app),
    ],
    legend: legend.map((row) => row.map(({ label }) => label)),
    footer: [
      [...app.basemap.credits.map(({ text }) => text), 'MapLibre'].join(' · '),
      `Made ${formatEventDate(isoToday())}${isOnWeb ? ` at ${location.host}` : ''}`,
    ],
  };
}

function measureText(text: string, style: TextStyle): number {
  measuring ??= canvasOf(1, 1);
  measuring.font = TEXT_STYLE[style].font;
  return measuring.measureText(text).width;
}
let measuring: CanvasRenderingContext2D | undefined;

function paintPage(
  context: CanvasRenderingContext2D,
  { width, height, texts, symbols }: ImageLayout,
  theme: Theme,
  legend: readonly (readonly LegendPainting[])[],
): void {
  context.fillStyle = theme.panel;
  context.fillRect(0, 0, width, height);
  for (const { text, x, y, style } of texts) {
    context.font = TEXT_STYLE[style].font;
    context.fillStyle = style === 'footer' || style === 'note' ? theme.textQuiet : theme.text;
    context.fillText(text, x, y);
  }
  for (const { row, index, x, y } of symbols) {
    context.save();
    context.translate(x, y);
    legend[row]?.[index]?.draw(context, SYMBOL_PIXELS);
    context.restore();
  }
}
