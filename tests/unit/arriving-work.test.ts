import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../src/io/url';
import { writeCollection } from '../../src/io/collection-file';
import { joinBytes } from '../../src/io/join-bytes';
import { ArrivingWork } from '../../src/ui/record/arriving-work.svelte';
import { LayerFiles } from '../../src/ui/record/layer-files';
import { LayerReader } from '../../src/ui/record/layer-reader';
import { openedLayer } from '../../src/ui/record/opened-layer';
import { WantedSighting } from '../../src/ui/wanted-sighting';
import { sampleSighting, sampleTable } from './sample';

const given = { table: sampleTable([sampleSighting()]), collection: {} };
const layer = openedLayer('Birds', { fileName: 'birds.geojson', sha256: 'of-birds', leftOut: 0 }, []);
const bytes = new TextEncoder().encode(JSON.stringify(sampleSighting({ id: 'bird' })));
const content = new Blob([joinBytes(writeCollection({}, [{ id: 'bird', bytes }]))]);

/** A reader of one layer, whose file comes when it is said to. */
function readerOf() {
  const page = { notice: '', arriving: new ArrivingWork() };
  const files = new LayerFiles(given);
  const asked: ((content: Blob | undefined) => void)[] = [];
  const store = {
    content: () => new Promise<Blob | undefined>((resolve) => asked.push(resolve)),
    whyHeld: (name: string) => (name === 'of-birds' ? 'The disk is full.' : undefined),
  };
  const wanted: string[] = [];
  const reader = new LayerReader(
    () => [layer],
    files,
    store,
    page,
    () => wanted.push('again'),
  );
  return { page, files, asked, reader, wanted };
}

describe('a kept data set', () => {
  test('is said to be read until it is there, and read once', async () => {
    const { page, files, asked, reader } = readerOf();
    const reading = Promise.all([reader.read(), reader.read()]);
    await expect.poll(() => asked.length).toBe(1);
    expect(page.arriving).toMatchObject({ name: 'Birds', isArriving: true });
    asked[0]?.(content);
    await reading;
    expect(page.arriving).toMatchObject({ name: undefined, isArriving: false });
    expect(files.has(layer.id)).toBe(true);
    expect(asked.length).toBe(1);
    expect(page.notice).toBe('');
  });

  test('that is left is not asked for until it is wanted again', async () => {
    const { page, files, asked, reader, wanted } = readerOf();
    const reading = reader.read();
    await expect.poll(() => asked.length).toBe(1);
    page.arriving.cancel();
    await reading;
    await reader.read();
    expect(page.arriving.isArriving).toBe(false);
    expect(page.arriving.left.map(({ name }) => name)).toEqual(['Birds']);
    expect(asked.length).toBe(1);
    expect(page.notice).toBe('');
    page.arriving.left[0]?.readAgain();
    expect(wanted).toEqual(['again']);
    expect(page.arriving.left).toEqual([]);
    const again = reader.read();
    await expect.poll(() => asked.length).toBe(2);
    asked[1]?.(content);
    await again;
    expect(files.has(layer.id)).toBe(true);
  });

  test('that is gone is said to be', async () => {
    const { page, asked, reader } = readerOf();
    const reading = reader.read();
    await expect.poll(() => asked.length).toBe(1);
    asked[0]?.(undefined);
    await reading;
    expect(page.notice).toContain('The file of “Birds” is gone from this browser');
    expect(page.arriving.isArriving).toBe(false);
  });

  test('that comes back but cannot be kept is said not to be', () => {
    const { page, files, reader, wanted } = readerOf();
    expect(reader.bringBack('of-others', given)).toBeUndefined();
    expect(reader.bringBack('of-birds', given)).toBe(layer);
    expect(files.has(layer.id)).toBe(true);
    expect(page.notice).toBe('“Birds” is there again for this visit alone. The disk is full.');
    expect(wanted).toEqual(['again']);
  });
});

describe('work of earlier visits', () => {
  test('is awaited until it is there', async () => {
    const arriving = new ArrivingWork();
    let come: () => void = () => undefined;
    const isOver = arriving.expect(new Promise((resolve) => (come = resolve)));
    expect(arriving).toMatchObject({ isAwaited: true, isArriving: true });
    come();
    expect(await isOver).toBe(true);
    expect(arriving).toMatchObject({ isAwaited: false, isArriving: false });
  });

  test('is no more awaited than that of the data which came after', async () => {
    const arriving = new ArrivingWork();
    let come: () => void = () => undefined;
    const isFirstOver = arriving.expect(new Promise((resolve) => (come = resolve)));
    void arriving.expect(new Promise(() => undefined));
    come();
    expect(await isFirstOver).toBe(false);
    expect(arriving.isAwaited).toBe(true);
  });
});

test('a wanted sighting is missing until other data brings it', () => {
  const wanted = new WantedSighting();
  wanted.follow(parseAddress('?sighting=bird').address);
  const { said } = wanted.settle(given.table, (id) => `There is no “${id}”.`);
  expect(said).toBe('There is no “bird”.');
  expect(wanted.missing).toBe(said);
  wanted.broughtBy(sampleTable([sampleSighting({ id: 'bird' })]));
  expect(wanted.missing).toBe('');
  wanted.settle(sampleTable([sampleSighting({ id: 'bird' })]), () => 'There is none.');
  expect(wanted.missing).toBe('');
});

test('a page without kept data sets has nothing to read, and waits for nothing', async () => {
  const { page, reader, files, asked } = readerOf();
  files.put(layer.id, given);
  let isRead = false;
  void reader.read().then(() => (isRead = true));
  await Promise.resolve();
  expect(isRead).toBe(true);
  expect(asked.length).toBe(0);
  expect(page.arriving.isArriving).toBe(false);
});
