import type { Page } from '@playwright/test';
import {
  DISTANCE_VERDICTS,
  type DistanceVerdict,
  type Place,
  checkReportedDistance,
  placeOfReferencePoint,
  placeOfSighting,
} from '../../src/domain/distance';
import { measure } from '../../src/domain/measure';
import type { Sighting } from '../../src/domain/sighting';
import { geoJson, geoReferencePoints } from '../unit/fixtures';
import { expect, openApp, test, viewInAddress } from './app';
import { expectNoViolations } from './axe';
import { DEVICES } from './devices';
import { measuredPixels, openMeasuringTool } from './measuring';

test.use({ hasMap: false }); // the list, dialogs and forms: the map takes most of the time without a graphics card

const { features: sightings } = geoJson('sightings.geojson') as { features: Sighting[] };

function placeOf(id: string): Place | undefined {
  const point = geoReferencePoints().find((other) => other.id === id);
  const sighting = sightings.find((other) => other.id === id);
  return point ? placeOfReferencePoint(point) : sighting && placeOfSighting(sighting);
}

/** The verdicts on all reported distances of some sightings. */
function verdictsOf(some: readonly Sighting[]): DistanceVerdict[] {
  return some.flatMap((sighting) =>
    (sighting.properties.reportedDistances ?? []).map((reported) => {
      const [from, to] = [placeOf(reported.to), placeOfSighting(sighting)];
      return from && to ? checkReportedDistance(reported, measure(from, to)) : 'cannot be told';
    }),
  );
}

function count(verdict: DistanceVerdict, some = sightings): number {
  return verdictsOf(some).filter((other) => other === verdict).length;
}

const panel = (page: Page) => page.getByRole('region', { name: 'Measuring tools' });
const entries = (page: Page) =>
  panel(page).getByRole('list', { name: 'All reported distances' }).getByRole('listitem');
const verdict = (page: Page, name: DistanceVerdict) =>
  panel(page)
    .getByRole('group', { name: 'Verdicts' })
    .getByRole('button', { name: new RegExp(`^\\d+ ${name}$`) });
const atMost = (page: Page) => entries(page).filter({ hasText: 'at most 10 km' });
const show = { name: /^Show on the map/ };

