import { GoodFeatureReader } from '../io/good-feature';
import { MORE } from '../io/feature-start';
import type { QuickReading } from '../io/geojson';
import { quickReading } from '../io/quick-reader';
import { FeatureScan } from '../io/scan';
import { idOf } from '../io/set-aside';
import { parseShallowJson } from '../io/shallow-json';
import { STANDS_TWICE, membersTwice } from '../io/twice-members';
import type { FileIssue } from '../io/file-issue';

/** Reads features quickly as ever, and knows whether there were any that it could not read so: no other has a member twice. */
export function watchedReading(): { reading: QuickReading; hasOthers: () => boolean } {
  let hasOthers = false;
  const reading: QuickReading = (systemOf) => {
    const quick = quickReading(systemOf);
    return {
      row: quick.row,
      endOf: (bytes, start) => {
        const end = quick.endOf(bytes, start);
        if (end < 0) hasOthers = true;
        return end;
      },
    };
  };
  return { reading, hasOthers: () => hasOthers };
}

/**
 * Warnings of the members that stand twice in features of a file of GeoJSON. Features that are as most are have none, and
 * are passed over.
 */
export function twiceIssues(bytes: Uint8Array): FileIssue[] {
  const quick = new GoodFeatureReader(() => 0);
  const taker = {
    endOf: (window: Uint8Array, start: number) => quick.endOf(window, start),
    take: () => true,
  };
  const scan = new FeatureScan(true, taker);
  const window = { bytes, isWhole: true };
  const found: FileIssue[] = [];
  for (let slice = scan.next(window); slice !== undefined && slice !== MORE; slice = scan.next(window)) {
    const { index, start, end, line } = slice;
    const text = new TextDecoder().decode(bytes.subarray(start, end));
    let id: string | null;
    try {
      id = idOf(parseShallowJson(text));
    } catch {
      scan.reject(window); // it is no JSON, which is an error of its own
      continue;
    }
    for (const path of membersTwice(text))
      found.push({ index, id, path, message: STANDS_TWICE, severity: 'warning', line, byte: start });
  }
  return found;
}
