import { describe, expect, test } from 'vitest';
import type { FeatureSlice, ScanEnd } from '../../src/io/feature-slice';
import { scanFeatures } from '../../src/io/whole-scan';
import { toBytes, toText } from './fixtures';

interface Scan extends Omit<ScanEnd, 'envelope'> {
  envelope: string | undefined;
  slices: FeatureSlice[];
  texts: string[];
}

function scan(text: string): Scan {
  const bytes = toBytes(text);
  const slices: FeatureSlice[] = [];
  const features = scanFeatures(bytes);
  let next = features.next();
  for (; !next.done; next = features.next()) slices.push(next.value);
  const texts = slices.map(({ start, end }) => toText(bytes.subarray(start, end)));
  const envelope = next.value.envelope && toText(next.value.envelope);
  return { ...next.value, envelope, slices, texts };
}

const A = '{"type":"Feature","id":"a"}';
const B = '{"type":"Feature","id":"b","properties":{"tags":["x",{"y":"z"}]}}';

describe('the features are found in', () => {
  test.for([
    ['one line', `{"type":"FeatureCollection","features":[${A},${B}]}`],
    ['one feature per line', `{"type":"FeatureCollection","features":[\n${A},\n${B}\n]}\n`],
    ['carriage returns', `{"type":"FeatureCollection",\r\n"features":[\r\n${A},\r\n${B}\r\n]}\r\n`],
    ['a byte order mark', `\ufeff{"type":"FeatureCollection","features":[${A},${B}]}`],
    ['space everywhere', ` \t\n{ "type" : "FeatureCollection" , "features" \n:\t[ ${A} , ${B} ] } `],
    ['features before other members', `{"features":[${A},${B}],"type":"FeatureCollection"}`],
    ['members on both sides', `{"name":"n","features":[${A},${B}],"bbox":[1,2,3,4]}`],
    ['a nested member called features', `{"meta":{"features":[1]},"features":[${A},${B}]}`],
    ['a text that says features', `{"meta":"\\"features\\":[","features":[${A},${B}]}`],
    ['members of every type before', `{"a":1,"b":true,"c":null,"d":-1.5e3,"e":[],"features":[${A},${B}]}`],
  ] as const)('%s', ([, text]) => {
    expect(scan(text).texts).toEqual([A, B]);
  });

  test('a pretty-printed file', () => {
    const collection = { type: 'FeatureCollection', features: [JSON.parse(A), JSON.parse(B)] };
    const { texts } = scan(JSON.stringify(collection, null, 2));
    expect(texts.map((text) => JSON.parse(text))).toEqual(collection.features);
  });

  test.for([
    ['brackets', '"}]{["'],
    ['an escaped quote', '"say \\"}\\" now"'],
    ['a backslash at its end', '"C:\\\\"'],
    ['an escaped backslash and quote', '"\\\\\\"]"'],
    ['letters of several bytes', '"Панцирь 🚀"'],
  ] as const)('texts with %s', ([, text]) => {
    const feature = `{"id":${text}}`;
    expect(scan(`{"features":[${feature},${A}]}`).texts).toEqual([feature, A]);
  });

  test('a text of 2 MB', () => {
    const feature = `{"id":"${'x'.repeat(2_000_000)}"}`;
    expect(scan(`{"features":[${feature},${A}]}`).slices.map(({ start, end }) => end - start)).toEqual([
      feature.length,
      A.length,
    ]);
  });

  test('elements that are no objects', () => {
    expect(scan('{"features":[1,"two",null,[4],true]}').texts).toEqual(['1', '"two"', 'null', '[4]', 'true']);
  });
});

describe('what is told of a feature', () => {
  test('its line, counted from 1', () => {
    const { slices } = scan(`{"features":[\n${A},\n\n${B}]}`);
    expect(slices.map(({ line }) => line)).toEqual([2, 4]);
  });

  test('its position in the list', () => {
    expect(scan(`{"features":[${A},1,${B}]}`).slices.map(({ index }) => index)).toEqual([0, 1, 2]);
  });

  test('how deep it is nested', () => {
    expect(scan(`{"features":[{},${B},7]}`).slices.map(({ depth }) => depth)).toEqual([1, 4, 0]);
  });

  test.for([100, 100_000])('a depth of %i', (depth) => {
    const nested = `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(scan(`{"features":[${nested}]}`).slices).toMatchObject([{ depth }]);
  });
});

describe('what is left', () => {
  test('without the features the file is still JSON', () => {
    const { envelope } = scan(`{"type":"FeatureCollection","features":[\n${A},\n${B}\n],"license":"CC0"}\n`);
    expect(JSON.parse(envelope ?? '')).toEqual({ type: 'FeatureCollection', features: [], license: 'CC0' });
  });

  test('an empty list leaves the whole file', () => {
    expect(scan('{"features":[]}')).toMatchObject({ texts: [], envelope: '{"features":[]}' });
  });

  test('the number of lines', () => {
    expect(scan(`{"features":[\n${A}\n]}`).lines).toBe(3);
  });

  test.for([
    '',
    ' ',
    'null',
    '[]',
    '7',
    '"text"',
    '<!doctype html><title>Not found</title>',
    '{}',
    '{"features":{}}',
    '{"features":null}',
    '{"features"',
    '{"type":"FeatureColl',
    A,
  ])('of %j is all of it', (text) => {
    expect(scan(text)).toMatchObject({ texts: [], envelope: text });
  });
});

describe('a file that breaks off', () => {
  const whole = `{"type":"FeatureCollection","features":[\n${A},\n${B},\n${A}\n]}`;
  const cutBefore = (text: string, from = 0) => whole.slice(0, whole.indexOf(text, from));

  test.for([
    ['in a feature', `${cutBefore('"properties"')}`],
    ['in a text', `${cutBefore('properties')}`],
    ['after a comma', cutBefore(A, whole.indexOf(B))],
    ['after a feature', cutBefore(',', whole.indexOf(B) + B.length)],
    ['before the end of the list', cutBefore('\n]}')],
  ] as const)('%s has no envelope', ([, text]) => {
    expect(scan(text).envelope).toBeUndefined();
  });

  test('keeps the features before', () => {
    expect(scan(cutBefore('"properties"')).texts[0]).toBe(A);
  });
});
