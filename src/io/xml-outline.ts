import { FileFault } from './file-fault';
import type { Progress } from './foreign';
import { paced } from './pace';
import { declarationReason, skipEnd } from './xml-declaration';

/** A folder, in which units and other folders lie. */
export interface XmlFolder {
  /** markup of its name; empty when it has none */
  readonly name: string;
  readonly parent: XmlFolder | undefined;
}

/** An element that is read by itself, found but not yet parsed. */
export interface XmlUnit {
  /** without its prefix */
  name: string;
  /** offsets in the text, end excluded */
  start: number;
  end: number;
  /** line on which it starts, counted from 1 */
  line: number;
  /** the one that it lies in */
  folder: XmlFolder | undefined;
}

/** What an XML text is made of. */
export interface XmlOutline {
  /** name of its root, with its prefix as the text has it */
  root: string;
  /** namespaces by their prefixes, `` for the default one, as they are declared outside of units */
  namespaces: ReadonlyMap<string, string>;
  units: readonly XmlUnit[];
  /** what is behind the units that are whole, where the text breaks off */
  broken?: BrokenRest;
}

/** The end of a text that breaks off. */
export interface BrokenRest {
  /** `on line 22, in <name>, which begins on line 21` */
  where: string;
  /** where the unit, or else the tag, begins that is not whole; the length of the text for none */
  start: number;
  /** line on which that is */
  line: number;
  /** name of the unit without its prefix; left out when it is none */
  name?: string;
}

/** Deeper markup is refused before it is parsed: what maps need is 10 levels deep. */
const MAX_DEPTH = 64;

const NAME = /[^\s/>]+/y;
const XMLNS = /\sxmlns(?::([^\s=:"'<>/]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** What {@link endOfTag} gives where another tag begins in one, which no break of the file explains. */
const NO_TAG = -2;

/** Offset after the `>` that ends the tag at `start`; -1 when the text ends before that, or {@link NO_TAG}. */
export function endOfTag(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '>') return i + 1;
    if (character === '<') return NO_TAG;
    if (character === '"' || character === "'") {
      i = text.indexOf(character, i + 1);
      if (i < 0) return -1;
    }
  }
  return -1;
}

/** Whether a text ends within the mark that opens a comment or a CDATA section. */
function isCutOpening(text: string, start: number): boolean {
  return ['<!--', '<![CDATA['].some((mark) => mark.startsWith(text.slice(start, start + mark.length)));
}

interface OpenElement {
  name: string;
  /** offset after its start tag */
  content: number;
  /** line of its start tag */
  line: number;
  /** that which it is, or lies in */
  folder: { name: string; parent: XmlFolder | undefined } | undefined;
}

/**
 * Finds the elements of some names in an XML text by its tags alone, so that each can be parsed by itself.
 * Nothing is expanded, and document types, by which entities would be declared, are refused. Of a text that breaks off,
 * what is whole before that is found.
 * @throws FileFault when tags do not match, or nothing is whole, with the line
 */
export function outlineXml(text: string, unitNames: ReadonlySet<string>, progress: Progress): XmlOutline {
  const tell = paced(progress);
  const open: OpenElement[] = [];
  const units: XmlUnit[] = [];
  const namespaces = new Map<string, string>();
  let root: string | undefined;
  let unit: { depth: number; start: number; line: number; name: string } | undefined;
  let line = 1;
  let lineEnd = text.indexOf('\n');
  const lineAt = (offset: number) => {
    for (; lineEnd >= 0 && lineEnd < offset; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
    return line;
  };
  const breakOf = (at: number): BrokenRest => {
    const [inside] = open.slice(-1);
    const tagLine = lineAt(at);
    const within = inside ? `, in <${shortName(inside.name)}>, which begins on line ${inside.line}` : '';
    return { where: `on line ${tagLine}${within}`, ...(unit ?? { start: at, line: tagLine }) };
  };
  const damaged = ({ where }: BrokenRest) =>
    new FileFault(`The file breaks off or is damaged ${where}: get a complete copy.`);

  let broken: BrokenRest | undefined;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    tell(at / text.length);
    const start = at;
    const skip = skipEnd(text, start) ?? (isCutOpening(text, start) ? -1 : undefined);
    if (skip === -1) {
      broken = breakOf(start);
      break;
    }
    if (skip !== undefined) {
      at = skip;
      continue;
    }
    if (text.startsWith('<!', start)) {
      throw new FileFault(`The file ${declarationReason(`on line ${lineAt(start)}`)}.`);
    }
    at = endOfTag(text, start);
    if (at === NO_TAG) throw damaged(breakOf(start));
    if (at < 0) {
      broken = breakOf(start);
      break;
    }
    NAME.lastIndex = text[start + 1] === '/' ? start + 2 : start + 1;
    const name = NAME.exec(text)?.[0] ?? '';
    const isEnd = text[start + 1] === '/';
    if (!isEnd) {
      const startLine = lineAt(start);
      if (root !== undefined && open.length === 0)
        throw new FileFault(
          `The file has a second root, <${shortName(name)}>, on line ${startLine}: remove it.`,
        );
      root ??= name;
      const around = open.at(-1)?.folder;
      const folder = localName(name) === 'Folder' ? { name: '', parent: around } : around;
      open.push({ name, content: at, line: startLine, folder });
      if (open.length > MAX_DEPTH)
        throw new FileFault(
          `Line ${startLine} is nested deeper than ${MAX_DEPTH} levels: that is no map. Choose another file.`,
        );
      if (unit === undefined) {
        if (unitNames.has(localName(name)))
          unit = { depth: open.length, start, line: startLine, name: localName(name) };
        for (const [, prefix = '', double, single] of text.slice(start, at).matchAll(XMLNS))
          namespaces.set(prefix, double ?? single ?? '');
      }
      if (text[at - 2] !== '/') continue;
    }
    const closed = open.at(-1);
    if (closed === undefined || (isEnd && closed.name !== name)) {
      const expected = closed
        ? `where </${shortName(closed.name)}> belongs (line ${closed.line})`
        : 'and closes nothing';
      throw new FileFault(
        `On line ${lineAt(start)} stands </${shortName(name)}> ${expected}: the file is damaged. Get a new copy, or mend that line.`,
      );
    }
    open.pop();
    const parent = open.at(-1);
    const isNameOf = parent && localName(name) === 'name' && localName(parent.name) === 'Folder';
    if (unit === undefined && isNameOf && parent.folder)
      parent.folder.name = text.slice(closed.content, isEnd ? start : closed.content);
    if (unit === undefined || open.length >= unit.depth) continue;
    const { name: unitName, start: from, line: unitLine } = unit;
    units.push({ name: unitName, start: from, end: at, line: unitLine, folder: parent?.folder });
    unit = undefined;
  }
  if (open.length > 0) broken ??= breakOf(text.length);
  if (broken !== undefined && units.length === 0) throw damaged(broken);
  if (root === undefined) throw new FileFault('The file has no markup in it: get a complete copy.');
  return { root, namespaces, units, ...(broken && { broken }) };
}

/** A name in a message; what is damaged can have one of any length. */
export function shortName(name: string): string {
  const LONGEST = 60;
  return name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name;
}
