import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './app';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** Looks at the page in light and in dark, as the system has it, beginning with what it is. */
async function inEachTheme(page: Page, look: () => Promise<void>): Promise<void> {
  const html = page.locator('html');
  const isDark = (await html.getAttribute('data-theme')) === 'dark';
  for (const colorScheme of isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme });
    await expect(html).toHaveAttribute('data-theme', colorScheme);
    await look();
  }
}

/**
 * Fails on any violation of WCAG 2.2 AA that axe can see on the page, or in a part of it, light or dark.
 * @param moreTags of other rules that count as well
 */
export async function expectNoViolations(
  page: Page,
  selector = 'html',
  moreTags: readonly string[] = [],
): Promise<void> {
  await inEachTheme(page, async () => {
    const builder = new AxeBuilder({ page }).withTags([...TAGS, ...moreTags]).include(selector);
    const { violations } = await builder.analyze();
    const found = violations.map(({ id, help, nodes }) => ({
      id,
      help,
      at: nodes.map(({ target, failureSummary }) => [target, failureSummary]),
    }));
    expect(found).toEqual([]);
  });
}

/** The same for the modal dialog that is open, and for its contrasts, which axe cannot tell while it is modal. */
export async function expectNoViolationsInDialog(page: Page): Promise<void> {
  await expect(page.locator('dialog[open]')).toBeVisible();
  await expectNoViolations(page, 'dialog');
  await page.locator('dialog[open]').evaluate((dialog: HTMLDialogElement) => {
    dialog.removeAttribute('open'); // not close(), which would take it off the page
    document.body.append(dialog);
    dialog.show();
    Object.assign(dialog.style, { position: 'fixed', inset: '0', margin: 'auto', zIndex: '999' });
  });
  await inEachTheme(page, async () => {
    const { violations, passes } = await new AxeBuilder({ page })
      .withRules('color-contrast')
      .include('dialog')
      .analyze();
    expect(violations.flatMap(({ nodes }) => nodes.map(({ target }) => target))).toEqual([]);
    expect(passes.flatMap(({ nodes }) => nodes).length).toBeGreaterThan(3);
  });
}

/** Sizes of a screen that pages are looked at. */
export const SCREENS = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} as const;

/** Opens a tool of the page's header; a phone has them in a menu. */
export async function openTool(page: Page, name: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Menu' });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole('button', { name, exact: true }).click();
}
