/** Deeper JSON is refused before it is parsed: a sighting needs 7 levels. */
export const MAX_JSON_DEPTH = 64;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [
  0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d,
];

/** How many brackets of a JSON text are open at once at most, those in its strings left out. */
export function jsonDepth(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++)
        if (text.charCodeAt(at) === BACKSLASH) at++;
    } else if (code === OPEN_LIST || code === OPEN_OBJECT) deepest = Math.max(deepest, ++depth);
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth--;
  }
  return deepest;
}

/**
 * The value of a JSON text that somebody else wrote. What parses may be too deep for whatever goes through it after
 * that, so that its depth is looked at first.
 * @throws SyntaxError for a text that is no JSON, or nested deeper than {@link MAX_JSON_DEPTH}
 */
export function parseShallowJson(text: string): unknown {
  const depth = jsonDepth(text);
  if (depth > MAX_JSON_DEPTH)
    throw new SyntaxError(`it is nested ${depth} levels deep, and at most ${MAX_JSON_DEPTH} are read`);
  return JSON.parse(text) as unknown;
}

/** The value of a JSON text, `undefined` for a text that is none or is nested too deep. */
export function jsonOf(text: string): unknown {
  try {
    return parseShallowJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
