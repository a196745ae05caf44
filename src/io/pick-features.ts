import { joinBytes } from './join-bytes';
import { featurePlace } from './feature-place';
import { MORE, beforeComma, nextFeatureStart } from './feature-start';
import type { RawFeature } from './geojson-layout';
import { endOfValue } from './value-scan';
import { parseShallowJson } from './shallow-json';

/** Where a feature begins that is to be looked up in its file. */
export interface Sought {
  index: number;
  /** offset in the file, unpacked */
  byte: number;
  line: number;
}

/** More of a feature that does not end is not read where another begins in it: it is broken. */
const MOST_BROKEN_BYTES = 1 << 22;
/** More than this of a feature is not read: no text is so long. */
const MOST_BYTES = 1 << 28;

/** A feature whose brackets do not close, as the reader of the file cut it off: before what looks like the next. */
function brokenOf(bytes: Uint8Array): Uint8Array {
  const next = nextFeatureStart(bytes, { from: 1, end: bytes.length, isWhole: true, isSure: false });
  return bytes.slice(0, beforeComma(bytes, 0, next === MORE || next < 0 ? bytes.length : next));
}

/** Whether to read on for the end of a feature that is not in what is there. */
function isWorthMore(bytes: Uint8Array, length: number): boolean {
  if (length <= MOST_BROKEN_BYTES) return true;
  const inside = nextFeatureStart(bytes, { from: 1, end: bytes.length, isWhole: true, isSure: true });
  return length <= MOST_BYTES && (inside === MORE || inside < 0);
}

/** The bytes of a stream from some offset on, as far as they are needed. */
class Window {
  bytes = new Uint8Array();
  from = 0;
  isWhole = false;

  constructor(private readonly source: AsyncIterator<Uint8Array>) {}

  /** Lets go of what is before an offset, and reads on so that there are so many bytes behind it, or all. */
  async moveTo(offset: number, length: number): Promise<Uint8Array> {
    while (!this.isWhole && this.from + this.bytes.length < offset + length) {
      const next = await this.source.next();
      if (next.done) {
        this.isWhole = true;
      } else {
        const end = this.from + this.bytes.length;
        const kept = this.bytes.subarray(Math.min(this.bytes.length, Math.max(0, offset - this.from)));
        this.from = kept.length > 0 ? end - kept.length : end;
        this.bytes =
          kept.length > 0 ? joinBytes([kept, next.value]) : (next.value as Uint8Array<ArrayBuffer>);
      }
    }
    return this.bytes.subarray(Math.max(0, offset - this.from));
  }
}

function parsed(bytes: Uint8Array): { value: unknown } | { fault: string } {
  try {
    return { value: parseShallowJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (error) {
    return { fault: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * Some features of a file that is read once more, each by its very bytes.
 * @param chunks of the file, unpacked
 * @param sought in their order in the file
 */
export async function* pickFeatures(
  chunks: AsyncIterable<Uint8Array>,
  sought: Iterable<Sought>,
): AsyncGenerator<RawFeature> {
  const window = new Window(chunks[Symbol.asyncIterator]());
  for (const { index, byte, line } of sought) {
    let bytes = await window.moveTo(byte, 1 << 12);
    let { end } = endOfValue(bytes, 0);
    for (
      let length = 1 << 15;
      (end < 0 || end === bytes.length) && !window.isWhole && isWorthMore(bytes, length);
      length *= 8
    ) {
      bytes = await window.moveTo(byte, length);
      ({ end } = endOfValue(bytes, 0));
    }
    const own = end < 0 ? brokenOf(bytes) : bytes.slice(0, end);
    yield {
      index,
      place: featurePlace(index, { line, byte }),
      bytes: own,
      end: byte + own.length,
      ...parsed(own),
    };
  }
}
