import { unzipSync } from 'fflate';

const MOST_ENTRIES = 1000;
const MOST_BYTES = 200_000_000;
const HIGHEST_RATIO = 100;
/** Small files may shrink more: an empty sheet is all the same letters. */
const ALWAYS_FINE_BYTES = 1_000_000;

/**
 * Why an archive must not be unpacked, by the sizes that it declares; nothing is unpacked to find that out. `undefined`
 * when it is fine.
 * @throws what fflate throws for bytes that are no zip archive
 */
export function zipProblem(bytes: Uint8Array): string | undefined {
  let [entries, total, problem] = [0, 0, ''];
  unzipSync(bytes, {
    filter: ({ name, size, originalSize }) => {
      entries++;
      total += originalSize;
      if (originalSize > ALWAYS_FINE_BYTES && originalSize > size * HIGHEST_RATIO)
        problem ||= `"${name}" would become ${Math.round(originalSize / Math.max(1, size))} times as large when it is unpacked`;
      return false;
    },
  });
  if (entries > MOST_ENTRIES) return `it has ${entries} files in it; at most ${MOST_ENTRIES} are read`;
  if (total > MOST_BYTES)
    return `it would take ${Math.round(total / 1e6)} MB when it is unpacked; at most ${MOST_BYTES / 1e6} are read`;
  return problem === '' ? undefined : problem;
}
