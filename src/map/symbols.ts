import { CONFIDENCE, type Confidence, MARK_SHAPES, type MarkShape, type System } from '../domain/sighting';
import type { RingColor } from '../domain/work';
import { SIZE, type Theme } from './theme';

/** One filled and stroked outline of a symbol. */
interface SymbolPart {
  /** SVG path data in the symbol's view box */
  path: string;
  fill: string;
  stroke: string;
  strokeWidth: number;
}

/** A symbol as paths, which the map draws on a canvas and the page in an SVG. */
export interface SymbolDrawing {
  /** side of the square view box; its middle is the place */
  viewBox: number;
  /** side on the screen, in CSS pixels */
  size: number;
  parts: SymbolPart[];
}

const VIEW_BOX = 24;
const MIDDLE = VIEW_BOX / 2;

/** A regular polygon around the middle, first corner `turn` degrees clockwise from the top. */
function regularPolygon(corners: number, radius: number, turn = 0): string {
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = ((turn + (360 * i) / corners - 90) * Math.PI) / 180;
    return `${(MIDDLE + radius * Math.cos(angle)).toFixed(2)} ${(MIDDLE + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join('L')}Z`;
}

function circle(radius: number): string {
  const arc = `a${radius} ${radius} 0 1 0`;
  return `M${MIDDLE - radius} ${MIDDLE}${arc}${radius * 2} 0${arc}${-radius * 2} 0Z`;
}

/** Outlines of equal weight to the eye, at a share of their full size. */
const OUTLINE: Readonly<Record<MarkShape, (share: number) => string>> = {
  circle: (share) => circle(7 * share),
  diamond: (share) => regularPolygon(4, 9 * share),
  square: (share) => regularPolygon(4, 9 * share, 45),
  triangle: (share) => regularPolygon(3, 9.5 * share),
  hexagon: (share) => regularPolygon(6, 8 * share),
};

/** The shape of a report that names no system. */
export const NO_SYSTEM_SHAPE: MarkShape = 'hexagon';

/** The shape of a system that systems.json does not have. */
export const UNKNOWN_SYSTEM_SHAPE: MarkShape = 'square';

/** The shape that tells a system; `undefined` for a report that names none. */
export function shapeOf(systems: readonly System[], systemId: string | undefined): MarkShape {
  if (systemId === undefined) return NO_SYSTEM_SHAPE;
  return systems.find(({ id }) => id === systemId)?.markShape ?? UNKNOWN_SYSTEM_SHAPE;
}

/**
 * The mark of a sighting: its shape tells the system; how full it is tells the confidence, without colour
 * too: solid for high, a core in a ring for moderate, hollow for low.
 */
export function markDrawing(theme: Theme, shape: MarkShape, confidence: Confidence): SymbolDrawing {
  const outline = OUTLINE[shape];
  const color = theme.confidence[confidence];
  const casing = { path: outline(1), fill: theme.paper, stroke: theme.paper, strokeWidth: 5 };
  const ring = {
    path: outline(1),
    fill: confidence === 'high' ? color : theme.paper,
    stroke: color,
    strokeWidth: 2,
  };
  const core = { path: outline(0.5), fill: color, stroke: 'none', strokeWidth: 0 };
  const parts = confidence === 'moderate' ? [casing, ring, core] : [casing, ring];
  return { viewBox: VIEW_BOX, size: SIZE.mark, parts };
}

/** The shape of a system's marks by itself, in no confidence's colour. */
export function systemDrawing(theme: Theme, shape: MarkShape): SymbolDrawing {
  const colorless = { ...theme, confidence: { high: theme.ink, moderate: theme.ink, low: theme.ink } };
  return markDrawing(colorless, shape, 'low');
}

