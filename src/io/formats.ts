import type { Sighting, System } from '../domain/sighting';
import type { ForeignData, Progress } from './foreign';
import { rootOf } from './xml-root';

/** What the one who opens a file may say about it. */
export interface ReadOptions {
  /** label of a text encoding, as `windows-1251`; told by the bytes when left out */
  encoding?: string;
  /** what parts the cells of a table; told by the text when left out */
  delimiter?: string;
  /** name of the sheet of a workbook; the one that looks most like sightings when left out */
  sheet?: string;
  /** the row of a table, or line of a text, that names the columns, counted from 1; 0 for none; told by the cells when left out */
  headerRow?: number;
  /** of GeoJSON: whether features of something else, where most are sightings, wait for a mapping as well */
  mapsOthers?: boolean;
}

/** What a format that holds more than sightings can draw upon. */
export interface WriteContext {
  systems: readonly System[];
}

/** A file format: how it is known, read and written. */
export interface Format {
  /** as menus call it */
  label: string;
  /** with the dot, the one that is written first */
  extensions: readonly [string, ...string[]];
  mediaTypes: readonly [string, ...string[]];
  /** a text of cells, whose encoding and delimiter somebody may know better than the guess */
  isTable?: true;
  /** whether the first characters of a file are those of this format; asked in the order of the table */
  startsLike?: (head: string) => boolean;
  /** whether the files in a zip archive make it one of this format */
  holds?: (names: readonly string[]) => boolean;
  /** reads a file; the parser is loaded on demand. Left out for what is not read as foreign data. */
  read?: (bytes: Uint8Array, options: ReadOptions, progress: Progress) => Promise<ForeignData>;
  /** makes the text of a file; left out for what is not written, or not as text */
  write?: (sightings: Iterable<Sighting>, context: WriteContext) => Promise<Iterable<string>>;
}

/** The formats, in the order in which menus have them and in which a file is compared with them. */
export const FORMATS = {
  geojsonLines: {
    label: 'GeoJSON, one feature a line',
    extensions: ['.geojsonl', '.ndjson', '.jsonl', '.ndgeojson', '.geojsons'],
    mediaTypes: ['application/geo+json-seq', 'application/x-ndjson', 'application/jsonl'],
    startsLike: (head) => head.trimStart().startsWith('\x1e') || /^\s*\{[^\n]*\}[ \t\r]*\n\s*\{/.test(head),
    read: async (bytes, options, progress) =>
      (await import('./foreign-geojson')).readForeignGeoJson(bytes, progress, options),
  },
  geojson: {
    label: 'GeoJSON',
    extensions: ['.geojson', '.json'],
    mediaTypes: ['application/geo+json', 'application/json'],
    startsLike: (head) => /^\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:[{\]]|$))/.test(head),
    read: async (bytes, options, progress) =>
      (await import('./foreign-geojson')).readForeignGeoJson(bytes, progress, options),
  },
  csv: {
    label: 'CSV table',
    extensions: ['.csv', '.txt'],
    mediaTypes: ['text/csv', 'text/plain'],
    isTable: true,
    read: async (bytes, options, progress) =>
      (await import('./table-file')).readTable(bytes, options, progress),
    write: async (sightings) => (await import('./flat-csv')).writeCsv(sightings),
  },
  tsv: {
    label: 'TSV table',
    extensions: ['.tsv', '.tab'],
    mediaTypes: ['text/tab-separated-values'],
    isTable: true,
    read: async (bytes, options, progress) =>
      (await import('./table-file')).readTable(bytes, { delimiter: '\t', ...options }, progress),
  },
  xlsx: {
    label: 'Excel workbook',
    extensions: ['.xlsx'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    read: async (bytes, options, progress) =>
      (await import('./spreadsheet')).readSpreadsheet(bytes, options, progress),
    holds: (names) => names.includes('[Content_Types].xml') && names.some((name) => name.startsWith('xl/')),
  },
  kml: {
    label: 'KML',
    extensions: ['.kml'],
    mediaTypes: ['application/vnd.google-earth.kml+xml'],
    startsLike: (head) => ['kml', 'placemark'].includes(rootOf(head) ?? ''),
    read: async (bytes, _, progress) => (await import('./markup')).readKml(bytes, progress),
    write: async (sightings, { systems }) => (await import('./kml')).writeKml(sightings, systems),
  },
  kmz: {
    label: 'KMZ',
    extensions: ['.kmz'],
    mediaTypes: ['application/vnd.google-earth.kmz'],
    holds: (names) => {
      const opened = names.filter((name) => isOpenable(name));
      return opened.length > 0 && opened.every((name) => /\.kml$/i.test(name));
    },
    read: async (bytes, _, progress) => (await import('./markup')).readKmz(bytes, progress),
  },
  gpx: {
    label: 'GPX',
    extensions: ['.gpx'],
    mediaTypes: ['application/gpx+xml'],
    startsLike: (head) => rootOf(head) === 'gpx',
    read: async (bytes, _, progress) => (await import('./markup')).readGpx(bytes, progress),
  },
  zip: {
    label: 'Zip archive',
    extensions: ['.zip'],
    mediaTypes: ['application/zip', 'application/x-zip-compressed'],
    holds: () => true,
  },
} as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof FORMATS;

/** The formats with their names, in the order of the table. */
export const FORMAT_LIST: readonly (readonly [name: FormatName, format: Format])[] = Object.entries(
  FORMATS,
) as [FormatName, Format][];

/** Whether a file of an archive is data, by its name: what is hidden is for the system that packed it. */
export function isOpenable(name: string): boolean {
  return formatOfName(name) !== undefined && !/(?:^|\/)(?:\.|__MACOSX\/|readme[^/]*$)/i.test(name);
}

/** The name of the format that an extension stands for; `.gz` behind it does not count. */
export function formatOfName(fileName: string): FormatName | undefined {
  const name = fileName.toLowerCase().replace(/\.gz$/, '');
  const ofName = ([, { extensions }]: (typeof FORMAT_LIST)[number]) =>
    extensions.some((extension) => name.endsWith(extension));
  return FORMAT_LIST.find(ofName)?.[0];
}

/** Everything that can be opened, as the `accept` of a file input wants it: extensions and media types. */
export const ACCEPT: string = [
  ...FORMAT_LIST.flatMap(([, { extensions }]) => extensions),
  '.gz',
  ...FORMAT_LIST.flatMap(([, { mediaTypes }]) => mediaTypes),
  'application/gzip',
].join(',');
