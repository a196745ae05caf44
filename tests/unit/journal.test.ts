import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/domain/work';
import {
  JOURNAL_FORMAT,
  JOURNAL_VERSION,
  encodeHeader,
  encodeRecord,
  readJournal,
} from '../../src/io/journal';
import { anyEntry } from './entries';
import { toBytes, toText } from './fixtures';

const ADDRESS = 'https://example.org/sightings.geojson';
const someEntries = fc.array(anyEntry, { minLength: 1, maxLength: 6 });

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The lines of a journal, the header first. */
async function linesOf(entries: readonly Entry[]): Promise<Uint8Array<ArrayBuffer>[]> {
  return Promise.all([encodeHeader('a1', ADDRESS), ...entries.map(encodeRecord)]);
}

const asWritten = (entries: readonly Entry[]) => entries.map((entry) => JSON.stringify(entry));

function undo(day: number): Entry {
  const at = `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`;
  return { kind: 'undo', at, of: at };
}

describe('a whole journal', () => {
  test('gives back any entries, byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(someEntries, async (entries) => {
        const lines = await linesOf(entries);
        const read = await readJournal(join(lines));
        expect(read).toMatchObject({
          faults: [],
          version: JOURNAL_VERSION,
          address: ADDRESS,
          isOpenEnded: false,
        });
        expect(asWritten(read.entries)).toEqual(asWritten(entries));
        expect(await linesOf(read.entries)).toEqual(lines);
      }),
    );
  });

  test('can be read from the end of any record on', async () => {
    await fc.assert(
      fc.asyncProperty(someEntries, fc.nat(), fc.boolean(), async (entries, seed, isBehindLine) => {
        const bytes = join(await linesOf(entries));
        const { ends } = await readJournal(bytes);
        const known = seed % entries.length;
        const offset = (ends[known] ?? 0) + (isBehindLine ? 1 : 0);
        const tail = await readJournal(bytes.slice(offset), offset);
        expect(asWritten(tail.entries)).toEqual(asWritten(entries.slice(known + 1)));
        expect([tail.ends, tail.faults]).toEqual([ends.slice(known + 1), []]);
      }),
    );
  });

  test('keeps names such as __proto__ as data', async () => {
    const feature: unknown = JSON.parse('{"__proto__":{"constructor":1}}');
    const draft = { key: '__proto__', layer: 'given', id: null, before: null, feature };
    const entry: Entry = { kind: 'drafts', at: '2026-01-01T00:00:00Z', put: [draft], drop: ['constructor'] };
    const { entries } = await readJournal(join(await linesOf([entry])));
    expect(JSON.stringify(entries)).toBe(JSON.stringify([entry]));
  });

  test('of no bytes has no entry and no fault', async () => {
    expect(await readJournal(new Uint8Array())).toMatchObject({
      entries: [],
      faults: [],
      version: undefined,
    });
  });
});

describe('a journal that breaks off', () => {
  test('anywhere loses the torn record alone, and says so', async () => {
    await fc.assert(
      fc.asyncProperty(someEntries, fc.nat(), async (entries, seed) => {
        const lines = await linesOf(entries);
        const header = lines[0]?.length ?? 0;
        const whole = join(lines);
        const length = header + (seed % (whole.length - header));
        const read = await readJournal(whole.slice(0, length));
        const { ends } = await readJournal(whole);
        const complete = ends.filter((end) => end <= length).length;
        expect(asWritten(read.entries)).toEqual(asWritten(entries.slice(0, complete)));
        const begins = complete === 0 ? header : (ends[complete - 1] ?? 0) + 1;
        expect(read.faults.map(({ offset }) => offset)).toEqual(length > begins ? [begins] : []);
      }),
      { numRuns: 300 },
    );
  });

  test('goes on behind a line end', async () => {
    await fc.assert(
      fc.asyncProperty(someEntries, anyEntry, fc.nat(), async (entries, next, seed) => {
        const whole = join(await linesOf(entries));
        const torn = whole.slice(0, 1 + (seed % (whole.length - 1)));
        const before = await readJournal(torn);
        const parts = [torn, ...(before.isOpenEnded ? [toBytes('\n')] : []), await encodeRecord(next)];
        const after = await readJournal(join(parts));
        expect(asWritten(after.entries)).toEqual(asWritten([...before.entries, next]));
        expect(after.faults.map(({ text }) => text)).toEqual(before.faults.map(({ text }) => text));
      }),
    );
  });

  test('in its first line can get another one', async () => {
    const [header = new Uint8Array(), record = new Uint8Array()] = await linesOf([undo(1)]);
    const bytes = join([header.slice(0, 20), toBytes('\n'), header, record]);
    const read = await readJournal(bytes);
    expect(read).toMatchObject({ entries: [undo(1)], version: 1, address: ADDRESS });
    expect(read.faults).toHaveLength(1);
  });
});

