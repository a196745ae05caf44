import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import {
  type Change,
  type Draft,
  type Entry,
  type Layer,
  type RecordEdit,
  Work,
  invert,
} from '../../src/domain/work';

const GIVEN: Layer = {
  id: GIVEN_LAYER,
  name: 'Moscow',
  ring: 'none',
  isShown: true,
  source: { kind: 'given' },
};
const OTHER: Layer = {
  id: 'other',
  name: 'Other',
  ring: 'teal',
  isShown: true,
  source: { kind: 'content', fileName: 'other.geojson', sha256: '00' },
};
const AT = '2026-01-02T03:04:05.000Z';

function changeOf(note: string, ...records: RecordEdit[]): Change {
  return { note, records, layers: [] };
}

function edit(id: string, before: string | null, after: string | null, layer = GIVEN_LAYER): RecordEdit {
  return { layer, id, before, after };
}

function workOf(...entries: Entry[]): Work {
  const work = new Work(GIVEN);
  for (const entry of entries) work.apply(entry);
  return work;
}

const change = (of: Change): Entry => ({ kind: 'change', at: AT, change: of });
const UNDO: Entry = { kind: 'undo', at: AT, of: AT };
const REDO: Entry = { kind: 'redo', at: AT, of: AT };

/** That the layer was saved as it is now. */
function savedNow(work: Work): Entry {
  return {
    kind: 'saved',
    at: AT,
    layer: GIVEN_LAYER,
    fileName: 'a.geojson',
    revision: work.revision(GIVEN_LAYER),
  };
}

/** What can be compared of a work. */
function stateOf(work: Work) {
  return {
    layers: work.layers,
    edits: Object.fromEntries([GIVEN_LAYER, 'other'].map((id) => [id, Object.fromEntries(work.edits(id))])),
    done: work.done.map((one) => one.change.note),
    undone: work.undone.map((one) => one.change.note),
  };
}

/** Entries that fit each other: what a person at a keyboard could do to a file with records a, b and c. */
const entries = fc
  .array(
    fc.oneof(
      fc.record({
        do: fc.constant('put' as const),
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        text: fc.nat(3),
      }),
      fc.record({ do: fc.constant('remove' as const), id: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({
        do: fc.constantFrom('undo' as const, 'redo' as const, 'saved' as const, 'layer' as const),
      }),
    ),
    { maxLength: 25 },
  )
  .map((steps) => {
    const texts = new Map<string, string | null>([
      ['a', 'a0'],
      ['b', 'b0'],
      ['c', 'c0'],
    ]);
    const work = new Work(GIVEN);
    const list: Entry[] = [];
    const now = (id: string) => work.edits(GIVEN_LAYER).get(id)?.after ?? null;
    const textOf = (id: string) => (work.edits(GIVEN_LAYER).has(id) ? now(id) : (texts.get(id) ?? null));
    for (const [i, step] of steps.entries()) {
      let entry: Entry | undefined;
      if (step.do === 'put')
        entry = change(changeOf(`put ${i}`, edit(step.id, textOf(step.id), `${step.id}${step.text}`)));
      else if (step.do === 'remove' && textOf(step.id) !== null)
        entry = change(changeOf(`remove ${i}`, edit(step.id, textOf(step.id), null)));
      else if (step.do === 'undo') entry = UNDO;
      else if (step.do === 'redo') entry = REDO;
      else if (step.do === 'saved') entry = savedNow(work);
      else if (step.do === 'layer') {
        const here = work.layers.find(({ id }) => id === 'other');
        const layers = [
          { before: here ?? null, after: here ? null : OTHER, at: work.layers.length - (here ? 1 : 0) },
        ];
        entry = change({ note: `layer ${i}`, records: [], layers });
      }
      if (!entry || !work.accepts(entry)) continue;
      work.apply(entry);
      list.push(entry);
    }
    return list;
  });

describe('a change', () => {
  test('and its inverse leave everything as it was', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const work = workOf(...list);
        const before = stateOf(work);
        const last = work.done.at(-1);
        if (!last) return;
        const back = invert(last.change);
        expect(work.accepts(change(back))).toBe(true);
        work.apply(change(back));
        work.apply(change(last.change));
        expect({ ...stateOf(work), done: [], undone: [] }).toEqual({ ...before, done: [], undone: [] });
      }),
    );
  });

  test('that puts the text back that was there is no edit any more', () => {
    const work = workOf(
      change(changeOf('one', edit('a', 'old', 'new'))),
      change(changeOf('two', edit('a', 'new', 'old'))),
    );
    expect(work.edits(GIVEN_LAYER).size).toBe(0);
  });

  test('is not accepted where the sighting is another by now', () => {
    const work = workOf(change(changeOf('one', edit('a', 'old', 'new'))));
    expect(work.accepts(change(changeOf('late', edit('a', 'old', 'mine'))))).toBe(false);
    expect(work.accepts(change(changeOf('next', edit('a', 'new', 'mine'))))).toBe(true);
  });

  test('of a layer is not accepted where the layer is another by now', () => {
    const work = workOf(
      change({ note: 'open', records: [], layers: [{ before: null, after: OTHER, at: 1 }] }),
    );
    const renamed = { ...OTHER, name: 'Mine' };
    const again = { before: null, after: OTHER, at: 1 };
    const stale = { before: { ...OTHER, name: 'Else' }, after: renamed, at: 1 };
    expect(work.accepts(change({ note: '', records: [], layers: [again] }))).toBe(false);
    expect(work.accepts(change({ note: '', records: [], layers: [stale] }))).toBe(false);
    expect(
      work.accepts(change({ note: '', records: [], layers: [{ before: OTHER, after: renamed, at: 1 }] })),
    ).toBe(true);
  });
});

