import { namesInZip } from './archive';
import { FileFault, WORK_COPY } from './file-fault';
import { FORMAT_LIST, type FormatName, formatOfName } from './formats';
import { noTextFault } from './no-text';
import { textBeforeFault } from './text-before';
import { isWorkCopy } from './work-copy';
import { isZip } from './zip-directory';

/** So many first bytes tell what a file is. */
const HEAD_BYTES = 1 << 16;

const WEB_PAGE = /^\s*(?:<!doctype html|<html)/i;

const JOURNAL = /^[0-9a-f]{16} \d+ \{"format":"sighting-map-journal"/;

/** The label of the encoding that the first bytes of a text tell. */
export function encodingOf([a, b, c]: Uint8Array): string {
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a !== undefined && a !== 0 && b === 0 && c !== 0) return 'utf-16le';
  if (a === 0 && b !== undefined && b !== 0) return 'utf-16be';
  return 'utf-8';
}

/** The first bytes of a file that tell what it is: behind its blanks, where there are so many that they would be all. */
function headOf(bytes: Uint8Array): Uint8Array {
  const isBlank = (byte: number) => [0x20, 0x0a, 0x0d, 0x09].includes(byte);
  const isMuch = bytes.length > HEAD_BYTES && bytes.subarray(HEAD_BYTES / 2, HEAD_BYTES).every(isBlank);
  const from = isMuch ? bytes.findIndex((byte, i) => i > HEAD_BYTES / 2 && !isBlank(byte)) : 0;
  return bytes.subarray(Math.max(0, from)).subarray(0, HEAD_BYTES);
}

/**
 * The format of a file, told by its content, and by its name where the content does not tell.
 * @throws FileFault for a file that is known and not read, and for one that cannot be told
 */
export function detectFormat(bytes: Uint8Array, fileName: string): FormatName {
  if (bytes.length === 0) throw new FileFault('The file is empty: choose another.');
  const start = headOf(bytes);
  const latin = new TextDecoder('latin1').decode(start.subarray(0, 512));
  if (WEB_PAGE.test(latin)) {
    throw new FileFault(
      'The file is a web page, not data: check the address, or save the data that the page shows.',
    );
  }
  if (JOURNAL.test(latin)) throw new FileFault(WORK_COPY);
  const encoding = encodingOf(bytes);
  const noText = noTextFault(bytes, encoding, fileName);
  if (noText !== undefined) throw new FileFault(noText);
  if (isZip(bytes)) {
    const names = namesInZip(bytes);
    if (isWorkCopy(names)) throw new FileFault(WORK_COPY);
    const byNames = FORMAT_LIST.find(([, { holds }]) => holds?.(names))?.[0] ?? 'zip';
    // One that should hold something else is told what it lacks.
    return byNames === 'zip' && formatOfName(fileName) === 'kmz' ? 'kmz' : byNames;
  }
  const head = new TextDecoder(encoding).decode(start);
  const textBefore = encoding === 'utf-8' ? textBeforeFault(bytes, fileName) : undefined;
  if (textBefore !== undefined) throw new FileFault(textBefore);
  const byContent = FORMAT_LIST.find(([, { startsLike }]) => startsLike?.(head))?.[0];
  if (byContent === 'geojson' || byContent === 'geojsonLines') {
    if (encoding === 'utf-8') return byContent;
    throw new FileFault(
      `The file is ${encoding.toUpperCase()} text, and GeoJSON is UTF-8: save it as UTF-8.`,
    );
  }
  if (byContent !== undefined) return byContent;
  if (head.trim() === '') throw new FileFault('The file has nothing but blank space in it: choose another.');
  const byName = formatOfName(fileName);
  // Zip archives were told by their first bytes: a name alone makes none.
  if (byName !== undefined && !['xlsx', 'kmz', 'zip'].includes(byName)) return byName;
  if (byName === undefined && !head.includes('\0') && /[,;\t|]/.test(head)) return 'csv';
  const known = FORMAT_LIST.flatMap(([, { extensions }]) => extensions.slice(0, 1)).join(', ');
  const but = byName === undefined ? '' : `It is called ${byName}, but does not begin as one. `;
  throw new FileFault(`What the file is cannot be told. ${but}Open one of ${known}.`);
}
