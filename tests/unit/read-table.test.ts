import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLine } from '../../src/domain/csv';
import type { ForeignData } from '../../src/io/foreign';
import { columnNames } from '../../src/io/table-columns';
import { readTable } from '../../src/io/table-file';
import { decodeText } from '../../src/io/text-encoding';
import { ROOT, toBytes } from './fixtures';

const FOLDER = join(ROOT, 'tests/fixtures/tables');

function filesIn(folder: 'good' | 'bad') {
  return readdirSync(join(FOLDER, folder))
    .filter((name) => /\.[ct]sv$/.test(name))
    .map((name) => ({
      name,
      path: join(FOLDER, folder, name),
      bytes: new Uint8Array(readFileSync(join(FOLDER, folder, name))),
    }));
}

/** What was read, as a text to be compared with a golden file; `vitest -u` writes it anew. */
function shown({ columns, features, setAside, notes }: ForeignData): string {
  const cut = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}… (${text.length})` : text);
  return [
    `columns ${JSON.stringify(columns)}`,
    ...notes.map((note) => `note ${note}`),
    ...features.map(({ place, fields }) => `${place} ${cut(JSON.stringify([...fields.values()]))}`),
    ...setAside.map(({ place, reason, text }) => `set aside ${place} ${reason} ${cut(JSON.stringify(text))}`),
    '',
  ].join('\n');
}

describe('good tables', () => {
  test.for(filesIn('good'))('$name', async ({ path, bytes }) => {
    const data = readTable(bytes);
    expect(data.setAside).toEqual([]);
    await expect(shown(data)).toMatchFileSnapshot(`${path}.golden.txt`);
  });
});

describe('bad tables say what is wrong, and lose nothing', () => {
  test.for(filesIn('bad'))('$name', async ({ path, bytes }) => {
    const data = readTable(bytes);
    expect([...data.setAside, ...data.notes].length).toBeGreaterThan(0);
    await expect(shown(data)).toMatchFileSnapshot(`${path}.golden.txt`);
  });
});

/** Texts of cells with all that a table can trip over. */
const anyCell = fc
  .array(fc.constantFrom('a', '"', '""', ',', ';', '\n', '\r\n', '\r', '\t', ' ', 'я', '\0', '1', "'"), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
const anyRows = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), { maxLength: 6 }));

/** RFC 4180 without the apostrophes of `csvLine`. */
function csvOf(rows: readonly (readonly string[])[], delimiter: string, lineEnd: string): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return rows.map((row) => row.map(quoted).join(delimiter) + lineEnd).join('');
}

describe('any table', () => {
  test.for([',', ';', '\t', '|'].flatMap((delimiter) => ['\n', '\r\n', '\r'].map((end) => [delimiter, end])))(
    'parted by %j with lines that end in %j comes back cell by cell',
    ([delimiter = '', end = '']) => {
      fc.assert(
        fc.property(anyRows, (rows) => {
          const header = (rows[0] ?? ['', '']).map((_, i) => `name${'abcd'.charAt(i)}`);
          const { features, setAside } = readTable(toBytes(csvOf([header, ...rows], delimiter, end)));
          const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
          expect(features.map(({ fields }) => [...fields.values()])).toEqual(filled);
          expect(setAside).toEqual([]);
        }),
      );
    },
  );

  test('has every line of its text in a row or among what was set aside, whatever its quotes', () => {
    const anyLines = fc.array(fc.stringMatching(/^[a-c",; ]{0,8}$/), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(anyLines, (lines) => {
        const marked = lines.map((line, i) => `${line}#${i}#`);
        const { features, setAside, columns } = readTable(toBytes(['x,y', ...marked].join('\n')), {
          delimiter: ',',
          headerRow: 1,
        });
        const kept = [...features, ...setAside].map(({ text }) => text).join('\n');
        expect(columns.slice(0, 2)).toEqual(['x', 'y']);
        for (const line of marked) expect(kept).toContain(line);
      }),
    );
  });

  test('says on which line a row begins', () => {
    const { features } = readTable(toBytes('a,b\r\n"1\n2\r\n3",x\r\n\r\n4,y\r\n'));
    expect(features.map(({ place }) => place)).toEqual(['line 2', 'line 6']);
  });

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const { features, setAside } = readTable(bytes);
        expect([...features, ...setAside].length).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('with many quotes that never close is read in time', () => {
    const { setAside } = readTable(toBytes('x,y\n' + 'a,"b\n'.repeat(5001)));
    expect(setAside.length).toBeGreaterThan(0);
  });
});

