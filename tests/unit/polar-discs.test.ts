import { describe, expect, test } from 'vitest';
import { SightingTiles } from '../../src/map/tiles';
import { sampleSighting, sampleTable } from './sample';

// In a file of its own: a disc with corners without end takes the whole test process with it.
describe('a wide disc near a pole', () => {
  test.for([84.9, -84.9, 89.99, -89.99, 90, -90])('at latitude %d makes a tile of a few kB', (lat) => {
    const geometry = { type: 'Point' as const, coordinates: [10, lat] };
    const table = sampleTable([sampleSighting({ geometry, coordinateUncertaintyInMeters: 50_000 })]);
    const tile = new SightingTiles(table).tile(6, 33, lat > 0 ? 0 : 63);
    expect(tile.length).toBeLessThan(50_000);
  });
});
