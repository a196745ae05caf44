/** Larger text is refused: the longest that every browser can hold is not much longer. */
export const MOST_TEXT_BYTES = 2 ** 28;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** UTF-8 text, or `undefined` for bytes that are none. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Why bytes are too many for a text, as the end of a sentence; `undefined` when they are not. */
export function tooLarge(bytes: Uint8Array): string | undefined {
  const roughSize = (count: number) => `${Math.ceil(count / 2 ** 20)} MB`;
  return bytes.length > MOST_TEXT_BYTES
    ? `is larger than ${roughSize(MOST_TEXT_BYTES)}, which is the most that is read at once: ${roughSize(bytes.length)}`
    : undefined;
}
