import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { unzipWithin } from '../../src/io/archive';
import { applyMapping } from '../../src/io/apply-mapping';
import { suggestMapping } from '../../src/io/column-guess';
import { writeCsv } from '../../src/io/flat-csv';
import type { ImportResult } from '../../src/io/foreign';
import { writeKml } from '../../src/io/kml';
import { openFile } from '../../src/io/open';
import { itemsOf } from '../../src/io/set-aside';
import { reportText } from '../../src/ui/record/open/report-text';
import { SetAsideList, setAsideContent } from '../../src/ui/record/set-aside-content';
import { setAsideReport } from '../../src/ui/record/set-aside-files';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, toBytes } from './fixtures';
import { sampleSighting } from './sample';

/** Longer than any text was that was kept; its last word tells whether all of it is there. */
const LONG = `${'Novo-Ogaryovo '.repeat(2200)}THE-LAST-WORD`;
const RING = `${'37.3,55.7 37.4,55.8 37.5,55.6 '.repeat(1500)}37.3,55.7 `;

function placemark(inside: string): string {
  return `<Placemark><name>x</name>${inside}</Placemark>`;
}

function kml(...placemarks: readonly string[]): Uint8Array {
  return toBytes(
    `<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n${placemarks.join('\n')}\n</Document></kml>`,
  );
}

const AREA = `<Polygon><outerBoundaryIs><LinearRing><coordinates>${RING}</coordinates></LinearRing></outerBoundaryIs></Polygon>`;
const BROKEN = placemark(`${AREA}<description>R&nosuch;D ${LONG}</description>`);
const PICTURE = `<GroundOverlay><name>x</name><description>${LONG}</description></GroundOverlay>`;
const POINT = placemark('<Point><coordinates>37,55</coordinates></Point>');

/** A flat table of ours, parted by tabs, whose second row has a cell too many. */
function flatTsv(): [bytes: Uint8Array, row: string] {
  const csv = [...writeCsv([sampleSighting()])].join('');
  const [header = '', row = ''] = csv.split('\n');
  expect(csv).not.toContain('"'); // so that commas part cells and nothing else
  const tabs = (line: string) => line.trimEnd().replaceAll(',', '\t');
  const long = `${tabs(row)}\ttoo many\t${LONG}`;
  return [toBytes(`${tabs(header)}\n${tabs(row)}\n${long}\n`), long];
}

function workbook(rows: readonly (readonly string[])[]): Uint8Array {
  const lines = rows.map((row, r) => {
    const cells = row.map((text, c) =>
      text === ''
        ? ''
        : `<c r="${String.fromCharCode(65 + c)}${r + 1}" t="inlineStr"><is><t>${text}</t></is></c>`,
    );
    return `<row r="${r + 1}">${cells.join('')}</row>`;
  });
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const sheet = strToU8(`<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData></worksheet>`);
  const places = new Uint8Array(readFileSync(join(ROOT, 'tests/fixtures/open/places.xlsx')));
  const parts = [...unzipWithin(places)].map(
    ([name, part]) => [name, name.includes('sheet1') ? sheet : part] as const,
  );
  return zipSync(Object.fromEntries(parts), { level: 0 }); // what packs so well is taken for a bomb
}

/** What became of a file, its columns taken for what they seem to be. */
async function resultOf(name: string, bytes: Uint8Array): Promise<ImportResult> {
  const opened = await openFile(bytes, name, {});
  return opened.kind === 'sightings'
    ? opened.result
    : applyMapping(opened.data, suggestMapping(opened.data), {}, new Set());
}

const SIGHTINGS_KML = [...writeKml([sampleSighting()], [])].join('');
const [TSV, TSV_ROW] = flatTsv();
const CSV_ROW = `b,55.8,37.6,2023-01-20,too many,"${LONG}"`;
const FEATURE = `{"type":"Feature","properties":[],"note":"${LONG}","geometry":null}`;

