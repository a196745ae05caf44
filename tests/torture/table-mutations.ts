import type { TextMutation } from './json-mutations';

const CELLS = [
  '',
  '"',
  '""',
  '"""',
  '"a',
  'a"b',
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  "'=1",
  "''=1",
  '\t=1',
  '＝1',
  '__proto__',
  'constructor',
  'toString',
  'lng',
  'lat',
  'id',
  'title',
  'geometry',
  'POINT(1 2)',
  'POLYGON((0 0,1 1,1 0,0 0))',
  'POINT(',
  'POINT EMPTY',
  '{"type":"Point","coordinates":[[]]}',
  '[]',
  '55°45′N 37°37′E',
  '37U DB 12345 12345',
  '9G7VPJ2C+XX',
  '55,75',
  '55.75, 37.61',
  '1e999',
  'NaN',
  '-0',
  '1 000 000',
  '01/02/2023',
  '2023-13-45',
  '31.02.2023',
  'вчера',
  '\u202e',
  '\0',
  '\u2028',
  '<script>',
  'javascript:x',
  '12 km',
  '1,000 m',
];
const LONG_CELLS = [
  ' ',
  '\n',
  '\r',
  '\r\n',
  '"',
  '0',
  '9',
  '.',
  ',',
  '°',
  "'",
  'N',
  '1 ',
  '1,',
  '-',
  '/',
  '1/',
  'а',
  'A1',
  '(',
  '((',
  '\t',
  '\0',
  '=',
  'x',
  '+',
  'POINT(1 2)',
];
const DELIMITERS = [',', ';', '\t', '|'];

/** One cell is another; its row is taken as a simple one, whatever it is. */
const changeCell: TextMutation = (text, chance) => {
  const lines = text.split('\n');
  const at = chance.is(0.3) ? 0 : chance.below(lines.length);
  const line = lines[at] ?? '';
  const delimiter = DELIMITERS.find((one) => line.includes(one)) ?? ',';
  const cells = line.split(delimiter);
  const cell = chance.is(0.15)
    ? `"${'x'.repeat(chance.below(2))}${chance.pick(LONG_CELLS).repeat(chance.length(chance.is(0.1) ? 50_000 : 500))}x"`
    : chance.pick(CELLS);
  const column = chance.below(cells.length + 1);
  const changed = chance.is(0.3) ? cells.toSpliced(column, 0, cell) : cells.toSpliced(column, 1, cell);
  return lines.with(at, changed.join(delimiter)).join('\n');
};

const changeDelimiter: TextMutation = (text, chance) => {
  const [from, to] = [chance.pick(DELIMITERS), chance.pick(DELIMITERS)];
  return chance.is(0.5) ? text.replaceAll(from, to) : text.replace(from, to);
};

const changeQuotes: TextMutation = (text, chance) => {
  const quotes = [...text.matchAll(/"/g)];
  if (quotes.length === 0) return `${text}"`;
  const { index } = chance.pick(quotes);
  return text.slice(0, index) + chance.pick(['', '""', '\\"', '“']) + text.slice(index + 1);
};

const wide: TextMutation = (text, chance) => {
  const count = chance.length(chance.is(0.1) ? 20_000 : 500);
  const name = chance.pick(['', 'x', 'source', 'id', '__proto__']);
  const cells = Array.from({ length: count }, (_, i) =>
    chance.is(0.5) ? name : `${name}${i}_publisher`,
  ).join(',');
  const at = text.indexOf('\n');
  return at < 0 ? `${text},${cells}\n` : `${text.slice(0, at)},${cells}${text.slice(at)}`;
};

const repeatRow: TextMutation = (text, chance) => {
  const lines = text.split('\n');
  const line = chance.pick(lines);
  const count = chance.length(Math.min(5000, Math.ceil(300_000 / (line.length + 1))));
  return [...lines, ...Array.from({ length: count }, () => line)].join('\n');
};

const begin: TextMutation = (text, chance) =>
  chance.pick(['sep=;\n', 'sep=\n', 'sep=,\r\n', '#', '\n\n\n', '"', '\uFEFF\uFEFF']) + text;

/** Changes of the structure of a table. */
export const TABLE_MUTATIONS: readonly TextMutation[] = [
  changeCell,
  changeCell,
  changeCell,
  changeDelimiter,
  changeQuotes,
  wide,
  repeatRow,
  begin,
];
