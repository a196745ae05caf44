import { expect, test } from 'vitest';
import { WaitingProgress, stepsOf } from '../../src/io/pace';

test('steps go on where the one before came to, however far that was', () => {
  const told: number[] = [];
  const step = stepsOf((done) => told.push(done));
  const first = step(0.5);
  for (const done of [0, 0.4]) first(done); // it ends early
  const second = step();
  for (const done of [0, 0.5, 1]) second(done);
  expect(told.map((done) => Number(done.toFixed(3)))).toEqual([0, 0.2, 0.2, 0.6, 1]);
});

test('what waits for others tells the last of it, and nothing once it has ended', async () => {
  const told: number[] = [];
  const waiting = new WaitingProgress((done) => told.push(done), 30);
  for (const done of [0.1, 0.2, 0.3]) waiting.tell(done);
  expect(told).toEqual([0.1]);
  await expect.poll(() => told).toEqual([0.1, 0.3]);
  waiting.tell(0.4);
  waiting.end();
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(told).toEqual([0.1, 0.3]);
});
