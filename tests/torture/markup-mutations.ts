import type { Chance } from './chance';
import type { TextMutation } from './json-mutations';

const DOCUMENT_TYPES = [
  '<!DOCTYPE kml>',
  '<!DOCTYPE kml [<!ENTITY a "b">]>',
  '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
  `<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa">${Array.from('bcdefghi', (name, i) => `<!ENTITY ${name} "${`&${'abcdefghi'[i] ?? ''};`.repeat(10)}">`).join('')}]>`,
];
const PIECES = [
  '&x;',
  '&#0;',
  '&#xD800;',
  '&#x110000;',
  '&amp',
  '&lt;',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<?xml version="1.0" encoding="utf-7"?>',
  '</',
  '<',
  '>',
  '/>',
  '<a',
  ' a="',
  " a='b'",
  ' xmlns="x"',
  ' xmlns:gx=""',
  '<b/>',
  '<gx:Track/>',
  '<Placemark>',
  '</Placemark>',
  '\0',
  '\uFFFE',
  '1,2,3',
  'NaN,NaN',
  '1e999,5',
  '1,',
  ',',
  '<coordinates/>',
  '<Point/>',
  '<Data name="__proto__"><value>x</value></Data>',
  '<Data><value/></Data>',
  '<SchemaData><SimpleData name="constructor">7</SimpleData></SchemaData>',
  '<TimeStamp><when>x</when></TimeStamp>',
  '<wpt lat="x" lon=""/>',
  '<NetworkLink><href>http://x/</href></NetworkLink>',
];

/** The tags of a text, by their offsets. */
function tagsOf(text: string): RegExpExecArray[] {
  return [...text.matchAll(/<(\/?)([\w:]+)([^<>]*)>/g)];
}

function insertAt(text: string, at: number, piece: string): string {
  return `${text.slice(0, at)}${piece}${text.slice(at)}`;
}

/** A place at a tag, or anywhere. */
function somewhere(text: string, chance: Chance): number {
  const tags = tagsOf(text);
  const tag = tags.length > 0 && chance.is(0.7) ? chance.pick(tags) : undefined;
  return tag === undefined ? chance.below(text.length + 1) : tag.index + (chance.is(0.5) ? tag[0].length : 0);
}

const declareType: TextMutation = (text, chance) => {
  const declaration = text.startsWith('<?xml') ? text.indexOf('>') + 1 : 0;
  const inserted = insertAt(text, declaration, chance.pick(DOCUMENT_TYPES));
  return insertAt(inserted, somewhere(inserted, chance), chance.pick(['&a;', '&x;', '&i;']));
};

const piece: TextMutation = (text, chance) => insertAt(text, somewhere(text, chance), chance.pick(PIECES));

const changeTag: TextMutation = (text, chance) => {
  const tags = tagsOf(text);
  if (tags.length === 0) return text;
  const tag = chance.pick(tags);
  const [all, slash = '', name = '', rest = ''] = tag;
  const other = chance.pick(tags)[2] ?? '';
  const instead = chance.pick([
    '',
    all + all,
    `<${slash}${other}${rest}>`,
    `<${slash}x:${name}${rest}>`,
    `<${slash}${name.toLowerCase()}${rest}>`,
    `<${name}${rest}/>`,
    `<${name} ${Array.from({ length: chance.length(3000) }, (_, i) => `a${i}="${i}"`).join(' ')}>`,
    `<${name} id="a" id="b">`,
    `<${'n'.repeat(chance.length(50_000))}>`,
  ]);
  return text.slice(0, tag.index) + instead + text.slice(tag.index + all.length);
};

const nest: TextMutation = (text, chance) => {
  const count = chance.pick([5, 60, 70, 300, 20_000]);
  const name = chance.pick(['a', 'Folder', 'Document', 'MultiGeometry', 'Placemark', 'trk']);
  return insertAt(
    text,
    somewhere(text, chance),
    `<${name}>`.repeat(count) + (chance.is(0.8) ? `</${name}>`.repeat(count) : ''),
  );
};

/** An element, from its start tag to its end tag, several times. */
const repeatElement: TextMutation = (text, chance) => {
  const tags = tagsOf(text).filter(([, slash]) => slash === '');
  if (tags.length === 0) return text;
  const { index, 2: name = '' } = chance.pick(tags);
  const close = text.indexOf(`</${name}>`, index);
  if (close < 0) return text;
  const end = close + name.length + 3;
  const element = text.slice(index, end);
  const count = chance.length(Math.min(3000, Math.ceil(300_000 / element.length)));
  return insertAt(text, end, chance.is(0.5) ? element.repeat(count) : `${element}\n`.repeat(count));
};

const changeText: TextMutation = (text, chance) => {
  const parts = [...text.matchAll(/>([^<>]+)</g)];
  if (parts.length === 0) return text;
  const part = chance.pick(parts);
  const instead = chance.pick([
    '',
    '1,2',
    '1,2 3,4',
    '200,100,1',
    '1 2 3',
    'x'.repeat(50_000),
    '1,2,3 '.repeat(20_000),
    '1,1 '.repeat(20_000),
    ' '.repeat(50_000),
    '&amp;'.repeat(1000),
    '<b>x</b>',
    '2023-02-30T99:99:99Z',
    '__proto__',
  ]);
  return text.slice(0, part.index + 1) + instead + text.slice(part.index + part[0].length - 1);
};

/** All of a text on one line, as programs write it. */
const oneLine: TextMutation = (text) => text.replace(/\s*\n\s*/g, '');

/** Changes of the structure of XML. */
export const MARKUP_MUTATIONS: readonly TextMutation[] = [
  declareType,
  piece,
  piece,
  changeTag,
  changeTag,
  nest,
  repeatElement,
  changeText,
  changeText,
  oneLine,
];
