import { expect, test } from 'vitest';
import { issueLines } from '../../src/cli/issue-lines';
import { readInput, resultLines } from '../../src/cli/read-input';
import { exportFormatOf } from '../../src/cli/write-sightings';
import type { Issue } from '../../src/domain/issue';
import { plainReason } from '../../src/ui/record/open/mapping-words';
import { reportText } from '../../src/ui/record/open/report-text';
import { geoContext, toBytes } from './fixtures';

const report = {
  fileName: 'a.csv',
  format: 'CSV table',
  notes: ['Cells are parted by commas.'],
  layer: { id: 'layer-1', name: 'A' },
  drafts: 1,
  isSavedInto: true,
  result: {
    accepted: 2,
    mended: [{ place: 'line 2', id: 'one', what: '$.geometry: the ring was closed' }],
    warnings: [{ place: 'line 3', id: 'two', message: '$.properties.confidence: is doubtful' }],
    incomplete: [
      {
        place: 'line 4',
        feature: { id: 'three' },
        reasons: ['$.properties.title: is missing', 'eventDate: x'],
      },
      { place: 'line 5', feature: { id: 'four' }, reasons: ['$.properties.title: is missing'] },
    ],
    setAside: [{ place: 'line 6', reason: 'has 7 cells', text: 'a,b\nc' }],
  },
};

test('a report has counts, every place with its reason, and the text of all that did not get in', () => {
  expect(reportText(report, '2026-11-26T10:00:00Z')).toBe(`Import of a.csv (CSV table), 2026-11-26T10:00:00Z
Data set: A

Accepted: 2
Incomplete: 2, of which 1 are kept as drafts
Set aside: 1
Mended: 1
Warnings: 1

Notes: 1
- Cells are parted by commas.

Incomplete: 2
- line 4: Title is missing; Date of the sighting: x
    {"id":"three"}
- line 5: Title is missing
    {"id":"four"}

Set aside: 1
- line 6: has 7 cells
    a,b
    c

Mended: 1
- line 2, one: Place on the map: the ring was closed

Warnings: 1
- line 3, two: Confidence is doubtful
`);
});

test('a report of nothing says so', () => {
  const result = { accepted: 0, mended: [], warnings: [], incomplete: [], setAside: [] };
  const text = reportText({ ...report, notes: [], layer: undefined, drafts: 0, result }, 'now');
  expect(text.split('\n').slice(0, 2)).toEqual([
    'Import of a.csv (CSV table), now',
    'No data set was added.',
  ]);
  expect(text).not.toContain('- ');
});

test.for([
  ['$.properties.title: is missing', 'Title is missing'],
  ['$.properties.sources[0].claim: is missing', 'What the source says is missing'],
  ['sources[1].claim: is missing', 'What the source says (source 2) is missing'],
  ['$.properties.sources: is missing', 'Sources are missing'],
  ['$.properties.coordinateUncertaintyInMeters: is missing: a', 'Uncertainty of the place is missing: a'],
  ['reportedDistances[1].to: is unknown', 'Reported distance 2 (from) is unknown'],
  ['$.geometry.coordinates: is off', 'Place on the map is off'],
  ['$.properties.constructor: is unknown', '“constructor” is unknown'],
  ['$.properties["a \\"b"]: is unknown', '“a "b” is unknown'],
  ['$.properties.sources[0].note: is unknown', '“note” of source 1 is unknown'],
  ['$.properties.reportedDistances[0]: must be an object', 'Reported distance 1 must be an object'],
  ['$.geometry.coordinates: longitude 181 is off: look', 'Place on the map: longitude 181 is off – look'],
  ['status: "a: b" is off: look: here', 'Status: "a: b" is off – look: here'],
  ['status: "a: b is too lo…', 'Status: "a: b is too lo…'],
  ['$: must be a Feature', 'must be a Feature'],
  ['has nothing in it', 'has nothing in it'],
  ['title: is "a; b"; $.properties.status: is off; look', 'Title is "a; b"; Status is off; look'],
] as const)('%s reads %s', ([reason, plain]) => {
  expect(plainReason(reason)).toBe(plain);
});