describe('undo and redo', () => {
  test('undo of everything gives back what was opened; redo of everything what was done', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const work = workOf(...list);
        const before = stateOf(work);
        const steps = work.done.length;
        for (let i = 0; i < steps; i++) work.apply(UNDO);
        expect(work.layers).toEqual([GIVEN]);
        expect([work.edits(GIVEN_LAYER).size, work.edits('other').size]).toEqual([0, 0]);
        for (let i = 0; i < steps; i++) work.apply(REDO);
        expect(stateOf(work)).toEqual(before);
      }),
    );
  });

  test('a change after an undo takes the place of what was undone', () => {
    const work = workOf(
      change(changeOf('one', edit('a', 'x', 'y'))),
      UNDO,
      change(changeOf('two', edit('a', 'x', 'z'))),
    );
    expect(work.accepts(REDO)).toBe(false);
    expect(work.edits(GIVEN_LAYER).get('a')).toEqual({ before: 'x', after: 'z' });
  });

  test('a layer comes back to where it stood', () => {
    const top: Layer = { ...OTHER, id: 'top' };
    const work = workOf(
      change({ note: '1', records: [], layers: [{ before: null, after: OTHER, at: 1 }] }),
      change({ note: '2', records: [], layers: [{ before: null, after: top, at: 2 }] }),
      change({ note: '3', records: [], layers: [{ before: OTHER, after: null, at: 1 }] }),
    );
    expect(work.layers.map(({ id }) => id)).toEqual([GIVEN_LAYER, 'top']);
    work.apply(UNDO);
    expect(work.layers.map(({ id }) => id)).toEqual([GIVEN_LAYER, 'other', 'top']);
  });
});

describe('what is not saved to a file', () => {
  test('is nothing after saving, and reverting makes it nothing again', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const work = workOf(...list);
        const back = changeOf('revert', ...work.unsaved(GIVEN_LAYER));
        expect(work.accepts(change(back))).toBe(true);
        work.apply(change(back));
        expect(work.unsaved(GIVEN_LAYER)).toEqual([]);
        work.apply(savedNow(work));
        expect(work.unsaved(GIVEN_LAYER)).toEqual([]);
      }),
    );
  });

  test('is an undo of what was saved', () => {
    const work = workOf(change(changeOf('one', edit('a', 'x', 'y'))));
    work.apply(savedNow(work));
    expect(work.unsaved(GIVEN_LAYER)).toEqual([]);
    work.apply(UNDO);
    expect(work.unsaved(GIVEN_LAYER)).toEqual([edit('a', 'x', 'y')]);
    expect(work.saved(GIVEN_LAYER)).toEqual({ at: AT, fileName: 'a.geojson' });
  });
});

