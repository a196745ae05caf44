import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { summarize } from '../../src/domain/kept';
import type { Entry, Layer, RecordEdit } from '../../src/domain/work';
import { anyEntry } from './entries';

let day = 0;
const at = () => new Date(Date.UTC(2026, 0, ++day)).toISOString();
const feature = (id: string, title: unknown) => JSON.stringify({ id, properties: { title } });

function change(note: string, records: readonly RecordEdit[], layers: readonly Layer[] = []): Entry {
  const added = layers.map((after) => ({ before: null, after, at: 1 }));
  return { kind: 'change', at: at(), change: { note, records, layers: added } };
}

function edit(id: string, before: string | null, after: string | null): RecordEdit {
  return { layer: 'given', id, before, after };
}

const letters: Layer = {
  id: 'x',
  name: 'Letters',
  ring: 'teal',
  isShown: true,
  source: { kind: 'content', fileName: 'x.csv', sha256: '00' },
};

describe('the sum of a journal', () => {
  test('has each changed sighting once, as the last change left it', () => {
    const first = change('Correct', [edit('a', feature('a', 'Old'), feature('a', 'New'))]);
    const last = change('Correct again', [edit('a', feature('a', 'New'), feature('a', 'Newest'))]);
    expect(summarize([first, last]).sightings).toEqual([
      {
        layer: 'given',
        id: 'a',
        title: 'Newest',
        text: feature('a', 'Newest'),
        at: last.at,
        note: 'Correct again',
        state: 'stands',
      },
      {
        layer: 'given',
        id: 'a',
        title: 'New',
        text: feature('a', 'New'),
        at: first.at,
        note: 'Correct',
        state: 'replaced',
      },
    ]);
  });

  test('tells that a change was undone, and that it stands again when that was redone', () => {
    const added = change('Add', [edit('a', null, feature('a', 'A'))]);
    const entries: Entry[] = [added, { kind: 'undo', at: at(), of: added.at }];
    const undone = summarize(entries);
    expect(undone.summary).toMatchObject({ changes: 0, changedSightings: 0 });
    expect(undone.sightings).toMatchObject([{ id: 'a', text: feature('a', 'A'), state: 'replaced' }]);
    const redone = summarize([...entries, { kind: 'redo', at: at(), of: added.at }]);
    expect(redone.summary).toMatchObject({ changes: 1, changedSightings: 1 });
    expect(redone.sightings).toMatchObject([{ id: 'a', state: 'stands' }]);
  });

  test('has what was undone and overtaken by another change', () => {
    const [old, first, last] = [feature('a', 'Old'), feature('a', 'First'), feature('a', 'Last')];
    const entries = [
      change('Correct', [edit('a', old, first)]),
      { kind: 'undo' as const, at: at(), of: '' },
      change('Correct', [edit('a', old, last)]),
    ];
    expect(summarize(entries).sightings).toMatchObject([
      { title: 'Last', state: 'stands' },
      { title: 'First', state: 'replaced' },
    ]);
  });

  test('has what was taken back, and not what the data says anyway', () => {
    const [a, b] = [feature('a', 'A'), feature('a', 'B')];
    const { summary, sightings } = summarize([
      change('There', [edit('a', a, b)]),
      change('Back', [edit('a', b, a)]),
      change('Delete', [edit('a', a, null)]),
      change('Again', [edit('a', null, a)]),
    ]);
    expect(summary).toMatchObject({ changes: 4, changedSightings: 0 });
    expect(sightings).toMatchObject([{ title: 'B', text: b, note: 'There', state: 'replaced' }]);
  });

  test('does not call replaced what the file says by now', () => {
    const [a, b] = [feature('a', 'A'), feature('a', 'B')];
    const rebased: Entry = { kind: 'rebased', at: at(), layer: 'given', opened: [['a', b]] };
    expect(summarize([change('Correct', [edit('a', a, b)]), rebased]).sightings).toEqual([]);
  });

  test('does not say that a sighting stands whose data set was removed', () => {
    const added = { layer: 'x', id: 'a', before: null, after: feature('a', 'A') };
    const removed: Entry = {
      kind: 'change',
      at: at(),
      change: { note: 'Remove “Letters”', records: [], layers: [{ before: letters, after: null, at: 1 }] },
    };
    const { summary, sightings } = summarize([
      change('Open', [], [letters]),
      change('Add', [added]),
      removed,
    ]);
    expect(sightings).toMatchObject([{ id: 'a', state: 'replaced' }]);
    expect(summary).toMatchObject({ changedSightings: 0, notes: ['Open', 'Add', 'Remove “Letters”'] });
  });

  test('has drafts as they were written last, and those that were discarded', () => {
    const draft = (key: string, title: string) => ({
      key,
      layer: 'given',
      id: null,
      before: null,
      feature: { properties: { title } },
    });
    const put: Entry = { kind: 'drafts', at: at(), put: [draft('k', 'Half'), draft('l', 'Other')], drop: [] };
    const more: Entry = { kind: 'drafts', at: at(), put: [draft('k', 'Half a report')], drop: [] };
    const discard: Entry = {
      kind: 'change',
      at: at(),
      change: {
        note: 'Discard',
        records: [],
        layers: [],
        drafts: [{ before: draft('l', 'Other'), after: null }],
      },
    };
    const { sightings } = summarize([put, more, discard]);
    expect(sightings).toMatchObject([
      { title: 'Other', id: null, at: discard.at, state: 'discarded' },
      { title: 'Half a report', at: more.at, state: 'draft' },
    ]);
    const undone = summarize([put, more, discard, { kind: 'undo', at: at(), of: discard.at }]);
    expect(undone.sightings.map(({ state }) => state)).toEqual(['draft', 'draft']);
  });

  test('names a deleted sighting as it was called', () => {
    const { sightings } = summarize([change('Delete', [edit('a', feature('a', 'Gone'), null)])]);
    expect(sightings).toMatchObject([{ title: 'Gone', text: null, note: 'Delete' }]);
  });

  test.for([feature('a', 7), '{"id":"a"}', 'null', '7', 'no JSON'])(
    'calls a sighting by its id when its text is %s',
    (text) => {
      const { sightings } = summarize([change('Add', [edit('a', null, text)])]);
      expect(sightings).toMatchObject([{ title: 'a' }]);
    },
  );

  test('counts drafts, and names the layers that it knows', () => {
    const draft = { key: 'k', layer: 'given', id: null, before: null, feature: {} };
    const drafts: Entry = { kind: 'drafts', at: at(), put: [draft, { ...draft, key: 'l' }], drop: [] };
    const dropped: Entry = { kind: 'drafts', at: at(), put: [], drop: ['l'] };
    expect(summarize([change('Open', [], [letters]), drafts, dropped]).summary).toEqual({
      changes: 1,
      changedSightings: 0,
      drafts: 1,
      lastAt: dropped.at,
      layerNames: ['Letters'],
      notes: ['Open'],
    });
  });

  test('can be made of any entries, even such as do not fit together', () => {
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        expect(summarize(entries).summary.changes).toBeLessThanOrEqual(entries.length);
      }),
    );
  });
});
