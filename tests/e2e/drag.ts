import type { Page } from '@playwright/test';

/** Drags by mouse, or by a finger. */
export async function drag(
  page: Page,
  isPhone: boolean,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  if (!isPhone) {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (const { x, y } of [middle, to]) await page.mouse.move(x, y, { steps: 3 });
    return page.mouse.up();
  }
  const client = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [from]);
  for (const at of [middle, to]) await touch('touchMove', [at]);
  await touch('touchEnd', []);
}
