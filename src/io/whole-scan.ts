import type { FeatureSlice, ScanEnd, Window } from './feature-slice';
import { MORE } from './feature-start';
import { FeatureScan } from './scan';

/**
 * A guessed slice as it is found without a guess; `undefined` where that is another one, or the bytes do not tell. They go
 * on behind what is there.
 */
export function withoutGuess(bytes: Uint8Array, slice: FeatureSlice): FeatureSlice | undefined {
  const { start, end } = slice;
  const found = FeatureScan.betweenFeatures().next({ bytes: bytes.subarray(start), isWhole: false });
  if (found === undefined || found === MORE || found.end !== end - start) return undefined;
  return { ...found, index: slice.index, start, end, line: slice.line };
}

/**
 * The features of a FeatureCollection that is all there. Yields a slice for each element of `features`, good or bad,
 * and returns what is left of the file. Told by `next(false)` that a slice is no JSON, it goes on with the first
 * feature inside of it.
 */
export function* scanFeatures(bytes: Uint8Array): Generator<FeatureSlice, ScanEnd, boolean | undefined> {
  const scan = new FeatureScan();
  const window: Window = { bytes, isWhole: true };
  for (;;) {
    const slice = scan.next(window);
    if (slice === undefined || slice === MORE) break;
    const isJson = yield slice;
    if (isJson === false) scan.reject(window);
  }
  return scan.end(window) ?? { envelope: undefined, lines: 0, commaFaults: [] };
}
