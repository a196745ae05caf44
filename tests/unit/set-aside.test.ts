import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeCollection } from '../../src/io/collection-file';
import { joinBytes } from '../../src/io/join-bytes';
import { readContract } from '../../src/io/contract-geojson';
import { rejectedFeatures, sortContract } from '../../src/io/contract-stream';
import { faultOfEntry } from '../../src/io/entry-shape';
import { readSightingsStream } from '../../src/io/feature-stream';
import { type SetAsideItem, itemsOf, writeSetAside } from '../../src/io/set-aside';
import { featureTexts } from '../../src/ui/record/layer-files';
import { SetAsideList, setAsideContent } from '../../src/ui/record/set-aside-content';
import { setAsideFeatures, setAsideReport } from '../../src/ui/record/set-aside-files';
import { readSightings } from '../../src/io/geojson';
import { sampleSighting } from './sample';

const CONTEXT = { systemIds: new Set(['s-400']), referencePointIds: new Set(['kremlin']) };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const feature = (id: string) => JSON.stringify(sampleSighting({ id }));

/** What can be the matter with a feature, as its very text. */
const FAULTY: Readonly<Record<string, string>> = {
  'an unknown confidence': feature('unsure').replace('"low"', '"certain"'),
  'no properties': '{ "type":"Feature", "id" : "bare","geometry":null }',
  'a number that JSON has not': '{"type":"Feature","id":"nan","properties":{"quantity":NaN}}',
  'no end': '{"type":"Feature","id":"open","properties":{"title":"open"',
  'the id of another': feature('good-1'),
  'no letters': '{"type":"Feature","id":"long","properties":{"title":"\\ud800 \u202e <b>"}}',
  'another number': '17.50',
  'several lines': '{"type":"Feature",\n  "id":"lines",\n  "properties":{"title":\n1e2}}',
};

/** A feature and what is left of it behind its end. */
const ONE_TOO_MANY = '{"type":"Feature","id":"shut","properties":{}}}';

const faulty = fc.constantFrom(...Object.values(FAULTY), ONE_TOO_MANY);
const files = fc
  .array(fc.oneof(faulty, fc.constant('')), { minLength: 1, maxLength: 7 })
  .map((list) => list.map((text, i) => (text === '' ? feature(`good-${i + 2}`) : text)));

function fileOf(features: readonly string[]): Uint8Array<ArrayBuffer> {
  const all = [feature('good-1'), ...features];
  return bytesOf(`{"type":"FeatureCollection","title":"Some","features":[\n${all.join(',\n')}\n]}\n`);
}

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const length = bytes.length < 1e6 ? 100 : 1 << 16;
  for (let at = 0; at < bytes.length; at += length) yield await Promise.resolve(bytes.slice(at, at + length));
}

const textsOf = (items: readonly SetAsideItem[]) => items.map(({ bytes }) => textOf(bytes));

/** The three ways to read a file of sightings: at once and streamed, as an import, and as the page does. */
const WAYS = {
  'at once': (bytes: Uint8Array) => Promise.resolve(readContract(bytes, CONTEXT, () => undefined).rejected),
  streamed: async (bytes: Uint8Array) => {
    const read = await readSightingsStream(chunksOf(bytes), CONTEXT);
    return (await sortContract(read, () => chunksOf(bytes), CONTEXT)).rejected;
  },
  'by the page': async (bytes: Uint8Array) => {
    const read = await readSightingsStream(chunksOf(bytes), CONTEXT);
    const items = await rejectedFeatures(read, () => chunksOf(bytes));
    expect(items).toHaveLength(read.rejected);
    return items;
  },
};

describe.each(Object.entries(WAYS))('what is set aside, read %s', (_, rejectedOf) => {
  test.each(Object.entries(FAULTY))('with %s has its very bytes', async (_, text) => {
    const [item, ...more] = await rejectedOf(fileOf([text, feature('good-2')]));
    expect([item && textOf(item.bytes), more]).toEqual([text, []]);
    expect(item?.reason).not.toBe('');
    expect(item?.place).toContain('feature 2');
  });

  test('written back behind the sightings is set aside again, as often as one likes', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (features) => {
        const first = await rejectedOf(fileOf(features));
        const { table } = readSightings(fileOf(features), CONTEXT);
        const written = joinBytes(
          writeCollection(
            { title: 'Some' },
            [...featureTexts(table)],
            first.map(({ bytes }) => bytes),
          ),
        );
        const again = await rejectedOf(written);
        // What has no end takes what is no feature behind it for a part of its own.
        expect(textsOf(again).join(',\n')).toBe(textsOf(first).join(',\n'));
        expect(readSightings(written, CONTEXT).table.length).toBe(table.length);
      }),
      { numRuns: 30 },
    );
  });
});

test('a feature that is larger than what is read at once is kept whole', async () => {
  const large = feature('large').replace('"low"', `"${'x'.repeat(3_000_000)}"`);
  for (const rejectedOf of [WAYS['at once'], WAYS.streamed]) {
    const items = await rejectedOf(fileOf([large, feature('good-2')]));
    expect(items.map(({ bytes }) => bytes.length)).toEqual([large.length]);
    expect(items[0]?.isIncomplete).toBe(true);
  }
});

