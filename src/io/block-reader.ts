import { type TableParts, transferOf } from '../domain/table';
import type { ContractContext } from '../domain/validate';
import { type FeatureBlock, slicesOf } from './feature-blocks';
import type { ReadPart } from './geojson';
import { quickReaderOf } from './quick-reader';
import { Segments } from './segments';
import { withoutGuess } from './whole-scan';

/** What was read of a block by itself, as it can be moved from one thread to another. */
export interface BlockRead extends Omit<ReadPart, 'table'> {
  parts: TableParts;
  /** the block's own, which are in `parts` only when there is a sighting in them */
  bytes: Uint8Array<ArrayBuffer>;
  /** whether its features are those that were found; otherwise one has others inside of it, and the file is read anew */
  isAsFound: boolean;
}

/** Reads the features of a block, as if there were no other. */
export function readBlock(block: FeatureBlock, context: ContractContext): BlockRead {
  const segments = Segments.of(block.bytes);
  segments.base = block.base;
  const reader = quickReaderOf(context, segments);
  const isAsFound = reader.takeFound(slicesOf(block), withoutGuess);
  const { table, ...rest } = reader.part();
  return { ...rest, parts: table.parts, bytes: block.bytes, isAsFound };
}

/** The buffers that go to another thread when a block is handed over. */
export function transferOfBlock({ bytes }: FeatureBlock): ArrayBuffer[] {
  return [bytes.buffer]; // what was found in it stays as well
}

/** The same of what was read. */
export function transferOfRead({ parts, bytes }: BlockRead): ArrayBuffer[] {
  return [...new Set([...transferOf(parts), bytes.buffer])];
}
