import { formatOfName } from './formats';
import { isZip } from './zip-directory';

/** So many first bytes tell whether a file is a text. */
const HEAD_BYTES = 1 << 12;

/** Fewer bytes that no text has may be slips; more than this share of all are none. */
const MOST_CONTROLS = 20;
const MOST_SHARE = 0.05;

const MEDIUM = 'open the data itself, for example a CSV table.';
const ARCHIVE = 'unpack it, or pack it as a zip archive.';
const PACKED = 'unpack it, or pack it by gzip.';
const TABLE = 'save its table as CSV.';
const LAYER = 'convert it to GeoJSON, for example with QGIS.';
const PROGRAM = 'look whether you chose the file you meant.';

/** Stands for any byte. */
const ANY = '…';

/** Files that are no text, by their first bytes (as Latin-1): what each is, and the remedy. */
const KINDS: readonly (readonly [what: string, remedy: string, ...begins: readonly string[]])[] = [
  ['a PDF', 'open the data it was made of, for example a CSV table.', '%PDF'],
  ['an old Excel workbook (.xls)', 'save it as .xlsx or CSV.', '\xd0\xcf\x11\xe0'],
  ['a database, perhaps a GeoPackage', 'export its layer as GeoJSON.', 'SQLite format 3'],
  ['a shapefile', LAYER, '\0\0\x27\n'],
  ['FlatGeobuf', LAYER, 'fgb\x03fgb'],
  ['an archive of tiles (PMTiles)', 'publish it, and open it by its address.', 'PMTiles\x03'],
  ['an archive that is not read', ARCHIVE, 'Rar!', '7z\xbc\xaf', `${ANY.repeat(257)}ustar`],
  ['packed by gzip twice', 'unpack it once.', '\x1f\x8b'],
  ['packed by xz', PACKED, '\xfd7zXZ\0'],
  ['packed by Zstandard', PACKED, '\x28\xb5\x2f\xfd'],
  ['packed by bzip2', PACKED, `BZh${ANY}1AY&SY`],
  ['a PNG picture', MEDIUM, '\x89PNG\r\n'],
  ['a JPEG picture', MEDIUM, '\xff\xd8\xff'],
  ['a GIF picture', MEDIUM, 'GIF87a', 'GIF89a'],
  ['a WebP picture', MEDIUM, `RIFF${ANY.repeat(4)}WEBP`],
  ['a TIFF picture', MEDIUM, 'II*\0', 'MM\0*'],
  ['a BMP picture', MEDIUM, `BM${ANY.repeat(4)}\0\0\0\0`],
  ['a film, or a picture of a phone', MEDIUM, `\0\0${ANY}${ANY}ftyp`],
  ['a recording', MEDIUM, 'ID3\x02', 'ID3\x03', 'ID3\x04', 'OggS\0', 'fLaC\0', `RIFF${ANY.repeat(4)}WAVE`],
  ['a program', PROGRAM, '\x7fELF', 'MZ\x90\0', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'],
  ['a Parquet table', TABLE, 'PAR1\x15'],
  ['an HDF5 or NetCDF file', TABLE, '\x89HDF\r\n'],
];

/** Byte by byte: what browsers call Latin-1 is windows-1252, where those from 0x80 on are other characters. */
function beginsSo(bytes: Uint8Array, begin: string): boolean {
  return [...begin].every((letter, i) => letter === ANY || letter.charCodeAt(0) === bytes[i]);
}

/** Zip archives that are documents, by the names of files in them. */
const DOCUMENTS: readonly (readonly [holds: RegExp, what: string, remedy: string])[] = [
  [/^content\.xml$/, 'an OpenDocument file (.ods, .odt)', 'save its table as .xlsx or CSV.'],
  [/^word\//, 'a Word document (.docx)', TABLE],
  [/^ppt\//, 'a presentation (.pptx)', TABLE],
  [/^Index\/.*\.iwa$/, 'a Numbers, Pages or Keynote document', 'export its table as .xlsx or CSV.'],
  [/\.shp$/i, 'a zipped shapefile', LAYER],
];

function sentence(what: string, remedy: string, fileName: string): string {
  const [ending = ''] = /\.\w+(?:\.gz)?$/i.exec(fileName) ?? [];
  const but = formatOfName(ending) === undefined ? '' : `, although its name ends in ${ending}`;
  return `The file is ${what}${but}: ${remedy}`;
}

/** Control characters that texts have: tab to carriage return, escape, and the separator of GeoJSON sequences. */
const isOfText = (code: number) => (code >= 0x09 && code <= 0x0d) || code === 0x1b || code === 0x1e;

/** Whether bytes have many characters that no text has. */
function isNoise(head: Uint8Array, encoding: string): boolean {
  let [controls, length] = [0, head.length];
  if (encoding === 'utf-8') {
    // Of other encodings than UTF-8, too, these are no letters.
    for (const byte of head) if ((byte < 0x20 && !isOfText(byte)) || byte === 0x7f) controls++;
  } else {
    const text = new TextDecoder(encoding).decode(head.subarray(0, head.length & ~1));
    const strange = text.match(/[\p{Cc}\p{Cn}\p{Co}\ufffd]/gu) ?? [];
    controls = strange.filter((letter) => !isOfText(letter.charCodeAt(0))).length;
    length = text.length;
  }
  return controls > MOST_CONTROLS && controls > length * MOST_SHARE;
}

/**
 * Why a file is no text that could be data, in a sentence with what it looks like and the remedy; `undefined` for one that
 * may be. Zip archives, which are told by what is in them, are not asked about.
 * @param encoding as its first bytes tell it
 */
export function noTextFault(bytes: Uint8Array, encoding: string, fileName: string): string | undefined {
  if (isZip(bytes)) return undefined;
  const head = bytes.subarray(0, HEAD_BYTES);
  const known = KINDS.find(([, , ...begins]) => begins.some((begin) => beginsSo(head, begin)));
  if (known) return sentence(known[0], known[1], fileName);
  if (!isNoise(head, encoding)) return undefined;
  const [first = 0, second = 0] = bytes;
  const hex = [first, second].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `What the file is cannot be told: it is no text, and begins with the bytes ${hex}. Open the data as a text, such as CSV or GeoJSON, or as .xlsx or KMZ.`;
}

/** The same of a zip archive, by the names of the files in it: some are documents of programs. */
export function documentFault(names: readonly string[], fileName: string): string | undefined {
  const known = DOCUMENTS.find(([holds]) => names.some((name) => holds.test(name)));
  return known && sentence(known[1], known[2], fileName);
}
