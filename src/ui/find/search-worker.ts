import { type SearchIndex, SearchIndexBuilder, documentOf } from '../../domain/search';
import type { Sighting, System } from '../../domain/sighting';

/** What a {@link SightingSearch} sends to its worker: the texts once, then queries. */
export type SearchRequest =
  | {
      kind: 'build';
      /** the files, and where the text of each row's record stands in which of them */
      files: readonly Uint8Array[];
      recordFile: Uint16Array;
      recordStart: Uint32Array;
      recordEnd: Uint32Array;
      systems: readonly System[];
    }
  | { kind: 'find'; text: string };

/** What the worker answers: once to each request, in their order. */
export type SearchAnswer = { kind: 'built' } | { kind: 'found'; rows: Uint32Array<ArrayBuffer> };

let index: SearchIndex | undefined;

function build({
  files,
  recordFile,
  recordStart,
  recordEnd,
  systems,
}: SearchRequest & { kind: 'build' }): SearchIndex {
  const decoder = new TextDecoder();
  const builder = new SearchIndexBuilder();
  for (const [row, start] of recordStart.entries()) {
    const bytes = files[recordFile[row] ?? 0]?.subarray(start, recordEnd[row]);
    const sighting = JSON.parse(decoder.decode(bytes)) as Sighting;
    builder.add(row, documentOf(sighting, systems));
  }
  return builder.build();
}

addEventListener('message', ({ data: request }: MessageEvent<SearchRequest>) => {
  if (request.kind === 'build') {
    index = build(request);
    postMessage({ kind: 'built' } satisfies SearchAnswer);
    return;
  }
  if (index === undefined) throw new Error('nothing was indexed before the first query');
  const rows = index.search(request.text);
  postMessage({ kind: 'found', rows } satisfies SearchAnswer, { transfer: [rows.buffer] });
});