describe('what somebody else was faster with', () => {
  const LATER = '2026-01-02T03:04:06.000Z';

  test('is not undone in the place of what was meant', () => {
    const work = workOf(change(changeOf('mine', edit('a', 'x', 'y'))));
    work.apply({ kind: 'change', at: LATER, change: changeOf('theirs', edit('b', 'x', 'y')) });
    expect(work.accepts(UNDO)).toBe(false);
    expect(work.accepts({ kind: 'undo', at: AT, of: LATER })).toBe(true);
  });

  test('does not count as saved with what was saved before', () => {
    const work = workOf(change(changeOf('mine', edit('a', 'x', 'y'))));
    const saved = savedNow(work);
    expect(work.accepts(saved)).toBe(true);
    work.apply(change(changeOf('theirs', edit('b', 'x', 'y'))));
    expect(work.accepts(saved)).toBe(false);
  });

  test('is not a change of a data set that is gone', () => {
    const work = workOf(change(changeOf('mine', edit('a', 'x', 'y'))));
    expect(work.accepts(change(changeOf('lost', edit('a', null, 'y', 'gone'))))).toBe(false);
  });
});

test('undo goes back to what a file says now that changed under an edit', () => {
  const work = workOf(
    change(changeOf('one', edit('a', 'x', 'y'))),
    change(changeOf('two', edit('a', 'y', 'z'))),
  );
  work.apply({ kind: 'rebased', at: AT, layer: GIVEN_LAYER, opened: [['a', 'x2']] });
  work.apply(UNDO);
  expect(work.edits(GIVEN_LAYER).get('a')).toEqual({ before: 'x2', after: 'y' });
  work.apply(UNDO);
  expect(work.edits(GIVEN_LAYER).size).toBe(0);
  work.apply(REDO);
  expect(work.edits(GIVEN_LAYER).get('a')).toEqual({ before: 'x2', after: 'y' });
});

test('a file that changed under an edit is what the edit is counted from', () => {
  const work = workOf(
    change(changeOf('one', edit('a', 'x', 'y'))),
    change(changeOf('two', edit('b', 'x', 'y'))),
  );
  work.apply({
    kind: 'rebased',
    at: AT,
    layer: GIVEN_LAYER,
    opened: [
      ['a', 'other'],
      ['b', 'y'],
    ],
  });
  expect(Object.fromEntries(work.edits(GIVEN_LAYER))).toEqual({ a: { before: 'other', after: 'y' } });
});

const draft = (key: string, feature: unknown): Draft => ({
  key,
  layer: GIVEN_LAYER,
  id: null,
  before: null,
  feature,
});

test('drafts are put, replaced and dropped by their keys', () => {
  const work = workOf(
    { kind: 'drafts', at: AT, put: [draft('a', 1), draft('b', 1)], drop: [] },
    { kind: 'drafts', at: AT, put: [draft('b', 2)], drop: ['a'] },
  );
  expect([...work.drafts.values()]).toEqual([draft('b', 2)]);
});

describe('a draft that is discarded', () => {
  const put: Entry = { kind: 'drafts', at: AT, put: [draft('a', 1), draft('b', 1)], drop: [] };
  const discard: Entry = {
    kind: 'change',
    at: AT,
    change: { note: 'Discard', records: [], layers: [], drafts: [{ before: draft('a', 1), after: null }] },
  };

  test('is there again when that is undone, and gone when it is redone', () => {
    const work = workOf(put, discard);
    expect([...work.drafts.keys()]).toEqual(['b']);
    work.apply({ kind: 'undo', at: AT, of: AT });
    expect(work.drafts.get('a')).toEqual(draft('a', 1));
    work.apply({ kind: 'redo', at: AT, of: AT });
    expect([...work.drafts.keys()]).toEqual(['b']);
  });

  test('is not what another tab has written on', () => {
    const written: Entry = { kind: 'drafts', at: AT, put: [draft('a', 2)], drop: [] };
    expect(workOf(put).accepts(discard)).toBe(true);
    expect(workOf(put, written).accepts(discard)).toBe(false);
    expect(workOf(put, discard).accepts(discard)).toBe(false);
  });

  test('does not take the place of what a form has kept since', () => {
    const work = workOf(put, discard, { kind: 'drafts', at: AT, put: [draft('a', 2)], drop: [] });
    work.apply({ kind: 'undo', at: AT, of: AT });
    expect(work.drafts.get('a')).toEqual(draft('a', 2));
  });
});
