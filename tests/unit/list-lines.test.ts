import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distanceLine, sourceLine } from '../../src/domain/list-lines';
import { sampleSource } from './sample';

const words = {
  units: 'metric' as const,
  nameOf: (id: string) => (id === 'kremlin' ? 'Moscow Kremlin' : id),
  sources: [sampleSource(), sampleSource({ publisher: 'A wire' })],
};

test.for([
  [sampleSource(), 'A paper, 20 January 2023: It reports this. (origin: An origin)'],
  [
    sampleSource({
      title: 'On a roof',
      url: 'https://www.example.com/a?b=1',
      type: 'news-report',
      reliability: 'B',
      credibility: '2',
      stance: 'disputes',
      retrievedDate: '2023-02-03',
      archivedUrl: 'https://archive.example/x/',
    }),
    'A paper, 20 January 2023, “On a roof”: It reports this. (origin: An origin; news report; reliability B; credibility 2; disputes the report; example.com/a?b=1; retrieved 3 February 2023; archived at archive.example/x)',
  ],
  [{ claim: 'Seen', note: 1 }, 'No publisher: Seen (note: 1)'],
] as const)('%j reads %s', ([source, line]) => {
  expect(sourceLine(source)).toBe(line);
});

test.for([
  [
    { to: 'kremlin', meters: 12_345, qualifier: 'about', source: 1 },
    'about 12.345 km from Moscow Kremlin, says A wire',
  ],
  [{ to: 'b', meters: 700, qualifier: 'at-most', source: 0 }, 'at most 700 m from b, says A paper'],
  [{ meters: 'far', source: 7, note: 'x' }, '"far", note: x'],
] as const)('%j reads %s', ([distance, line]) => {
  expect(distanceLine(distance, words)).toBe(line);
});

test('whatever a draft says in its lists can be told', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(typeof sourceLine(value)).toBe('string');
      expect(typeof distanceLine(value, words)).toBe('string');
    }),
  );
});
