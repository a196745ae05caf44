import type { Map as MapLibreMap } from 'maplibre-gl';

/** Pictures are held back for at most so long, and it is looked so often whether they may come, in milliseconds. */
const MOST_HELD_MS = 500;
const LOOK_MS = 8;

/** The same of other data: to make ready for its tiles takes longer, and a picture would show nothing new until then. */
export const MOST_HELD_FOR_DATA_MS = 1500;

/** Who does any of this wants to see the map move. */
const BY_HAND = ['pointerdown', 'wheel', 'keydown'] as const;

/** The maps that are held: one that changes on and on, as while dates are played, still has its pictures. */
const held = new WeakSet<MapLibreMap>();

/**
 * Holds the pictures of a map back until its sources have the tiles that they were asked for; a map that moves is not
 * held. Otherwise there is a picture for each tile or two that come, and the page, and so the next tiles, wait for it:
 * where there is no graphics card, for a third of a second each.
 * @param sources left out: all
 */
export function holdPictures(
  map: MapLibreMap,
  sources?: readonly string[],
  mostHeldMs: number = MOST_HELD_MS,
): void {
  if (map.isMoving() || held.has(map)) return;
  const until = performance.now() + mostHeldMs;
  let isWanted = false;
  // The map's own method is under this one, and asks for its next frame.
  map.triggerRepaint = () => void (isWanted = true);
  const container = map.getContainer();
  const isDone = () => {
    const style = map.style as MapLibreMap['style'] | null; // none after a lost context
    // What has come since then asks for its tiles in the next picture only, or here (`Map._render` of 6.17).
    if (map._sourcesDirty) style?._updateSources(map._camera.transform);
    const tileManagers = style?.tileManagers ?? {};
    return (sources ?? Object.keys(tileManagers)).every((id) => tileManagers[id]?.loaded() !== false);
  };
  const looking = setInterval(() => {
    if (performance.now() > until || map.isMoving() || isDone()) release();
  }, LOOK_MS);
  const forget = () => {
    clearInterval(looking);
    for (const type of BY_HAND) container.removeEventListener(type, release, true);
    removal.unsubscribe();
    held.delete(map);
    Reflect.deleteProperty(map, 'triggerRepaint');
  };
  const release = () => {
    forget();
    if (isWanted) map.triggerRepaint();
  };
  for (const type of BY_HAND) container.addEventListener(type, release, { capture: true, passive: true });
  const removal = map.on('remove', forget);
  held.add(map);
}
