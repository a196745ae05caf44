import { expect, test } from 'vitest';
import { oneLine } from '../../src/cli/fault-text';

test.each([
  ['a\nb\tc', String.raw`a\nb\tc`],
  ['a\u001b[2Jb\u007f', String.raw`a\u001b[2Jb\u007f`],
  ['a\u009b2Jb', String.raw`a\u009b2Jb`],
  ['a\u2028b\u202eb\u2067c', String.raw`a\u2028b\u202eb\u2067c`],
  ['Парк “Лосиный Остров” – \\n', 'Парк “Лосиный Остров” – \\n'],
])('of %j nothing moves a cursor or turns a line around', (text, line) => {
  expect(oneLine(text)).toBe(line);
});
