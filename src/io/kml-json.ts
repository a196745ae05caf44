import { FEATURE_MEMBERS } from './flat-columns';
import { jsonOf } from './shallow-json';

/** What XML 1.0 cannot have, not even escaped: control characters, half surrogate pairs, U+FFFE and U+FFFF. */
const NO_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Behind the name of extended data, in the name that programs show: name and value are escaped as in JSON. */
const MARK = ' (JSON)';

/** A text without what XML cannot have. */
export function xmlText(text: string): string {
  return text.replace(NO_XML, '');
}

/**
 * A value as JSON, which can say what XML cannot have.
 * @param json the value, where it is written already
 */
export function xmlJson(value: unknown, json = JSON.stringify(value)): string {
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return json.replace(NO_XML, escape);
}

/** The name of what a Feature has beside its id, place and properties, among its extended data: the last one of it. */
export const MEMBERS = 'members of the feature';

/** What a Feature has beside its type, id, place and properties. */
export function membersBeside(feature: object): Record<string, unknown> {
  const own: readonly string[] = FEATURE_MEMBERS;
  return Object.fromEntries(Object.entries(feature).filter(([name]) => !own.includes(name)));
}

/** Extended data of KML, as they stand in its file. */
export interface KmlData {
  name: string;
  /** the name that programs show, where it is another */
  displayName?: string;
  value: string;
}

/** A text by its name as extended data: as it is, or as a JSON text where XML could not have it or its name. */
export function dataOf(name: string, text: string): KmlData {
  // Spaces other than a blank become one in an attribute.
  const isPlain = !/[\t\n\r]/.test(name) && [name, text].every((part) => xmlText(part) === part);
  if (isPlain) return { name, value: text };
  const escaped = xmlJson(name).slice(1, -1);
  return { name: escaped, displayName: escaped + MARK, value: xmlJson(text) };
}

/** The name and the text that {@link dataOf} made extended data of; those of others as they are. */
export function textOfData({ name, displayName, value }: KmlData): [name: string, text: string] {
  if (displayName !== name + MARK) return [name, value];
  const [plainName, text] = [jsonOf(`"${name}"`), jsonOf(value)];
  return typeof plainName === 'string' && typeof text === 'string' ? [plainName, text] : [name, value];
}
