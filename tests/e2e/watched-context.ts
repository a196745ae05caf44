import type { BrowserContext } from '@playwright/test';

/** What a browser writes when the policy of a page or a worker has kept something from happening. */
const POLICY_REPORT = /Content Security Policy|Trusted ?(Type|Script|HTML)|^policy report/i;

/** Chromium's own remarks on drawing WebGL without a graphics card, and Playwright's on what it keeps from happening. */
const DRIVER_NOISE =
  /Service Worker registration blocked by Playwright|GL Driver Message|GPU stall|software WebGL|Automatic fallback to software/;

/**
 * Watches all pages of a context for errors, reports of a policy and requests to other hosts.
 * @param origins that may be asked, besides servers at 127.0.0.1, which are the tests' own: the app is at localhost
 * @param allowedErrors console errors that are no faults
 * @returns the faults, which grow
 */
export async function watchContext(
  context: BrowserContext,
  origins: readonly string[],
  allowedErrors: readonly RegExp[] = [],
): Promise<readonly string[]> {
  const faults: string[] = [];
  context.on('weberror', (fault) => faults.push(`page error: ${fault.error().message}`));
  context.on('console', (message) => {
    const text = message.text();
    const isFault = message.type() === 'error' || message.type() === 'warning';
    const isAllowed = !POLICY_REPORT.test(text) && allowedErrors.some((allowed) => allowed.test(text));
    if (isFault && !DRIVER_NOISE.test(text) && !isAllowed) faults.push(`console ${message.type()}: ${text}`);
  });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      console.error(`policy report: ${effectiveDirective} kept out ${blockedURI} ${sample}`),
    );
  });
  context.on('request', (request) => {
    const { protocol, origin, hostname } = new URL(request.url());
    const isLocal = hostname === '127.0.0.1' || origins.includes(origin);
    if (!isLocal && protocol !== 'data:' && protocol !== 'blob:')
      faults.push(`outside request: ${request.url()}`);
  });
  return faults;
}
