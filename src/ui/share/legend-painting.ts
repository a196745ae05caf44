import type { System } from '../../domain/sighting';
import { type DataSetMark, LEGEND_LABEL, type LegendEntry, legend } from '../../map/legend';
import type { Theme } from '../../map/theme';
import { drawSymbol } from '../stage/map-image';

/** A line of a painted legend. `draw` has its left top corner at the origin, and is `sidePixels` square. */
export interface LegendPainting {
  label: string;
  draw: (context: CanvasRenderingContext2D, sidePixels: number) => void;
}

function drawDisc({ confidence }: Theme): LegendPainting['draw'] {
  return (context, side) => {
    const unit = side / 20;
    context.beginPath();
    context.arc(side / 2, side / 2, 8.5 * unit, 0, 2 * Math.PI);
    context.globalAlpha = 0.15;
    context.fillStyle = confidence.moderate;
    context.fill();
    context.globalAlpha = 1;
    context.setLineDash([4 * unit, 2 * unit]);
    context.lineWidth = 1.25 * unit;
    context.strokeStyle = confidence.moderate;
    context.stroke();
  };
}

function drawGroup({ ink, paper }: Theme): LegendPainting['draw'] {
  return (context, side) => {
    context.beginPath();
    context.arc(side / 2, side / 2, (8.5 * side) / 20, 0, 2 * Math.PI);
    context.fillStyle = ink;
    context.fill();
    context.fillStyle = paper;
    context.font = `600 ${(11 * side) / 20}px 'Noto Sans'`;
    context.textAlign = 'center';
    context.fillText('3', side / 2, 0.7 * side);
  };
}

function drawDisputedBorder({ disputedBorder }: Theme): LegendPainting['draw'] {
  return (context, side) => {
    const unit = side / 20;
    context.beginPath();
    context.moveTo(0, side / 2);
    context.lineTo(side, side / 2);
    context.setLineDash([5 * unit, 3 * unit]);
    context.lineWidth = 1.75 * unit;
    context.strokeStyle = disputedBorder;
    context.stroke();
  };
}

/** The legend as Legend.svelte has it, for a canvas: one list a row. */
export function legendPaintings(
  theme: Theme,
  systems: readonly System[],
  hasOwnPoints = false,
  dataSets: readonly DataSetMark[] = [],
): LegendPainting[][] {
  const entries = legend(theme, systems, hasOwnPoints, dataSets);
  const painting = ({ label, drawing }: LegendEntry): LegendPainting => ({
    label,
    draw: (context, side) => drawSymbol(context, drawing, side),
  });
  return [
    entries.confidence.map(painting),
    entries.systems.map(painting),
    ...(entries.dataSets.length > 0 ? [entries.dataSets.map(painting)] : []),
    [
      { label: LEGEND_LABEL.disc, draw: drawDisc(theme) },
      { label: LEGEND_LABEL.group, draw: drawGroup(theme) },
      ...entries.referencePoints.map(painting),
      { label: LEGEND_LABEL.disputedBorder, draw: drawDisputedBorder(theme) },
    ],
  ];
}
