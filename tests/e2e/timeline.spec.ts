import type { Locator, Page } from '@playwright/test';
import { expect, openApp as openPage, standStill, test } from './app';

/** The timeline of the built-in data: 54 days from 1 December 2022. */
const DAYS = 54;
const [JANUARY, FIRST] = [31, 1];
const january = (day: number) => JANUARY + day - FIRST;

/** Opens the page, and its timeline where a small screen keeps it closed. */
async function openApp(page: Page, served: { address: string }, search = ''): Promise<void> {
  await openPage(page, served, search);
  const toggle = page.getByRole('button', { name: 'Timeline', exact: true });
  if ((await toggle.count()) === 0) return;
  await toggle.click();
  // Until the sheet that makes room for it stands still.
  await standStill(page);
}

const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' });
const slider = (page: Page, name: string) => timeline(page).getByRole('slider', { name });
const button = (page: Page, name: string) => timeline(page).getByRole('button', { name });

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Where a day stands on the screen; asks where all of them are, so all must be chosen. */
async function findDays(page: Page): Promise<(day: number) => { x: number; y: number }> {
  await expect(slider(page, 'First day shown')).toHaveAttribute('aria-valuetext', '1 December 2022');
  const begin = await middleOf(slider(page, 'First day shown'));
  const end = await middleOf(slider(page, 'Last day shown'));
  return (day) => ({ x: begin.x + ((day + 0.5) / DAYS) * (end.x - begin.x), y: begin.y });
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number }): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, from.y, { steps: 3 });
  await page.mouse.move(to.x, from.y, { steps: 3 });
  await page.mouse.up();
}

async function expectShown(page: Page, count: number, days: string): Promise<void> {
  await expect(page.getByText(`${count} of 8 sightings`, { exact: true })).toBeVisible();
  await expect(timeline(page).getByText(days, { exact: true })).toBeVisible();
}

const ALL = 'All dates: December 2022 – 23 January 2023';

const SIZES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

for (const [name, size] of Object.entries(SIZES)) {
  test.describe(name, () => {
    test.use(size);

    test('says what it shows without being touched', async ({ page, served }) => {
      await openApp(page, served);
      await expectShown(page, 8, ALL);
      await expect(timeline(page)).toHaveAccessibleDescription(
        '8 sightings, December 2022 – 23 January 2023, most on 19–20 January 2023',
      );
      await expect(timeline(page).getByText(/^Sightings per day/)).toBeVisible();
    });

    test('a drag chooses days, and a click on All dates gives them back', async ({ page, served }) => {
      await openApp(page, served);
      const at = await findDays(page);
      await drag(page, at(january(6)), at(january(15)));
      await expectShown(page, 2, '6–15 January 2023');
      await button(page, 'All dates').click();
      await expectShown(page, 8, ALL);
    });

    test('a handle makes the days more or fewer', async ({ page, served }) => {
      await openApp(page, served);
      const at = await findDays(page);
      await drag(page, at(january(6)), at(january(15)));
      await drag(page, await middleOf(slider(page, 'Last day shown')), at(january(18)));
      await expect(slider(page, 'Last day shown')).toHaveAttribute('aria-valuetext', /1[78] January 2023/);
      await expect(page.getByText('4 of 8 sightings', { exact: true })).toBeVisible();
      await drag(page, await middleOf(slider(page, 'First day shown')), at(january(2)));
      await expect(slider(page, 'First day shown')).toHaveAttribute('aria-valuetext', /[23] January 2023/);
    });

    test('a drag inside moves the days as they are', async ({ page, served }) => {
      await openApp(page, served);
      const at = await findDays(page);
      await drag(page, at(january(1)), at(january(5)));
      await expectShown(page, 1, '1–5 January 2023');
      const middle = await middleOf(slider(page, 'Days shown'));
      const fifteenDays = at(15).x - at(0).x;
      await drag(page, middle, { x: middle.x + fifteenDays });
      await expectShown(page, 8, '16–20 January 2023');
    });

    test('a click chooses the day, and gives it back', async ({ page, served }) => {
      await openApp(page, served);
      const { x, y } = (await findDays(page))(january(19));
      await page.mouse.click(x, y);
      await expectShown(page, 6, '19 January 2023');
      await page.mouse.click(x, y);
      await expectShown(page, 8, ALL);
    });

    test('the keyboard moves each end, the whole, and clears', async ({ page, served }) => {
      await openApp(page, served);
      await slider(page, 'First day shown').focus();
      for (let i = 0; i < 6; i++) await page.keyboard.press('PageUp');
      await expectShown(page, 8, '12–23 January 2023');
      await slider(page, 'Last day shown').focus();
      await page.keyboard.press('Shift+ArrowLeft');
      await expectShown(page, 4, '12–16 January 2023');
      await page.keyboard.press('ArrowLeft');
      await expectShown(page, 2, '12–15 January 2023');
      await slider(page, 'Days shown').focus();
      await page.keyboard.press('ArrowRight');
      await expectShown(page, 4, '13–16 January 2023');
      await page.keyboard.press('End');
      await expectShown(page, 6, '20–23 January 2023');
      await page.keyboard.press('Home');
      await expectShown(page, 1, '1–4 December 2022');
      await expect(slider(page, 'Days shown')).toHaveAttribute('aria-valuetext', '1–4 December 2022');
      await page.keyboard.press('Escape');
      await expectShown(page, 8, ALL);
    });

    test('steps go by the length of what is chosen', async ({ page, served }) => {
      await openApp(page, served);
      await button(page, 'Earlier').click();
      await expectShown(page, 1, '23 January 2023');
      await button(page, 'Earlier').click();
      await expectShown(page, 1, '22 January 2023');
      await expect(button(page, 'Earlier')).toBeFocused();
      await button(page, 'All dates').click();
      await button(page, 'Later').click();
      await expectShown(page, 1, '1 December 2022');
      await slider(page, 'Last day shown').focus();
      await page.keyboard.press('PageUp');
      await button(page, 'Later').click();
      await expectShown(page, 1, '9–16 December 2022');
    });

    test('plays to the end, pauses, and begins again', async ({ page, served }) => {
      await page.clock.install({ time: 0 });
      await openApp(page, served);
      await page.clock.pauseAt(600_000);
      await button(page, 'Play').click();
      await expectShown(page, 1, '1–7 December 2022');
      await page.clock.runFor(850);
      await expectShown(page, 1, '3–9 December 2022');
      await button(page, 'Pause').click();
      await page.clock.runFor(5000);
      await expectShown(page, 1, '3–9 December 2022');
      await button(page, 'Play').click();
      await page.clock.runFor(40 * 800);
      await expectShown(page, 8, '17–23 January 2023');
      await expect(button(page, 'Play')).toBeVisible();
      await button(page, 'Play').click();
      await expectShown(page, 1, '1–7 December 2022');
      await slider(page, 'Days shown').focus();
      await page.keyboard.press('ArrowRight');
      await expect(button(page, 'Play')).toBeVisible();
      await expectShown(page, 1, '2–8 December 2022');
    });

    test('stops playing when somebody filters', async ({ page, served }) => {
      await openApp(page, served);
      await button(page, 'Play').click();
      await expect(button(page, 'Pause')).toBeVisible();
      if (name === 'phone') await page.getByRole('button', { name: 'Filters', exact: true }).click();
      await page
        .getByRole('group', { name: 'Filters' })
        .getByRole('checkbox', { name: /High confidence/ })
        .click();
      await expect(button(page, 'Play')).toBeVisible();
    });
  });
}

