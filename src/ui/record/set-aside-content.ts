import {
  MARK_BYTES,
  type SetAsideEntry,
  type SetAsideItem,
  headBytesOf,
  readHead,
  writeSetAside,
} from '../../io/set-aside';
import { BlobWriter } from './export/blob-writer';

/** The content of a list of what was set aside, as it is kept, and how many things it has. */
export interface SetAsideContent {
  content: Blob;
  count: number;
  /** whether these are features of a GeoJSON file, which can be put back into one */
  isFeatures: boolean;
}

/** Puts the content of a list together. */
export function setAsideContent(items: readonly SetAsideItem[], isFeatures: boolean): SetAsideContent {
  const writer = new BlobWriter();
  for (const chunk of writeSetAside(items, isFeatures)) writer.write(chunk);
  return { content: writer.finish(), count: items.length, isFeatures };
}

/** A list of what was set aside of a file: where and why at hand, the bytes still where they are kept. */
export class SetAsideList {
  private constructor(
    readonly entries: readonly SetAsideEntry[],
    /** whether they can be put back into a GeoJSON file */
    readonly isFeatures: boolean,
    private readonly bodies: Blob,
  ) {}

  /** Rejects when the content is that of something else. */
  static async read(content: Blob): Promise<SetAsideList> {
    const bytesOf = async (from: number, to: number) =>
      new Uint8Array(await content.slice(from, to).arrayBuffer());
    const headBytes = headBytesOf(await bytesOf(0, MARK_BYTES));
    if (headBytes === undefined) throw new Error('it is no list of what was set aside');
    const end = MARK_BYTES + headBytes;
    const { entries, isFeatures } = readHead(await bytesOf(MARK_BYTES, end));
    return new SetAsideList(entries, isFeatures, content.slice(end));
  }

  /** The beginning of the text of one, at most so many bytes of it; all of it when left out. */
  async textOf({ start, end }: SetAsideEntry, mostBytes = Infinity): Promise<string> {
    const text = await this.bodies.slice(start, Math.min(end, start + mostBytes)).text();
    return end - start > mostBytes ? `${text.replace(/\uFFFD+$/, '')}…` : text;
  }

  /** The very bytes of some, in their order. */
  async bytesOf(entries: readonly SetAsideEntry[]): Promise<Uint8Array[]> {
    const all = new Uint8Array(await this.bodies.arrayBuffer());
    return entries.map(({ start, end }) => all.subarray(start, end));
  }
}
