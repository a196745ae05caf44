import { expect, test } from 'vitest';
import { reunite, saidOf } from '../../src/ui/record/changed-under';

const text = (properties: Record<string, unknown>) => JSON.stringify({ type: 'Feature', properties });
const OPENED = text({ title: 'A', quantity: 1, confidenceBasis: 'a' });

/** What is said of a correction of a sighting that the file has otherwise now. */
function said(mine: string, now: string): string | undefined {
  return saidOf('Mine', reunite(new Map([['a', { before: OPENED, after: mine }]]), [['a', now]]));
}

test('says what becomes of corrections whose file has changed', () => {
  const now = text({ title: 'A', quantity: 2, confidenceBasis: 'a' });
  const news = '“Mine” has changed since you corrected it.';
  expect(said(text({ title: 'B', quantity: 1, confidenceBasis: 'a' }), now)).toBe(
    `${news} What is new there is taken over (1).`,
  );
  expect(said(text({ title: 'A', quantity: 3, confidenceBasis: 'a' }), now)).toBe(
    `${news} Where it says something else than you, yours is shown (1).`,
  );
  expect(said(text({ title: 'B', quantity: 2, confidenceBasis: 'a' }), now)).toBe(
    `${news} Yours has already what is new there (1).`,
  );
});

test('says nothing of a file that has the corrections now, or is only written in another way', () => {
  const mine = text({ title: 'B', quantity: 1, confidenceBasis: 'a' });
  expect(said(mine, mine)).toBeUndefined();
  expect(said(mine, text({ quantity: 1, confidenceBasis: 'a', title: 'A' }))).toBeUndefined();
});

test('does what is left of a taking over that was left in the middle, and nothing twice', () => {
  const now = text({ title: 'A', quantity: 2, confidenceBasis: 'b' });
  const mine = text({ title: 'B', quantity: 3, confidenceBasis: 'a' });
  const first = reunite(new Map([['a', { before: OPENED, after: mine }]]), [['a', now]]);
  const merged = first.texts.get('a') ?? '';
  expect(JSON.parse(merged)).toMatchObject({ properties: { title: 'B', quantity: 3, confidenceBasis: 'b' } });
  const then = reunite(new Map([['a', { before: OPENED, after: merged }]]), [['a', now]]);
  expect(then).toEqual({ texts: new Map(), conflicts: 1, agreeing: 1 });
});
