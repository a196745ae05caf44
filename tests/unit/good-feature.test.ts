import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SightingTable } from '../../src/domain/table';
import { SightingTableBuilder } from '../../src/domain/table-builder';
import { type ContractContext, SightingValidator, isSighting } from '../../src/domain/validate';
import { readSightings } from '../../src/io/geojson';
import { GoodFeatureReader } from '../../src/io/good-feature';
import { quickReading } from '../../src/io/quick-reader';
import { seededSightings } from '../bench/seeded';
import { anySighting } from './any-sighting';
import { arbitrarySighting } from './arbitrary-sightings';
import { toBytes } from './fixtures';
import { idsOf, sampleSighting, sampleSource } from './sample';

const anySystem = () => 1;

/** What a file begins with that has a feature on each line. */
const FIRST = ['0', '00'].map((id) => toBytes(JSON.stringify(sampleSighting({ id }))));

/** The columns but for those that say where records stand. */
function columnsOf({ columns }: SightingTable) {
  return Object.fromEntries(Object.entries(columns).filter(([name]) => !name.startsWith('record')));
}

/** The table of features that are parsed and checked as a whole, and what there is to say of them. */
function parsedAndChecked(texts: readonly Uint8Array[], context: ContractContext) {
  const validator = new SightingValidator(context);
  const builder = new SightingTableBuilder();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const messages: string[] = [];
  for (const [index, text] of texts.entries()) {
    let value: unknown;
    try {
      value = JSON.parse(decoder.decode(text));
    } catch {
      messages.push(`${index} cannot be read`);
      continue;
    }
    const issues = validator.checkFeature(value, index);
    messages.push(...issues.map(({ path, message }) => `${index} ${path} ${message}`));
    if (isSighting(value, issues)) builder.add(value, index, { file: 0, start: 0, end: 0 });
  }
  const table = builder.build(new Set(), []);
  return {
    columns: columnsOf(table),
    ids: idsOf(table),
    systemIds: table.systemIds,
    publishers: table.publishers,
    messages,
  };
}

function readAsFile(texts: readonly Uint8Array[], context: ContractContext) {
  const lines = texts.flatMap((text, i) => (i === 0 ? [text] : [toBytes('\n'), text]));
  const { table, issues } = readSightings(Buffer.concat(lines), context, quickReading);
  const messages = issues.map(({ index, path, message }) =>
    /^is not (JSON|UTF-8)/.test(message) ? `${index} cannot be read` : `${index} ${path} ${message}`,
  );
  return {
    columns: columnsOf(table),
    ids: idsOf(table),
    systemIds: table.systemIds,
    publishers: table.publishers,
    messages,
  };
}