test('warnings that are alike are told once, with the first places', () => {
  const warnings = Array.from({ length: 1500 }, (_, i) => ({
    place: `line ${i + 2}`,
    id: `s-${i}`,
    message: `$.properties.confidence: "high" with one origin, "desk ${i}"`,
  }));
  const text = reportText({ ...report, result: { ...report.result, warnings } }, 'now');
  expect(text).toContain('\nWarnings: 1,500\n- line 2, s-0: Confidence: "high" with one origin, "desk 0"');
  expect(text.split('\n').filter((line) => line.includes('one origin'))).toHaveLength(1);
  expect(text).toContain(
    ' (and 1,499 more like it: line 3, s-1, line 4, s-2, line 5, s-3, line 6, s-4, line 7, s-5, …)',
  );
});

test('the command line says errors first, and warnings that are alike once', () => {
  const warning = (index: number): Issue => ({
    index,
    id: `s-${index}`,
    path: '$.properties.confidence',
    message: `is doubtful: ${index}`,
    severity: 'warning',
  });
  const error: Issue = { index: 9, id: null, path: '$.id', message: 'is missing', severity: 'error' };
  const issues = [0, 1, 2, 3].map(warning);
  expect(issueLines('f', [...issues, error])).toEqual([
    'f:10:$.id: is missing',
    'f:s-0:$.properties.confidence: warning: is doubtful: 0 (and 3 more like it: s-1, s-2, s-3)',
  ]);
  expect(issueLines('f', issues.slice(1))).toHaveLength(3);
});

test('the command line says an error that all features with errors have once', () => {
  const error = (index: number, path: string): Issue => ({
    index,
    id: null,
    path,
    message: 'is missing and required',
    severity: 'error',
  });
  const ofAll = [0, 1, 2, 3].map((index) => error(index, '$.properties.sources'));
  const all = 'f:1:$.properties.sources: is missing and required (and 3 more like it: 2, 3, 4)';
  expect(issueLines('f', ofAll)).toEqual([all]);
  const title = error(2, '$.properties.title');
  expect(issueLines('f', [...ofAll, title])).toEqual([
    all,
    'f:3:$.properties.title: is missing and required',
  ]);
  // Of three there are no more lines than one reads, and one that not all have names each.
  expect(issueLines('f', ofAll.slice(1))).toHaveLength(3);
  expect(issueLines('f', [...ofAll, error(4, '$.properties.title')])).toHaveLength(5);
  const lines = ofAll.map((one, i) => ({ ...one, id: `s-${i}`, index: null, place: `line ${i + 2}` }));
  expect(issueLines('f', lines)).toEqual([
    'f:s-0:$.properties.sources: is missing and required (line 2) (and 3 more like it: line 3, line 4, line 5)',
  ]);
});

test('convert says first what did not become a sighting, in the order of the file', () => {
  const result = { ...report.result, bytes: new Uint8Array() };
  const lines = [...resultLines('f', { format: 'csv', result, notes: ['Note.'] })];
  expect(lines.map((line) => line.split(': ')[1]?.split(':')[0])).toEqual([
    ...['Note.', 'incomplete', 'incomplete', 'incomplete', 'set aside', 'one', 'two'],
  ]);
});

test('only names that are written by their end are taken for formats', () => {
  expect(exportFormatOf('a.CSV', undefined)).toBe('csv');
  expect(() => exportFormatOf('a.txt', undefined)).toThrow(/a\.txt: is not written by its name, .*\.csv/);
  expect(() => exportFormatOf('a.csv.gz', undefined)).toThrow(/is not written by its name/);
});

test('the command line says what it took the columns as, and of those that are not there nothing', async () => {
  const noteOf = async (table: string) => {
    const { notes } = await readInput('a.csv', toBytes(table), geoContext());
    return notes.filter((note) => note.startsWith('Columns'));
  };
  expect(await noteOf('Datum,Titel,Ort,lat,lng,publisher\n19.01.2023,Eins,Moskau,55.7,37.6,x\n')).toEqual([
    'Columns: “Titel” as the title, “Datum” as the date (eventDate), “Ort” as the place in words (verbatimLocality), “lat” and “lng” as latitude and longitude (lat, lng), “publisher” as the publisher (source.publisher).',
  ]);
  expect(await noteOf('title,coordinates\nOne,"55.7, 37.6"\n')).toEqual([
    'Columns: “title” as the title, “coordinates” as the place.',
  ]);
  expect(await noteOf('a,b\nx,y\n')).toEqual([]);
});

test('the command line names the columns that are not used', async () => {
  const bytes = toBytes('title,lat,lon,date,note\nOne,55.7,37.6,2023-01-19,x\n');
  const { notes } = await readInput('a.csv', bytes, geoContext());
  expect(notes).toContain('Not used, and not taken over: “note”.');
});