for (const { name, use } of DEVICES) {
  test.describe(name, () => {
    test.use(use);

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('lists each with its measured interval, verdict and claim', async ({ page, served }) => {
        await openApp(page, served);
        await openMeasuringTool(page, 'Reported');
        await expect(entries(page)).toHaveCount(verdictsOf(sightings).length);
        for (const each of DISTANCE_VERDICTS)
          await expect(verdict(page, each)).toHaveAccessibleName(`${count(each)} ${each}`);
        // What the issue says of the built-in data.
        await expect(atMost(page)).toHaveCount(1);
        await expect(atMost(page)).toContainText('Not consistent');
        await expect(atMost(page)).toContainText('at most 10 km from Novo-Ogaryovo residence');
        await expect(atMost(page)).toContainText(/On the map: 13\.4 km, 10\.3 to 16\.5 km/);
        await expect(atMost(page)).toContainText(
          /The site by Zarechye, less than 10 km .* RFE\/RL Russian Service, .* 4 September 2023/,
        );
        const roofs = entries(page).filter({ hasText: 'about 700 m from' });
        await expect(roofs).toHaveCount(1);
        await expect(roofs).toContainText('Not consistent');
        const about = entries(page).filter({ hasText: 'about 10 km from Novo-Ogaryovo residence' });
        await expect(about).toHaveCount(2);
        for (const entry of await about.all()) {
          await expect(entry).toContainText('Cannot be told');
          await expect(entry).toContainText('(read as 8 km to 12 km)');
        }
        await expect(panel(page)).toContainText(/consistent when that range holds the\s+whole interval/);
      });
    });

    test('lists those of one verdict, or all', async ({ page, served }) => {
      await openApp(page, served, '?tool=reports');
      await verdict(page, 'not consistent').click();
      await expect(verdict(page, 'not consistent')).toHaveAttribute('aria-pressed', 'true');
      await expect(entries(page)).toHaveCount(count('not consistent'));
      await verdict(page, 'cannot be told').click();
      await expect(entries(page)).toHaveCount(count('cannot be told'));
      await verdict(page, 'cannot be told').click();
      await expect(entries(page)).toHaveCount(verdictsOf(sightings).length);
    });

    test('lists those of the sightings that the filters let through', async ({ page, served }) => {
      const low = sightings.filter(({ properties }) => properties.confidence === 'low');
      await openApp(page, served, '?tool=reports&confidence=low');
      await expect(entries(page)).toHaveCount(verdictsOf(low).length);
      await page.goto(`${served.address}?tool=reports&system=s-400`);
      await expect(panel(page)).toContainText('No sighting that is shown comes with a reported distance');
    });

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('draws the ring of one around its reference point, and takes it off again', async ({
        page,
        served,
      }) => {
        await openApp(page, served, '?tool=reports&view=33,58,9');
        const before = await measuredPixels(page);
        await atMost(page).getByRole('button', show).click();
        await expect(page).toHaveURL(/report=zarechye-near-novo-ogaryovo,3/);
        // The map has moved to where the ring and the sighting are.
        await expect.poll(() => viewInAddress(page)?.lng).toBeGreaterThan(37);
        expect(viewInAddress(page)?.lng).toBeLessThan(37.45);
        await expect.poll(() => measuredPixels(page)).toBeGreaterThan(before + 500);
        const drawn = await measuredPixels(page);
        await expect(atMost(page).getByRole('button', show)).toHaveAttribute('aria-pressed', 'true');
        await atMost(page).getByRole('button', show).click();
        await expect(page).not.toHaveURL(/report=/);
        await expect.poll(() => measuredPixels(page)).toBeLessThan(drawn - 400);
      });

      test('shows the one of an address, before and after a reload; back takes it off', async ({
        page,
        served,
      }) => {
        await openApp(page, served, '?tool=reports');
        await atMost(page).getByRole('button', show).click();
        await expect(page).toHaveURL(/report=zarechye-near-novo-ogaryovo,3/);
        await page.reload();
        await expect(atMost(page).getByRole('button', show)).toHaveAttribute('aria-pressed', 'true');
        await page.goBack();
        await expect(atMost(page).getByRole('button', show)).toHaveAttribute('aria-pressed', 'false');
      });
    });

    test('says that one on the map is not in the list, and takes it off', async ({ page, served }) => {
      await openApp(page, served, '?tool=reports&report=zarechye-near-novo-ogaryovo,1');
      await verdict(page, 'not consistent').click();
      await expect(panel(page)).toContainText(/A reported distance of “Likely Pantsir-S1 near Zarechye/);
      await panel(page).getByRole('button', { name: 'Take it off the map' }).click();
      await expect(page).not.toHaveURL(/report=/);
    });

    for (const [what, report] of [
      ['number', 'zarechye-near-novo-ogaryovo,9'],
      ['sighting', 'nowhere,1'],
    ] as const) {
      test(`leaves out a ${what} that is not there, and says so`, async ({ page, served }) => {
        await openApp(page, served, `?tool=reports&report=${report}`);
        await expect(page.getByText(`The address says “report=${report}”`)).toBeAttached();
        await expect(page).not.toHaveURL(/report=/);
      });
    }

    test('opens the sighting, and tells its distances in the reader’s units', async ({ page, served }) => {
      await openApp(page, served, '?tool=reports');
      await panel(page).getByRole('combobox', { name: 'Units' }).selectOption('imperial');
      const entry = entries(page).filter({ hasText: 'at most 6.21 mi' });
      await expect(entry).toContainText(/On the map: 8\.3 mi, 6\.4 to 10\.3 mi/);
      await entry.getByRole('button', { name: /^Likely Pantsir-S1 near Zarechye/ }).click();
      await expect(page.getByRole('dialog', { name: /^Sighting: Likely Pantsir-S1/ })).toBeVisible();
    });

    test.describe('on the map', () => {
      test.use({ hasMap: true });

      test('works by the keyboard alone', async ({ page, served }) => {
        await openApp(page, served);
        await page.keyboard.press('m');
        await panel(page).getByRole('tab', { name: 'Ruler' }).focus();
        await page.keyboard.press('ArrowRight');
        await page.keyboard.press('ArrowRight');
        await expect(panel(page).getByRole('tab', { name: 'Reported' })).toBeFocused();
        const reach = async (locator: ReturnType<typeof verdict>) => {
          for (let i = 0; i < 20; i++) {
            if (await locator.evaluate((element) => element === document.activeElement)) return;
            await page.keyboard.press('Tab');
          }
          throw new Error('Twenty tabs do not lead there.');
        };
        await reach(verdict(page, 'not consistent'));
        await page.keyboard.press('Space');
        await expect(entries(page)).toHaveCount(count('not consistent'));
        await reach(atMost(page).getByRole('button', show));
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(/report=zarechye-near-novo-ogaryovo,3/);
        await expect(atMost(page).getByRole('button', show)).toBeFocused();
        await page.keyboard.press('Enter');
        await expect(page).not.toHaveURL(/report=/);
      });
    });

    test('has nothing that axe objects to', async ({ page, served }) => {
      await openApp(page, served, '?tool=reports&report=zarechye-near-novo-ogaryovo,3');
      await expect(entries(page)).not.toHaveCount(0);
      await expectNoViolations(page);
      await verdict(page, 'cannot be told').click();
      await expect(panel(page)).toContainText('is on the map, but not in this list');
      await expectNoViolations(page);
    });
  });
}
