import { quoteValue } from '../domain/issue';
import { formatOfName } from './formats';

/** What stands before an object is looked for in so many first bytes. */
const HEAD_BYTES = 1 << 16;

/** An object with a member. */
const OBJECT = /\{\s*"(?:[^"\\]|\\.)*"\s*:/;
const FEATURE = /"type"\s*:\s*"Feature(?:Collection)?"/;

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length;
}

/**
 * Why a file of GeoJSON is not read that begins with something else, such as a comment or `var data =`, in a sentence;
 * `undefined` for any other. Features that each have a line of their own are no such file: a line that is none is set
 * aside there.
 */
export function textBeforeFault(bytes: Uint8Array, fileName: string): string | undefined {
  const byName = formatOfName(fileName);
  if (byName === 'geojsonLines') return undefined;
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));
  const first = head.search(/\S/);
  if (first < 0 || ['{', '[', '<', '\x1e'].includes(head[first] ?? '')) return undefined;
  const at = head.search(OBJECT);
  if (at < 0 || !FEATURE.test(head.slice(at))) return undefined;
  const before = head.slice(first, at);
  // A cell of a table may have a whole feature in it.
  if (byName !== 'geojson' && !/(?:[\n\r=(]|[\n\r]\s*\[)\s*$/.test(before)) return undefined;
  const [shown = ''] = before.split(/[\r\n]/);
  return `On line ${lineAt(head, first)} stands ${quoteValue(shown.trim())} before the GeoJSON, which begins on line ${lineAt(head, at)}: remove what is before it, as JSON has no comments.`;
}
