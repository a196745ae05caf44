import { readFileSync } from 'node:fs';
import { expect, openApp, replaceFile, test } from './app';

const good = readFileSync(new URL('../../geo/sightings.geojson', import.meta.url), 'utf8');

test.use({ allowedErrors: [/Failed to load resource.*(404|500)/] });

const nothingLeft: { name: string; body: string | Buffer; status?: number; says: RegExp }[] = [
  { name: 'missing', body: 'Not found', status: 404, says: /the server answers "404.*put the file at/ },
  { name: 'refused by the server', body: 'Oops', status: 500, says: /the server answers "500/ },
  { name: 'empty', body: '', says: /the file is empty/ },
  { name: 'a web page', body: '<!doctype html><p>Sign in</p>', says: /not JSON.*looks like a web page/ },
  { name: 'not JSON', body: 'sightings: none', says: /not JSON/ },
  { name: 'not GeoJSON', body: '{"sightings": []}', says: /must be "FeatureCollection", not nothing/ },
  { name: 'a list', body: '[1, 2]', says: /must be a GeoJSON FeatureCollection/ },
  { name: 'binary', body: Buffer.from([0, 255, 254, 0, 1, 2, 3]), says: /not UTF-8 text/ },
];

for (const { name, body, status, says } of nothingLeft) {
  test(`starts and says why when the sightings are ${name}`, async ({ page, served }) => {
    await replaceFile(page, 'sightings.geojson', body, status);
    await openApp(page, served);
    await expect(page.getByRole('alert')).toContainText(says);
    await expect(page.getByRole('alert')).toContainText('sightings.geojson');
    await expect(page.getByRole('alert')).toContainText('in the data. Nothing of it could be used.');
    await expect(page.getByText('0 of 0 sightings')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Map of sightings' })).toBeVisible();
  });
}

test('shows the good sightings of a file that is half right, and names the bad ones', async ({
  page,
  served,
}) => {
  const body = good
    .replace('"id":"losiny-ostrov-s400","geometry":{"type":"Point","coordinates":[37.778,55.864]}', (text) =>
      text.replace('55.864', '95'),
    )
    .replace('"confidence":"high"', '"confidence":"certain"');
  await replaceFile(page, 'sightings.geojson', body);
  await openApp(page, served);
  await expect(page.getByText('6 of 6 sightings')).toBeVisible();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('losiny-ostrov-s400');
  await expect(alert).toContainText('latitude 95 is outside');
  await expect(alert).toContainText('Confidence: "certain" is not one of');
  await expect(alert).toContainText('What is good is shown.');
  const lines = body.split('\n');
  const line = lines.findIndex((text) => text.includes('"losiny-ostrov-s400"'));
  const byte = Buffer.byteLength(`${lines.slice(0, line).join('\n')}\n`);
  const place = `(line ${line + 1}, byte ${byte})`;
  await expect(alert.getByRole('listitem').filter({ hasText: 'latitude 95' })).toContainText(place);
});

test('says once where a feature begins that is no JSON', async ({ page, served }) => {
  await replaceFile(page, 'sightings.geojson', good.replace('"confidence":"high"', '"confidence":high'));
  await openApp(page, served);
  const item = page.getByRole('alert').getByRole('listitem').filter({ hasText: 'is not JSON' });
  await expect(item).toContainText(/: [^(]* at byte \d+ \(line \d+, byte \d+\)\s*$/);
});

test('shows what came before the break of a truncated file', async ({ page, served }) => {
  await replaceFile(
    page,
    'sightings.geojson',
    good.slice(0, good.indexOf('"ostafyevo-airport-pantsir"') + 200),
  );
  await openApp(page, served);
  await expect(page.getByText('4 of 4 sightings')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('breaks off on line');
});

test('shows all, and measures nothing, without reference points', async ({ page, served }) => {
  await replaceFile(page, 'reference-points.geojson', '', 404);
  await openApp(page, served);
  await expect(page.getByRole('alert')).toContainText('reference-points.geojson');
  await page.getByRole('button', { name: /Zarechye/ }).click();
  const checks = page.getByRole('list', { name: 'Reported distances' }).getByRole('listitem');
  await expect(checks.first()).toContainText('Cannot be told');
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
});

test('shows all, with the ids of their systems, when the systems are broken', async ({ page, served }) => {
  await replaceFile(page, 'systems.json', '{"pantsir-s1": ');
  await openApp(page, served);
  await expect(page.getByRole('alert')).toContainText('systems.json');
  await expect(page.getByText('8 of 8 sightings')).toBeVisible();
});

for (const [field, text] of [
  ['title', 'S-400 in the Losiny Ostrov national park'],
  ['claim', 'S-400 systems were seen earlier at a national park in the north-east of the city.'],
] as const) {
  test(`a ${field} of 10 MB holds nothing up, and is read piece by piece`, async ({ page, served }) => {
    expect(good).toContain(text);
    await replaceFile(page, 'sightings.geojson', good.replace(text, `${text}${' so'.repeat(3_333_333)}`));
    await openApp(page, served, '?sighting=losiny-ostrov-s400');
    const popup = page.getByRole('dialog', { name: /^Sighting: S-400 in the Losiny Ostrov/ });
    const long = popup.locator('.long').filter({ hasText: text });
    expect((await long.textContent())?.length).toBeLessThanOrEqual(10_000);
    await popup.getByRole('button', { name: /^Show 100,000 more of 9,99\d,\d{3} characters$/ }).click();
    await expect.poll(async () => (await long.textContent())?.length).toBeGreaterThan(100_000);
    await popup.getByRole('button', { name: 'Correct', exact: true }).click();
    await expect(
      page.getByText(/It has a text of 10,000,\d{3} characters, more than the 100,000/),
    ).toBeVisible();
    await popup.focus();
    await page.keyboard.press('Escape');
    await expect(popup).toBeHidden();
    await expect(
      page.getByRole('list', { name: 'Sightings' }).getByText(/^S-400 in the Losiny/),
    ).toBeVisible();
  });
}
