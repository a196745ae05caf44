import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './fixtures';

const MOST = 20;

const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** The rows of README's table of packages: their names, and why they are there. */
function rowsOfReadme(): { name: string; why: string }[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, section = ''] = /^### What it depends on$(.*?)^#/ms.exec(readme) ?? [];
  return [...section.matchAll(/^\| `([^`]+)` *\| *(.*?) *\|$/gm)].map(([, name = '', why = '']) => ({
    name,
    why,
  }));
}

describe('the packages that readers get', () => {
  test(`are at most ${MOST}`, () => {
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(MOST);
  });

  test('are those of README, in order', () => {
    expect(rowsOfReadme().map(({ name }) => name)).toEqual(Object.keys(dependencies).toSorted());
  });

  test.for(rowsOfReadme())('$name has a reason: $why', ({ why }) => {
    expect(why.length).toBeGreaterThan(2);
  });
});
