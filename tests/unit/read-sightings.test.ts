import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSightingsStream } from '../../src/io/feature-stream';
import { type ReadSightings, readSightings } from '../../src/io/geojson';
import { geoBytes, geoContext, toBytes, toText } from './fixtures';
import { idsOf, sampleSighting, sampleSource } from './sample';

const context = geoContext();
const IDS = ['alpha', 'bravo', 'charlie', 'delta'];
const LINES = IDS.map((id) => JSON.stringify(sampleSighting({ id })));

function fileOf(lines: readonly string[]): string {
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
}

function read(file: string | Uint8Array): ReadSightings {
  return readSightings(typeof file === 'string' ? toBytes(file) : file, context);
}

/** The file with another text in place of the line of `bravo`. */
function withBravo(change: (line: string) => string): string {
  return fileOf(LINES.map((line, i) => (i === 1 ? change(line) : line)));
}

function errorsOf({ issues }: ReadSightings): string[] {
  return issues.filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

describe('one damaged feature takes no other with it', () => {
  const damages: readonly (readonly [string, (line: string) => string])[] = [
    ['a missing closing brace', (line) => line.slice(0, -1)],
    ['two missing closing braces', (line) => line.slice(0, -2)],
    ['a missing opening brace', (line) => line.slice(1)],
    ['a brace too many', (line) => `${line}}`],
    ['a bracket too many', (line) => line.replace('[{', '[[{')],
    ['a missing closing bracket', (line) => line.replace('}]', '}')],
    ['a missing opening bracket', (line) => line.replace('[{', '{')],
    ['a missing opening quote', (line) => line.replace('"title"', 'title"')],
    ['a missing closing quote', (line) => line.replace('"title"', '"title')],
    ['a missing colon', (line) => line.replace('"title":', '"title"')],
    ['a missing value', (line) => line.replace('"a park"', '')],
    ['a comma at the end of an object', (line) => `${line.slice(0, -1)},}`],
    ['a line break in a text', (line) => line.replace('a park', 'a\npark')],
    ['a comment', (line) => `/* here */${line}`],
    ['single quotes', (line) => line.replaceAll('"', "'")],
    ['NaN', (line) => line.replace('500', 'NaN')],
    ['a backslash before a quote', (line) => line.replace('a park"', 'a park\\"')],
    ['a cut in the middle', (line) => line.slice(0, 80)],
    ['another type', () => '7'],
    ['nothing but a word', () => 'undefined'],
    ['a depth of 100', () => `${'['.repeat(100)}${']'.repeat(100)}`],
    ['a depth of 100,000', () => `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [
      'a depth of 100,000 in its title',
      (line) => line.replace('"A sample"', '['.repeat(1e5) + ']'.repeat(1e5)),
    ],
  ];

  test.for(damages)('%s: the other sightings are read', ([, change]) => {
    const others = idsOf(read(withBravo(change)).table).filter((id) => id !== 'bravo');
    expect(others).toEqual(['alpha', 'charlie', 'delta']);
  });

  test.for(damages)('%s: an error says so', ([, change]) => {
    expect(errorsOf(read(withBravo(change)))).not.toEqual([]);
  });

  test.for(damages)('%s in the last feature: the ones before are read', ([, change]) => {
    const [alpha = '', bravo = ''] = LINES;
    expect(idsOf(read(fileOf([alpha, change(bravo)])).table)).toContain('alpha');
  });

  test('bytes that are not UTF-8: the other sightings are read', () => {
    const bytes = toBytes(withBravo((line) => line.replace('a park', 'a ?park')));
    bytes[bytes.indexOf('?'.charCodeAt(0))] = 0xff;
    expect(idsOf(read(bytes).table)).toEqual(['alpha', 'charlie', 'delta']);
  });

  test('bytes that are not UTF-8: the message names the line', () => {
    const bytes = toBytes(withBravo((line) => line.replace('a park', 'a ?park')));
    bytes[bytes.indexOf('?'.charCodeAt(0))] = 0xff;
    expect(errorsOf(read(bytes))).toEqual([expect.stringMatching(/UTF-8.*line 3/)]);
  });

  test('a feature that is not JSON: the message names the line', () => {
    expect(errorsOf(read(withBravo((line) => line.replace('"title":', '"title"'))))).toEqual([
      expect.stringMatching(/not JSON.*line 3/),
    ]);
  });
});

describe('a file that is no list of sightings', () => {
  test.for([
    ['nothing', '', 'the file is empty'],
    ['a web page', '<!doctype html><title>404</title>', 'It looks like a web page'],
    ['words', 'Service unavailable', 'is not JSON'],
    ['a list', '[]', 'must be a GeoJSON FeatureCollection'],
    ['null', 'null', 'must be a GeoJSON FeatureCollection'],
    ['a single feature', LINES[0] ?? '', 'must be "FeatureCollection", not "Feature"'],
    ['features that are an object', '{"type":"FeatureCollection","features":{}}', 'list of features'],
    ['no features', '{"type":"FeatureCollection"}', 'list of features'],
    ['half a head', '{"type":"FeatureCollection","feat', 'is not JSON'],
  ] as const)('%s: an error of the collection says what it is', ([, text, message]) => {
    expect(read(text).issues).toContainEqual(
      expect.objectContaining({ index: null, severity: 'error', message: expect.stringContaining(message) }),
    );
  });

  test('an empty list is valid', () => {
    expect(read('{"type":"FeatureCollection","features":[]}')).toMatchObject({ accepted: 0, issues: [] });
  });
});

describe('a file that breaks off', () => {
  const whole = fileOf(LINES);
  const inCharlie = whole.slice(0, whole.indexOf('charlie') + 100);

  test('the sightings before are read', () => {
    expect(idsOf(read(inCharlie).table)).toEqual(['alpha', 'bravo']);
  });

  test('an error names the line', () => {
    expect(errorsOf(read(inCharlie)).at(-1)).toMatch(/breaks off on line 4/);
    expect(read(inCharlie).issues.at(-1)).toMatchObject({ index: null, line: 4 });
  });

  test('after a comma, all features that are there are read', () => {
    const afterComma = whole.slice(0, whole.indexOf(LINES[2] ?? ''));
    expect(read(afterComma)).toMatchObject({ accepted: 2, rejected: 0 });
  });
});

describe('a file that is not JSON is never called valid', () => {
  test('bytes outside of the features that are not UTF-8 are an error', () => {
    const bytes = toBytes('{"type":"FeatureCollection","title":"?","features":[]}');
    bytes[bytes.indexOf('?'.charCodeAt(0))] = 0xff;
    expect(errorsOf(read(bytes))).not.toEqual([]);
  });

  const head = '{"type":"FeatureCollection","features":[';
  const [a = '', b = ''] = LINES;

  test.for([
    ['a comma after the last feature', `${head}${a},${b},]}`],
    ['a comma before the first feature', `${head},${a},${b}]}`],
    ['two commas', `${head}${a},,${b}]}`],
    ['no comma', `${head}${a}\n${b}]}`],
    ['nothing but a comma', `${head},]}`],
    ['no closing brace', `${head}${a},${b}]`],
    ['a comma at the end', `${head}${a},${b}],}`],
    ['more after the end', `${head}${a},${b}]}]}`],
    ['two collections', `${head}${a}]}${head}${b}]}`],
    ['a wrong colon', `{"type":"FeatureCollection","features"::[${a}]}`],
    ['a missing colon', `{"type":"FeatureCollection","features"[${a}]}`],
  ] as const)('%s is an error', ([, text]) => {
    expect(errorsOf(read(text))).not.toEqual([]);
  });

  test.for([
    ['no comma', `${head}${a}\n${b}]}`, `${head}${a}\n`.length],
    ['two commas', `${head}${a},,\n${b}]}`, `${head}${a},,\n`.length],
    ['a comma after the last feature', `${head}${a},\n]}`, `${head}${a},\n`.length],
  ] as const)('%s is told with its line and byte', ([, text, byte]) => {
    expect(read(text).issues).toEqual([
      {
        ...{ index: null, id: null, path: '$.features', severity: 'error', line: 2, byte },
        message: `a comma is missing or too many before line 2, byte ${byte}: the file is not JSON`,
      },
    ]);
  });

  test('the byte of a comma does not depend on how the file comes in', async () => {
    const text = `${head}${a}\n${b}]}`;
    async function* pieces() {
      for (let at = 0; at < text.length; at += 7)
        yield await Promise.resolve(toBytes(text.slice(at, at + 7)));
    }
    const { issues } = await readSightingsStream(pieces(), context, { segmentBytes: 64 });
    expect(issues.map(({ byte }) => byte)).toEqual([`${head}${a}\n`.length]);
  });

  test('of many missing commas the first are told', () => {
    const text = `${head}${LINES.join('\n').repeat(3)}]}`;
    const [message = ''] = errorsOf(read(text)).filter((one) => one.includes('comma'));
    expect(message.match(/line \d+, byte \d+/g)).toHaveLength(5);
    expect(message).toMatch(/; and more: the file is not JSON$/);
  });

  test.for([
    ['a comma after the last feature', `${head}${a},${b},]}`],
    ['two commas', `${head}${a},,${b}]}`],
    ['no comma', `${head}${a}\n${b}]}`],
    ['no closing brace', `${head}${a},${b}]`],
  ] as const)('%s leaves the features as they are', ([, text]) => {
    expect(idsOf(read(text).table)).toEqual(['alpha', 'bravo']);
  });
});

describe('counts', () => {
  test('every feature is accepted or rejected', () => {
    const text = fileOf([LINES[0] ?? '', 'null', LINES[2] ?? '', '{"type":"Feature"}']);
    expect(read(text)).toMatchObject({ accepted: 2, rejected: 2 });
  });

  test('a warning keeps no feature out', () => {
    const { type, id, geometry, properties } = sampleSighting();
    const line = JSON.stringify({ type, id, geometry, properties: { ...properties, unknown: 1 } });
    expect(read(fileOf([line]))).toMatchObject({ accepted: 1, rejected: 0 });
  });

  test('an issue that only the whole file shows keeps its feature out', () => {
    const lost = sampleSighting({
      id: 'alpha',
      reportedDistances: [{ to: 'nowhere', meters: 1, qualifier: 'about', source: 0 }],
    });
    expect(idsOf(read(fileOf([JSON.stringify(lost), LINES[1] ?? ''])).table)).toEqual(['bravo']);
  });

  test('of the same id the first is kept', () => {
    const twice = [sampleSighting({ title: 'First' }), sampleSighting({ title: 'Second' })];
    const { table } = read(fileOf(twice.map((sighting) => JSON.stringify(sighting))));
    expect([table.length, table.record(0).properties.title]).toEqual([1, 'First']);
  });

  test('issues come in the order of the features', () => {
    const lost = sampleSighting({
      id: 'alpha',
      reportedDistances: [{ to: 'nowhere', meters: 1, qualifier: 'about', source: 0 }],
    });
    const file = fileOf([JSON.stringify(lost), 'null', 'undefined']).replace('{', '{"crs":{},');
    const { issues } = read(file);
    expect(issues.map(({ index }) => index)).toEqual([0, 1, 2, null]);
  });

  test('foreign members of the collection are handed on', () => {
    const text = `{"type":"FeatureCollection","title":"T","features":[${LINES[0]}],"license":"CC0"}`;
    expect(read(text).collection).toMatchObject({ title: 'T', license: 'CC0' });
  });
});

describe('records', () => {
  test('a record is the feature of the file, letter for letter', () => {
    const text = JSON.stringify(sampleSighting({ title: 'Панцирь-С1 “на крыше” 🚀' }));
    expect(JSON.stringify(read(`\ufeff${fileOf([text])}`).table.record(0))).toBe(text);
  });

  test('a text of 2 MB comes through', () => {
    const claim = 'x'.repeat(2_000_000);
    const text = JSON.stringify(sampleSighting({ sources: [sampleSource({ claim })] }));
    expect(read(fileOf([text])).table.record(0).properties.sources[0]?.claim).toHaveLength(2_000_000);
  });
});

describe('damaged at random', () => {
  const original = geoBytes('sightings.geojson');
  const records = new Map(
    idsOf(read(original).table).map((id, row) => [id, JSON.stringify(read(original).table.record(row))]),
  );

  const damage = fc.oneof(
    fc.record({
      kind: fc.constant('delete' as const),
      at: fc.nat(original.length - 1),
      size: fc.integer({ min: 1, max: 40 }),
    }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: fc.nat(original.length),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    }),
    fc.record({
      kind: fc.constant('insert' as const),
      at: fc.nat(original.length),
      bytes: fc.constantFrom(...'{}[]",:\\\n').map(toBytes),
    }),
    fc.record({ kind: fc.constant('flip' as const), at: fc.nat(original.length - 1), bit: fc.nat(7) }),
    fc.record({ kind: fc.constant('cut' as const), at: fc.nat(original.length) }),
  );
  type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

  function damaged(bytes: Uint8Array, change: Damage): Uint8Array {
    const at = Math.min(change.at, bytes.length);
    switch (change.kind) {
      case 'delete':
        return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + change.size)]);
      case 'insert':
        return Uint8Array.from([...bytes.subarray(0, at), ...change.bytes, ...bytes.subarray(at)]);
      case 'flip':
        return bytes.map((byte, i) => (i === at ? byte ^ (1 << change.bit) : byte));
      case 'cut':
        return bytes.subarray(0, at);
    }
  }

  // The file is made from them in each property, so that a counterexample is short.
  const damages = fc.array(damage, { minLength: 1, maxLength: 3 });
  const fileWith = (changes: readonly Damage[]) => changes.reduce(damaged, original);

  function isJson(bytes: Uint8Array): boolean {
    try {
      JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
      return true;
    } catch {
      return false;
    }
  }

  test('reading never throws', () => {
    fc.assert(
      fc.property(damages, (changes) => {
        read(fileWith(changes));
      }),
      { numRuns: 300 },
    );
  });

  test('reading any bytes never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        read(bytes);
      }),
    );
  });

  test('what is not JSON has an error', () => {
    fc.assert(
      fc.property(damages, (changes) => {
        const bytes = fileWith(changes);
        fc.pre(!isJson(bytes));
        expect(errorsOf(read(bytes))).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('an accepted sighting is unchanged, or valid by itself', () => {
    fc.assert(
      fc.property(damages, (changes) => {
        const { table } = read(fileWith(changes));
        const changed = idsOf(table)
          .map((_, row) => JSON.stringify(table.record(row)))
          .filter((text) => !new Set(records.values()).has(text));
        const others = [...records.values()].filter((text) => !changed.includes(text));
        for (const text of changed) {
          const { id } = JSON.parse(text) as { id: string };
          const beside = others.filter((other) => (JSON.parse(other) as { id: string }).id !== id);
          expect(read(fileOf([text, ...beside])).table.rowOf(id)).toBe(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('no sighting is made up', () => {
    fc.assert(
      fc.property(damages, (changes) => {
        expect(read(fileWith(changes)).accepted).toBeLessThanOrEqual(records.size);
      }),
      { numRuns: 150 },
    );
  });

  test.for(['[', ']'])('a stray %s between two features costs none of them', (bracket) => {
    const text = toText(original);
    const between = text.indexOf('\n', text.indexOf('\n') + 1);
    const bytes = original.map((byte, i) => (i === between ? bracket.charCodeAt(0) : byte));
    expect(read(bytes).accepted).toBe(records.size);
  });

  test('one wrong byte costs at most the feature that it stands in and those that refer to it', () => {
    const text = toText(original);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.constantFrom(...'{}[]",:x'), (at, letter) => {
        fc.pre(at > text.indexOf('\n')); // the head is nobody's
        const bytes = original.map((byte, i) => (i === at ? letter.charCodeAt(0) : byte));
        expect(read(bytes).accepted).toBeGreaterThanOrEqual(records.size - 3);
      }),
      { numRuns: 300 },
    );
  });
});