/** How JSON may be written. */
const writing = fc.constantFrom<(value: unknown) => string>(
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, ' ').replaceAll('\n', ' '),
  (value) => JSON.stringify(value).replaceAll(/":/g, '" :\t').replaceAll(',"', ' ,  "'),
  (value) =>
    JSON.stringify(value).replace(
      /[\u0080-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
);

/** Values that stand at the edge of what is sound. */
const EDGES = [
  ...[
    '""',
    '" x"',
    '"x "',
    '"x\\n"',
    '"\\tx"',
    '"a\\nb"',
    '"\\u0041"',
    '"\\ud800"',
    '"x\\u00a0"',
    '"\\u2028x"',
  ],
  ...['"a\\u0085b"', '"\\x"', '"\\u12g4"', '"\u00a0x"', '"x\u3000"', '"\u2028"', '"a\u2029b"', '"a\u0085b"'],
  ...[
    '"«x»"',
    '"“x”"',
    '"\ufeffx"',
    '"x\ufeff"',
    '"🚀"',
    '"a\u007fb"',
    '"КАНАЛ"',
    '"канал"',
    '"ſ"',
    '"S"',
    '"s"',
  ],
  ...[
    '0',
    '-0',
    '01',
    '1.',
    '.5',
    '1e5',
    '1E-2',
    '1e',
    '1e400',
    '-1',
    '180.1',
    '90.00000000000001',
    '1e-400',
  ],
  ...[
    '0.1234567890123456789',
    '12345678901234567890',
    '9007199254740993',
    'null',
    'true',
    '{}',
    '[]',
    '[[]]',
  ],
  ...['"2023-02-29"', '"2024-02-29"', '"2023-13-01"', '"2023-00"', '"2023-1"', '"2023-01/2023-01-20"'],
  ...['"2023-01-20/2023-01"', '"2023-01-20/2023-01-19"', '"2023-01/"', '"2023-01-01/2023-01-02/2023-01-03"'],
  ...['"0000-01-01"', '"high"', '"moderate"', '"low"', '"disputed"', '"disputes"', '"supports"', '"likely"'],
  ...['"A"', '"6"', '"7"', '"a--b"', '"-a"', '"a-"', '"Feature"', '"Point"', '"https://a.b/ c"', '"ftp://a"'],
  ...['"https://example.org/x"', '"https://"', '"http://пример.рф/"'],
] as const;

type Change = (text: Buffer<ArrayBuffer>) => Buffer<ArrayBuffer>;

const anotherValue: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(), fc.constantFrom(...EDGES))
  .map(([number, edge]) => (text) => {
    const values = [...text.toString().matchAll(/"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.e+-]*(?=[\],}\s])/g)];
    const value = values[number % Math.max(1, values.length)];
    if (!value) return text;
    const whole = text.toString();
    return Buffer.from(whole.slice(0, value.index) + edge + whole.slice(value.index + value[0].length));
  });

const anotherByte: fc.Arbitrary<Change> = fc
  .tuple(fc.nat(), fc.nat(2), fc.oneof(fc.nat(255), fc.constantFrom(...toBytes('{}[]",:\\ 0-.eu'))))
  .map(([place, removed, byte]) => (text) => {
    const at = place % (text.length + 1);
    return Buffer.concat([text.subarray(0, at), Buffer.of(byte), text.subarray(at + removed)]);
  });

const noChange: fc.Arbitrary<Change> = fc.constant((text) => text);

const ORDER = [
  ...['publisher', 'title', 'system', 'systemQualifier', 'quantity', 'eventDate', 'verbatimLocality'],
  ...[
    'coordinateUncertaintyInMeters',
    'georeferenceRemarks',
    'confidence',
    'confidenceBasis',
    'status',
    'sources',
  ],
  ...['url', 'publishedDate', 'retrievedDate', 'archivedUrl', 'origin', 'type', 'reliability'],
  ...['credibility', 'stance', 'claim'],
];

/** Members of the contract in its order, but for those whose value asks for more. */
function inOrder<T extends object>(object: T): T {
  const entries = Object.entries(object).filter(
    ([key, value]) => ORDER.includes(key) && value !== 'disputes',
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))) as T;
}

/** Sightings of which many are as most are: in the order of the contract, at a point, of low confidence. */
const plainSighting = fc.oneof(anySighting(), arbitrarySighting, arbitrarySighting).map((sighting) => {
  const { properties } = sighting;
  const plain = { ...properties, confidence: 'low' as const, sources: properties.sources.map(inOrder) };
  return { ...sighting, properties: inOrder(plain) };
});

const featureText = fc
  .tuple(
    fc.oneof(anySighting({ hasExtras: true }), plainSighting, plainSighting),
    writing,
    fc.array(fc.oneof(noChange, anotherValue, anotherValue, anotherByte), { maxLength: 3 }),
  )
  .map(([sighting, write, changes]) =>
    changes.reduce<Buffer<ArrayBuffer>>((text, change) => change(text), Buffer.from(write(sighting))),
  )
  .filter((text) => !text.includes(0x0a) && text.includes(0x7b) && text.toString().trim().length > 0);

describe('a feature that is read as a good one', () => {
  test('is valid, and there is not a word to say about it', () => {
    const reader = new GoodFeatureReader(anySystem);
    let good = 0;
    fc.assert(
      fc.property(featureText, (text) => {
        const end = reader.endOf(text, 0);
        if (end < 0) return;
        good++;
        const { messages, ids } = parsedAndChecked([text.subarray(0, end)], {});
        expect([messages, ids.length]).toEqual([[], 1]);
      }),
      { numRuns: 800 },
    );
    expect(good).toBeGreaterThan(15);
  });

  test('has the columns that it has when it is parsed and checked', () => {
    const texts = fc.uniqueArray(featureText, { maxLength: 8, selector: String });
    fc.assert(
      fc.property(texts, fc.boolean(), (features, isSorted) => {
        const idOf = (text: Buffer) => /"id" ?:\s*"([^"]*)"/.exec(text.toString())?.[1] ?? '';
        const sorted = isSorted ? features.toSorted((a, b) => (idOf(a) < idOf(b) ? -1 : 1)) : features;
        const list = [...FIRST, ...sorted];
        expect(readAsFile(list, {})).toEqual(parsedAndChecked(list, {}));
      }),
      { numRuns: 120 },
    );
  });

  test('names systems that are known', () => {
    const systems = ['tor', 'buk', 's-400', 'tor', 'osa'];
    const features = systems.map((system, i) => sampleSighting({ id: `sighting-${i}`, system }));
    const texts = features.map((feature) => toBytes(JSON.stringify(feature)));
    const context = { systemIds: new Set(['tor', 'buk', 's-400']) };
    expect(readAsFile(texts, context)).toEqual(parsedAndChecked(texts, context));
  });

  test.for([
    ['Канал', 'канал', 1],
    ['Channel', 'cHANNEL', 1],
    ['Channel', 'Channels', 2],
    ['Telegram\u212A', 'telegramk', 1],
    ['İ', 'i\u0307', 1],
    ['a', 'б', 2],
  ] as const)('with the origins %s and %s has so many: %i', ([one, other, count]) => {
    const reader = new GoodFeatureReader(anySystem);
    const sources = [one, other].map((origin) => sampleSource({ origin }));
    const text = toBytes(JSON.stringify(sampleSighting({ confidence: 'low', sources })));
    expect([reader.endOf(text, 0), reader.row.origins]).toEqual([text.length, count]);
  });
});

test('most sightings are read so', () => {
  const reader = new GoodFeatureReader(anySystem);
  const texts = [...seededSightings(1000)].map((sighting) => toBytes(JSON.stringify(sighting)));
  expect(texts.filter((text) => reader.endOf(text, 0) === text.length).length).toBeGreaterThan(980);
});
