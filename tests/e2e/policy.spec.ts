import { expect, openApp, test } from './app';

const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html default";

test('the page carries its policy, and so does every file that is served', async ({ page, served }) => {
  const response = await page.request.get(served.address);
  expect(response.headers()['content-security-policy']).toBe(`${POLICY}; frame-ancestors 'self'`);
  const embedded = await page.request.get(`${served.address}?dates=2023&embed`);
  expect(embedded.headers()['content-security-policy']).toBe(`${POLICY}; frame-ancestors *`);
  await openApp(page, served);
  const meta = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(meta).toHaveAttribute('content', POLICY);
  const isFirst = await meta.evaluate((element) => element.parentElement?.firstElementChild === element);
  expect(isFirst, 'before anything that it is about').toBe(true);
});

/** What somebody would try who could write into the page, and what comes of it. */
const ATTEMPTS: readonly [name: string, attempt: () => unknown, says: RegExp][] = [
  // eslint-disable-next-line no-restricted-properties -- it is refused here, which is what is tried
  ['markup from text', () => document.createRange().createContextualFragment('<b>x</b>'), /TrustedHTML/],
  ['code from text', () => (document.createElement('script').text = 'alert(1)'), /TrustedScript/],
  ['a worker of another host', () => new Worker('https://evil.example/w.js'), /no script of this app/],
  ['a request to another host', () => fetch('https://evil.example/'), /Failed to fetch/],
  [
    'a policy of trusted types',
    () =>
      (
        window as unknown as { trustedTypes: { createPolicy: (n: string, r: object) => unknown } }
      ).trustedTypes.createPolicy('mine', {}),
    /disallowed/,
  ],
];

test.describe('nothing runs', () => {
  for (const [name, attempt, says] of ATTEMPTS) {
    test(`not ${name}`, async ({ browser, served }) => {
      // A context of its own: the reports that others fail on are wanted here.
      const context = await browser.newContext();
      const page = await context.newPage();
      await openApp(page, served);
      await expect(page.evaluate(attempt)).rejects.toThrow(says);
      await context.close();
    });
  }
});

test.describe('a test of the pages', () => {
  test.fail();

  test('fails when there is a report', async ({ page, served }) => {
    await openApp(page, served);
    await page.evaluate(() => {
      const image = new Image();
      image.src = 'https://evil.example/a.png';
      document.body.append(image);
    });
    await expect(page.locator('body > img')).toHaveCount(1);
  });
});
