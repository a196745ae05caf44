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
      },
    ]);
  });

  test('has no sighting whose change was undone, and has it again when that was redone', () => {
    const added = change('Add', [edit('a', null, feature('a', 'A'))]);
    const entries: Entry[] = [added, { kind: 'undo', at: at(), of: added.at }];
    expect(summarize(entries)).toMatchObject({ summary: { changes: 0 }, sightings: [] });
    const redone = summarize([...entries, { kind: 'redo', at: at(), of: added.at }]);
    expect(redone).toMatchObject({ summary: { changes: 1 }, sightings: [{ id: 'a' }] });
  });

  test('has no sighting that is what it was', () => {
    const [a, b] = [feature('a', 'A'), feature('a', 'B')];
    expect(summarize([change('There', [edit('a', a, b)]), change('Back', [edit('a', b, a)])])).toMatchObject({
      summary: { changes: 2 },
      sightings: [],
    });
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
    const layer: Layer = {
      id: 'x',
      name: 'Letters',
      ring: 'teal',
      isShown: true,
      source: { kind: 'content', fileName: 'x.csv', sha256: '00' },
    };
    const draft = { key: 'k', layer: 'given', id: null, before: null, feature: {} };
    const drafts: Entry = { kind: 'drafts', at: at(), put: [draft, { ...draft, key: 'l' }], drop: [] };
    const dropped: Entry = { kind: 'drafts', at: at(), put: [], drop: ['l'] };
    expect(summarize([change('Open', [], [layer]), drafts, dropped]).summary).toEqual({
      changes: 1,
      drafts: 1,
      lastAt: dropped.at,
      layerNames: ['Letters'],
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
