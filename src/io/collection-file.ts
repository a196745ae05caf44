/** A Feature as the text of its file has it. */
export interface FeatureText {
  id: string;
  /** UTF-8 */
  bytes: Uint8Array;
}

const encoder = new TextEncoder();

/**
 * Writes a GeoJSON file of sightings: the members of the collection, `features` last, then the features by their very
 * bytes, sorted by id, each on a line of its own (several, where its file had it so). A `bbox` of the collection is left
 * out: it was that of the file which was read. The same content gives the same bytes.
 */
export function* writeCollection(
  collection: Readonly<Record<string, unknown>>,
  features: readonly FeatureText[],
): Generator<Uint8Array<ArrayBufferLike>> {
  const written: readonly string[] = ['type', 'features', 'bbox'];
  const members = Object.entries(collection).filter(([name]) => !written.includes(name));
  const head = [
    '"type":"FeatureCollection"',
    ...members.map((member) => JSON.stringify(Object.fromEntries([member])).slice(1, -1)),
  ];
  yield encoder.encode(`{${head.join(',')},"features":[\n`);
  const sorted = features.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  for (const [i, { bytes }] of sorted.entries()) {
    yield bytes;
    yield encoder.encode(i < sorted.length - 1 ? ',\n' : '\n');
  }
  yield encoder.encode(']}\n');
}

/** Chunks as one list of bytes. */
export function joinBytes(chunks: Iterable<Uint8Array>): Uint8Array<ArrayBuffer> {
  const list = [...chunks];
  const bytes = new Uint8Array(list.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of list) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
