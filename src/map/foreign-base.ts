import type {
  LayerSpecification,
  SourceSpecification,
  StyleSpecification,
} from '@maplibre/maplibre-gl-style-spec';
import { webLinkOf } from '../domain/web-link';
import { BASE_PREFIX, type Base, type Credit } from './base';

const LINK = /<a\b[^>]*?\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>(.*?)<\/a>/gis;

function plainText(html: string): string {
  const text = html
    .replace(/<[^>]*>/g, '')
    .replace(/&copy;/g, '©')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&');
  return text.replace(/^[\s|,·]+|[\s|,·]+$/g, '').replace(/\s+/g, ' ');
}

/** Reads the credits in an `attribution`, which tile sources write as HTML: its links and words, never its markup. */
export function parseAttribution(html: string): Credit[] {
  const credits: Credit[] = [];
  let end = 0;
  for (const match of html.matchAll(LINK)) {
    const [whole, double, single, label = ''] = match;
    // Words before a link belong to it: "Data from <a>...</a>".
    const text = plainText(`${html.slice(end, match.index)} ${label}`);
    end = match.index + whole.length;
    const url = double ?? single ?? '';
    if (text === '') continue;
    credits.push(webLinkOf(url) ? { text, url } : { text });
  }
  const rest = plainText(html.slice(end));
  const last = credits.at(-1);
  if (rest !== '' && last) last.text = `${last.text} ${rest}`;
  else if (rest !== '') credits.push({ text: rest });
  return credits;
}

/** Makes an address in a style absolute; placeholders such as {z} stay as they are. */
function absolute(url: string, styleUrl: string): string {
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) return url;
  return new URL(url, styleUrl).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
}

function absoluteSource(source: SourceSpecification, styleUrl: string): SourceSpecification {
  const copy = { ...source } as SourceSpecification & { url?: string; tiles?: string[]; data?: unknown };
  if (typeof copy.url === 'string') copy.url = absolute(copy.url, styleUrl);
  if (Array.isArray(copy.tiles)) copy.tiles = copy.tiles.map((tile) => absolute(tile, styleUrl));
  if (copy.type === 'geojson' && typeof copy.data === 'string') copy.data = absolute(copy.data, styleUrl);
  return copy;
}

/**
 * Takes the sources and layers of a whole style, made by somebody else, as a base.
 * @param styleUrl where the style came from, which its relative addresses are relative to
 */
export function baseOfStyle(foreign: StyleSpecification, styleUrl: string): Base {
  const sources = Object.entries(foreign.sources).map(([id, source]) => {
    return [`${BASE_PREFIX}${id}`, absoluteSource(source, styleUrl)] as const;
  });
  const layers = foreign.layers.map((layer): LayerSpecification => {
    const copy = { ...layer, id: `${BASE_PREFIX}${layer.id}` };
    return 'source' in copy ? { ...copy, source: `${BASE_PREFIX}${copy.source}` } : copy;
  });
  const sprite =
    typeof foreign.sprite === 'string'
      ? absolute(foreign.sprite, styleUrl)
      : foreign.sprite?.map(({ id, url }) => ({ id, url: absolute(url, styleUrl) }));
  const credits = Object.values(foreign.sources).flatMap((source) => {
    return 'attribution' in source && source.attribution ? parseAttribution(source.attribution) : [];
  });
  return {
    sources: Object.fromEntries(sources),
    layers,
    credits,
    ...(foreign.glyphs === undefined ? {} : { glyphs: absolute(foreign.glyphs, styleUrl) }),
    ...(sprite === undefined ? {} : { sprite }),
    ...(foreign.state === undefined ? {} : { state: foreign.state }),
  };
}
