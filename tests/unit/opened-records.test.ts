import { describe, expect, test } from 'vitest';
import { OpenedRecords } from '../../src/ui/published/opened-records';
import { sampleSighting } from './sample';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

function opened(): OpenedRecords {
  return new OpenedRecords({ title: 'All of them' });
}

describe('records that are fetched one by one', () => {
  test('are a table, with their very bytes and the title of their file', () => {
    const records = opened();
    const text = bytesOf(sampleSighting({ id: 'b' }));
    expect(records.add([text])).toEqual(['b']);
    expect(records.add([bytesOf(sampleSighting({ id: 'a' }))])).toEqual(['a']);
    const { table, collection } = records.all();
    expect(table.length).toBe(2);
    expect(Array.from(table.recordBytes(table.rowOf('b') ?? -1))).toEqual(Array.from(text));
    expect(collection['title']).toBe('All of them');
  });

  test('are there once, however often they are fetched', () => {
    const records = opened();
    const text = bytesOf(sampleSighting({ id: 'a' }));
    records.add([text, text]);
    records.add([text]);
    expect(records.all().table.length).toBe(1);
  });

  test('may refer to sightings and systems that are not here', () => {
    const distance = { to: 'somewhere-else', meters: 100, qualifier: 'about' as const, source: 0 };
    const record = sampleSighting({ id: 'a', reportedDistances: [distance], system: 'unheard-of' });
    expect(opened().add([bytesOf(record)])).toEqual(['a']);
  });

  test.for([
    ['is no sighting', bytesOf({ type: 'Feature', id: 'a', geometry: null, properties: {} })],
    ['breaks off', bytesOf(sampleSighting({ id: 'a' })).subarray(0, 90)],
    ['is empty', new Uint8Array()],
  ] as const)('say what is wrong with one that %s, and take none of them', ([, text]) => {
    const records = opened();
    expect(() => records.add([bytesOf(sampleSighting({ id: 'good' })), text])).toThrow(/“/);
    expect(records.all().table.length).toBe(0);
  });
});