describe('a damaged byte', () => {
  test('anywhere loses at most the record that it hits, and is noticed', async () => {
    await fc.assert(
      fc.asyncProperty(
        someEntries,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (entries, seed, flip) => {
          const lines = await linesOf(entries);
          const bytes = join(lines);
          const at = seed % bytes.length;
          bytes[at] = (bytes[at] ?? 0) ^ flip;
          let end = 0;
          const hit = lines.findIndex((line) => (end += line.length) > at) - 1; // -1: the header
          const read = await readJournal(bytes);
          const rest = entries.filter((_, i) => i !== hit);
          const isLineEnd = at === end - 1;
          expect(asWritten(read.entries)).toEqual(asWritten(isLineEnd || hit < 0 ? entries : rest));
          expect(read.faults).not.toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('is reported with its place and text', async () => {
    const lines = await linesOf([undo(1), undo(2), undo(3)]);
    const bytes = join(lines);
    const offset = (lines[0]?.length ?? 0) + (lines[1]?.length ?? 0);
    bytes[offset + 40] = 0x58;
    const { faults, entries } = await readJournal(bytes);
    expect(entries).toEqual([undo(1), undo(3)]);
    const text = toText(bytes.slice(offset, offset + (lines[2]?.length ?? 0) - 1));
    expect(faults).toEqual([{ offset, reason: 'is damaged: its checksum is another one', text }]);
  });
});

test('a damaged length costs one record, however the rest would read', async () => {
  const lines = await linesOf([undo(1), undo(2), undo(3)]);
  const text = lines.map(toText).join('');
  for (const length of ['5', '44', '46', '9999', '1e9', '-1', '045']) {
    const line = toText(lines[2] ?? new Uint8Array()).slice(0, -1);
    const damaged = line.replace(/ \d+ /, ` ${length} `);
    expect(damaged).not.toBe(line);
    const { entries, faults } = await readJournal(toBytes(text.replace(line, damaged)).slice());
    expect(entries).toEqual([undo(1), undo(3)]);
    expect(faults.map((fault) => fault.text)).toEqual([damaged]);
  }
});

describe('a sound record that is no entry', () => {
  /** A line with the right checksum around any value. */
  async function lineOf(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
    const body = toBytes(JSON.stringify(value)).slice();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
    const sum = Buffer.from(digest.slice(0, 8)).toString('hex');
    return join([toBytes(`${sum} ${body.length} `), body, toBytes('\n')]);
  }

  const at = '2026-01-01T00:00:00Z';
  const layer = { id: 'x', name: 'X', ring: 'teal', isShown: true, source: { kind: 'given' } };
  const change = (fields: object) => ({
    kind: 'change',
    at,
    change: { note: '', records: [], layers: [], ...fields },
  });
  test.for<[string, unknown, string]>([
    ['no object', 7, 'an entry must be an object'],
    ['a list', [], 'an entry must be an object'],
    ['null', null, 'an entry must be an object'],
    ['a kind of later', { kind: 'merge', at }, 'kind must be one of'],
    ['a kind that all objects have', { kind: 'constructor', at }, 'kind must be one of'],
    ['no time', { kind: 'undo', at: 'yesterday' }, 'at must be a time'],
    ['no change', { kind: 'change', at }, 'change must be an object'],
    ['no list of records', change({ records: {} }), 'change records must be a list'],
    [
      'a record edit without a text',
      change({ records: [{ layer: 'a', id: 'b', before: null, after: 3 }] }),
      'change records [0] after must be a text',
    ],
    [
      'a colour that there is not',
      change({ layers: [{ before: null, after: { ...layer, ring: 'beige' }, at: 0 }] }),
      'change layers [0] after ring must be one of',
    ],
    [
      'a layer from nowhere',
      change({ layers: [{ before: null, after: { ...layer, source: { kind: 'air' } }, at: 0 }] }),
      'change layers [0] after source kind must be one of content',
    ],
    [
      'a place before the first',
      change({ layers: [{ before: null, after: layer, at: -1 }] }),
      'change layers [0] at must be a whole number',
    ],
    ['drafts without a list', { kind: 'drafts', at, put: [], drop: 'x' }, 'drop must be a list'],
  ])('%s: is a fault, and the rest is read', async ([, value, reason]) => {
    const [header = new Uint8Array(), first = new Uint8Array()] = await linesOf([undo(1)]);
    const read = await readJournal(join([header, await lineOf(value), first]));
    expect(read.entries).toEqual([undo(1)]);
    expect(read.faults.map((fault) => fault.reason)).toEqual([expect.stringContaining(reason)]);
  });

  test('is never written', async () => {
    await expect(encodeRecord({ kind: 'undo', at: 'yesterday', of: 'yesterday' })).rejects.toThrow(
      'This change cannot be kept: at must be a time (ISO 8601).',
    );
  });

  test('a later version is told, and what can be read of it is read', async () => {
    const lines = await linesOf([undo(1), undo(2)]);
    const later = await lineOf({ format: JOURNAL_FORMAT, version: 2 });
    const read = await readJournal(join([...lines.slice(0, 2), later, ...lines.slice(2)]));
    expect(read).toMatchObject({ entries: [undo(1), undo(2)], version: 2, address: ADDRESS, faults: [] });
  });
});
