import { expect, test } from 'vitest';
import { whichDataSet } from '../../src/ui/record/layers/which-data-set';
import { openedLayer } from '../../src/ui/record/opened-layer';
import { unchangedOriginal } from '../../src/ui/record/unchanged-original';

test.each([
  ['a.csv', '“a.csv” itself was not changed: Export writes a CSV table.'],
  ['a.XLSX', '“a.XLSX” itself was not changed: Export writes a CSV table.'],
  ['a.kmz', '“a.kmz” itself was not changed: Export writes KML.'],
  ['a.gpx', '“a.gpx” itself was not changed.'],
  ['a.geojson.gz', '“a.geojson.gz” itself was not changed.'],
  ['a.geojson', ''],
  ['a.json', ''],
  ['Pasted text', ''],
])('of %s it is said that it was not changed, where it was not: %s', (fileName, said) => {
  expect(unchangedOriginal(fileName)).toBe(said);
});

test.each([
  [[], ''],
  [['a'], '“a” has unsaved changes. Its own Save is below.'],
  [['a', 'b'], '“a” and “b” have unsaved changes. Each data set has its own Save.'],
  [['a', 'b', 'c'], '“a”, “b” and “c” have unsaved changes. Each data set has its own Save.'],
  [['a', 'b', 'c', 'd'], '“a”, “b”, “c” and 1 other have unsaved changes. Each data set has its own Save.'],
])('of the data sets %j, it is said which are unsaved', (names, said) => {
  const kept = { fileName: 'a.geojson', sha256: 'a', leftOut: 0 };
  const unsaved = names.map((name) => ({ layer: openedLayer(name, kept, []) }));
  expect(whichDataSet(unsaved, 'Save')).toBe(said);
});
