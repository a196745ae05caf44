import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import type { Draft } from '../../src/domain/work';
import { draftsText } from '../../src/ui/record/draft-words';
import { FormState } from '../../src/ui/record/form/form-state.svelte';
import { sampleSighting } from './sample';
import { workOf } from './work-of';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what is written without a pause is kept all the same, never long after', async () => {
  const workspace = await workOf([sampleSighting()]);
  const writing = new FormState(workspace, { layer: GIVEN_LAYER, id: null }, () => false);
  const kept = () => draftsText(workspace.drafts);
  const written: string[] = [''];
  for (const letter of 'An S-400 near the Neva') {
    written.push((written.at(-1) ?? '') + letter);
    writing.write({ title: written.at(-1) ?? '' });
    vi.advanceTimersByTime(100);
    // Three letters are behind at most.
    if (written.length > 4)
      expect(written.slice(-4).map((title) => `1 draft: “${title.trim()}”`)).toContain(kept());
  }
  vi.advanceTimersByTime(250);
  expect(kept()).toBe('1 draft: “An S-400 near the Neva”');
});

test('what is begun anew is kept again', async () => {
  const workspace = await workOf([sampleSighting()]);
  const writing = new FormState(workspace, { layer: GIVEN_LAYER, id: 'sample' }, () => false);
  writing.write({ title: 'One' });
  writing.startAnew();
  vi.advanceTimersByTime(1000);
  expect(workspace.drafts).toEqual([]);
  writing.write({ title: 'Two' });
  vi.advanceTimersByTime(250);
  expect(draftsText(workspace.drafts)).toBe('1 draft: “Two”');
  writing.discard();
  vi.advanceTimersByTime(1000);
  expect(workspace.drafts).toEqual([]);
});

test('a form in which nothing is written leaves no draft, one with a place does, which is told by it and its time', async () => {
  const workspace = await workOf([sampleSighting()]);
  const writing = new FormState(workspace, { layer: GIVEN_LAYER, id: null }, () => false);
  writing.write({ place: 'none' });
  writing.addSource();
  writing.addDistance();
  expect(writing.keep()).toBe(false);
  writing.write({ place: 'area' });
  vi.advanceTimersByTime(1000);
  expect(workspace.drafts).toEqual([]);
  writing.write({ place: 'point', position: '55.6, 37.5' });
  vi.setSystemTime('2026-03-04T05:06:07.000Z');
  expect(writing.keep()).toBe(true);
  expect(draftsText(workspace.drafts)).toBe('1 draft: “Without a title, at 55.6, 37.5”');
  expect([...workspace.keeper.current.draftTimes.values()]).toEqual(['2026-03-04T05:06:07.000Z']);
  writing.write({ verbatimLocality: 'a park' });
  expect(writing.keep()).toBe(true);
  expect(draftsText(workspace.drafts)).toBe('1 draft: “Without a title, a park”');
});

test('that a place is not known is a change of a sighting that has one', async () => {
  const workspace = await workOf([sampleSighting()]);
  const writing = new FormState(workspace, { layer: GIVEN_LAYER, id: 'sample' }, () => false);
  writing.write({ place: 'none' });
  expect(writing.keep()).toBe(true);
});

test('drafts are told by what the newest is called', () => {
  const draft = (title: unknown, id: string | null = null): Draft => ({
    key: 'a',
    layer: GIVEN_LAYER,
    id,
    before: null,
    feature: { type: 'Feature', properties: { title } },
  });
  expect(draftsText([draft('New'), draft('Old')])).toBe('2 drafts, the last: “New”');
  expect(draftsText([draft(undefined)])).toBe('1 draft: “Without a title”');
  expect(draftsText([draft(' ', 'park')])).toBe('1 draft: “park”');
  expect(draftsText([draft('x'.repeat(50))])).toBe(`1 draft: “${'x'.repeat(40)}…”`);
  expect(draftsText([{ ...draft(''), feature: null }])).toBe('1 draft: “Without a title”');
});
