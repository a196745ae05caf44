import { expect, test } from 'vitest';
import { embedSnippet } from '../../src/io/embed';

test('frames an address, as wide as its column, loaded when it comes into sight', () => {
  expect(embedSnippet('https://example.org/map/?embed', 'A map')).toBe(
    '<iframe src="https://example.org/map/?embed" title="A map" width="100%" height="480" loading="lazy"></iframe>',
  );
});

const hostile = {
  quotes: ['https://example.org/?q="x"', 'The "map"', 'q=&quot;x&quot;', 'The &quot;map&quot;'],
  ampersands: ['https://example.org/?a=1&embed', 'Here & there', '?a=1&amp;embed', 'Here &amp; there'],
  'an entity': ['https://example.org/?a&lt=1', '&quot;', '?a&amp;lt=1', '&amp;quot;'],
  markup: ['https://example.org/?q=</iframe>', '"><script>', '&lt;/iframe&gt;', '&quot;&gt;&lt;script&gt;'],
};

for (const [name, [url = '', title = '', ...escaped]] of Object.entries(hostile)) {
  test(`lets ${name} out of no attribute`, () => {
    const snippet = embedSnippet(url, title);
    for (const text of escaped) expect(snippet).toContain(text);
    expect(snippet.match(/"/g)).toHaveLength(10);
    expect(snippet.match(/[<>]/g)).toHaveLength(4);
  });
}
