import { FileFault } from './file-fault';

const UTF_16 = /^utf-?16|^ucs-?2|^iso-10646-ucs-2/i;

/** The encoding that the first bytes of an XML file tell (XML 1.0, appendix F); UTF-8 when they tell none. */
function encodingOf(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0 && b === 0) || (a === 0xff && b === 0xfe && c === 0 && d === 0)) return 'utf-32';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']\s*([^"'>]*?)\s*["']/.exec(head)?.[1];
  // Bytes that can be read as ASCII are not UTF-16, whatever they say.
  return declared === undefined || UTF_16.test(declared) ? 'utf-8' : declared;
}

/**
 * The text of an XML file, by its byte order mark, or the encoding that it declares. Where it breaks off within a
 * character, that is U+FFFD.
 * @throws FileFault when the encoding is not known, or the bytes are not of it
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new FileFault(
      `The file says that it is “${encoding.slice(0, 40)}”, which is not known: save it as UTF-8.`,
    );
  }
  let text: string;
  try {
    text = decoder.decode(bytes, { stream: true });
  } catch {
    const line = lineOfFault(bytes, encoding);
    throw new FileFault(
      `The file is not ${encoding.toUpperCase()} text, as its beginning says, on line ${line}: save it as UTF-8, or get a complete copy.`,
    );
  }
  try {
    return text + decoder.decode();
  } catch {
    return `${text}\ufffd`; // what is left is the beginning of a character, without its end
  }
}

/** The line of the first bytes that are no character of an encoding, or that are its sign for such bytes. */
function lineOfFault(bytes: Uint8Array, encoding: string): number {
  const text = new TextDecoder(encoding).decode(bytes);
  return text.slice(0, text.indexOf('\ufffd')).split('\n').length;
}
