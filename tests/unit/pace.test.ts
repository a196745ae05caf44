import { expect, test } from 'vitest';
import { stepsOf } from '../../src/io/pace';

test('steps go on where the one before came to, however far that was', () => {
  const told: number[] = [];
  const step = stepsOf((done) => told.push(done));
  const first = step(0.5);
  for (const done of [0, 0.4]) first(done); // it ends early
  const second = step();
  for (const done of [0, 0.5, 1]) second(done);
  expect(told.map((done) => Number(done.toFixed(3)))).toEqual([0, 0.2, 0.2, 0.6, 1]);
});
