import { expect, test } from 'vitest';
import { referrersIn, withReferences } from '../../src/domain/referrers';
import { GIVEN_LAYER } from '../../src/domain/given-layer';
import type { Sighting } from '../../src/domain/sighting';
import type { Workspace } from '../../src/ui/record/workspace.svelte';
import { sampleSighting, sampleTable } from './sample';
import { workOf } from './work-of';

const park = sampleSighting({ id: 'park', title: 'Park' });
const parking = sampleSighting({ id: 'parking', title: 'Parking' });
const away = (id: string, ...to: string[]): Sighting =>
  sampleSighting({
    id,
    title: `At ${id}`,
    reportedDistances: to.map((one) => ({ to: one, meters: 900, qualifier: 'about' as const, source: 0 })),
  });

async function withLayer(workspace: Workspace, sightings: readonly Sighting[]): Promise<string> {
  const data = { table: sampleTable(sightings), collection: {} };
  const file = { name: 'Other', fileName: 'other.geojson', data, content: new Blob() };
  return (await workspace.addLayer(file))?.id ?? '';
}

const named = (workspace: Workspace, layer: string, id: string) =>
  (JSON.parse(workspace.textOf(layer, id) ?? 'null') as Sighting | null)?.properties.reportedDistances?.map(
    ({ to }) => to,
  );

test('who names a sighting is told from who has its id in a text', () => {
  const texts = [
    park,
    away('a', 'park'),
    away('b', 'parking'),
    sampleSighting({ id: 'c', title: 'park' }),
    { ...away('d', 'parking'), note: 'park' },
    away('e', 'parking', 'park'),
  ];
  const part = { table: sampleTable(texts), layer: GIVEN_LAYER };
  const idsIn = (rows?: Uint32Array) =>
    referrersIn(rows ? { ...part, rows } : part, 'park').map(({ sighting }) => sighting.id);
  expect(idsIn()).toEqual(['a', 'e']);
  expect(idsIn(Uint32Array.of(2, 3, 4, 5))).toEqual(['e']);
});

test('references change, and nothing else of the text', () => {
  const text = JSON.stringify(away('a', 'kremlin', 'park')).replace('{"type"', '{"__proto__":{"x":1},"type"');
  expect(withReferences(text, 'park', 'wood')).toBe(text.replace('"to":"park"', '"to":"wood"'));
});

test('ids of many digits keep them in what is corrected, and in what names it', async () => {
  const withPost = (sighting: Sighting, digits: string) =>
    JSON.stringify(sighting).replace(/\}$/, `,"post":${digits}}`);
  const [posted, referrer] = [
    withPost(park, '1616171819202122201'),
    withPost(away('a', 'park'), '1616171819202122203'),
  ];
  const workspace = await workOf([park]);
  workspace.putTexts('Take', GIVEN_LAYER, new Map(Object.entries({ park: posted, a: referrer })));
  workspace.put(GIVEN_LAYER, { ...(JSON.parse(posted) as Sighting), id: 'wood' }, { replaces: 'park' });
  expect(workspace.textOf(GIVEN_LAYER, 'wood')).toBe(posted.replace('"park"', '"wood"'));
  expect(workspace.textOf(GIVEN_LAYER, 'a')).toBe(referrer.replace('"to":"park"', '"to":"wood"'));
});

test('a sighting that gets another id is one that is not saved, however often it gets one', async () => {
  const workspace = await workOf([park, parking]);
  const rename = (from: string, to: string) =>
    workspace.put(GIVEN_LAYER, { ...park, id: to }, { replaces: from });
  const unsaved = () => workspace.unsavedCount(GIVEN_LAYER);
  rename('park', 'wood');
  expect(unsaved()).toBe(1);
  workspace.markSaved(GIVEN_LAYER, 'a.geojson', 1);
  expect(unsaved()).toBe(0);
  rename('wood', 'forest');
  rename('forest', 'grove');
  expect(unsaved()).toBe(1);
  workspace.put(GIVEN_LAYER, { ...parking, properties: { ...parking.properties, title: 'Garage' } });
  expect(unsaved()).toBe(2);
  rename('grove', 'wood');
  expect(unsaved()).toBe(1);
  workspace.undo();
  workspace.undo();
  expect(unsaved()).toBe(1);
});

