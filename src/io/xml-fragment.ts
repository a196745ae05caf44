import { DOMParser, type Document, type Element, ParseError } from '@xmldom/xmldom';

/** Prefixes that files use without declaring them. */
const USUAL_NAMESPACES: readonly (readonly [prefix: string, uri: string])[] = [
  ['gx', 'http://www.google.com/kml/ext/2.2'],
  ['atom', 'http://www.w3.org/2005/Atom'],
  ['kml', 'http://www.opengis.net/kml/2.2'],
  ['xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
];

const ELEMENT_NODE = 1;

/** What may be the prefix of an element or an attribute. */
const PREFIX = /[<\s]([^\s<>/:="']+):/g;

/** Those namespaces that an element may use. A file can declare very many, and has very many elements. */
function namespacesFor(xml: string, declared: ReadonlyMap<string, string>): Record<string, string> {
  const used = new Set(['']);
  for (const [, prefix = ''] of xml.matchAll(PREFIX)) used.add(prefix);
  const known = [...used].flatMap((prefix) => {
    const uri = declared.get(prefix);
    return uri === undefined ? [] : [[prefix, uri] as const];
  });
  return Object.fromEntries([...USUAL_NAMESPACES, ...known]);
}

/**
 * Parses one element by itself, strictly: what xmldom would mend in silence is a fault. The one thing that it lets
 * pass is an ampersand that begins no entity.
 * @param line on which it starts in its file
 * @param namespaces those that are declared around it
 */
export function parseFragment(
  xml: string,
  line: number,
  namespaces: ReadonlyMap<string, string>,
): { document: Document; element: Element } | { fault: string } {
  const parser = new DOMParser({
    xmlns: namespacesFor(xml, namespaces),
    // XML 1.0; xmldom's own takes the line separators of XML 1.1 for line ends, which would change texts.
    normalizeLineEndings: (text) => text.replace(/\r\n?/g, '\n'),
    onError: (level, message) => {
      const isOfText = level === 'warning' && message.startsWith('Unicode replacement character');
      if (!isOfText) throw new Error(message);
    },
  });
  try {
    const document = parser.parseFromString(xml, 'text/xml');
    const element = document.documentElement;
    if (element === null || document.doctype !== null) return { fault: 'is no element' };
    return { document, element };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const { lineNumber } = (error.locator ?? {}) as { lineNumber?: number };
    const message = error.message.replace(/^Reporting \w+ "(.*)" caused .*$/s, '$1').slice(0, 200);
    return { fault: `is broken on line ${line + Math.max(lineNumber ?? 1, 1) - 1}: ${message}` };
  }
}

/** The text of markup, such as the inside of an element; none of what is broken. */
export function textOfFragment(xml: string, namespaces: ReadonlyMap<string, string>): string {
  const parsed = parseFragment(`<text>${xml}</text>`, 1, namespaces);
  return 'fault' in parsed ? '' : textIn(parsed.element);
}

/** The text in an element, without the space around it. */
export function textIn(element: Element | undefined): string {
  return (element?.textContent ?? '').trim();
}

/** The elements right in an element. */
export function elementsIn(element: Element): Element[] {
  const found: Element[] = [];
  for (let node = element.firstChild; node !== null; node = node.nextSibling)
    if (node.nodeType === ELEMENT_NODE) found.push(node as Element);
  return found;
}

/** The elements of a name, without prefix, anywhere in an element. */
export function elementsNamed(element: Element, name: string): Element[] {
  return [...named(element, name)];
}

/** The first of {@link elementsNamed}, which is found without the others. */
export function firstNamed(element: Element, name: string): Element | undefined {
  const { value } = named(element, name).next();
  return value ?? undefined;
}

function* named(element: Element, name: string): Generator<Element, undefined> {
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    if (node.nodeType !== ELEMENT_NODE) continue;
    const child = node as Element;
    if (child.localName === name) yield child;
    yield* named(child, name);
  }
}

/** More fields of one name are not told apart: they stand together in the last. */
const MOST_OF_A_NAME = 100;

/** Fields that are never overwritten: a second one of a name is numbered. */
export function addField(fields: Map<string, string>, name: string, value: string): void {
  if (value === '' || fields.get(name) === value) return;
  let free = name;
  for (let i = 2; fields.has(free) && i <= MOST_OF_A_NAME; i++) free = `${name} (${i})`;
  const before = fields.get(free);
  fields.set(free, before === undefined ? value : `${before}\n${value}`);
}
