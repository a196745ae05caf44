import { describe, expect, test } from 'vitest';
import { MAX_CITED_SIGHTINGS, citeSighting, citeSightings, citeSource } from '../../src/domain/citation';
import type { Sighting } from '../../src/domain/sighting';
import { sampleSighting, sampleSource } from './sample';

const reading = {
  title: 'Systems in and around Moscow',
  address: 'https://example.org/map/?sighting=park',
  accessed: '2026-11-25',
};

describe('the citation of a sighting', () => {
  test('has its facts, its sources and the access date, one a line', () => {
    const sighting = sampleSighting({
      title: 'S-400 in a park',
      eventDate: '2023-01-06/2023-01-20',
      verbatimLocality: 'a national park in northeastern Moscow',
      confidence: 'moderate',
      sources: [
        sampleSource({
          publisher: 'The Moscow Times',
          title: 'Kremlin Declines to Say',
          publishedDate: '2023-01-20',
          url: 'https://news.example/a',
          archivedUrl: 'https://archive.example/a',
        }),
        sampleSource({ publisher: 'ANSA', publishedDate: '2023-01-19', stance: 'disputes' }),
      ],
    });
    expect(citeSighting(sighting, 'S-400', reading)).toBe(
      [
        'S-400 in a park',
        'Date of the event: 6–20 January 2023',
        'Place as reported: “a national park in northeastern Moscow”',
        'System: S-400',
        'Confidence: moderate',
        'Sources:',
        '- The Moscow Times, “Kremlin Declines to Say”, 20 January 2023, https://news.example/a, archived at https://archive.example/a',
        '- ANSA, 19 January 2023, disputes the report',
        'Sighting Map, “Systems in and around Moscow”, accessed 25 November 2026',
        'https://example.org/map/?sighting=park',
      ].join('\n'),
    );
  });

  test('says when it is disputed or retracted', () => {
    const text = citeSighting(sampleSighting({ status: 'retracted' }), undefined, reading);
    expect(text.split('\n')).toContain('Status: retracted');
  });

  test('names no system when the report names none', () => {
    expect(citeSighting(sampleSighting(), undefined, reading)).not.toContain('System:');
  });
});

describe('the citation of a set', () => {
  const many = (count: number): Sighting[] =>
    Array.from({ length: count }, (_, i) =>
      sampleSighting({ id: `s-${i}`, sources: [sampleSource({ publisher: `Paper ${i}` })] }),
    );
  const sourcesIn = (text: string) => text.split('\n').filter((line) => line.startsWith('- Paper'));

  test('has the count, the filter and every source once', () => {
    const sightings = [...many(2), ...many(1)];
    const text = citeSightings({ shown: 3, total: 8, filters: ['High confidence'], sightings }, reading);
    expect(text).toBe(
      [
        'Systems in and around Moscow',
        '3 of 8 sightings',
        'Filter: High confidence',
        'Sources:',
        '- Paper 0, 20 January 2023',
        '- Paper 1, 20 January 2023',
        'Sighting Map, “Systems in and around Moscow”, accessed 25 November 2026',
        'https://example.org/map/?sighting=park',
      ].join('\n'),
    );
  });

  test('lists the sources of so many sightings and counts the others', () => {
    let taken = 0;
    function* endless(): Generator<Sighting> {
      for (const sighting of many(1000)) {
        taken++;
        yield sighting;
      }
    }
    const text = citeSightings(
      { shown: 100_000, total: 100_000, filters: [], sightings: endless() },
      reading,
    );
    expect(sourcesIn(text)).toHaveLength(MAX_CITED_SIGHTINGS);
    expect(text).toContain('the sources of 99,950 more sightings');
    expect(taken).toBeLessThanOrEqual(MAX_CITED_SIGHTINGS + 1);
  });

  test('counts no others when there are none', () => {
    const text = citeSightings(
      { shown: MAX_CITED_SIGHTINGS, total: 50, filters: [], sightings: many(50) },
      reading,
    );
    expect(sourcesIn(text)).toHaveLength(MAX_CITED_SIGHTINGS);
    expect(text).not.toContain('more sightings');
  });

  test('of nothing has no sources', () => {
    expect(citeSightings({ shown: 0, total: 8, filters: ['x'], sightings: [] }, reading)).not.toContain(
      'Sources',
    );
  });
});

test('a source stays on one line, whatever is in it', () => {
  expect(citeSource(sampleSource({ title: 'Two\nlines\r\n<b>' }))).toBe(
    '- A paper, “Two lines <b>”, 20 January 2023',
  );
});