describe('what a reader knows better', () => {
  test('the delimiter', () => {
    expect(readTable(toBytes('a:b\n1:2\n'), { delimiter: ':' }).columns).toEqual(['a', 'b']);
  });

  test('the header', () => {
    expect(readTable(toBytes('a,b\n1,2\n'), { headerRow: 0 }).columns).toEqual(['Column 1', 'Column 2']);
    expect(readTable(toBytes('1,2\n3,4\n'), { headerRow: 1 }).columns).toEqual(['1', '2']);
  });

  test('the encoding', () => {
    const koi8 = Uint8Array.from([0xcd, 0xc9, 0xd2, 0x2c, 0x61, 0x0a, 0x62, 0x2c, 0x63]);
    expect(readTable(koi8, { encoding: 'koi8-r' }).columns).toEqual(['мир', 'a']);
  });

  test('are told of as they were found, or given', () => {
    const russian = Uint8Array.of(
      0xec,
      0xe8,
      0xf0,
      0x3b,
      0xf1,
      0xeb,
      0xee,
      0xe2,
      0xee,
      0x0a,
      0x31,
      0x3b,
      0x32,
      0x0a,
    );
    expect(readTable(russian)).toMatchObject({ delimiter: ';', encoding: 'windows-1251' });
    expect(readTable(russian, { delimiter: '|', encoding: 'koi8-r' })).toMatchObject({
      delimiter: '|',
      encoding: 'koi8-r',
    });
  });

  test('an encoding that does not exist', () => {
    expect(() => readTable(toBytes('a'), { encoding: 'no-such' })).toThrow(RangeError);
  });
});

describe('a table that breaks off', () => {
  const breaksOff = [{ place: 'line 3', reason: expect.stringMatching(/^breaks off/) as unknown }];

  test.for(['1,2,3\n4,5', '1,2,3\n4,5,"6', '1,2,3\n4', '1,2,3\n"4,5,6'])(
    'has its last row set aside: %j',
    (rows) => {
      const { features, setAside, notes } = readTable(toBytes(`a,b,c\n${rows}`));
      expect(features.map(({ place }) => place)).toEqual(['line 2']);
      expect(setAside).toMatchObject(breaksOff);
      expect(notes.slice(1)).toEqual(['The file breaks off on line 3: get a complete copy.']);
    },
  );

  test('in a letter has too', () => {
    const { setAside } = readTable(toBytes('a,b,c\n1,2,Москва\n4,5,Москва').subarray(0, -1));
    expect(setAside).toMatchObject(breaksOff);
  });

  test.for(['1,2,3\n4,5,6', '1,2,3\n4,5\n', '1,2,3\n4,5,', '1,2,3\r4,5\r', '1,2\n4'])(
    'is none that ends with all cells, or with a line end, or lacks cells as others do: %j',
    (rows) => {
      const { features, setAside, notes } = readTable(toBytes(`a,b,c\n${rows}`));
      expect([features.length, setAside]).toEqual([2, []]);
      expect(notes.join()).not.toMatch(/break|broken/);
    },
  );
});

test('a row that is very long is whole, as its field is', () => {
  const { features } = readTable(toBytes(csvLine(['a', 'b']) + csvLine(['x'.repeat(50_000), 'y'])));
  expect([features[0]?.text.length, String(features[0]?.fields.get('a')).length]).toEqual([50_002, 50_000]);
});

test('progress goes up to 1, and can cancel', () => {
  const text = `a,b\n${'1,2\n'.repeat(10_000)}`;
  const shares: number[] = [];
  readTable(toBytes(text), {}, (share) => shares.push(share));
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
  const cancel = () => {
    throw new Error('cancelled');
  };
  expect(() => readTable(toBytes(text), {}, cancel)).toThrow('cancelled');
});

test('names of columns are distinct, and the given ones stay where they can', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('', 'a', 'a (2)', 'a (3)', 'Column 1', '__proto__', ' b ')),
      (header) => {
        const names = columnNames(header);
        expect(new Set(names).size).toBe(header.length);
        for (const name of header) if (name.trim() !== '') expect(names).toContain(name.trim());
      },
    ),
  );
});

