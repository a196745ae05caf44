import { formatEventDate } from './dates';
import { isObject } from './rules';
import { DISTANCE_QUALIFIER, SOURCE_TYPE } from './sighting';
import { type Units, formatChosen } from './units';

/** Members as texts, whatever they are: a draft can say anything. */
function textsOf(value: unknown): ReadonlyMap<string, string> {
  const text = (one: unknown) => (typeof one === 'string' ? one : JSON.stringify(one));
  return new Map(isObject(value) ? Object.entries(value).map(([key, one]) => [key, text(one)]) : []);
}

/** An address as people read it. */
function shortAddress(address: string): string {
  return address.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '');
}

const SAID_FIRST: readonly string[] = ['publisher', 'publishedDate', 'title', 'claim'];

/** What else a source says, by its keys, in the order in which it is told. */
const DETAIL: Readonly<Record<string, (text: string) => string>> = {
  origin: (text) => `origin: ${text}`,
  type: (text) =>
    Object.hasOwn(SOURCE_TYPE, text) ? SOURCE_TYPE[text as keyof typeof SOURCE_TYPE].toLowerCase() : text,
  reliability: (text) => `reliability ${text}`,
  credibility: (text) => `credibility ${text}`,
  stance: (text) => (text === 'supports' ? '' : text === 'disputes' ? 'disputes the report' : text),
  url: shortAddress,
  retrievedDate: (text) => `retrieved ${formatEventDate(text)}`,
  archivedUrl: (text) => `archived at ${shortAddress(text)}`,
};

/** A source as one line, of all that it says: two that differ in anything do so in their lines. */
export function sourceLine(source: unknown): string {
  const texts = textsOf(source);
  const [date, title, claim] = ['publishedDate', 'title', 'claim'].map((key) => texts.get(key));
  const head = [
    texts.get('publisher') ?? 'No publisher',
    date && formatEventDate(date),
    title && `“${title}”`,
  ];
  const known = Object.entries(DETAIL).map(([key, say]) => texts.has(key) && say(texts.get(key) ?? ''));
  const others = [...texts].filter(([key]) => !SAID_FIRST.includes(key) && !Object.hasOwn(DETAIL, key));
  const details = [...known, ...others.map(([key, text]) => `${key}: ${text}`)];
  const said = (parts: readonly (string | false | undefined)[], between: string) =>
    parts.filter((part) => part !== undefined && part !== false && part !== '').join(between);
  const rest = said(details, '; ');
  return `${said(head, ', ')}${claim ? `: ${claim}` : ''}${rest && ` (${rest})`}`;
}

/** What the line of a reported distance is made of besides itself. */
export interface DistanceWords {
  units: Units;
  /** of what a distance is reported to, by its id */
  nameOf: (id: string) => string;
  /** those of the sighting that reports it */
  sources: readonly unknown[];
}

/** A reported distance as one line: `about 12 km from Moscow Kremlin, says A paper`. */
export function distanceLine(distance: unknown, { units, nameOf, sources }: DistanceWords): string {
  const { to, meters, qualifier, source, ...others } = isObject(distance) ? distance : {};
  const how =
    typeof qualifier === 'string' && Object.hasOwn(DISTANCE_QUALIFIER, qualifier)
      ? DISTANCE_QUALIFIER[qualifier as keyof typeof DISTANCE_QUALIFIER]
      : qualifier;
  const far = typeof meters === 'number' ? formatChosen(meters, units) : JSON.stringify(meters);
  const from = typeof to === 'string' ? `from ${nameOf(to)}` : '';
  const publisher = typeof source === 'number' ? textsOf(sources[source]).get('publisher') : undefined;
  const more = [...textsOf(others)].map(([key, text]) => `${key}: ${text}`);
  return [
    [how, far, from].filter((part) => part !== undefined && part !== '').join(' '),
    ...(publisher === undefined ? [] : [`says ${publisher}`]),
    ...more,
  ].join(', ');
}
