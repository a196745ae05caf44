import { afterEach, expect, test, vi } from 'vitest';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import type { Entry } from '../../src/domain/work';
import { FormState } from '../../src/ui/record/form/form-state.svelte';
import { draftsOfLost } from '../../src/ui/record/lost-drafts';
import { sampleSighting } from './sample';
import { workOf } from './work-of';

afterEach(() => {
  vi.unstubAllGlobals();
});

function correctionTo(title: string): Entry {
  const text = (of: string) => JSON.stringify(sampleSighting({ title: of }));
  const record = { layer: GIVEN_LAYER, id: 'sample', before: text('Before'), after: text(title) };
  return {
    kind: 'change',
    at: '2026-01-02T10:00:00.000Z',
    change: { note: '', records: [record], layers: [] },
  };
}

test('what two tabs have lost of one sighting is two drafts', async () => {
  const workspace = await workOf([sampleSighting()]);
  for (const title of ['Mine', 'Of the third tab'])
    workspace.keepDrafts(draftsOfLost([correctionTo(title)]).drafts);
  expect(workspace.drafts.map(({ feature }) => feature)).toMatchObject([
    { properties: { title: 'Of the third tab' } },
    { properties: { title: 'Mine' } },
  ]);
});

test('what one tab has lost of one sighting by and by is one draft each', () => {
  const { drafts } = draftsOfLost([correctionTo('First'), correctionTo('Second')]);
  expect(new Set(drafts.map(({ key }) => key)).size).toBe(2);
});

test('a draft can be begun on plain http, where a browser makes no UUIDs', async () => {
  const workspace = await workOf([sampleSighting()]);
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const writing = new FormState(workspace, { layer: GIVEN_LAYER, id: 'sample' }, () => false);
  writing.write({ title: 'Written' });
  expect(writing.keep()).toBe(true);
  expect(workspace.drafts).toHaveLength(1);
});