describe('a list of what was set aside', () => {
  const items = async () => [...(await WAYS['at once'](fileOf(Object.values(FAULTY))))];

  test('comes back as it was kept', async () => {
    const kept = await items();
    const { content, count } = setAsideContent(kept, true);
    const list = await SetAsideList.read(content);
    expect([count, list.isFeatures, list.entries.length]).toEqual([kept.length, true, kept.length]);
    expect((await list.bytesOf(list.entries)).map(textOf)).toEqual(textsOf(kept));
    expect(list.entries.map(({ place, reason, id }) => [place, reason, id])).toEqual(
      kept.map(({ place, reason, id }) => [place, reason, id]),
    );
    const [first] = list.entries;
    if (!first) throw new Error('there is none');
    expect(await list.textOf(first)).toBe(textsOf(kept)[0]);
    expect(await list.textOf(first, 10)).toBe(`${textsOf(kept)[0]?.slice(0, 10)}…`);
  });

  test('is saved as a text with the places, reasons and texts, and as GeoJSON', async () => {
    const kept = await items();
    const list = await SetAsideList.read(setAsideContent(kept, true).content);
    const report = await (await setAsideReport(list, 'Of a file')).text();
    expect(report).toContain(
      `Of a file\n\nSet aside: ${kept.length}\n- feature 2 (line 3, byte ${fileOf([]).length - '\n]}\n'.length + ',\n'.length}): Confidence: `,
    );
    for (const text of textsOf(kept)) expect(report).toContain(text.split('\n')[0]);
    const geojson = new Uint8Array(await (await setAsideFeatures(list)).arrayBuffer());
    expect(textsOf(await WAYS['at once'](geojson)).filter((text) => text.includes('"certain"'))).toEqual([
      FAULTY['an unknown confidence'],
    ]);
  });

  test.each(['a\u2028b', 'a\r\nb', 'a\rb'])('is saved with the very text %j', async (text) => {
    const item = { place: 'line 3', reason: 'has 7 cells', isIncomplete: false, id: null };
    const kept = [{ ...item, bytes: new TextEncoder().encode(text) }];
    const list = await SetAsideList.read(setAsideContent(kept, false).content);
    const report = await (await setAsideReport(list, 'Of a file')).text();
    expect(report.replaceAll('\n    ', '\n')).toContain(`- line 3: has 7 cells\n${text}\n`);
  });

  test('of a file of others has the texts', () => {
    const incomplete = [{ place: 'line 2', feature: { id: 'x' }, reasons: ['a', 'b'] }];
    const setAside = [{ place: 'line 3', reason: 'has 7 cells', text: '1,2' }];
    expect(itemsOf({ incomplete, setAside }).map(({ bytes, ...item }) => [item, textOf(bytes)])).toEqual([
      [{ place: 'line 2', reason: 'a; b', isIncomplete: true, id: 'x' }, '{"id":"x"}'],
      [{ place: 'line 3', reason: 'has 7 cells', isIncomplete: false, id: null }, '1,2'],
    ]);
  });

  test.each(['', '{}', '{"sightingsSetAside":2,"headBytes":3}', 'x'.repeat(200)])(
    'is not what begins with “%s”',
    async (text) => {
      await expect(SetAsideList.read(new Blob([text]))).rejects.toThrow(/no list of what was set aside/);
    },
  );

  test('of 100,000 things is written and read within a second or so', async () => {
    const many = Array.from({ length: 100_000 }, (_, i) => ({
      place: `feature ${i}`,
      reason: 'confidence: "certain" is not one of high, moderate, low',
      isIncomplete: true,
      id: `id-${i}`,
      bytes: bytesOf(`{"id":${i}}`),
    }));
    const list = await SetAsideList.read(new Blob([joinBytes(writeSetAside(many, true))]));
    const last = list.entries.at(-1);
    expect(last && (await list.textOf(last))).toBe('{"id":99999}');
  });
});

test('the journal takes a layer with a list, and what became of it, but no nonsense', () => {
  const saved = { kind: 'saved', at: '2026-11-26T10:00:00Z', layer: 'a', fileName: 'b', revision: 1 };
  expect(faultOfEntry({ ...saved, setAside: 'kept' })).toBeUndefined();
  expect(faultOfEntry(saved)).toBeUndefined();
  expect(faultOfEntry({ ...saved, setAside: 'maybe' })).toMatch(/setAside must be one of/);
  const source = { kind: 'content', fileName: 'a', sha256: 'b', setAside: { sha256: 'c', count: 3 } };
  const after = { id: 'x', name: 'X', ring: 'teal', isShown: true, source };
  const change = (layer: unknown) => ({
    kind: 'change',
    at: '2026-11-26T10:00:00Z',
    change: { note: 'Open', records: [], layers: [{ before: null, after: layer, at: 0 }] },
  });
  expect(faultOfEntry(change(after))).toBeUndefined();
  const bad = { ...after, source: { ...source, setAside: { sha256: 'c', count: -1 } } };
  expect(faultOfEntry(change(bad))).toMatch(/setAside count/);
});
