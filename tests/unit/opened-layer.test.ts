import { expect, test } from 'vitest';
import { freeName, openedLayer } from '../../src/ui/record/opened-layer';

const layers = ['Reports', 'north', 'north (2)'].map((name) =>
  openedLayer(name, { fileName: 'a.geojson', sha256: 'a', leftOut: 0 }, []),
);

test.each([
  [['Birds', 'north'], 'Birds'],
  [['Reports', 'south'], 'south'],
  [['Reports', 'north'], 'north (3)'],
  [['north', 'north'], 'north (3)'],
] as const)('of the names %j, %s is free', (names, free) => {
  expect(freeName(names, layers)).toBe(free);
});
