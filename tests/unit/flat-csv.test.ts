import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeFormula, unescapeFormula } from '../../src/domain/csv';
import type { Sighting } from '../../src/domain/sighting';
import { isFlatCsv } from '../../src/io/flat-columns';
import { writeCsv } from '../../src/io/flat-csv';
import { readFlatCsv } from '../../src/io/flat-csv-read';
import { readSightings } from '../../src/io/geojson';
import { readTable } from '../../src/io/table-file';
import { anySighting, anyText } from './any-sighting';
import { geoBytes, geoContext, toBytes, toText } from './fixtures';
import { sampleSighting, sampleSource } from './sample';

function csvOf(sightings: readonly Sighting[]): string {
  return [...writeCsv(sightings)].join('');
}

/** The features that a table gives back, each as its line of GeoJSON. */
function linesOf(text: string, context = {}): string[] {
  const data = readTable(toBytes(text));
  expect(isFlatCsv(data.columns)).toBe(true);
  const result = readFlatCsv(data, context);
  expect([result.incomplete, result.setAside, result.mended]).toEqual([[], [], []]);
  return toText(result.bytes)
    .split('\n')
    .slice(1, -2)
    .map((line) => line.replace(/,$/, ''));
}

function byId(sightings: readonly Sighting[]): Sighting[] {
  return sightings.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

describe('a flat table', () => {
  test('gives back any sighting, equal to the byte', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anySighting(), { selector: ({ id }) => id, maxLength: 4 }), (sightings) => {
        fc.pre(sightings.length > 0);
        expect(linesOf(csvOf(sightings))).toEqual(
          byId(sightings).map((sighting) => JSON.stringify(sighting)),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('keeps members that the contract does not know', () => {
    fc.assert(
      fc.property(anySighting({ hasExtras: true }), (sighting) => {
        expect(linesOf(csvOf([sighting]))).toEqual([JSON.stringify(sighting)]);
      }),
      { numRuns: 60 },
    );
  });

  test('of geo/ comes back as it is', () => {
    const { table } = readSightings(geoBytes('sightings.geojson'), geoContext());
    const sightings = Array.from({ length: table.length }, (_, row) => table.record(row));
    expect(linesOf(csvOf(sightings), geoContext())).toEqual(
      byId(sightings).map((sighting) => JSON.stringify(sighting)),
    );
  });

  test('can be written from what is gone through once', () => {
    function* once() {
      yield sampleSighting({ id: 'a', sources: [sampleSource(), sampleSource()] });
      yield sampleSighting({ id: 'b' });
    }
    expect([...writeCsv(once())].join('')).toBe(
      csvOf([
        sampleSighting({ id: 'a', sources: [sampleSource(), sampleSource()] }),
        sampleSighting({ id: 'b' }),
      ]),
    );
  });

  test('is readable: a line a sighting, numbers as numbers, sources counted from 1', () => {
    const sighting = sampleSighting({
      title: '-33.5',
      geometry: { type: 'Point', coordinates: [-33.5, 1e-7] },
      reportedDistances: [{ to: 'kremlin', meters: 8000, qualifier: 'about', source: 0 }],
    });
    const [header = '', line = ''] = csvOf([sighting]).split('\r\n');
    const cells = line.split(',');
    const cell = (name: string) => cells[header.split(',').indexOf(name)];
    expect(['title', 'lng', 'lat', 'reportedDistance1_source'].map(cell)).toEqual([
      "'-33.5",
      '-33.5',
      '1e-7',
      '1',
    ]);
  });

  test('has no cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(anySighting({ hasExtras: true }), (sighting) => {
        const data = readTable(toBytes(csvOf([sighting])));
        for (const [name, cell] of data.features[0]?.fields ?? []) {
          if (name !== 'lng' && name !== 'lat') expect(String(cell)).not.toMatch(/^[=+\-@\t\r\n]/);
        }
      }),
    );
  });
});

