import type { ContractContext } from '../domain/validate';
import { type QuickReader, type QuickReading, SightingReader } from './geojson';
import { GoodFeatureReader } from './good-feature';
import type { SegmentOptions, Segments } from './segments';

/** Has features as most are read straight from their bytes. */
export const quickReading: QuickReading = (systemOf): QuickReader => new GoodFeatureReader(systemOf);

/** A reader that does: for files of many sightings, since it is much code. */
export function quickReaderOf(
  context: ContractContext,
  segments?: SegmentOptions | Segments,
): SightingReader {
  return new SightingReader(context, segments, quickReading);
}
