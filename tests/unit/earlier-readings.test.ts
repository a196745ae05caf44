import { describe, expect, test } from 'vitest';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import { earlierReadings, earlierWords } from '../../src/ui/record/open/earlier-readings';
import type { Workspace } from '../../src/ui/record/workspace.svelte';
import { sampleSighting, sampleTable } from './sample';
import { workOf } from './work-of';

async function open(work: Workspace, fileName: string, replaced: readonly { id: string }[] = []) {
  const data = { table: sampleTable([sampleSighting({ id: 'a' })]), collection: {} };
  const layers = work.layers.filter(({ id }) => replaced.some((one) => one.id === id));
  const layer = await work.addLayer({ name: `Of ${fileName}`, fileName, data, content: new Blob() }, layers);
  if (!layer) throw new Error('It was not added.');
  return layer;
}

function namesOf(work: Workspace, fileName = 'a.csv') {
  const { replaced, kept } = earlierReadings(work, fileName);
  return [replaced, kept].map((layers) => layers.map(({ name }) => name));
}

describe('earlier readings of a file', () => {
  test('are what the page opened with, and data sets of that name', async () => {
    const work = await workOf([sampleSighting({ id: 'a' })]);
    await open(work, 'a.csv');
    await open(work, 'b.csv');
    expect(namesOf(work)).toEqual([['Given', 'Of a.csv'], []]);
  });

  test('are not what the page opened with where that is empty', async () => {
    expect(namesOf(await workOf([]))).toEqual([[], []]);
  });

  test('that are changed, or have a draft, stay', async () => {
    const work = await workOf([sampleSighting({ id: 'a' })]);
    work.put(GIVEN_LAYER, sampleSighting({ id: 'a', title: 'Corrected' }), { replaces: 'a' });
    const { id } = await open(work, 'a.csv');
    work.keepDrafts([{ key: 'k', layer: id, id: null, before: null, feature: {} }]);
    expect(namesOf(work)).toEqual([[], ['Given', 'Of a.csv']]);
  });

  test('that are replaced are hidden, which one undo takes back', async () => {
    const work = await workOf([sampleSighting({ id: 'a' })]);
    await open(work, 'a.csv', earlierReadings(work, 'a.csv').replaced);
    const shown = () => work.layers.map(({ name, isShown }) => [name, isShown]);
    expect(shown()).toEqual([
      ['Given', false],
      ['Of a.csv', true],
    ]);
    expect(namesOf(work)).toEqual([['Of a.csv'], []]);
    work.undo();
    expect(shown()).toEqual([['Given', true]]);
  });

  test('are told before and after', async () => {
    const work = await workOf([sampleSighting({ id: 'a' })]);
    const earlier = earlierReadings(work, 'a.csv');
    expect(earlierWords(earlier, false)).toEqual([
      '“Given” was read from this file before: it is hidden when this reading is added.',
    ]);
    expect(earlierWords({ replaced: [], kept: earlier.replaced }, true)).toEqual([
      '“Given”, read from this file before, has changes of yours and stays beside it.',
    ]);
  });
});
