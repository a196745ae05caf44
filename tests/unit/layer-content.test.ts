import { describe, expect, test } from 'vitest';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import { writeCollection, writeInSteps } from '../../src/io/collection-file';
import { joinBytes } from '../../src/io/join-bytes';
import { contentOf } from '../../src/ui/record/layer-content';
import { seededSightings } from '../bench/seeded';
import { sampleSighting } from './sample';
import { workOf } from './work-of';

const COUNT = 1500;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const features = [...seededSightings(COUNT)].reverse().map((sighting) => {
  return { id: sighting.id, bytes: bytesOf(JSON.stringify(sighting)) };
});

/** A work with the sightings in some order, one of them corrected and one added. */
async function changedWork() {
  const workspace = await workOf([...seededSightings(COUNT)].reverse());
  workspace.put(GIVEN_LAYER, sampleSighting({ id: 'a-new-one' }));
  workspace.put(GIVEN_LAYER, sampleSighting({ id: 'seeded-0000007' }), { replaces: 'seeded-0000007' });
  return workspace;
}

describe('a large file', () => {
  test('is the same whether it is written in steps or at once', () => {
    const collection = { title: 'Ten' };
    const chunks = [...writeInSteps(collection, features)];
    expect(textOf(joinBytes(chunks))).toBe(textOf(joinBytes(writeCollection(collection, features))));
  });

  test('lets the page do something else before all its features are asked for', () => {
    let asked = 0;
    const counted = (function* () {
      for (const feature of features) {
        asked++;
        yield feature;
      }
    })();
    writeInSteps({}, counted).next();
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(COUNT / 2);
  });

  test('is what it was at the time, whatever changes while it is put together', async () => {
    const workspace = await changedWork();
    const before = joinBytes(workspace.chunksOf(GIVEN_LAYER));
    const isRead = contentOf(workspace, GIVEN_LAYER, () => true);
    workspace.put(GIVEN_LAYER, sampleSighting({ id: 'one-more' }));
    const content = await isRead;
    expect(await content?.text()).toBe(textOf(before));
    expect(textOf(joinBytes(workspace.chunksOf(GIVEN_LAYER)))).not.toBe(textOf(before));
  });

  test('is left when nobody wants it any more, and says how far it was', async () => {
    const workspace = await changedWork();
    const chunks = [...workspace.chunksOf(GIVEN_LAYER)];
    let at = 0;
    const slow = {
      tableOf: (layer: string) => workspace.tableOf(layer),
      chunksOf: function* () {
        for (const chunk of chunks) {
          if (++at % 500 === 0) for (const end = performance.now() + 20; performance.now() < end;);
          yield chunk;
        }
      },
    };
    const told: number[] = [];
    const content = await contentOf(slow, GIVEN_LAYER, (done) => told.push(done) < 3);
    expect(content).toBeUndefined();
    expect(told).toHaveLength(3);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told[2]).toBeGreaterThan(0.2);
    expect(told[2]).toBeLessThan(1);
  });
});
