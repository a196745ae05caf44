import { expect, openApp, test, viewInAddress } from './app';

test('comes back from its address: the same view, the same sighting', async ({ page, served }) => {
  await openApp(page, served, '?view=37.5,55.7,10');
  await page.getByRole('button', { name: /Losiny Ostrov/ }).click();
  await expect(page).toHaveURL(/sighting=losiny-ostrov-s400/);
  await expect.poll(() => viewInAddress(page)?.lat).toBeGreaterThan(55.8);
  const { search } = new URL(page.url());
  await page.reload();
  await expect(page.getByRole('dialog', { name: /^Sighting: S-400 in the Losiny Ostrov/ })).toBeVisible();
  expect(new URL(page.url()).search).toBe(search);
});

test('keeps the view of an address, wherever the sighting is', async ({ page, served }) => {
  const search = '?view=36,57,6&sighting=valdai-yashcherovo-pantsir';
  await openApp(page, served, search);
  await expect(page.getByRole('dialog', { name: /Yashcherovo/ })).toBeVisible();
  await page.waitForTimeout(1500); // as long as a movement would take
  expect(new URL(page.url()).search).toBe(search);
});

test('goes back and forward through what was opened', async ({ page, served }) => {
  await openApp(page, served);
  await page.getByRole('button', { name: /Losiny Ostrov/ }).click();
  await expect(page).toHaveURL(/sighting=losiny/);
  await page
    .getByRole('list', { name: 'Sightings' })
    .getByRole('button', { name: /Timiryazev/ })
    .click();
  await expect(page).toHaveURL(/sighting=timiryazev/);
  await page.goBack();
  await expect(page.getByRole('dialog', { name: /Losiny Ostrov/ })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.goForward();
  await expect(page.getByRole('dialog', { name: /Losiny Ostrov/ })).toBeVisible();
});

const wrong = {
  'a view that is no view': '?view=nowhere',
  'a latitude that does not exist': '?view=37,95,9',
  'too few numbers': '?view=37,55',
  'an unknown sighting': '?sighting=no-such-thing',
  markup: '?sighting=%3Cimg%20src%3Dx%3E&view=%3Cscript%3E',
  'a broken escape': '?view=%E0%A4%A',
};

for (const [name, search] of Object.entries(wrong)) {
  test(`takes no harm from ${name}, and says so`, async ({ page, served }) => {
    await openApp(page, served, search);
    await expect(page.getByText('8 of 8 sightings')).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByText(/not understood|There is no sighting/)).toBeVisible();
  });
}

test('says nothing of a parameter that is not its own', async ({ page, served }) => {
  await openApp(page, served, '?utm_source=newsletter');
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
  await expect(page.getByText(/not understood/)).toHaveCount(0);
});

test('a browser that takes no more addresses for a while does not stop the page', async ({
  page,
  served,
}) => {
  // Some take a hundred in ten seconds, and throw at the next.
  await page.addInitScript(() => {
    let left = 5;
    setInterval(() => (left = 5), 4000);
    for (const name of ['pushState', 'replaceState'] as const) {
      const own = history[name].bind(history);
      history[name] = (...given) => {
        if (left-- <= 0) throw new DOMException('too many', 'SecurityError');
        own(...given);
      };
    }
  });
  await openApp(page, served);
  const search = page.getByRole('searchbox', { name: 'Search sightings' });
  await search.pressSequentially('s-400 in the park', { delay: 20 });
  await expect(search).toHaveValue('s-400 in the park');
  await expect(page.getByText('The page has failed')).toHaveCount(0);
  await expect(page).toHaveURL(/q=s-400(\+|%20)in(\+|%20)the(\+|%20)park/);
});
