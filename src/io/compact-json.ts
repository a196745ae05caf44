const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const WHITE_SPACE: readonly number[] = [0x20, 0x09, 0x0a, 0x0d];

/** JSON in UTF-8 without the white space between its tokens (RFC 8259, section 2); all others are the very bytes. */
export function withoutWhiteSpace(json: Uint8Array): Uint8Array {
  const compact = new Uint8Array(json.length);
  let length = 0;
  let isInText = false;
  let isEscaped = false;
  for (const byte of json) {
    if (!isInText && WHITE_SPACE.includes(byte)) continue;
    if (byte === QUOTE && !isEscaped) isInText = !isInText;
    isEscaped = isInText && byte === BACKSLASH && !isEscaped;
    compact[length++] = byte;
  }
  return compact.subarray(0, length);
}
