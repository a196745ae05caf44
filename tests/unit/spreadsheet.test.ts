import { type Zippable, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { isFlatCsv } from '../../src/io/flat-columns';
import { writeCsv } from '../../src/io/flat-csv';
import { readFlatCsv } from '../../src/io/flat-csv-read';
import { readSpreadsheet } from '../../src/io/spreadsheet';
import { readTable } from '../../src/io/table-file';
import { toBytes, toText } from './fixtures';
import { sampleSighting } from './sample';

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function cellXml(address: string, value: string | number | Date): string {
  if (typeof value === 'number') return `<c r="${address}"><v>${value}</v></c>`;
  if (value instanceof Date) {
    const serial = value.getTime() / 86_400_000 + 25_569;
    return `<c r="${address}" s="1"><v>${serial}</v></c>`;
  }
  return `<c r="${address}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

type Rows = readonly (readonly (string | number | Date)[])[];

function sheetXml(rows: Rows): string {
  const lines = rows.map((row, r) => {
    const cells = row.map((value, c) => (value === '' ? '' : cellXml(`${columnLetters(c)}${r + 1}`, value)));
    return `<row r="${r + 1}">${cells.join('')}</row>`;
  });
  return `<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** An XLSX file of sheets, each the XML text of its worksheet. */
function workbook(sheets: Readonly<Record<string, string>>, more: Zippable = {}): Uint8Array {
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names
      .map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}">${names
      .map(
        (_, i) =>
          `<Relationship Id="rId${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
      )
      .join('')}<Relationship Id="rIdS" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheets[name] ?? ''])),
  };
  const bytes = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]));
  return zipSync({ ...bytes, ...more });
}

const ROWS: Rows = [
  ['name', 'lat', 'lon', 'date', '__proto__'],
  ['Лосиный Остров & "park"', 55.87, 37.8, new Date('2023-01-19'), 'x'],
  [],
  ['-33.5', -33.5, 1e-7, new Date('2023-01-20T12:30:15Z'), ''],
];

describe('a spreadsheet', () => {
  test('gives the values of its first sheet: numbers, texts, dates in ISO 8601', async () => {
    const data = await readSpreadsheet(workbook({ Data: sheetXml(ROWS) }));
    expect(data.columns).toEqual(['name', 'lat', 'lon', 'date', '__proto__']);
    expect(data.features.map(({ place, fields }) => [place, ...fields.values()])).toEqual([
      ['row 2', 'Лосиный Остров & "park"', 55.87, 37.8, '2023-01-19', 'x'],
      ['row 4', '-33.5', -33.5, 1e-7, '2023-01-20T12:30:15', ''],
    ]);
    expect([data.setAside, data.notes]).toEqual([[], ['The sheet “Data” was read.']]);
  });

  test('names the sheets that were not read, and reads another when asked', async () => {
    const bytes = workbook({ First: sheetXml(ROWS), Second: sheetXml([['title'], ['a']]) });
    expect((await readSpreadsheet(bytes)).notes).toContain('Sheets that were not read: “Second”.');
    expect((await readSpreadsheet(bytes, { sheet: 'Second' })).columns).toEqual(['title']);
    expect((await readSpreadsheet(bytes, { sheet: 'Third' })).setAside[0]?.reason).toBe(
      'there is no sheet “Third”: there are “First”, “Second”',
    );
  });

  test('may have no header', async () => {
    const data = await readSpreadsheet(workbook({ Data: sheetXml([['a', 1]]) }));
    expect([data.columns, data.features.length]).toEqual([['Column 1', 'Column 2'], 1]);
  });

  test('may have many rows', async () => {
    const rows = [['title', 'lat'], ...Array.from({ length: 5000 }, (_, i) => [`title ${i}`, i / 1000])];
    expect((await readSpreadsheet(workbook({ Data: sheetXml(rows) }))).features.length).toBe(5000);
  });

  test('of our own columns gives the same sightings', async () => {
    const sightings = [sampleSighting({ id: 'a', title: '=1' }), sampleSighting({ id: 'b', geometry: null })];
    const table = readTable(toBytes([...writeCsv(sightings)].join('')));
    const cells = table.features.map(({ fields }) =>
      [...fields].map(([name, cell]) => (name === 'lng' && cell !== '' ? Number(cell) : String(cell))),
    );
    const data = await readSpreadsheet(workbook({ Data: sheetXml([table.columns, ...cells]) }));
    expect(isFlatCsv(data.columns)).toBe(true);
    const lines = toText(readFlatCsv(data, {}).bytes).split('\n').slice(1, 3);
    expect(lines).toEqual([`${JSON.stringify(sightings[0])},`, JSON.stringify(sightings[1])]);
  });

  test('is not read when it was cancelled', async () => {
    const cancel = () => {
      throw new Error('cancelled');
    };
    await expect(readSpreadsheet(workbook({ Data: sheetXml(ROWS) }), {}, cancel)).rejects.toThrow(
      'cancelled',
    );
  });
});

const whole = workbook({ Data: sheetXml(ROWS) });
const bad: Readonly<Record<string, readonly [bytes: Uint8Array, reason: RegExp]>> = {
  'an empty file': [new Uint8Array(), /the file is empty/],
  'a truncated file': [
    whole.subarray(0, whole.length / 2),
    /is no spreadsheet that can be read: .*Save it anew/,
  ],
  'a text': [toBytes('name,lat\na,1\n'), /is no spreadsheet that can be read/],
  'an old .xls': [Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /old \.xls file/],
  'another zip archive': [zipSync({ 'a.txt': strToU8('a') }), /is no spreadsheet that can be read/],
  'broken XML': [
    workbook({ Data: '<worksheet><sheetData><row r="1"><c r="A1"' }),
    /the sheet is empty|is no spreadsheet/,
  ],
  'an empty sheet': [workbook({ Data: sheetXml([]) }), /the sheet is empty/],
  'a zip bomb': [
    workbook({ Data: sheetXml(ROWS) }, { 'xl/media/a.xml': new Uint8Array(9_000_000) }),
    /times as large/,
  ],
  'too many files': [
    workbook({}, Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, new Uint8Array(1)]))),
    /files in it; at most 1000/,
  ],
  'a row beyond the last one': [
    workbook({
      Data: `<worksheet><sheetData><row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData></worksheet>`,
    }),
    /where no spreadsheet has cells/,
  ],
  'a row number in disguise': [
    workbook({ Data: `<worksheet><sheetData><row r = '&#57;99999999'></row></sheetData></worksheet>` }),
    /where no spreadsheet has cells/,
  ],
  'a column beyond the last one': [
    workbook({
      Data: `<worksheet><sheetData><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>`,
    }),
    /where no spreadsheet has cells/,
  ],
  'cells at the far corner': [
    workbook({
      Data: `<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>`,
    }),
    /cells, empty ones included; at most/,
  ],
};

describe('what is no spreadsheet is set aside with the reason', () => {
  test.for(Object.entries(bad))('%s', async ([, [bytes, reason]]) => {
    const data = await readSpreadsheet(bytes);
    expect([data.features, data.setAside.length]).toEqual([[], 1]);
    expect(data.setAside[0]?.reason).toMatch(reason);
  });
});
