import { webLinkOf } from '../domain/web-link';

/** A tag, by what it is; of a comment nothing. What it has ends before the next tag, so that all is gone through once. */
const TAG = /<(?:(\/?)([a-z][a-z0-9]*)(\s[^<>=]*=[^<>]*|\s*\/?)|!--[^<>]*)>/gi;

/** Names of tags by which a text is told to be HTML: others may be words in angle brackets. */
const TAGS: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'b', 'big', 'blockquote', 'body', 'br', 'caption', 'center', 'code', 'dd', 'div', 'dl'],
  ...['dt', 'em', 'figcaption', 'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'head'],
  ...['header', 'hr', 'html', 'i', 'iframe', 'img', 'li', 'link', 'meta', 'nobr', 'ol', 'p', 'pre', 's'],
  ...['script', 'section', 'span', 'strong', 'style', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th'],
  ...['thead', 'title', 'tr', 'tt', 'u', 'ul', 'video'],
]);

/** Tags that go on in the line; of table cells, behind a space. */
const INLINE: ReadonlySet<string> = new Set([
  ...['a', 'abbr', 'b', 'big', 'code', 'em', 'font', 'i', 'img', 'link', 'meta', 'nobr', 's', 'script'],
  ...['span', 'strong', 'style', 'sub', 'sup', 'tt', 'u'],
]);
const CELLS: ReadonlySet<string> = new Set(['td', 'th']);

/** What is in them is not shown. */
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'head']);

const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/i;

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…' },
  ...{ laquo: '«', raquo: '»', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', deg: '°', copy: '©' },
};

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string')
      return Object.hasOwn(ENTITIES, name.toLowerCase()) ? (ENTITIES[name.toLowerCase()] ?? whole) : whole;
    const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16);
    const isLetter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isLetter ? String.fromCodePoint(code) : whole;
  });
}

/** The lines of a text without the spaces that HTML does not show. */
function tidy(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * What a text says that is HTML, in lines, with the addresses of its links; pictures say nothing. A text without tags
 * of HTML stays as it is.
 */
export function htmlToText(text: string): string {
  const tags = [...text.matchAll(TAG)].filter(
    ([, , name]) => name === undefined || TAGS.has(name.toLowerCase()),
  );
  if (!tags.some(([, , name]) => name !== undefined)) return text;
  const parts: string[] = [];
  let from = 0;
  let hidden = '';
  let link: { url: string; at: number } | undefined;
  for (const { 0: whole, 1: slash = '', 2: given = '', 3: attributes = '', index } of tags) {
    const name = given.toLowerCase();
    // A line that is broken in HTML goes on.
    if (hidden === '') parts.push(decoded(text.slice(from, index)).replace(/\s+/g, ' '));
    from = index + whole.length;
    if (hidden !== '') {
      if (slash !== '' && name === hidden) hidden = '';
    } else if (slash === '' && HIDDEN.has(name)) hidden = name;
    else if (name === 'a') {
      if (link && !parts.slice(link.at).join('').includes(link.url)) parts.push(` (${link.url})`);
      const [, double, single, bare] = (slash === '' ? HREF.exec(attributes) : null) ?? [];
      const url = decoded(double ?? single ?? bare ?? '').trim();
      link = webLinkOf(url) === undefined ? undefined : { url, at: parts.length };
    } else if (CELLS.has(name)) parts.push(' ');
    else if (name !== '' && !INLINE.has(name)) parts.push('\n');
  }
  if (hidden === '') parts.push(decoded(text.slice(from)).replace(/\s+/g, ' '));
  return tidy(parts.join(''));
}
