import { FileFault } from './file-fault';
import type { Progress } from './foreign';
import { paced } from './pace';

/** An element that is read by itself, found but not yet parsed. */
export interface XmlUnit {
  /** without its prefix */
  name: string;
  /** offsets in the text, end excluded */
  start: number;
  end: number;
  /** line on which it starts, counted from 1 */
  line: number;
  /** markup of the names of the folders that it lies in, the outermost first */
  folders: readonly string[];
}

/** What an XML text is made of. */
export interface XmlOutline {
  /** name of its root, with its prefix as the text has it */
  root: string;
  /** namespaces by their prefixes, `` for the default one, as they are declared outside of units */
  namespaces: ReadonlyMap<string, string>;
  units: readonly XmlUnit[];
}

/** Deeper markup is refused before it is parsed: what maps need is 10 levels deep. */
const MAX_DEPTH = 64;

const NAME = /[^\s/>]+/y;
const XMLNS = /\sxmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Offset after the `>` that ends the tag at `start`, or -1. */
function endOfTag(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '>') return i + 1;
    if (character === '<') return -1;
    if (character === '"' || character === "'") {
      i = text.indexOf(character, i + 1);
      if (i < 0) return -1;
    }
  }
  return -1;
}

interface OpenElement {
  name: string;
  /** offset after its start tag */
  content: number;
  /** line of its start tag */
  line: number;
  /** markup of its name, when it is a folder that has one */
  folder?: string;
}

/**
 * Finds the elements of some names in an XML text by its tags alone, so that each can be parsed by itself.
 * Nothing is expanded, and document types, by which entities would be declared, are refused.
 * @throws FileFault when tags do not match, with the line
 */
export function outlineXml(text: string, unitNames: ReadonlySet<string>, progress: Progress): XmlOutline {
  const tell = paced(progress);
  const open: OpenElement[] = [];
  const units: XmlUnit[] = [];
  const namespaces = new Map<string, string>();
  let root: string | undefined;
  let unit: { depth: number; start: number; line: number } | undefined;
  let [line, counted] = [1, 0];
  const lineAt = (offset: number) => {
    for (let i = text.indexOf('\n', counted); i >= 0 && i < offset; i = text.indexOf('\n', counted)) {
      line++;
      counted = i + 1;
    }
    return line;
  };
  const breaksOff = (at: number) => {
    const [inside] = open.slice(-1);
    const where = inside ? `, in <${inside.name}>, which begins on line ${inside.line}` : '';
    return new FileFault(
      `The file breaks off or is damaged on line ${lineAt(at)}${where}: get a complete copy.`,
    );
  };

  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    tell(at / text.length);
    const start = at;
    const skip = skipEnd(text, start);
    if (skip === -1) throw breaksOff(start);
    if (skip !== undefined) {
      at = skip;
      continue;
    }
    if (text.startsWith('<!', start)) {
      throw new FileFault(
        `The file declares a document type or entities on line ${lineAt(start)}, which can make a small file huge: remove that declaration.`,
      );
    }
    at = endOfTag(text, start);
    if (at < 0) throw breaksOff(start);
    NAME.lastIndex = text[start + 1] === '/' ? start + 2 : start + 1;
    const name = NAME.exec(text)?.[0] ?? '';
    const isEnd = text[start + 1] === '/';
    if (!isEnd) {
      const startLine = lineAt(start);
      if (root !== undefined && open.length === 0)
        throw new FileFault(`The file has a second root, <${name}>, on line ${startLine}: remove it.`);
      root ??= name;
      open.push({ name, content: at, line: startLine });
      if (open.length > MAX_DEPTH)
        throw new FileFault(`Line ${startLine} is nested deeper than ${MAX_DEPTH} levels: that is no map.`);
      if (unit === undefined) {
        if (unitNames.has(localName(name))) unit = { depth: open.length, start, line: startLine };
        for (const [, prefix = '', double, single] of text.slice(start, at).matchAll(XMLNS))
          namespaces.set(prefix, double ?? single ?? '');
      }
      if (text[at - 2] !== '/') continue;
    }
    const closed = open.at(-1);
    if (closed === undefined || (isEnd && closed.name !== name)) {
      const expected = closed
        ? `where </${closed.name}> belongs (line ${closed.line})`
        : 'and closes nothing';
      throw new FileFault(`On line ${lineAt(start)} stands </${name}> ${expected}: the file is damaged.`);
    }
    open.pop();
    const parent = open.at(-1);
    if (unit === undefined && parent && localName(name) === 'name' && localName(parent.name) === 'Folder')
      parent.folder = text.slice(closed.content, isEnd ? start : closed.content);
    if (unit === undefined || open.length >= unit.depth) continue;
    const folders = open.flatMap(({ folder }) => (folder === undefined ? [] : [folder]));
    units.push({ name: localName(name), start: unit.start, end: at, line: unit.line, folders });
    unit = undefined;
  }
  if (open.length > 0) throw breaksOff(text.length);
  if (root === undefined) throw new FileFault('The file has no markup in it: get a complete copy.');
  return { root, namespaces, units };
}

/** Offset after a comment, a CDATA section or a processing instruction; -1 when it has no end. */
function skipEnd(text: string, start: number): number | undefined {
  for (const [opens, closes] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(opens, start)) continue;
    const end = text.indexOf(closes, start + opens.length);
    return end < 0 ? -1 : end + closes.length;
  }
  return undefined;
}