// On a phone an open sighting lies over the timeline.
test.describe('beside an open sighting', () => {
  test.use(SIZES.desktop);

  test('Escape in it leaves an open sighting open', async ({ page, served }) => {
    await openApp(page, served, '?sighting=losiny-ostrov-s400');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await slider(page, 'First day shown').focus();
    await page.keyboard.press('PageUp');
    await page.keyboard.press('Escape');
    await expect(timeline(page).getByText(ALL)).toBeVisible();
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  });
});

test.describe('by touch', () => {
  test.use(SIZES.phone);

  test('a finger drags days out sideways', async ({ page, served }) => {
    await openApp(page, served);
    const at = await findDays(page);
    const client = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', day?: number) =>
      client.send('Input.dispatchTouchEvent', { type, touchPoints: day === undefined ? [] : [at(day)] });
    await touch('touchStart', january(6));
    for (const day of [8, 10, 12, 15]) await touch('touchMove', january(day));
    await touch('touchEnd');
    await expectShown(page, 2, '6–15 January 2023');
  });

  test('its buttons are large enough for a finger', async ({ page, served }) => {
    await openApp(page, served);
    for (const name of ['All dates', 'Earlier', 'Play', 'Later']) {
      expect((await button(page, name).boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
  });
});

for (const width of [320, 390, 768, 1440]) {
  test(`its dates can be read at ${width} px`, async ({ page, served }) => {
    await page.setViewportSize({ width, height: 844 });
    await openApp(page, served);
    const dates = timeline(page)
      .locator('svg text')
      .filter({ hasText: /\d [A-Z]|^\d{4}$/ });
    await expect(dates.first()).toHaveText('1 Dec 2022');
    await expect(dates.last()).toHaveText('23 Jan 2023');
    const boxes = await dates.evaluateAll((all) =>
      all.map((text) => text.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
    );
    for (const [i, { left, right }] of boxes.entries()) {
      expect(left).toBeGreaterThan((boxes[i - 1]?.right ?? -1) + 2);
      expect(right).toBeLessThanOrEqual(width);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}
