import { describe, expect, test } from 'vitest';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import { draftsOfRows } from '../../src/ui/record/open/drafts-of-rows';
import { nameOfBytes, standingOf, wordsOf } from '../../src/ui/record/open/readings';
import { sampleSighting, sampleTable } from './sample';
import { workOf } from './work-of';

async function read(fileName: string) {
  const work = await workOf([]);
  const data = { table: sampleTable([sampleSighting({ id: 'a' })]), collection: {} };
  const layer = await work.addLayer({ name: 'Of it', fileName, data, content: new Blob() });
  if (!layer) throw new Error('It was not added.');
  return { work, layer: layer.id };
}

describe('a file at an address', () => {
  test('is not read as long as no data set has its name', async () => {
    const { work, layer } = await read('b.csv');
    expect(standingOf(work, 'a.csv', [{ sha256: 'x', layer }], 'x')).toBe('unread');
  });

  test('has changed when its bytes are none of a shown reading', async () => {
    const { work, layer } = await read('a.csv');
    const readings = [{ sha256: 'x', layer }];
    expect(standingOf(work, 'a.csv', readings, 'x')).toBe('unchanged');
    expect(standingOf(work, 'a.csv', readings, 'y')).toBe('changed');
    expect(standingOf(work, 'a.csv', [...readings, { sha256: 'y', layer: 'gone' }], 'y')).toBe('changed');
    expect(wordsOf('changed').said).toContain('The file has changed since it was read here');
  });

  test('may have changed where its bytes, or those that were read, are not known', async () => {
    const { work, layer } = await read('a.csv');
    expect(standingOf(work, 'a.csv', [], 'x')).toBe('earlier');
    expect(standingOf(work, 'a.csv', [{ sha256: 'x', layer }], '')).toBe('earlier');
    expect(standingOf(work, 'a.csv', [{ sha256: '', layer }], 'x')).toBe('earlier');
    work.changeLayer(layer, { isShown: false });
    expect(standingOf(work, 'a.csv', [{ sha256: 'x', layer }], 'y')).toBe('earlier');
  });

  test('that became drafts alone is read as long as they are there, or completed', async () => {
    const work = await workOf([]);
    const readings = [{ sha256: 'x', layer: GIVEN_LAYER }];
    expect(standingOf(work, 'a.csv', readings, 'x')).toBe('unread');
    work.keepDrafts([{ key: 'k', layer: GIVEN_LAYER, id: null, before: null, feature: {} }]);
    expect(standingOf(work, 'a.csv', [], 'x')).toBe('unread'); // a draft of another kind
    expect(standingOf(work, 'a.csv', readings, 'x')).toBe('unchanged');
    expect(standingOf(work, 'a.csv', readings, 'y')).toBe('changed');
    work.put(GIVEN_LAYER, sampleSighting({ id: 'completed' }));
    work.dropDrafts(['k']);
    expect(standingOf(work, 'a.csv', readings, 'x')).toBe('unchanged');
  });

  test('is told by its bytes', async () => {
    // as `printf abc | sha256sum` has it
    expect(await nameOfBytes(new Blob(['abc']))).toMatch(/^ba7816bf8f01cfea4141.*f20015ad$/);
  });
});

describe('drafts of incomplete rows', () => {
  const rows = [{ feature: { title: 'A' } }, { feature: { title: 'B' } }];

  test('that are there are not added twice, but in another layer they are', () => {
    const first = draftsOfRows(rows.slice(0, 1), 'given', []);
    expect(first.added).toHaveLength(1);
    const second = draftsOfRows(rows, 'given', first.added);
    expect(second.drafts).toHaveLength(2);
    expect(second.added.map(({ feature }) => feature)).toEqual([{ title: 'B' }]);
    expect(draftsOfRows(rows, 'other', first.added).added).toHaveLength(2);
  });

  test('are no corrections of a sighting', () => {
    const correction = { key: 'k', layer: 'given', id: 'a', before: '{}', feature: rows[0]?.feature };
    expect(draftsOfRows(rows, 'given', [correction]).added).toHaveLength(2);
  });
});