describe('the encoding of', () => {
  const russian = 'Зенитный комплекс заметили на крыше здания министерства обороны';
  const bytesOf = (text: string) =>
    Uint8Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      return code >= 0x410 ? code - 0x410 + 0xc0 : code;
    });

  test.for([russian, 'Москва', `S-400; ${russian}; Moscow`, 'УПЕРЛИСЬ В ОСТРОВ'])(
    '%s is windows-1251',
    (text) => {
      expect(decodeText(bytesOf(text))).toMatchObject({ text, encoding: 'windows-1251' });
    },
  );

  test.for(
    (['koi8-r', 'ibm866'] as const).flatMap((encoding) =>
      [russian, 'Москва', `S-400; ${russian}`].map((text) => [encoding, text] as const),
    ),
  )('Russian in %s, such as %s, is told', ([encoding, text]) => {
    const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    const bytes = Uint8Array.from(text, (letter) => letters.indexOf(letter));
    expect(decodeText(bytes)).toMatchObject({ text, encoding });
  });

  test.for(['café', 'Übergröße für Münster', 'señor Ñandú', 'à'])('%s is windows-1252', (text) => {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(decodeText(bytes)).toMatchObject({ text, encoding: 'windows-1252' });
  });

  test.for([
    ['£ód\x9f', 'Łódź'],
    ['Bia³ystok, wie\xbfa', 'Białystok, wieża'],
  ] as const)('%s is windows-1250', ([latin, text]) => {
    const bytes = Uint8Array.from(latin, (letter) => letter.charCodeAt(0));
    expect(decodeText(bytes)).toMatchObject({ text, encoding: 'windows-1250' });
  });

  test('a text whose lines end as on a Mac is Mac Roman', () => {
    const letters = new TextDecoder('macintosh').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    const text = 'Längengrad;Veröffentlicht\rübermäßig;ß';
    const bytes = Uint8Array.from(text, (letter) => letters.indexOf(letter));
    expect(decodeText(bytes)).toMatchObject({ text, encoding: 'macintosh' });
  });

  test.for(['¿Qué?', '500 m³ à £5', 'l\x92été, c\x9cur'])('%j is windows-1252 still', (latin) => {
    const bytes = Uint8Array.from(latin, (letter) => letter.charCodeAt(0));
    expect(decodeText(bytes).encoding).toBe('windows-1252');
    expect(decodeText(bytes).text).not.toMatch(/[\x80-\x9f]/);
  });

  test.for([
    [3, 2],
    [600, 2],
    [600, 400],
  ] as const)('%i accents in UTF-8, and %i broken, is UTF-8 still', ([sound, broken]) => {
    const rows = Array.from({ length: 1000 }, (_, i) => (i < sound ? 'Zürich' : 'Bern'));
    const bytes = toBytes(`place,lat\n${rows.map((place) => `${place},47.4\n`).join('')}`);
    const first = bytes.lastIndexOf(0x42) - 'Bern,47.4\n'.length * (broken - 1);
    for (let i = 0; i < broken; i++) bytes[first + 1 + i * 'Bern,47.4\n'.length] = 0xe9;
    const { encoding, features, setAside, notes } = readTable(bytes);
    expect([encoding, features.length, setAside.length]).toEqual(['utf-8', 1000 - broken, broken]);
    expect(features[0]?.fields.get('place')).toBe('Zürich');
    expect(setAside.at(-1)).toMatchObject({
      place: 'line 1001',
      reason: expect.stringMatching(
        /^has bytes that are no text, which stand as \uFFFD: correct them/,
      ) as unknown,
      text: 'B\uFFFDrn,47.4',
    });
    expect(notes[0]).toBe('Some bytes are not UTF-8: they are shown as \uFFFD.');
    expect(notes[1]).toBe(
      broken === 2
        ? 'They are on the lines 1000, 1001.'
        : 'They are on 400 lines, the first of which are 602, 603, 604, 605, 606, 607, 608, 609, 610, 611.',
    );
  });

  test.for([
    ['windows-1251', russian],
    ['windows-1251', 'КИЇВ, ХАРКІВ, ЛЬВІВ'],
    ['koi8-r', 'всё ещё идёт к её посёлку'],
    ['ibm866', russian],
    ['ibm866', 'стройка в храме, раскопки, трактор на мосту'],
    ['windows-1252', '« CAFÉ » à l’ÉTÉ'],
    ['windows-1250', 'PÓŁNOC, ŻÓŁĆ, Łódź'],
  ] as const)('a text in %s is no broken UTF-8, such as %s', ([encoding, text]) => {
    const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    expect(decodeText(Uint8Array.from(text, (letter) => letters.indexOf(letter))).encoding).not.toBe('utf-8');
  });

  test('UTF-8 that breaks off is UTF-8 still', () => {
    const { encoding, hasBrokenBytes } = decodeText(toBytes(russian).subarray(0, -1));
    expect([encoding, hasBrokenBytes]).toEqual(['utf-8', true]);
  });
});

