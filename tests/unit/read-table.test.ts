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
        const { features, setAside, columns } = readTable(toBytes(['x,y', ...marked].join('\n')));
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
    expect(readTable(toBytes('a,b\n1,2\n'), { hasHeader: false }).columns).toEqual(['Column 1', 'Column 2']);
    expect(readTable(toBytes('1,2\n3,4\n'), { hasHeader: true }).columns).toEqual(['1', '2']);
  });

  test('the encoding', () => {
    const koi8 = Uint8Array.from([0xcd, 0xc9, 0xd2, 0x2c, 0x61, 0x0a, 0x62, 0x2c, 0x63]);
    expect(readTable(koi8, { encoding: 'koi8-r' }).columns).toEqual(['мир', 'a']);
  });

  test('an encoding that does not exist', () => {
    expect(() => readTable(toBytes('a'), { encoding: 'no-such' })).toThrow(RangeError);
  });
});

test('a row that is very long is shortened in the list, and whole in its field', () => {
  const { features } = readTable(toBytes(csvLine(['a', 'b']) + csvLine(['x'.repeat(50_000), 'y'])));
  expect([features[0]?.text.length, String(features[0]?.fields.get('a')).length]).toEqual([2001, 50_000]);
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

  test.for(['café', 'Übergröße für Münster', 'señor Ñandú', 'à'])('%s is windows-1252', (text) => {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    expect(decodeText(bytes)).toMatchObject({ text, encoding: 'windows-1252' });
  });

  test('UTF-8 that breaks off is UTF-8 still', () => {
    const { encoding, hasBrokenBytes } = decodeText(toBytes(russian).subarray(0, -1));
    expect([encoding, hasBrokenBytes]).toEqual(['utf-8', true]);
  });
});