/** The mark of a reference point: a small cross, unlike any sighting. */
export function referencePointDrawing(theme: Theme): SymbolDrawing {
  const cross = `M${MIDDLE} 3V21M3 ${MIDDLE}H21`;
  return {
    viewBox: VIEW_BOX,
    size: SIZE.referencePoint,
    parts: [
      { path: cross, fill: 'none', stroke: theme.paper, strokeWidth: 8 },
      { path: cross, fill: 'none', stroke: theme.ink, strokeWidth: 3.5 },
    ],
  };
}

/** The ring around the marks of a data set, around a mark of no meaning. */
export function dataSetDrawing(theme: Theme, ring: RingColor): SymbolDrawing {
  const outer = { path: circle(10.5), fill: 'none', stroke: theme.rings[ring], strokeWidth: 2.5 };
  const inner = { path: circle(5.5), fill: theme.paper, stroke: theme.ink, strokeWidth: 1.5 };
  return { viewBox: VIEW_BOX, size: SIZE.mark, parts: [outer, inner] };
}

/** The mark of a reference point that the reader added: the same cross, but hollow. */
export function ownPointDrawing(theme: Theme): SymbolDrawing {
  const outline = 'M9 3H15V9H21V15H15V21H9V15H3V9H9Z';
  return {
    viewBox: VIEW_BOX,
    size: SIZE.ownPoint,
    parts: [
      { path: outline, fill: 'none', stroke: theme.paper, strokeWidth: 6 },
      { path: outline, fill: theme.paper, stroke: theme.ink, strokeWidth: 2.4 },
    ],
  };
}

/** The dot of a place on the base map; a capital's has a ring. */
function placeDrawing(theme: Theme, kind: string | undefined): SymbolDrawing {
  const disc = (radius: number, fill: string) => ({
    path: circle(radius),
    fill,
    stroke: 'none',
    strokeWidth: 0,
  });
  const ring = [disc(10, theme.place), disc(7.5, theme.placeHalo), disc(4, theme.place)];
  const dot = [disc(8, theme.placeHalo), disc(5.5, theme.place)];
  return { viewBox: VIEW_BOX, size: 9, parts: kind === 'capital' ? ring : dot };
}

const PLACE_IMAGE = 'place';
const REFERENCE_POINT_IMAGE = 'reference-point';
const OWN_POINT_IMAGE = 'own-point';

/** Name of the map image of a place on the base map. */
export function placeImage(theme: Theme, isCapital: boolean): string {
  return `${theme.id}/${PLACE_IMAGE}/${isCapital ? 'capital' : 'town'}`;
}

/** Name of the map image of a mark: `THEME/mark/SHAPE/CONFIDENCE`. */
export function markImage(theme: Theme, shape: MarkShape, confidence: Confidence): string {
  return `${theme.id}/mark/${shape}/${confidence}`;
}

/** Name of the map image of a reference point. */
export function referencePointImage(theme: Theme): string {
  return `${theme.id}/${REFERENCE_POINT_IMAGE}`;
}

/** Name of the map image of a reference point that the reader added. */
export function ownPointImage(theme: Theme): string {
  return `${theme.id}/${OWN_POINT_IMAGE}`;
}

/** The drawing behind the name of a map image, or `undefined` for a name that is none of ours. */
export function drawingOfImage(image: string, themes: readonly Theme[]): SymbolDrawing | undefined {
  const [themeId, kind, shape, confidence, ...rest] = image.split('/');
  const theme = themes.find(({ id }) => id === themeId);
  if (theme === undefined || rest.length > 0) return undefined;
  if (kind === REFERENCE_POINT_IMAGE) return referencePointDrawing(theme);
  if (kind === OWN_POINT_IMAGE) return ownPointDrawing(theme);
  if (kind === PLACE_IMAGE) return placeDrawing(theme, shape);
  const knownShape = MARK_SHAPES.find((known) => known === shape);
  if (kind !== 'mark' || knownShape === undefined || confidence === undefined) return undefined;
  if (!Object.hasOwn(CONFIDENCE, confidence)) return undefined;
  return markDrawing(theme, knownShape, confidence as Confidence);
}