const CASES: Readonly<Record<string, readonly [name: string, bytes: Uint8Array, text: string]>> = {
  'a row of a CSV table': [
    'a.csv',
    toBytes(`title,lat,lng,date\na,55.7,37.5,2023-01-19\n${CSV_ROW}\nc,55.7,37.5,2023-01-21\n`),
    CSV_ROW,
  ],
  'a row of a flat table of ours': ['ours.tsv', TSV, TSV_ROW],
  'a column of a flat table that is none of ours': [
    'ours.csv',
    toBytes(
      [...writeCsv([sampleSighting()])]
        .join('')
        .split('\n')
        .map((line, i) => (line === '' ? '' : `${line.trimEnd()},${i === 0 ? 'remark' : LONG}`))
        .join('\n'),
    ),
    LONG,
  ],
  'a Placemark of KML': ['a.kml', kml(POINT, BROKEN, POINT), BROKEN],
  'a picture of KML': ['b.kml', kml(POINT, PICTURE), PICTURE],
  'a Placemark with a prefix': [
    'c.kml',
    toBytes(
      `<k:kml xmlns:k="http://www.opengis.net/kml/2.2"><k:Placemark><k:Point><k:coordinates>37,55</k:coordinates></k:Point></k:Placemark><k:GroundOverlay><k:description>${LONG}</k:description></k:GroundOverlay></k:kml>`,
    ),
    `<k:GroundOverlay><k:description>${LONG}</k:description></k:GroundOverlay>`,
  ],
  'the rest of KML that breaks off': [
    'd.kml',
    toBytes(`<kml><Document>${POINT}<Placemark><name>${LONG}`),
    `<Placemark><name>${LONG}`,
  ],
  'what KML of ours was given': [
    'ours.kml',
    toBytes(SIGHTINGS_KML.replace(/<description>[^]*?<\/description>/, `<description>${LONG}</description>`)),
    LONG,
  ],
  'a field that KML of ours has not': [
    'ours.kml',
    toBytes(SIGHTINGS_KML.replace('</name><desc', `</name><address>${LONG}</address><desc`)),
    LONG,
  ],
  'a row of a spreadsheet': [
    'a.xlsx',
    workbook([
      ['title', 'lat', 'lng', 'date', 'unrelated'],
      ['a', '55.7', '37.5', '2023-01-19', 'x'],
      ['', '', '', '', LONG],
      ['b', '55.7', '37.5', '2023-01-20', 'x'],
    ]),
    `\t\t\t\t${LONG}`,
  ],
  'a feature of GeoJSON of others': [
    'a.geojson',
    toBytes(
      `{"type":"FeatureCollection","features":[\n{"type":"Feature","properties":{"name":"x"},"geometry":{"type":"Point","coordinates":[37,55]}},\n${FEATURE}\n]}`,
    ),
    FEATURE,
  ],
  'a feature of GeoJSON of ours': [
    'ours.geojson',
    toBytes(`{"type":"FeatureCollection","features":[\n${JSON.stringify(sampleSighting())},\n${FEATURE}\n]}`),
    FEATURE,
  ],
};

describe.for(Object.entries(CASES))('%s that is very long', ([, [name, bytes, text]]) => {
  test('is set aside with its whole text', async () => {
    const { setAside } = await resultOf(name, bytes);
    expect(setAside.map((aside) => aside.text.length)).toEqual([text.length]);
    expect(setAside[0]?.text === text).toBe(true);
  });

  test('is whole in the list that is saved, and cut where it is shown', async () => {
    const list = await SetAsideList.read(
      setAsideContent(itemsOf(await resultOf(name, bytes)), false).content,
    );
    const saved = await (await setAsideReport(list, 'Of a file')).text();
    expect(saved.includes(`\n    ${text}\n`)).toBe(true);
    const entry = list.entries.at(-1); // behind what is incomplete
    expect(entry && (await list.textOf(entry, 240))).toBe(`${text.slice(0, 240)}…`);
  });

  test('is whole in the report that is saved', async () => {
    const result = await resultOf(name, bytes);
    const rest = { notes: [], layer: undefined, drafts: 0, isSavedInto: false };
    const report = reportText({ fileName: name, format: 'x', result, ...rest }, '2026-11-26T10:00:00Z');
    expect(report.includes(`\n    ${text}\n`)).toBe(true);
  });
});
