import type { Page } from '@playwright/test';
import { expect, openApp, test } from './app';
import { expectNoViolations } from './axe';
import { DEVICES } from './devices';

const states: { name: string; search: string; reach?: (page: Page, isPhone: boolean) => Promise<void> }[] = [
  { name: 'as it opens', search: '' },
  { name: 'with a sighting open', search: '?sighting=zarechye-near-novo-ogaryovo' },
  { name: 'with a sighting of many sources open', search: '?sighting=moscow-defence-ministry-roof' },
  {
    name: 'with all filters open and some chosen',
    search: '?confidence=moderate&system=s-400&near=37.6,55.75,20km&inview&dates=2023-01',
    reach: async (page) => page.getByRole('button', { name: 'Filters', exact: true }).click(),
  },
  { name: 'with nothing found', search: '?confidence=high&place=no' },
  { name: 'with a notice', search: '?view=nowhere' },
  {
    name: 'with the shortcuts open',
    search: '',
    reach: async (page) => {
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  },
  {
    name: 'with the choice of basemaps open',
    search: '',
    reach: async (page) => {
      await page.getByRole('button', { name: 'Basemap', exact: true }).click();
      await page.getByRole('button', { name: 'Your own file or address' }).click();
    },
  },
  { name: 'in a frame', search: '?embed' },
  { name: 'in a frame, with a sighting open', search: '?embed&sighting=losiny-ostrov-s400' },
];

for (const { name: device, isPhone, use } of DEVICES) {
  test.describe(device, () => {
    test.use(use);
    for (const { name, search, reach } of states) {
      test(`has nothing that axe objects to, ${name}`, async ({ page, served }) => {
        await openApp(page, served, search);
        await reach?.(page, isPhone);
        await expectNoViolations(page, 'html', ['wcag21a', 'best-practice']);
      });
    }
  });
}

test.describe('forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });

  test('tell the chosen row from the others', async ({ page, served }) => {
    await openApp(page, served, '?sighting=losiny-ostrov-s400');
    const rows = page.getByRole('list', { name: 'Sightings' }).getByRole('button');
    const chosen = rows.and(page.locator('[aria-current=true]'));
    const other = rows.and(page.locator(':not([aria-current])')).first();
    const border = (element: Element) => getComputedStyle(element).borderLeftColor;
    expect(await chosen.evaluate(border)).not.toBe(await other.evaluate(border));
  });

  test.describe('dark', () => {
    test.use({ colorScheme: 'dark' });

    test('leave the icons of the map as the browser has them', async ({ page, served }) => {
      await openApp(page, served, '?theme=light');
      const icon = page.getByRole('button', { name: 'Zoom in' }).locator('.maplibregl-ctrl-icon');
      await expect(icon).toHaveCSS('filter', 'none');
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark'); // as the system has it
    });
  });

  test('keep the marks, the bars and the buttons in sight', async ({ page, served }) => {
    await openApp(page, served);
    const mark = page.getByRole('list', { name: 'Sightings' }).locator('svg path').first();
    await expect(mark).toHaveCSS('fill', /rgb/);
    const button = page.getByRole('button', { name: 'Filters', exact: true });
    expect(await button.evaluate((element) => getComputedStyle(element).borderStyle)).toBe('solid');
  });
});

test.describe('a phone', () => {
  const phone = DEVICES.find(({ isPhone }) => isPhone);
  test.use(phone?.use ?? {});

  for (const [name, search] of [
    ['as it opens', ''],
    ['with all filters', '?confidence=moderate&near=37.6,55.75,20km&dates=2023-01'],
    ['with a sighting open', '?sighting=moscow-defence-ministry-roof'],
    ['with rings', '?tool=rings&rings=kremlin,5km,20km'],
    ['with reported distances', '?tool=reports&report=zarechye-near-novo-ogaryovo,1'],
    ['in a frame', '?embed'],
  ] as const) {
    test(`has targets of at least 44 px, ${name}`, async ({ page, served }) => {
      await openApp(page, served, search);
      if (name === 'with all filters')
        await page.getByRole('button', { name: 'Filters', exact: true }).click();
      const small = await page.evaluate(() => {
        const selector = 'button, select, summary, input, [role="slider"]';
        return [...document.querySelectorAll<HTMLElement>(selector)]
          .filter((element) => element.checkVisibility() && !element.closest('[inert]'))
          .map((element) => ({ element, target: element.closest('label') ?? element }))
          .map(({ element, target }) => ({
            html: element.nodeName + ' ' + (element.getAttribute('aria-label') ?? element.textContent),
            box: target.getBoundingClientRect(),
          }))
          .filter(({ box }) => box.height < 43.5 || box.width < 43.5)
          .map(({ html, box }) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`);
      });
      expect(small).toEqual([]);
    });
  }
});

test.describe('reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('has no transition and no flight', async ({ page, served }) => {
    await openApp(page, served, '?view=33,58,6');
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((element) =>
          getComputedStyle(element)
            .transitionDuration.split(', ')
            .some((time) => parseFloat(time) > 0),
        )
        .map((element) => element.nodeName + element.className),
    );
    expect(moving.filter((html) => !html.includes('maplibregl'))).toEqual([]);
  });
});