test('a sighting that is removed and another that is added are two that are not saved', async () => {
  const workspace = await workOf([park, parking]);
  const unsaved = () => workspace.unsavedCount(GIVEN_LAYER);
  workspace.put(GIVEN_LAYER, { ...park, id: 'wood' }, { replaces: 'park' });
  workspace.remove(GIVEN_LAYER, 'wood');
  expect(unsaved()).toBe(1);
  workspace.put(GIVEN_LAYER, { ...park, id: 'wood' });
  expect(unsaved()).toBe(2);
});

test('a sighting that is renamed is named by its new id, in one change', async () => {
  const workspace = await workOf([away('a', 'park'), away('b', 'park', 'parking'), park, parking]);
  workspace.put(GIVEN_LAYER, { ...park, id: 'wood' }, { replaces: 'park' });
  expect(workspace.undoNote).toBe('Correct “Park”, and its name in 2 other sightings');
  expect(named(workspace, GIVEN_LAYER, 'a')).toEqual(['wood']);
  expect(named(workspace, GIVEN_LAYER, 'b')).toEqual(['wood', 'parking']);
  workspace.undo();
  expect(named(workspace, GIVEN_LAYER, 'b')).toEqual(['park', 'parking']);
  expect(workspace.textOf(GIVEN_LAYER, 'wood')).toBeNull();
  expect(workspace.unsavedCount(GIVEN_LAYER)).toBe(0);
});

test('also in another data set, unless that means one of its own', async () => {
  const workspace = await workOf([park]);
  const naming = await withLayer(workspace, [away('a', 'park')]);
  workspace.put(GIVEN_LAYER, { ...park, id: 'wood' }, { replaces: 'park' });
  expect(workspace.undoNote).toBe('Correct “Park”, and its name in 1 other sighting');
  expect(named(workspace, naming, 'a')).toEqual(['wood']);
  workspace.undo();
  await withLayer(workspace, [park]);
  workspace.put(GIVEN_LAYER, { ...park, id: 'wood' }, { replaces: 'park' });
  expect(workspace.undoNote).toBe('Correct “Park”');
  expect(named(workspace, naming, 'a')).toEqual(['park']);
});

test('what names a reference point goes on naming it', async () => {
  const point = { id: 'park', name: 'A park', lng: 37, lat: 55, uncertaintyMeters: 9 };
  const workspace = await workOf([away('a', 'park'), park], [point]);
  expect(workspace.put(GIVEN_LAYER, { ...park, id: 'wood' }, { replaces: 'park' })).toEqual([]);
  expect(named(workspace, GIVEN_LAYER, 'a')).toEqual(['park']);
});

test('what others name is not removed before they are corrected', async () => {
  const workspace = await workOf([away('a', 'park'), park]);
  expect(workspace.remove(GIVEN_LAYER, 'park')).toMatchObject([
    { layer: GIVEN_LAYER, id: 'a', title: 'At a' },
  ]);
  expect(workspace.textOf(GIVEN_LAYER, 'park')).not.toBeNull();
  workspace.put(GIVEN_LAYER, sampleSighting({ id: 'a' }), { replaces: 'a' });
  expect(workspace.remove(GIVEN_LAYER, 'park')).toEqual([]);
  expect(workspace.textOf(GIVEN_LAYER, 'park')).toBeNull();
});

test('a data set that nobody wants any more when it is kept is not added', async () => {
  const workspace = await workOf([park]);
  const data = { table: sampleTable([parking]), collection: {} };
  const file = { name: 'Other', fileName: 'other.geojson', data, content: new Blob() };
  expect(await workspace.addLayer({ ...file, isWanted: () => false })).toBeUndefined();
  expect(workspace.layers).toHaveLength(1);
  expect(workspace.undoNote).toBeUndefined();
  await workspace.addLayer({ ...file, isWanted: () => true });
  expect(workspace.layers).toHaveLength(2);
});

test('who would name nothing without a data set is told, each once', async () => {
  const given = [away('a', 'park'), away('b', 'park', 'wood'), away('c', 'parking'), parking];
  const workspace = await workOf(given);
  const other = await withLayer(workspace, [
    park,
    sampleSighting({ id: 'wood' }),
    away('d', 'park'),
    parking,
  ]);
  expect(workspace.references.ofLayer(other).map(({ id }) => id)).toEqual(['a', 'b']);
  const third = await withLayer(workspace, [park]);
  expect(workspace.references.ofLayer(other).map(({ id }) => id)).toEqual(['b']);
  expect(workspace.references.ofLayer(third)).toEqual([]);
});