describe('a flat table that breaks off', () => {
  test('anywhere gives no more than its whole rows, and is told', () => {
    const many = fc.uniqueArray(anySighting({ hasExtras: true }), {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(many, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (sightings, share) => {
        let length = 0;
        const [header = 0, ...ends] = [...writeCsv(sightings)].map(
          (line) => (length += toBytes(line).length) - 2,
        );
        const cut = header + Math.floor(share * (length - header));
        const data = readTable(toBytes(csvOf(sightings)).subarray(0, cut));
        expect(isFlatCsv(data.columns)).toBe(true);
        const whole = ends.filter((end) => end <= cut).length;
        expect(readFlatCsv(data, {}).accepted).toBeLessThanOrEqual(whole);
        // Between the letters of a line end nothing is lost.
        const isWhole = [header, ...ends].some((end) => cut >= end && cut <= end + 2);
        if (!isWhole) expect(data.notes.join()).toMatch(/The file breaks off|the file may be broken off/);
      }),
      { numRuns: 200 },
    );
  });

  const text = csvOf([sampleSighting({ id: 'a' }), sampleSighting({ id: 'b', title: 'First\r\n"two"' })]);
  const read = (end: number) => {
    const data = readTable(toBytes(text.slice(0, end)));
    const { accepted, setAside } = readFlatCsv(data, {});
    return { accepted, setAside, notes: data.notes.slice(1) };
  };

  test.for([
    ['in a cell', text.length - 10],
    ['in a quote', text.indexOf('First') + 1],
    ['behind a line end in a quote', text.indexOf('First') + 7],
  ] as const)('%s has its last row set aside', ([, end]) => {
    const { accepted, setAside, notes } = read(end);
    expect([accepted, notes]).toEqual([1, ['The file breaks off on line 3: get a complete copy.']]);
    expect(setAside).toEqual([
      expect.objectContaining({ place: 'line 3', reason: expect.stringMatching(/^breaks off/) as unknown }),
    ]);
  });

  test('behind all cells of a row is taken, with a doubt', () => {
    const { accepted, setAside, notes } = read(text.length - 2);
    expect([accepted, setAside]).toEqual([2, []]);
    expect(notes).toEqual([expect.stringMatching(/^The last row, on line 3, has no line end behind it/)]);
    expect(read(text.length)).toEqual({ accepted: 2, setAside: [], notes: [] });
  });
});

describe('the apostrophe before a formula', () => {
  test.for(['=1', '+1', '-1', '@a', '\t1', "'=1", "''-1", '＝1'])('is there for %j', (text) => {
    expect(escapeFormula(text)).toBe(`'${text}`);
  });

  test.for(["'", "'quoted'", 'a=1', '1-2', ''])('is not there for %j', (text) => {
    expect([escapeFormula(text), unescapeFormula(text)]).toEqual([text, text]);
  });

  test.for([
    ['a;=1', "a;'=1"],
    ['a\t+1', "a\t'+1"],
    ['a\n-1', "a\n'-1"],
    [';"=1', `;'"=1`],
    [";'=1", ";''=1"],
    ['\t=1', "'\t'=1"],
    ['=1;@a', "'=1;'@a"],
    ['5; -3', '5; -3'],
  ])('stands behind what parts cells elsewhere: %j', ([text = '', escaped]) => {
    expect([escapeFormula(text), unescapeFormula(escaped ?? '')]).toEqual([escaped, text]);
  });

  test('leaves no cell that a spreadsheet would run, whatever it takes for the end of one', () => {
    const sighting = sampleSighting({
      title: 'x;=cmd;"=cmd;-2',
      confidenceBasis: 'One\n=two\t+three\n"@four',
    });
    const [, ...cells] = csvOf([sighting]).split(/[;\t\r\n]/);
    for (const cell of cells) expect(cell).not.toMatch(/^"*[=+\-@]/);
  });

  test('is taken away again, and no other', () => {
    const partsCells = fc
      .array(fc.constantFrom(';', '\t', '\n', "'", '"', '=', '-', 'a'))
      .map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(anyText, partsCells), (text) => unescapeFormula(escapeFormula(text)) === text),
    );
  });
});

