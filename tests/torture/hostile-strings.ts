import type { Sighting, Source } from '../../src/domain/sighting';
import { Chance, seedOf } from './chance';

/** Sets this in a page when it runs: a page in which it is set has run what it was to show. */
export const HOSTILE_MARK = '__hostileStringRan';

/** Names a host of nobody: what is asked of it was asked by a text. */
export const HOSTILE_HOST = 'hostile.invalid';

const RUN = `window.${HOSTILE_MARK}=1`;

/** Texts that some program takes for something else than text, by what they try. */
const KINDS: Readonly<Record<string, (chance: Chance) => string>> = {
  markup: (chance) =>
    chance.pick([
      `<script>${RUN}</script>`,
      `<img src=x onerror="${RUN}">`,
      `<img src="https://${HOSTILE_HOST}/x.png">`,
      `<svg/onload=${RUN}>`,
      `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
      `<iframe srcdoc="<script>parent.${HOSTILE_MARK}=1</script>"></iframe>`,
      `<style>@import "https://${HOSTILE_HOST}/x.css";*{display:none}</style>`,
      `<link rel=stylesheet href="//${HOSTILE_HOST}/x.css">`,
      `<a href="javascript:${RUN}">press</a>`,
      `<math><mtext><table><mglyph><style><img src=x onerror=${RUN}>`,
      `"><script>${RUN}</script>`,
      `' onmouseover='${RUN}`,
      `" autofocus onfocus="${RUN}`,
      '</title></textarea></style></script><plaintext>',
      `<!--><script>${RUN}</script-->`,
      '<![CDATA[<b>]]>',
      ']]>',
      '&lt;b&gt; &amp;amp; &#x3c;script&#x3e; &#0; &nbsp',
      '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
      `<base href="https://${HOSTILE_HOST}/">`,
      `<meta http-equiv=refresh content="0;url=https://${HOSTILE_HOST}/">`,
      `{{constructor.constructor('${RUN}')()}}`,
      `\${${RUN}}`,
      `{@html '<img src=x onerror=${RUN}>'}`,
    ]),
  address: (chance) =>
    chance.pick([
      `javascript:${RUN}`,
      `JaVaScRiPt:${RUN}`,
      `java\tscript:${RUN}`,
      `\u0001javascript:${RUN}`,
      `data:text/html,<script>${RUN}</script>`,
      `vbscript:msgbox(1)`,
      `//${HOSTILE_HOST}/`,
      `https://user:secret@${HOSTILE_HOST}/`,
      `blob:https://${HOSTILE_HOST}/1`,
      `file:///etc/passwd`,
      `https://xn--80ak6aa92e.${HOSTILE_HOST}/`,
    ]),
  direction: (chance) =>
    chance.pick([
      '\u202e',
      '\u202d',
      '\u2066',
      '\u2067',
      '\u2069',
      '\u200f',
      '\u061c',
      '\u202e\u2066\u202c',
    ]) +
    chance.pick(['txt.exe', 'gpj.tac', 'Москва', 'שלום', 'abc']) +
    chance.pick(['', '\u202c', '\u2069']),
  unseen: (chance) =>
    Array.from({ length: chance.length(20) }, () =>
      chance.pick([
        '\u200b',
        '\u200d',
        '\ufeff',
        '\u00ad',
        '\u2060',
        '\u180e',
        '\u{e0041}',
        '\u034f',
        'a',
        '\u00a0',
      ]),
    ).join(''),
  control: (chance) =>
    `a${chance.pick(['\0', '\x08', '\x1b[31m', '\x7f', '\x85', '\u2028', '\r', '\n', '\r\n', '\t', '\x1e', '\ufffe', '\uffff', '\ufffd'])}b`,
  surrogate: (chance) => `a${chance.pick(['\ud800', '\udfff', '\ud83d', '\ude00\ud83d', '\ud800\ud800'])}b`,
  heap: (chance) => `Z${'\u0335\u0489\u0300\u036f'.repeat(chance.length(50))}`,
  formula: (chance) =>
    chance.pick([
      '=',
      '+',
      '-',
      '@',
      '\t=',
      '\r=',
      '＝',
      '＋',
      '－',
      '＠',
      "'=",
      "''=",
      "'",
      '"=',
      ',=',
      ';=',
      '=\n',
    ]) +
    chance.pick([
      `HYPERLINK("https://${HOSTILE_HOST}/")`,
      "cmd|' /C calc'!A0",
      '1+1',
      'SUM(A1:A9)',
      'IMPORTXML(A1)',
      '',
    ]),
  name: (chance) =>
    chance.pick([
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'prototype',
      'valueOf',
      '__defineGetter__',
      'toJSON',
      'then',
      'null',
      'undefined',
      'NaN',
      'true',
      '[object Object]',
      '0',
      '-0',
      '1e999',
    ]),
  path: (chance) =>
    chance.pick([
      '../../../etc/passwd',
      '..\\..\\windows\\system32',
      '/etc/passwd',
      'C:\\CON',
      'aux.txt',
      'a/b/../../c',
      '%2e%2e%2f',
      '.',
      '..',
      '~/.ssh/id_rsa',
      'a\0.geojson',
      'x'.repeat(300),
      '`id`',
      '$(id)',
      '; rm -rf .',
      '| cat',
      '--help',
      '%s%n%x',
      "'; DROP TABLE sightings;--",
    ]),
  cell: (chance) =>
    chance.pick([
      'a,b',
      'a;b',
      'a\tb',
      'a|b',
      '"',
      '""',
      '"a',
      'a"',
      'a""b',
      '"a","b"',
      "'a",
      '\\"',
      '{"a":1}',
      '[1,2]',
      'POINT (1 2)',
      'sep=;',
    ]),
  long: (chance) =>
    chance.pick(['x', 'очень ', 'W', '\u202ea', '🛰️', '<b>', '字']).repeat(100 + chance.below(3000)),
};

