import { hasDirection } from './distance';
import { type DistanceRecord, distanceRecords, wholeDegrees } from './distance-export';
import type { DistanceList } from './distance-list';
import { compassPoint, formatDistance, noDirectionText } from './distance-text';
import { EARTH_MODELS, type EarthModel } from './geodesic';
import { NEARNESS_LABEL } from './nearness';

/** The columns, and on which side their texts stand. Longer texts are cut to `most` characters. */
const COLUMNS = [
  { title: 'Sighting', align: 'left', most: 52 },
  { title: 'Reference point', align: 'left', most: 32 },
  { title: 'Distance', align: 'right', most: Infinity },
  { title: 'Range', align: 'right', most: Infinity },
  { title: 'Direction', align: 'left', most: Infinity },
  { title: 'Nearest', align: 'left', most: Infinity },
] as const;

function cellsOf({ sighting, referencePoint, interval, nearness }: DistanceRecord): string[] {
  const { distance, range } = formatDistance(interval);
  const direction = hasDirection(interval)
    ? `${compassPoint(interval.bearing)} ${wholeDegrees(interval.bearing)}° ± ${Math.ceil(interval.bearingUncertainty)}°`
    : noDirectionText(interval);
  return [
    sighting.properties.title,
    referencePoint.name,
    distance,
    range,
    direction,
    NEARNESS_LABEL[nearness],
  ];
}

/** Characters as a reader counts them, one a column of a terminal. */
function charactersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter('en').segment(text), ({ segment }) => segment);
}

/** A list as a table of plain text for a terminal, line by line. */
export function* distancesTable(list: DistanceList, model: EarthModel): Generator<string> {
  const rows = [COLUMNS.map(({ title }): string => title)];
  for (const record of distanceRecords(list, model)) rows.push(cellsOf(record));
  const widths = COLUMNS.map(({ most }, column) => {
    const longest = rows.reduce(
      (width, cells) => Math.max(width, charactersOf(cells[column] ?? '').length),
      0,
    );
    return Math.min(most, longest);
  });
  for (const cells of rows) {
    const line = cells.map((text, column) => {
      const characters = charactersOf(text);
      const width = widths[column] ?? 0;
      const shown =
        characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : characters.join('');
      const space = ' '.repeat(Math.max(0, width - characters.length));
      return COLUMNS[column]?.align === 'right' ? space + shown : shown + space;
    });
    yield `${line.join('  ').trimEnd()}\n`;
  }
  yield `\nEarth: ${EARTH_MODELS[model]}. Nearest is said only where no other range overlaps.\n`;
}
