/** A Feature as the text of its file has it. */
export interface FeatureText {
  id: string;
  /** UTF-8 */
  bytes: Uint8Array;
}

const encoder = new TextEncoder();

/** The text that stands before the features of a file: the members of its collection, but for a `bbox`. */
export function collectionHead(collection: Readonly<Record<string, unknown>>): string {
  const written: readonly string[] = ['type', 'features', 'bbox'];
  const members = Object.entries(collection).filter(([name]) => !written.includes(name));
  const head = [
    '"type":"FeatureCollection"',
    ...members.map((member) => JSON.stringify(Object.fromEntries([member])).slice(1, -1)),
  ];
  return `{${head.join(',')},"features":[\n`;
}

/** The text that stands between two features, and after the last. */
export const FEATURE_END = { between: ',\n', last: '\n', ofAll: ']}\n' } as const;

/**
 * Writes a GeoJSON file of sightings: the members of the collection, `features` last, then the features by their very
 * bytes, sorted by id, each on a line of its own (several, where its file had it so). A `bbox` of the collection is left
 * out: it was that of the file which was read. The same content gives the same bytes.
 * @param last what else stands among the features, behind them: the very bytes of what is no sighting
 */
export function writeCollection(
  collection: Readonly<Record<string, unknown>>,
  features: readonly FeatureText[],
  last: readonly Uint8Array[] = [],
): Generator<Uint8Array> {
  const sorted = features.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return writeSorted(collection, [...sorted.map(({ bytes }) => bytes), ...last]);
}

/**
 * The same for features that are sorted by id already, each asked for when it is to be written.
 * @param features their text in UTF-8
 */
export function* writeSorted(
  collection: Readonly<Record<string, unknown>>,
  features: Iterable<Uint8Array>,
): Generator<Uint8Array> {
  yield encoder.encode(collectionHead(collection));
  const between = encoder.encode(FEATURE_END.between);
  let isFirst = true;
  for (const bytes of features) {
    if (!isFirst) yield between;
    isFirst = false;
    yield bytes;
  }
  yield encoder.encode(`${isFirst ? '' : FEATURE_END.last}${FEATURE_END.ofAll}`);
}

/** So many features are asked for between two chunks. */
const FEATURES_AT_ONCE = 256;

/**
 * What {@link writeCollection} writes, with empty chunks before it while the features are asked for, so that whoever
 * takes the chunks can do something else in between.
 */
export function* writeInSteps(
  collection: Readonly<Record<string, unknown>>,
  features: Iterable<FeatureText>,
  last: readonly Uint8Array[] = [],
): Generator<Uint8Array> {
  const list: FeatureText[] = [];
  const nothing = new Uint8Array();
  for (const feature of features) if (list.push(feature) % FEATURES_AT_ONCE === 0) yield nothing;
  yield* writeCollection(collection, list, last);
}