/** Names of the kinds, as a report of what broke may want them. */
export const HOSTILE_KINDS: readonly string[] = Object.keys(KINDS);

/** A hostile text, the same for the same seed; one of several kinds at once now and then. */
export function hostileString(chance: Chance): string {
  const kinds = Object.values(KINDS);
  const parts = Array.from({ length: chance.is(0.2) ? 1 + chance.length(3) : 1 }, () =>
    chance.pick(kinds)(chance),
  );
  return parts.join(chance.pick(['', ' ', '\u200b']));
}

/** What the contract has no place for in a text of one line. */
const NOT_IN_A_LINE = /[\p{Cc}\u2028\u2029]/gu;

/** A hostile text as the contract can have it in a field: not empty, without spaces around it, on one line if need be. */
export function fitted(text: string, isOneLine: boolean): string {
  const kept = (isOneLine ? text.replace(NOT_IN_A_LINE, '') : text).trim();
  return kept === '' ? 'x' : kept;
}

/** A link that the contract can have, hostile in all that it may be. */
function hostileLink(chance: Chance): string {
  const rest = fitted(hostileString(chance), true).replace(/\s/g, '').slice(0, 1500);
  const link = `https://${HOSTILE_HOST}/${rest}`;
  return URL.canParse(link) ? link : `https://${HOSTILE_HOST}/`;
}

function hostileSource(chance: Chance): Source {
  const line = () => fitted(hostileString(chance), true);
  return {
    publisher: line(),
    title: line(),
    url: hostileLink(chance),
    publishedDate: '2023-01-20',
    archivedUrl: hostileLink(chance),
    origin: line(),
    claim: fitted(hostileString(chance), false),
  };
}

/**
 * A sighting that obeys the contract, with a hostile text in each of its fields that has one, and in one that the contract
 * does not know, under a hostile name.
 */
export function hostileSighting(seed: number, index: number): Sighting {
  const chance = new Chance(seedOf(seed, index));
  const line = () => fitted(hostileString(chance), true);
  const text = () => fitted(hostileString(chance), false);
  return {
    type: 'Feature',
    id: `hostile-${String(index).padStart(5, '0')}`,
    geometry: { type: 'Point', coordinates: [37 + (index % 100) / 50, 55 + (index % 77) / 50] },
    properties: {
      title: line(),
      eventDate: '2023-01-19',
      verbatimLocality: line(),
      coordinateUncertaintyInMeters: 500,
      georeferenceRemarks: text(),
      confidence: 'low',
      confidenceBasis: text(),
      sources: Array.from({ length: 1 + chance.below(3) }, () => hostileSource(chance)),
      [hostileString(chance)]: hostileString(chance),
    },
  };
}

/** Fields that have no text of their own, but a word, an id or a date: with a hostile text instead, a sighting is none. */
const SPOILED: readonly ((sighting: Sighting, text: string) => unknown)[] = [
  (sighting, id) => ({ ...sighting, id }),
  (sighting, type) => ({ ...sighting, geometry: { type, coordinates: [37, 55] } }),
  ...['system', 'systemQualifier', 'quantity', 'eventDate', 'confidence', 'status'].map(
    (name) => (sighting: Sighting, text: string) => withProperty(sighting, name, text),
  ),
  ...['to', 'meters', 'qualifier', 'source'].map((name) => (sighting: Sighting, text: string) => {
    const distance = { to: 'kremlin', meters: 5000, qualifier: 'about', source: 0, [name]: text };
    return withProperty(sighting, 'reportedDistances', [distance]);
  }),
  ...['publishedDate', 'type', 'reliability', 'credibility', 'stance', 'url'].map(
    (name) => (sighting: Sighting, text: string) => {
      const [first, ...others] = sighting.properties.sources;
      return withProperty(sighting, 'sources', [{ ...first, [name]: text }, ...others]);
    },
  ),
];

function withProperty(sighting: Sighting, name: string, value: unknown): unknown {
  return { ...sighting, properties: { ...sighting.properties, [name]: value } };
}

/** Hostile features that are no sightings, each for a field of its own, by their texts. @param from index of the first */
export function spoiledSightings(seed: number, from: number, chance: Chance): string[] {
  return SPOILED.map((spoil, i) =>
    JSON.stringify(spoil(hostileSighting(seed, from + i), `${hostileString(chance)} <`)),
  );
}

/** Hostile sightings, the same for the same seed. */
export function hostileSightings(count: number, seed: number): Sighting[] {
  return Array.from({ length: count }, (_, index) => hostileSighting(seed, index));
}
