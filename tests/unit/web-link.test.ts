import fc from 'fast-check';
import { expect, test } from 'vitest';
import { webLinkOf } from '../../src/domain/web-link';

test.for([
  ['https', 'https://example.org/a?b#c', { href: 'https://example.org/a?b#c', host: 'example.org' }],
  [
    'http with a port',
    'http://example.org:8080',
    { href: 'http://example.org:8080/', host: 'example.org:8080' },
  ],
  [
    'Cyrillic letters',
    'https://аррӏе.com/',
    { href: 'https://xn--80ak6aa92e.com/', host: 'xn--80ak6aa92e.com' },
  ],
  ['capitals', 'HTTPS://EXAMPLE.org', { href: 'https://example.org/', host: 'example.org' }],
] as const)('%s is a link, its host in ASCII', ([, text, link]) => {
  expect(webLinkOf(text)).toEqual(link);
});

test.for([
  ['a script', 'javascript:alert(1)'],
  ['a script behind a control character', '\u0001javascript:alert(1)'],
  ['data', 'data:text/html,<script>alert(1)</script>'],
  ['a file', 'file:///etc/passwd'],
  ['a name', 'https://user@example.org/'],
  ['a name and a password', 'https://example.com:443@evil.example/'],
  ['a relative address', '/sightings.geojson'],
  ['no host', 'https://'],
  ['nothing', ''],
  ['2,049 characters', `https://example.org/${'a'.repeat(2029)}`],
  ['2,048 characters that become more', `https://example.org/${'ж'.repeat(2028)}`],
] as const)('%s is plain text', ([, text]) => {
  expect(webLinkOf(text)).toBeUndefined();
});

test('2,048 characters are a link', () => {
  expect(webLinkOf(`https://example.org/${'a'.repeat(2028)}`)?.href).toHaveLength(2048);
});

test('whatever becomes a link leads to the host that is shown, by the web', () => {
  const text = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.constantFrom('javascript:', 'https://', ' http:', 'HtTp:\t//', 'blob:https://'), fc.string())
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (any) => {
      const link = webLinkOf(any);
      if (!link) return;
      const { protocol, host, username, password } = new URL(link.href);
      expect({ host, name: username + password }).toEqual({ host: link.host, name: '' });
      expect(['http:', 'https:']).toContain(protocol);
      expect(link.host).toMatch(/^[\x21-\x7e]+$/);
    }),
  );
});
