import { createHash } from 'node:crypto';
import type { IndexPage } from '../domain/publication';
import { FEATURE_END, collectionHead } from '../io/collection-file';
import { crc32 } from '../io/crc';
import { indexLine } from '../io/published-records';

/** Records that are fetched together: a popup costs at most these. */
export const ROWS_PER_LINE = 16;
/** Lines of the index that are fetched together. */
export const LINES_PER_PAGE = 256;

/** What became of the records, for the description of the publication. */
export interface WrittenRecords {
  bytes: number;
  /** byte offset after the last record */
  end: number;
  sha256: string;
  index: Buffer;
  pages: IndexPage[];
}

/**
 * Lays out the records of a publication: a GeoJSON file with one feature after the other by its very bytes, and the
 * index by which they are found.
 * @param ids ascending
 * @param textOf the text of the record of each of them
 */
export function* recordChunks(
  collection: Readonly<Record<string, unknown>>,
  count: number,
  idOf: (row: number) => string,
  textOf: (row: number) => Uint8Array,
): Generator<Buffer, WrittenRecords> {
  const hash = createHash('sha256');
  const head = Buffer.from(collectionHead(collection));
  const foot = Buffer.from(FEATURE_END.ofAll);
  hash.update(head);
  yield head;
  let at = head.length;
  let indexBytes = 0;
  const index: Buffer[] = [];
  const pages: IndexPage[] = [];
  let page: string[] = [];
  const endPage = () => {
    const last = pages.at(-1);
    if (last === undefined || page.length === 0) return;
    const bytes = Buffer.from(page.join(''));
    last.crc = crc32(bytes);
    indexBytes += bytes.length;
    index.push(bytes);
    page = [];
  };
  for (let first = 0; first < count; first += ROWS_PER_LINE) {
    const parts: Uint8Array[] = [];
    for (let row = first; row < Math.min(count, first + ROWS_PER_LINE); row++) {
      // Its own bytes are good until the next is asked for.
      parts.push(
        Buffer.from(textOf(row)),
        Buffer.from(row < count - 1 ? FEATURE_END.between : FEATURE_END.last),
      );
    }
    const bytes = Buffer.concat(parts);
    if (page.length === LINES_PER_PAGE) endPage();
    const id = idOf(first);
    if (page.length === 0) pages.push({ id, start: indexBytes, recordStart: at, crc: 0 });
    page.push(indexLine({ id, start: at, crc: crc32(bytes) }));
    at += bytes.length;
    hash.update(bytes);
    yield bytes;
  }
  endPage();
  hash.update(foot);
  yield foot;
  return {
    bytes: at + foot.length,
    end: at,
    sha256: hash.digest('hex'),
    index: Buffer.concat(index),
    pages,
  };
}
