import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { ask } from './ask';
import { parseShallowJson } from './shallow-json';

/** How long a style may take to come, in milliseconds. */
const STYLE_TIMEOUT_MS = 10_000;

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return `it is no map style, for it is not JSON: ${error.message}`;
  const isLate = error instanceof DOMException && error.name === 'TimeoutError';
  return isLate ? `no answer within ${STYLE_TIMEOUT_MS / 1000} seconds` : 'the server cannot be reached';
}

/**
 * Fetches a MapLibre style and checks it against the style specification. Rejects with a message that says
 * what is wrong with it.
 */
export async function fetchMapStyle(url: string): Promise<StyleSpecification> {
  let response: Response;
  try {
    response = await ask(url, { signal: AbortSignal.timeout(STYLE_TIMEOUT_MS) });
  } catch (error) {
    throw new Error(`${new URL(url).host}: ${reasonOf(error)}.`, { cause: error });
  }
  if (!response.ok) {
    throw new Error(`${url}: the server answers "${`${response.status} ${response.statusText}`.trim()}".`);
  }
  let style: unknown;
  try {
    style = parseShallowJson(await response.text());
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}.`, { cause: error });
  }
  // Only a style from outside needs the specification, so only then is it loaded.
  const { validateStyleMin } = await import('@maplibre/maplibre-gl-style-spec');
  const [first] = validateStyleMin(style as StyleSpecification);
  if (first) throw new Error(`${url} is no map style that can be drawn: ${first.message}.`);
  return style as StyleSpecification;
}
