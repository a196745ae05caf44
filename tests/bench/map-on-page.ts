import type { Page } from '@playwright/test';
import { LIGHT } from '../../src/map/theme';
import { shareOf } from '../e2e/pixels';

/** Where our map is on its page, in CSS pixels, which is where the bare page has its own. */
export interface MapBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A contender that did not get as far as it should have. */
export class NotFinished extends Error {}

const PAN_MS = 2000;

/** So much of the map at least is groups or marks: a few of them, and more than the reference points have of ink. */
const LEAST_GROUPS = 2e-3;
const LEAST_MARKS = 2e-4;

/**
 * Makes sure that what was measured is a map with sightings on it, and keeps a picture of it where that is wanted.
 * @throws NotFinished when it is none
 */
export async function expectSightings(page: Page, box: MapBox, picture: string | undefined): Promise<void> {
  const png = await page.screenshot({ clip: box, ...(picture === undefined ? {} : { path: picture }) });
  const share = (color: string) => shareOf(page, png, color, [0, Math.floor(box.height)]);
  const marks = await Promise.all(Object.values(LIGHT.confidence).map(share));
  const areMarks = marks.reduce((a, b) => a + b, 0) >= LEAST_MARKS;
  if (!areMarks && (await share(LIGHT.ink)) < LEAST_GROUPS) throw new NotFinished('no sightings were drawn');
  const [land, water] = [await share(LIGHT.land), await share(LIGHT.water)];
  if (land + water < 0.1) throw new NotFinished('no base map was drawn');
}

/** Drags the map in a circle. Returns the times between its frames, in ms. */
export async function pan(page: Page, { x, y, width, height }: MapBox): Promise<number[]> {
  const [middleX, middleY, reach] = [x + width / 2, y + height / 2, Math.min(width, height) / 3];
  const moveTo = (turn: number) =>
    page.mouse.move(
      middleX + reach * Math.cos(2 * Math.PI * turn),
      middleY + reach * Math.sin(2 * Math.PI * turn),
    );
  await moveTo(0);
  await page.mouse.down();
  await page.evaluate(() => window.probe.startFrames());
  const start = performance.now();
  for (let turn = 0; turn < 1; turn = (performance.now() - start) / PAN_MS) {
    await moveTo(turn);
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  const frames = await page.evaluate(() => window.probe.stopFrames());
  await page.waitForTimeout(200); // a map that is let go in the middle of a movement goes on
  await page.mouse.up();
  await page.evaluate(() => window.probe.settled());
  return frames;
}
