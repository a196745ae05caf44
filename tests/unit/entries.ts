import fc from 'fast-check';
import { type Entry, RING_COLORS } from '../../src/domain/work';

const text = fc.string({ unit: 'grapheme' });
const textOrNull = fc.option(text);
const at = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

const layer = fc.record({
  id: text,
  name: text,
  ring: fc.constantFrom(...RING_COLORS),
  isShown: fc.boolean(),
  source: fc.oneof(
    fc.constant({ kind: 'given' as const }),
    fc.record({ kind: fc.constant('content' as const), fileName: text, sha256: text }),
  ),
});

const draft = fc.record({
  key: text,
  layer: text,
  id: textOrNull,
  before: textOrNull,
  feature: fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value))),
});

const plainChange = fc.record({
  note: text,
  records: fc.array(fc.record({ layer: text, id: text, before: textOrNull, after: textOrNull }), {
    maxLength: 3,
  }),
  layers: fc.array(fc.record({ before: fc.option(layer), after: fc.option(layer), at: fc.nat() }), {
    maxLength: 2,
  }),
});

const draftEdits = fc.array(fc.record({ before: fc.option(draft), after: fc.option(draft) }), {
  maxLength: 2,
});

const change = fc.oneof(
  plainChange,
  fc.tuple(plainChange, draftEdits).map(([plain, drafts]) => ({ ...plain, drafts })),
);

/** Any entry of a journal. */
export const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), at, change }),
  fc.record({ kind: fc.constant('undo' as const), at, of: at }),
  fc.record({ kind: fc.constant('redo' as const), at, of: at }),
  fc.record({ kind: fc.constant('saved' as const), at, layer: text, fileName: text, revision: fc.nat() }),
  fc.record({
    kind: fc.constant('drafts' as const),
    at,
    put: fc.array(draft, { maxLength: 2 }),
    drop: fc.array(text, { maxLength: 2 }),
  }),
);
