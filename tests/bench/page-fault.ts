/** What a page wrote to its console, or asked for and did not get, is told with its error: so much of it. */
const MOST_TOLD = 3;

/**
 * What an error of a page is about: its kind, its message where it has one, and where it was thrown.
 * @param told errors of the page's console, and requests that failed, before it
 */
export function pageFault(error: Error, told: readonly string[] = []): string {
  const { name, message, stack = '' } = error;
  const what = message === '' || message === name ? `${name} without a message` : `${name}: ${message}`;
  const frame = stack.split('\n').find((line) => /^\s*at |@http/.test(line));
  const cause = error.cause instanceof Error ? `, because of ${pageFault(error.cause)}` : '';
  const before = told.length === 0 ? '' : `; before it: ${told.slice(-MOST_TOLD).join('; ')}`;
  return `${what}${frame === undefined ? '' : ` ${frame.trim()}`}${cause}${before}`;
}