describe('a flat table that a spreadsheet saved again', () => {
  const sightings = [
    sampleSighting({ id: 'a', title: 'Two "quoted"; words', confidenceBasis: 'Line\nand line' }),
    sampleSighting({
      id: 'b',
      geometry: null,
      sources: [sampleSource({ claim: '=SUM(A1)' }), sampleSource()],
    }),
  ];
  const wanted = sightings.map((sighting) => JSON.stringify(sighting));

  /** The cells of a table, written in another way. */
  function rewritten(delimiter: string, cellOf: (cell: string) => string = (cell) => cell): string {
    const data = readTable(toBytes(csvOf(sightings)));
    const rows = [data.columns, ...data.features.map(({ fields }) => [...fields.values()].map(String))];
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    return rows.map((row) => row.map((cell) => quoted(cellOf(cell))).join(delimiter)).join('\r\n');
  }

  test('with semicolons and a byte order mark', () => {
    expect(linesOf(`\uFEFF${rewritten(';')}\r\n`)).toEqual(wanted);
  });

  test('with tabs', () => {
    expect(linesOf(rewritten('\t'))).toEqual(wanted);
  });

  test('with empty columns and rows behind it', () => {
    const text = rewritten(',')
      .split('\r\n')
      .map((line) => `${line},,`)
      .join('\r\n');
    expect(linesOf(`${text}\r\n${',,'.repeat(20)}\r\n`)).toEqual(wanted);
  });

  test('with decimal commas', () => {
    expect(linesOf(rewritten(';', (cell) => cell.replace(/^(-?\d+)\.(\d+)$/, '$1,$2')))).toEqual(wanted);
  });

  test('with dates in its own way', () => {
    const turned = rewritten(';', (cell) => cell.replace(/^(\d{4})-(\d\d)-(\d\d)$/, '$3.$2.$1'));
    expect(linesOf(turned)).toEqual(wanted);
  });

  test('with a column of its own, which is set aside', () => {
    const [header = '', ...lines] = csvOf([sampleSighting({ id: 'a' })])
      .trimEnd()
      .split('\r\n');
    const data = readTable(
      toBytes([`${header},Notes`, ...lines.map((line) => `${line},look again`)].join('\r\n')),
    );
    const { accepted, setAside } = readFlatCsv(data, {});
    expect([accepted, setAside]).toEqual([
      1,
      [
        {
          place: 'column “Notes”',
          reason: 'is no column of a table of sightings: nothing was read from it',
          text: 'look again',
        },
      ],
    ]);
  });
});

describe('a row that does not obey', () => {
  function changed(column: string, cell: string) {
    const data = readTable(toBytes(csvOf([sampleSighting({ id: 'a' }), sampleSighting({ id: 'b' })])));
    const features = data.features.map((feature, i) =>
      i === 0 ? { ...feature, fields: new Map(feature.fields).set(column, cell) } : feature,
    );
    return readFlatCsv({ ...data, features }, {});
  }

  test.for([
    ['eventDate', 'yesterday', '$.properties.eventDate: "yesterday" is not a date'],
    ['eventDate', '01/02/2023', '$.properties.eventDate: "01/02/2023" can be read in two ways'],
    ['confidence', 'sure', '$.properties.confidence: "sure" is not one of'],
    [
      'coordinateUncertaintyInMeters',
      '1,500',
      '$.properties.coordinateUncertaintyInMeters: "1,500" can be read',
    ],
    ['lat', '55,7', ''],
    ['lng', '', '$.geometry: the longitude is missing'],
    ['lat', '95', '$.geometry: latitude 95 in column “lat” is outside -90 to 90: correct it there'],
    ['area', 'POLYGON ((', ''], // the place is in its own columns
    ['source1_publisher', '', '$.properties.sources[0].publisher: is missing and required'],
    ['other', '{', '$: the cell "other" is not JSON'],
    ['id', 'b', '$.id: "b" is the id of feature'],
    ['id', '', '$.id: "" is no kebab-case slug'],
  ])(
    '%s %j becomes a draft with the reason, and the others stay',
    ([column = '', cell = '', reason = '']) => {
      const { accepted, incomplete } = changed(column, cell);
      if (reason === '') return expect([accepted, incomplete]).toEqual([2, []]);
      expect([accepted, incomplete.map(({ reasons }) => reasons.join(' '))]).toEqual([
        1,
        [expect.stringContaining(reason)],
      ]);
    },
  );
});

test('a table with other columns is none of ours', () => {
  expect(isFlatCsv(['id', 'title', 'eventDate'])).toBe(false);
});
