import { type FormatName, formatOfName } from '../../io/formats';

/** What Export writes for those who go on with the format of a file. */
const EXPORTED: Readonly<Partial<Record<FormatName, string>>> = {
  csv: 'a CSV table',
  tsv: 'a CSV table',
  xlsx: 'a CSV table',
  kml: 'KML',
  kmz: 'KML',
  zip: 'a zip archive',
};

/**
 * That saving as GeoJSON left the file alone that a data set was opened from, as a sentence; '' where that file is
 * GeoJSON, or none.
 */
export function unchangedOriginal(fileName: string): string {
  const format = formatOfName(fileName);
  if (format === undefined || (format === 'geojson' && !/\.gz$/i.test(fileName))) return '';
  const exported = EXPORTED[format];
  return `“${fileName}” itself was not changed${exported === undefined ? '' : `: Export writes ${exported}`}.`;
}
