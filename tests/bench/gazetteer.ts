/* How long the gazetteer takes to read and to search: `npx tsx tests/bench/gazetteer.ts`. */
import { readFileSync } from 'node:fs';
import { Gazetteer } from '../../src/io/gazetteer';

const FILE = new URL('../../geo/basemap/gazetteer.tsv', import.meta.url);
const READ_LIMIT_MS = 500;
const FIND_LIMIT_MS = 50;
const RUNS = 15;

const QUERIES: readonly (readonly [what: string, text: string])[] = [
  ['whole name', 'moscow'],
  ['in Cyrillic', 'москва'],
  ['other romanisation', 'valdai'],
  ['one letter', 's'],
  ['two letters', 'sa'],
  ['one Cyrillic letter', 'к'],
  ['common first word', 'san'],
  ['several words', 'nizhniy nov'],
  ['later word', 'novgorod'],
  ['typo', 'lytkarno'],
  ['two typos', 'novosibrisk'],
  ['two typos, long', 'petropavlovsk-kamchatskyi'],
  ['nothing', 'xyzzyplugh'],
  ['Chinese', '上海'],
];

/** Milliseconds that each run takes, sorted, after one that warms up. */
function timesOf(run: () => unknown, runs: number): { median: number; max: number } {
  run();
  const times = Array.from({ length: runs }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  return { median: times[Math.floor(runs / 2)] ?? NaN, max: times.at(-1) ?? NaN };
}

const rounded = (value: number) => Math.round(value * 100) / 100;

const text = readFileSync(FILE, 'utf8');
const start = performance.now();
const gazetteer = Gazetteer.parse(text);
const coldMs = performance.now() - start;
const warm = timesOf(() => Gazetteer.parse(text), 5);
console.log(
  `${gazetteer.size.toLocaleString('en')} places read in ${Math.round(coldMs)} ms, ` +
    `then in ${Math.round(warm.median)} ms (most ${Math.round(warm.max)}).`,
);
const table = QUERIES.map(([what, query]) => {
  const { median, max } = timesOf(() => gazetteer.find(query, 10, { lng: 37.6, lat: 55.75 }), RUNS);
  const found = gazetteer.find(query, Infinity);
  const first = found[0] ? `${found[0].name}, ${found[0].country}` : '';
  return { what, query, places: found.length, first, 'median ms': rounded(median), 'max ms': rounded(max) };
});
console.table(table);
const slow = table.filter((line) => line['max ms'] > FIND_LIMIT_MS).map(({ query }) => query);
if (slow.length > 0) console.error(`Slower than ${FIND_LIMIT_MS} ms: ${slow.join(', ')}`);
if (coldMs > READ_LIMIT_MS) console.error(`Read in more than ${READ_LIMIT_MS} ms`);
if (slow.length > 0 || coldMs > READ_LIMIT_MS) process.exitCode = 1;
