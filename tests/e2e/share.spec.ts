import type { Page } from '@playwright/test';
import { expect, openApp, test } from './app';
import { SCREENS, expectNoViolationsInDialog, openTool } from './axe';

test.use({ hasMap: false }); // dialogs and the list alone

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Share' });
const pasted = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** As on a page that is not served by https, where there is no clipboard. */
async function takeClipboardAway(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
}

for (const [screen, options] of Object.entries(SCREENS)) {
  test.describe(screen, () => {
    test.use({ ...options, permissions: ['clipboard-read', 'clipboard-write'] });

    test('copies the link to exactly this view', async ({ page, served }) => {
      await openApp(page, served, '?confidence=high&view=37.6,55.7,9');
      await openTool(page, 'Share');
      await dialog(page).getByRole('button', { name: 'Copy link' }).click();
      await expect(dialog(page).getByRole('status')).toHaveText('Copied');
      expect(await pasted(page)).toBe(page.url());
      expect(page.url()).toBe(`${served.address}?confidence=high&view=37.6,55.7,9`);
    });

    test('cites the open sighting with its sources and the date', async ({ page, served }) => {
      await page.clock.setFixedTime(new Date(2026, 10, 25, 12));
      await openApp(page, served, '?view=37.8,55.8,10&sighting=losiny-ostrov-s400');
      await openTool(page, 'Share');
      await dialog(page).getByRole('button', { name: 'Copy citation' }).click();
      await expect(dialog(page).getByRole('status')).toHaveText('Copied');
      const lines = (await pasted(page)).split('\n');
      expect(lines[0]).toBe('S-400 in the Losiny Ostrov national park');
      expect(lines).toContain('Date of the event: 16–20 January 2023');
      expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(4);
      expect(lines.at(-2)).toMatch(/accessed 25 November 2026$/);
      expect(lines.at(-1)).toContain('sighting=losiny-ostrov-s400');
      expect(lines.at(-1)).toBe(page.url());
    });

    test('cites what is shown when no sighting is open', async ({ page, served }) => {
      await openApp(page, served, '?confidence=high');
      await openTool(page, 'Share');
      const citation = dialog(page).getByRole('textbox', { name: 'Citation' });
      await expect(citation).toHaveValue(
        /^Air-defence systems.*\n1 of 8 sightings\nFilter: High confidence\n/,
      );
    });

    test('gives the markup of a frame that shows the same, compact', async ({ page, served }) => {
      await openApp(page, served, '?view=37.8,55.8,10&sighting=losiny-ostrov-s400&theme=dark');
      await openTool(page, 'Share');
      const code = await dialog(page).getByRole('textbox', { name: 'Embed code' }).inputValue();
      const around = await page.context().newPage(); // a page without the app's policy, which makes no markup from text
      const frame = await around.evaluate((markup) => {
        const { body } = new window.DOMParser().parseFromString(markup, 'text/html');
        const [only] = body.children;
        return {
          count: body.children.length,
          src: only?.getAttribute('src'),
          title: only?.getAttribute('title'),
        };
      }, code);
      expect(frame).toEqual({
        count: 1,
        src: `${served.address}?view=37.8,55.8,10&sighting=losiny-ostrov-s400&theme=dark&embed`,
        title: 'S-400 in the Losiny Ostrov national park',
      });
    });

    test('selects the text where there is no clipboard, and says what to press', async ({ page, served }) => {
      await takeClipboardAway(page);
      await openApp(page, served);
      await openTool(page, 'Share');
      await dialog(page).getByRole('button', { name: 'Copy citation' }).click();
      await expect(dialog(page).getByRole('status')).toHaveText(/^Press (Ctrl\+|⌘)C to copy$/);
      const field = dialog(page).getByRole('textbox', { name: 'Citation' });
      await expect(field).toBeFocused();
      const selected = await field.evaluate((element: HTMLTextAreaElement) =>
        element.value.slice(element.selectionStart, element.selectionEnd),
      );
      expect(selected).toBe(await field.inputValue());
    });

    test('closes by the Escape key, which leaves the sighting open and gives the keyboard back', async ({
      page,
      served,
    }) => {
      await openApp(page, served, '?sighting=losiny-ostrov-s400');
      await openTool(page, 'Share');
      await expect(dialog(page)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(dialog(page)).toHaveCount(0);
      await expect(page.getByRole('dialog', { name: /^Sighting: / })).toBeVisible();
      await expect(page.getByRole('button', { name: screen === 'phone' ? 'Menu' : 'Share' })).toBeFocused();
    });

    test('breaks no rule of WCAG that axe knows', async ({ page, served }) => {
      await openApp(page, served);
      await openTool(page, 'Share');
      await dialog(page).getByRole('button', { name: 'Copy link' }).click();
      await expect(dialog(page).getByRole('status')).toHaveText('Copied');
      await expectNoViolationsInDialog(page);
    });
  });
}

test.describe('by touch', () => {
  test.use(SCREENS.phone);

  test('has targets of 44 pixels in the menu and the dialog', async ({ page, served }) => {
    await openApp(page, served);
    const small = (selector: string) =>
      page.locator(`${selector} button`).evaluateAll((buttons) =>
        buttons
          .map((button) => ({ name: button.textContent, box: button.getBoundingClientRect() }))
          .filter(({ box }) => box.width < 44 || box.height < 44)
          .map(({ name }) => name),
      );
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect(page.getByRole('group', { name: 'Appearance' })).toBeVisible();
    expect(await small('header')).toEqual([]);
    await page.getByRole('button', { name: 'Share' }).click();
    await expect(dialog(page)).toBeVisible();
    expect(await small('dialog')).toEqual([]);
  });

  test('has room for the tools at 320 pixels', async ({ page, served }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openApp(page, served);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect((await page.locator('header').boundingBox())?.height).toBeLessThan(110);
    await openTool(page, 'Share');
    const box = await dialog(page).boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
    expect(await dialog(page).evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
  });
});
