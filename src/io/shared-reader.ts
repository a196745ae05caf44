import type { ContractContext } from '../domain/validate';
import { type BlockRead, readBlock } from './block-reader';
import { BlockScan, type FeatureBlock } from './feature-blocks';
import type { ReadSightings, SightingReader } from './geojson';
import { type ReadBlock, joinBlocks } from './joined-blocks';
import { parseEnvelope } from './parse-envelope';
import { quickReaderOf } from './quick-reader';
import { turn } from './turn';

/** Reads a block elsewhere, as `readBlock` does; the block is given away. */
export type BlockHelper = (block: FeatureBlock) => Promise<BlockRead>;

/** Those who help. */
export interface BlockHelpers {
  /** those that are there by now */
  readonly ready: readonly BlockHelper[];
  /** Has them come: there is something to do. */
  call: () => void;
}

/** So many blocks are with a helper at a time: one in the making, the others to go on with. */
const MOST_GIVEN = 3;

interface SharedOptions {
  /** {@link BLOCK_BYTES} */
  blockBytes?: number | undefined;
  totalBytes?: number | undefined;
}

/**
 * Reads a file of sightings from bytes as they come in, together with helpers, which read some of its features. What it
 * reads is what `SightingReader` reads, which takes over where features hang on each other.
 */
export class SharedReader {
  readonly #scan: BlockScan;
  readonly #blocks: Promise<ReadBlock>[] = [];
  readonly #given = new Map<BlockHelper, number>();
  #reader: SightingReader | undefined;
  #isAsFound = true;
  #failure: unknown;

  constructor(
    private readonly context: ContractContext,
    private readonly helpers: BlockHelpers,
    private readonly options: SharedOptions = {},
  ) {
    this.#scan = new BlockScan(options.blockBytes);
  }

  /**
   * Reads on.
   * @throws RangeError when a feature is larger than memory; what a helper fails with
   */
  async push(chunk: Uint8Array): Promise<void> {
    if (this.#reader) return this.#reader.push(chunk);
    for (const block of this.#scan.push(chunk)) {
      if (this.#blocks.length === 0) this.helpers.call();
      await this.#read(block);
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isAsFound) return;
    this.#reader = await this.#readAnew();
    this.#reader.push(this.#scan.rest);
  }

  /** What was read of the whole file. */
  async finish(): Promise<ReadSightings> {
    if (this.#reader) return this.#reader.finish();
    const { block, end } = this.#scan.finish();
    await this.#read(block);
    const joined = joinBlocks(await Promise.all(this.#blocks));
    if (!joined) return (await this.#readAnew()).finish();
    const { last, receivedBytes } = this.#scan;
    const rest = end ? parseEnvelope(receivedBytes === 0, end, last) : { issues: [], collection: {} };
    const { table, issues } = joined;
    const found = last === undefined ? 0 : last.index + 1;
    return {
      table,
      issues: issues.concat(rest.issues),
      accepted: table.length,
      rejected: found - table.length,
      collection: rest.collection,
    };
  }

  /** Has a block read by a helper that has few, or reads it here. */
  async #read(block: FeatureBlock): Promise<void> {
    const { bytes, ...found } = block;
    const given = (helper: BlockHelper) => this.#given.get(helper) ?? 0;
    const helper = this.helpers.ready.find((one) => given(one) < MOST_GIVEN);
    if (!helper) {
      this.#blocks.push(Promise.resolve({ found, read: this.#take(readBlock(block, this.context)) }));
      return await turn();
    }
    this.#given.set(helper, given(helper) + 1);
    const reading = helper({ bytes, ...found }).then((read) => {
      this.#given.set(helper, given(helper) - 1);
      return { found, read: this.#take(read) };
    });
    reading.catch((error: unknown) => (this.#failure ??= error));
    this.#blocks.push(reading);
  }

  #take(read: BlockRead): BlockRead {
    if (!read.isAsFound) this.#isAsFound = false;
    return read;
  }

  /** Reads what came so far in its order, letting go of what was read of it. */
  async #readAnew(): Promise<SightingReader> {
    const blocks = await Promise.all(this.#blocks.splice(0));
    const reader = quickReaderOf(this.context, { totalBytes: this.options.totalBytes });
    for (let block = blocks.shift(); block; block = blocks.shift()) reader.push(block.read.bytes);
    return reader;
  }
}
