import { type SearchIndex, SearchIndexBuilder, documentOf } from '../../domain/search';
import type { Sighting, System } from '../../domain/sighting';

/** What a {@link SightingSearch} sends to its worker: the texts, some rows at a time, then queries. */
export type SearchRequest =
  | {
      kind: 'build';
      /** the first row of these; 0 begins anew */
      firstRow: number;
      /** the records of the rows, one after the other, and where each ends */
      bytes: Uint8Array;
      ends: Uint32Array;
      isLast: boolean;
      systems: readonly System[];
    }
  | { kind: 'find'; text: string };

/** What the worker answers: once to each request, in their order. */
export type SearchAnswer = { kind: 'built' } | { kind: 'found'; rows: Uint32Array<ArrayBuffer> };

let builder = new SearchIndexBuilder();
let index: SearchIndex | undefined;

function build({ firstRow, bytes, ends, isLast, systems }: SearchRequest & { kind: 'build' }): void {
  if (firstRow === 0) builder = new SearchIndexBuilder();
  const decoder = new TextDecoder();
  for (const [i, end] of ends.entries()) {
    const text = decoder.decode(bytes.subarray(ends[i - 1] ?? 0, end));
    builder.add(firstRow + i, documentOf(JSON.parse(text) as Sighting, systems));
  }
  if (!isLast) return;
  index = builder.build();
  builder = new SearchIndexBuilder(); // lets go of what it collected
}

addEventListener('message', ({ data: request }: MessageEvent<SearchRequest>) => {
  if (request.kind === 'build') {
    build(request);
    postMessage({ kind: 'built' } satisfies SearchAnswer);
    return;
  }
  if (index === undefined) throw new Error('nothing was indexed before the first query');
  const rows = index.search(request.text);
  postMessage({ kind: 'found', rows } satisfies SearchAnswer, { transfer: [rows.buffer] });
});
