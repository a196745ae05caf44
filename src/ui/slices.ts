/** So long a page may be kept from what its reader does, in milliseconds. */
const SLICE_MS = 12;

/**
 * Goes through the steps of a long computation, and lets the page do something else in between.
 * @param goesOn asked after each pause; a computation that nobody wants any more is left
 * @param sliceMs how long it goes on between two pauses, in milliseconds: a worker can be longer at it than a page
 * @returns whether it came to its end
 */
export async function inSlices<T>(
  steps: Iterable<T>,
  take: (step: T) => void,
  goesOn: () => boolean = () => true,
  sliceMs = SLICE_MS,
): Promise<boolean> {
  let since = performance.now();
  for (const step of steps) {
    take(step);
    if (performance.now() - since < sliceMs) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (!goesOn()) return false;
    since = performance.now();
  }
  return true;
}
