import { type Zippable, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { applyMapping } from '../../src/io/apply-mapping';
import { suggestMapping } from '../../src/io/column-guess';
import { isFlatCsv } from '../../src/io/flat-columns';
import { writeCsv } from '../../src/io/flat-csv';
import { readFlatCsv } from '../../src/io/flat-csv-read';
import { joinAngles } from '../../src/io/joined-angles';
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
      ['row 4', '-33.5', -33.5, 1e-7, '2023-01-20T12:30:15'],
    ]);
    expect([data.setAside, data.notes]).toEqual([[], ['The sheet “Data” was read.']]);
  });

  test('is read from the sheet that looks like sightings, below its title', async () => {
    const rows: Rows = [['Our list'], ['by the desk'], ['title', 'date', 'lat', 'lon'], ['A', 'x', 55, 37]];
    const bytes = workbook({
      Notes: sheetXml([['What this is'], ['A note']]),
      Empty: sheetXml([]),
      Sightings: sheetXml(rows),
    });
    const { columns, features, sheet, headerRow, notes } = await readSpreadsheet(bytes);
    expect([columns, features.length, sheet, headerRow]).toEqual([
      ['title', 'date', 'lat', 'lon'],
      1,
      'Sightings',
      3,
    ]);
    expect(notes).toContain(
      'The names of the columns are on row 3. Above them stands: “Our list / by the desk”.',
    );
    expect((await readSpreadsheet(bytes, { sheet: 'Sightings', headerRow: 2 })).columns[0]).toBe(
      'by the desk',
    );
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
    const rows = [
      ['title', 'lat'],
      ...Array.from({ length: 150_000 }, (_, i) => [i % 2 ? '' : 'a', i / 1000]),
    ];
    expect((await readSpreadsheet(workbook({ Data: sheetXml(rows) }))).features.length).toBe(150_000);
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

  test('may have what looks like a document type in its comments', async () => {
    const bytes = workbook({ Data: `<!-- <!DOCTYPE c> -->${sheetXml(ROWS)}` });
    expect((await readSpreadsheet(bytes)).features).toHaveLength(2);
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

/** A workbook of rows whose cells are texts, each of which it has but once: cells are numbers of texts. */
function sharing(texts: readonly string[], rows: readonly (readonly number[])[]): Uint8Array {
  const lines = rows.map((row, r) => {
    const cells = row.map((text, c) => `<c r="${columnLetters(c)}${r + 1}" t="s"><v>${text}</v></c>`);
    return `<row r="${r + 1}">${cells.join('')}</row>`;
  });
  const items = texts.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join('');
  const shared = strToU8(`<sst xmlns="${MAIN}">${items}</sst>`);
  const sheet = `<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
  return workbook({ Data: sheet }, { 'xl/sharedStrings.xml': [shared, { level: 0 }] });
}

describe('an error of the spreadsheet', () => {
  const cell = (address: string, error: string) =>
    `<c s='0' r="${address}" t="e"><f>1/0</f><v>${error}</v></c>`;
  /** A sheet whose texts that begin with ! are errors. */
  const withErrors = (rows: Rows) => {
    const xml = sheetXml(rows);
    const inline = /<c r="(\w+)" t="inlineStr"><is><t xml:space="preserve">!([^<]*)<\/t><\/is><\/c>/g;
    return workbook({
      Data: xml.replace(inline, (_, address: string, error: string) => cell(address, error)),
    });
  };
  const rows: Rows = [
    ['title', 'date', 'where', 'lat', 'lon', 'radius', 'remarks'],
    ['A', '2023-01-19', 'a park', 55.7, '!#DIV/0!', 500, ''],
    ['B', '!#REF!', 'a roof', 55.7, 37.6, 500, ''],
    ['C', '2023-01-20', 'a field', 55.7, 37.6, 500, '!#N/A'],
    ['!#NAME?', '', '', '!#VALUE!', '!#VALUE!', '', ''],
    ['D', '2023-01-20', 'a #REF! in a text', 55.7, 37.6, 500, '#1'],
  ];

  test('is no value of its row, and kept beside it', async () => {
    const { columns, features } = await readSpreadsheet(withErrors(rows));
    expect(columns).toEqual(rows[0]);
    expect(features.map(({ errors }) => [...(errors ?? [])])).toEqual([
      [['lon', '#DIV/0!']],
      [['date', '#REF!']],
      [['remarks', '#N/A']],
      [
        ['title', '#NAME?'],
        ['lat', '#VALUE!'],
        ['lon', '#VALUE!'],
      ],
      [],
    ]);
    expect(features[0]?.fields.has('lon')).toBe(false);
    expect(features[0]?.text).toContain('#DIV/0!');
  });

  test('is told with its column in place of what is missing, or as a mend where it can be', async () => {
    const data = await readSpreadsheet(withErrors(rows));
    const from = (column: string) => ({ from: 'column', column }) as const;
    const given = (value: string) => ({ from: 'value', value }) as const;
    const mapping = suggestMapping(data);
    const { accepted, incomplete, setAside, mended } = applyMapping(
      data,
      {
        ...mapping,
        fields: {
          ...mapping.fields,
          verbatimLocality: from('where'),
          coordinateUncertaintyInMeters: from('radius'),
          georeferenceRemarks: from('remarks'),
          confidence: given('low'),
          confidenceBasis: given('One origin.'),
        },
        source: {
          ...mapping.source,
          publisher: given('A desk'),
          publishedDate: given('2023-02-01'),
          origin: given('A desk'),
          claim: given('It was seen.'),
        },
      },
      {},
      new Set(),
    );
    expect([accepted, setAside]).toEqual([2, []]);
    const isError = (column: string, error: string) =>
      `the cell of column “${column}” is ${error}, an error of the spreadsheet: correct it there`;
    expect(incomplete.slice(0, 2).map(({ place, reasons }) => [place, reasons])).toEqual([
      ['row 2', [`$.geometry: ${isError('lon', '#DIV/0!')}`]],
      ['row 3', [`$.properties.eventDate: ${isError('date', '#REF!')}`]],
    ]);
    expect(incomplete[2]?.reasons).toEqual(
      expect.arrayContaining([
        `$.geometry: ${isError('lat', '#VALUE!')}`,
        `$.properties.title: ${isError('title', '#NAME?')}`,
      ]),
    );
    expect(incomplete[2]?.reasons.filter((reason) => /title/.test(reason))).toHaveLength(1);
    expect(mended).toEqual([
      {
        place: 'row 4',
        id: expect.any(String) as string,
        what: `$.properties.georeferenceRemarks: was left out: ${isError('remarks', '#N/A')}`,
      },
    ]);
  });

  test('in a table of our own columns is told as well', async () => {
    const table = readTable(toBytes([...writeCsv([sampleSighting({ id: 'a' })])].join('')));
    const [{ fields } = { fields: new Map<string, unknown>() }] = table.features;
    const cells = [...fields].map(([column, value]) =>
      column === 'lat' ? '!#REF!' : column === 'title' ? '!#N/A' : String(value),
    );
    const data = await readSpreadsheet(withErrors([table.columns, cells]));
    const { accepted, incomplete } = readFlatCsv(data, {});
    expect(accepted).toBe(0);
    expect(incomplete[0]?.reasons).toEqual([
      '$.geometry: the cell of column “lat” is #REF!, an error of the spreadsheet: correct it there',
      '$.properties.title: the cell of column “title” is #N/A, an error of the spreadsheet: correct it there',
    ]);
  });

  test('in a part of an angle is one of the angle', () => {
    const columns = ['lat deg', 'lat min', 'lon deg', 'lon min'];
    const feature = (place: string, cells: readonly number[], errors?: ReadonlyMap<string, string>) => ({
      place,
      text: '',
      fields: new Map(cells.map((value, i) => [columns[i] ?? '', value])),
      ...(errors && { errors }),
    });
    const features = [
      feature('row 2', [55, 45, 37, 36]),
      feature('row 3', [55, 45, 37], new Map([['lon min', '#REF!']])),
    ];
    const joined = joinAngles({ columns, features, setAside: [], notes: [] });
    expect(joined.columns).toEqual(['lat deg + lat min', 'lon deg + lon min']);
    expect(joined.features[1]?.errors?.get('lon deg + lon min')).toBe('#REF!');
  });
});

describe('a text that many cells have', () => {
  const long = 'a'.repeat(1_000_000);

  test('is not read where it would be larger than a file may be', async () => {
    const rows = [[0, 0, 0], ...Array.from({ length: 86 }, () => [1, 1, 1])];
    const { features, setAside } = await readSpreadsheet(sharing(['title', long], rows));
    expect([features, setAside.map(({ reason }) => reason)]).toEqual([
      [],
      [
        'the spreadsheet was not read: its cells have 258,000,015 characters of text in all; at most 256,000,000 are read: shorten the longest texts, or split it into several files',
      ],
    ]);
    const spaces = sharing(['title', `${' '.repeat(999_999)}a`], rows);
    expect((await readSpreadsheet(spaces)).setAside[0]?.reason).toMatch(/have 258,000,015 characters/);
  });

  test('is whole in the texts of its rows, and in its fields', async () => {
    const rows = [
      [0, 0, 0],
      [1, 2, 1],
      [2, 2, 1],
    ];
    const { features } = await readSpreadsheet(sharing(['title', long, ' b '], rows));
    expect(features.map(({ text, fields }) => [text, ...[...fields.values()].map(String)])).toEqual([
      [`${long}\tb\t${long}`, long, 'b', long],
      [`b\tb\t${long}`, 'b', 'b', long],
    ]);
  });

  test('is cut where it names columns', async () => {
    const name = `${long.slice(0, 1000)}…`;
    const { columns } = await readSpreadsheet(sharing(['b', long], [[1, 0, 1], [0]]));
    expect(columns).toEqual([name, 'b', `${name} (2)`]);
  });
});

test('a large sheet of few cells has no fields for the empty ones', async () => {
  const rows = Array.from(
    { length: 50 },
    (_, r) => `<row r="${r + 1}"><c r="XFD${r + 1}"><v>1</v></c></row>`,
  );
  const data = await readSpreadsheet(
    workbook({ Data: `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>` }),
  );
  expect([data.columns.length, data.features.length]).toEqual([16_384, 50]);
  expect(data.features.reduce((sum, { fields }) => sum + fields.size, 0)).toBe(50);
});

const whole = workbook({ Data: sheetXml(ROWS) });
const bad: Readonly<Record<string, readonly [bytes: Uint8Array, reason: RegExp]>> = {
  'an empty file': [new Uint8Array(), /the file is empty/],
  'a truncated file': [
    whole.subarray(0, whole.length / 2),
    /is no spreadsheet that can be read: .*get a complete copy$/,
  ],
  'a text': [toBytes('name,lat\na,1\n'), /is no spreadsheet that can be read/],
  'an old .xls': [Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), /old \.xls file/],
  'another zip archive': [zipSync({ 'a.txt': strToU8('a') }), /is no spreadsheet that can be read/],
  'broken XML': [
    workbook({ Data: '<worksheet><sheetData><row r="1"><c r="A1"' }),
    /the sheet is empty|is no spreadsheet/,
  ],
  'a document type': [
    workbook(
      { Data: sheetXml(ROWS) },
      {
        'xl/sharedStrings.xml': strToU8(
          `<!-- <!DOCTYPE x> -->\n<!DOCTYPE sst [<!ENTITY a "b">]><sst xmlns="${MAIN}"><si><t>&a;</t></si></sst>`,
        ),
      },
    ),
    /^declares a document type or entities on line 2 of “xl\/sharedStrings.xml”, which can make a small file huge: remove that declaration$/,
  ],
  'an empty sheet': [workbook({ Data: sheetXml([]) }), /the sheet is empty/],
  'a zip bomb': [
    workbook({ Data: sheetXml(ROWS) }, { 'xl/media/a.xml': new Uint8Array(9_000_000) }),
    /more than 100 times its size, as a bomb does: unpack it yourself if you trust it$/,
  ],
  'too many files': [
    workbook({}, Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, new Uint8Array(1)]))),
    /has 10\d\d files; at most 1000/,
  ],
  'too many sheets': [
    workbook(
      {},
      { 'xl/workbook.xml': strToU8(`<workbook>${'<x:sheet name="a"/>'.repeat(1001)}</workbook>`) },
    ),
    /has 1001 sheets; at most 1000 are read/,
  ],
  'a row beyond the last one': [
    workbook({
      Data: `<worksheet><sheetData><row r="1048577"><c r="A1048577"><v>1</v></c></row></sheetData></worksheet>`,
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
  'a column whose letters could end a tag': [
    workbook({
      Data: `<worksheet><sheetData><row r="1"><c t='n'r="D<Placemark><Placemark>2"><v>1</v></c></row></sheetData></worksheet>`,
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
