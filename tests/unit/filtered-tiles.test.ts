import { describe, expect, test } from 'vitest';
import { parseEventDate } from '../../src/domain/dates';
import { type Filter, NO_FILTER } from '../../src/domain/query';
import { PublishedTiles } from '../../src/map/published-tiles';
import { FilteredTiles } from '../../src/ui/published/filtered-tiles.svelte';
import { seededSightings } from '../bench/seeded';
import { publishedInMemory } from './published-archives';
import { sampleTable } from './sample';

/** So small that dates are known coarsely from afar, as they are of millions. */
const archives = publishedInMemory(sampleTable([...seededSightings(3000)]), { singles: 60, countRows: 90 });

function filterOf(date: string): Filter {
  const parsed = parseEventDate(date);
  if ('error' in parsed) throw new Error(parsed.error);
  return { ...NO_FILTER, days: parsed.span };
}

function tilesFor(filter: Filter): FilteredTiles {
  const tiles = new FilteredTiles(archives.publication, new PublishedTiles(archives), NO_FILTER);
  tiles.show(filter);
  return tiles;
}

const COARSE = filterOf('2022-03-05/2022-04-20');
/** the world, of whose tile the dates are known by the year at best */
const WORLD = [0, 0, 0] as const;

describe('tiles that do not know the days of a filter', () => {
  test('show whole periods, and say which', async () => {
    const tiles = tilesFor(COARSE);
    const widened = tiles.widenedAt(0, COARSE);
    expect(widened).toBeDefined();
    const { bytes } = await tiles.tile(...WORLD);
    expect(tiles.failure).toBe('');
    const whole = tilesFor({ ...COARSE, days: widened?.days });
    expect(new Uint8Array((await whole.tile(...WORLD)).bytes)).toEqual(new Uint8Array(bytes));
    expect(bytes.byteLength).toBeGreaterThan(20);
  });

  test('show the days themselves close up', () => {
    expect(tilesFor(COARSE).widenedAt(14, COARSE)).toBeUndefined();
  });

  test('show everything as it is where no days are asked for', () => {
    expect(tilesFor(NO_FILTER).widenedAt(0, NO_FILTER)).toBeUndefined();
  });
});

describe('tiles under a filter', () => {
  test('have another revision after each change, and none in common with other data', () => {
    const [tiles, others] = [tilesFor(NO_FILTER), tilesFor(NO_FILTER)];
    const before = tiles.revision;
    expect(others.revision).not.toBe(before);
    tiles.show(COARSE);
    expect(tiles.revision).not.toBe(before);
  });

  test('that cannot be fetched are empty, and it is said why', async () => {
    const broken = { ...archives, tileData: () => Promise.reject(new Error('x.pmtiles is not there.')) };
    const tiles = new FilteredTiles(archives.publication, new PublishedTiles(broken), NO_FILTER);
    const { bytes, revision } = await tiles.tile(...WORLD);
    expect([bytes.byteLength, revision]).toEqual([0, tiles.revision]);
    expect(tiles.failure).toBe('x.pmtiles is not there.');
    tiles.show(NO_FILTER);
    expect(tiles.failure).toBe('');
  });

  test('that are called off reject with the reason of that', async () => {
    const leaving = new AbortController();
    leaving.abort(new Error('not wanted'));
    const broken = { ...archives, tileData: () => Promise.reject(new Error('x')) };
    const tiles = new FilteredTiles(archives.publication, new PublishedTiles(broken), NO_FILTER);
    await expect(tiles.tile(0, 0, 0, leaving.signal)).rejects.toThrow('not wanted');
    expect(tiles.failure).toBe('');
  });
});
