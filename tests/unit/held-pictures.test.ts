import type { Map as MapLibreMap } from 'maplibre-gl';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdPictures } from '../../src/ui/stage/held-pictures';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is asked of a map while its pictures are held, and how many pictures it was asked for. */
class FakeMap {
  pictures = 0;
  moves = false;
  readonly container = new EventTarget();
  readonly loaded: Record<string, boolean> = { base: true, sightings: false, areas: false };
  readonly style = {
    tileManagers: Object.fromEntries(
      Object.keys(this.loaded).map((id) => [id, { loaded: () => this.loaded[id] }]),
    ),
  };
  #onremove: () => void = () => undefined;

  triggerRepaint(): void {
    this.pictures++;
  }
  isMoving(): boolean {
    return this.moves;
  }
  getContainer(): EventTarget {
    return this.container;
  }
  on(_: 'remove', listener: () => void) {
    this.#onremove = listener;
    return { unsubscribe: () => (this.#onremove = () => undefined) };
  }
  remove(): void {
    this.#onremove();
  }
}

function held(sources?: readonly string[]): FakeMap {
  const map = new FakeMap();
  holdPictures(map as unknown as MapLibreMap, sources);
  map.triggerRepaint();
  vi.advanceTimersByTime(100);
  expect(map.pictures).toBe(0);
  return map;
}

test('there is one picture when all sources that were asked have their tiles', () => {
  const map = held(['sightings', 'areas']);
  map.loaded['sightings'] = true;
  map.triggerRepaint();
  vi.advanceTimersByTime(100);
  expect(map.pictures).toBe(0);
  map.loaded['areas'] = true;
  vi.advanceTimersByTime(100);
  expect(map.pictures).toBe(1);
  map.triggerRepaint();
  expect(map.pictures).toBe(2);
});

test('where no sources are named, all are waited for', () => {
  const map = held();
  map.loaded['sightings'] = map.loaded['areas'] = true;
  map.loaded['base'] = false;
  vi.advanceTimersByTime(100);
  expect(map.pictures).toBe(0);
  map.loaded['base'] = true;
  vi.advanceTimersByTime(100);
  expect(map.pictures).toBe(1);
});

test('no picture is asked for that nobody wanted', () => {
  const map = new FakeMap();
  holdPictures(map as unknown as MapLibreMap);
  vi.advanceTimersByTime(1000);
  expect(map.pictures).toBe(0);
});

test('tiles that take long are not waited for longer than half a second, however many changes follow', () => {
  const map = held();
  vi.advanceTimersByTime(300);
  holdPictures(map as unknown as MapLibreMap);
  vi.advanceTimersByTime(80);
  expect(map.pictures).toBe(0);
  vi.advanceTimersByTime(50);
  expect(map.pictures).toBe(1);
});

test.for(['pointerdown', 'wheel', 'keydown'])('%s shows the map at once', (type) => {
  const map = held();
  map.container.dispatchEvent(new Event(type));
  expect(map.pictures).toBe(1);
});

test('a map that moves is not held, nor one that begins to', () => {
  const map = held();
  map.moves = true;
  vi.advanceTimersByTime(20);
  expect(map.pictures).toBe(1);
  holdPictures(map as unknown as MapLibreMap);
  map.triggerRepaint();
  expect(map.pictures).toBe(2);
});

test('a map that is removed is asked nothing more', () => {
  const map = held();
  map.remove();
  vi.advanceTimersByTime(1000);
  expect(map.pictures).toBe(0);
});
