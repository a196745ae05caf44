import { FileFault } from './file-fault';

const NEWLINE = 0x0a;

/** @param isWhole whether no character may break off at the end */
function isText(bytes: Uint8Array, isWhole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole });
    return true;
  } catch {
    return false; // the only thing that a fatal decoder throws
  }
}

/** How many bytes there are before the first that is of no character. */
function goodBytes(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isText(bytes.subarray(0, middle), false)) good = middle;
    else bad = middle;
  }
  while (!isText(bytes.subarray(0, good), true)) good--; // the beginning of a character without its end
  return good;
}

/**
 * The text of a file that has to be UTF-8, without a byte order mark.
 * @throws FileFault that names the first byte that is of no character, its line, and what to do
 */
export function strictText(bytes: Uint8Array): string {
  if (isText(bytes, true)) return new TextDecoder().decode(bytes);
  const good = goodBytes(bytes);
  let line = 1;
  for (const byte of bytes.subarray(0, good)) if (byte === NEWLINE) line++;
  throw new FileFault(
    `it is not UTF-8 text on line ${line}, at byte ${good}: save it as UTF-8, or get a complete copy`,
  );
}