describe('a text that is no table', () => {
  const reasonsOf = (text: string, options = {}) =>
    readTable(toBytes(text), options).setAside.map(({ place, reason }) => `${place}: ${reason}`);
  const PROSE = [
    'Several systems were seen on roofs in Moscow. One stood on a ministry, at the river.\nNobody said why.\n\nA second one, later, stood at a school.\n',
    'On January 19, 2023, several systems were seen, on roofs.\nNobody has said why.\n',
    'This is a note without a table in it\nand one more line of it that goes on\n',
    'Dear all,\n\nplease find below, as agreed, what we know; more will follow.\n\nRegards,\nA. Person\n',
    '# Heading\n\nSome *Markdown* text, with commas, and so on.\n\n- item one\n- item two, with more\n',
    'Несколько комплексов стояли на крышах, в центре.\nНикто не объяснил, зачем.\nОб этом писали газеты.\n',
  ];
  test.for(PROSE)('is said to be none: %j', (text) => {
    expect(reasonsOf(text)).toEqual([
      'file: has no table in it, but text in sentences: put each sighting on a line of a table, the first line of which names the columns, or choose another file',
    ]);
  });

  test('is one where somebody says what parts its cells, or where its names are', () => {
    for (const text of PROSE) {
      expect(reasonsOf(text, { delimiter: ';' }).join()).not.toContain('has no table');
      expect(reasonsOf(text, { headerRow: 1 }).join()).not.toContain('has no table');
    }
  });

  test.for([
    'claim\nSeveral systems were seen on roofs in Moscow.\nNobody has said why they are there.\n',
    'Meldung\nSeveral systems were seen on roofs in Moscow.\nNobody has said why they are there.\n',
    'nom de la chose,remarque\nUn système vu près du parc.,Il est resté longtemps.\nUn autre,Rien de plus.\n',
    'One stood here, near a school,37.6,55.7\nAnother stood there, they say.,37.5,55.8\n',
    'One stood here on a roof.\t\tThey said so.\nAnother stood there, they say.\tyes\tThey did.\n',
    'One stood here on a roof,,They said so.\nAnother stood there.,yes, maybe,They did so too.\n',
    'What was seen by whom\n2023-01-19\n',
    'a,b\nx,y\n',
    'One line only\n',
  ])('may be one: %j', (text) => {
    expect(reasonsOf(text).join()).not.toContain('has no table');
  });
});

describe('the row of the names of columns', () => {
  const columnsOf = (text: string, options = {}) => readTable(toBytes(text), options).columns;
  const note = 'Our list of sightings\nPrepared by the desk\n\n';

  test.for([
    ['a title and a note, in one cell', note, ','],
    ['a title and a note, as wide as the table', note.replace(/\n/g, ';;;\n'), ';'],
    ['a title with commas', 'Sightings, of the desk\n\n', ';'],
  ] as const)('is found below %s', ([, above, delimiter]) => {
    const table = 'name;lat;lon;date\nA;55.7;37.6;2023-01-01\nB;55.8;37.5;2023-01-02\n';
    const data = readTable(toBytes(above + table.replaceAll(';', delimiter)));
    expect([data.columns, data.features.length]).toEqual([['name', 'lat', 'lon', 'date'], 2]);
    expect(data.notes.find((one) => one.startsWith('The names of the columns'))).toContain(
      above.split(/[,;\n]/)[0],
    );
  });

  test('is found where no name is known', () => {
    const rows = 'A b,,\nfoo,bar,baz\n1,2,3\n4,5,6\n';
    expect(columnsOf(rows)).toEqual(['foo', 'bar', 'baz']);
  });

  test('is not one of data', () => {
    expect(columnsOf('1,2\nname,lat\n')).toEqual(['name', 'lat']);
    expect(columnsOf('1,2\n3,x\n')).toEqual(['Column 1', 'Column 2']);
  });

  test('is the line that somebody says', () => {
    const { columns, features, headerRow } = readTable(toBytes('a,b\nc,d\n\ne,f\n1,2\n'), { headerRow: 3 });
    expect([columns, features.length, headerRow]).toEqual([['e', 'f'], 1, 4]);
  });
});
