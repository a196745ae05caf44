import { writeSorted } from '../../io/collection-file';
import { inSlices } from '../slices';
import { BlobWriter } from './export/blob-writer';
import { plainReason } from './open/mapping-words';
import type { SetAsideList } from './set-aside-content';

async function written(chunks: Iterable<Uint8Array>, type: string): Promise<Blob> {
  const writer = new BlobWriter();
  await inSlices(chunks, (chunk) => writer.write(chunk));
  return new Blob([writer.finish()], { type });
}

function* reportLines(
  { entries }: SetAsideList,
  texts: readonly Uint8Array[],
  title: string,
): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  yield encoder.encode(`${title}\n\nSet aside: ${entries.length.toLocaleString('en-GB')}\n`);
  for (const [i, { place, reason }] of entries.entries()) {
    const text = decoder.decode(texts[i]).replace(/^|\n/g, (begin) => `${begin}    `);
    yield encoder.encode(`- ${place}: ${plainReason(reason)}\n${text.trim() === '' ? '' : `${text}\n`}`);
  }
}

/** All that was set aside as a text: where it stands in its file, why it could not be used, and its own whole text. */
export async function setAsideReport(list: SetAsideList, title: string): Promise<Blob> {
  return await written(reportLines(list, await list.bytesOf(list.entries), title), 'text/plain');
}

/** The features that were set aside as a GeoJSON file, by their very bytes, so that they can be mended and opened. */
export async function setAsideFeatures(list: SetAsideList): Promise<Blob> {
  return await written(writeSorted({}, await list.bytesOf(list.entries)), 'application/geo+json');
}
