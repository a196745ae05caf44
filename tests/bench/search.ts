import { performance } from 'node:perf_hooks';
import MiniSearch from 'minisearch';
import { readSystems } from '../../src/domain/reference-data';
import { type SearchDocument, SearchIndexBuilder, documentOf } from '../../src/domain/search';
import { seededSightings, seededSystems } from './seeded';

const COUNT = Number(process.argv[2] ?? 100_000);
const LIMIT_MS = 50;
const REPEATS = 15;

const QUERIES: readonly (readonly [what: string, text: string])[] = [
  ['word of every row', 'of'],
  ['common word', 'moscow'],
  ['rare word', '976'],
  ['typo', 'sevastopool'],
  ['two typos', 'novosibrisk'],
  ['one letter', 's'],
  ['two letters', 'pa'],
  ['Cyrillic for Latin', 'новосибирск'],
  ['Latin for Cyrillic', 'vladivostok'],
  ['designation', 's-400'],
  ['only common words', 'of by of by a s'],
  ['several words', 'pantsir seen north of moscow'],
  ['several with typos', 'pantsri photografed balashikha zavod'],
  ['nothing', 'xyzzyplugh'],
];

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function spread(run: () => unknown, repeats: number): { median: number; max: number } {
  run();
  const times = Array.from({ length: repeats }, () => milliseconds(run)).toSorted((a, b) => a - b);
  return { median: times[Math.floor(times.length / 2)] ?? NaN, max: times.at(-1) ?? NaN };
}

/**
 * Seeded sightings have few distinct words, so each document gets two made-up names of its own in its locality:
 * the dictionary is then as large as that of real reports.
 */
function withNames(document: SearchDocument, row: number): SearchDocument {
  const name = (n: number) => {
    const syllables = ['ka', 'lo', 'vin', 'sk', 'per', 'mo', 'tra', 'shev', 'yug', 'dol', 'or', 'be', 'zh'];
    let rest = (Math.imul(n, 2654435761) >>> 0) % 40_000;
    let text = '';
    for (let i = 0; i < 4; i++) {
      text += syllables[rest % syllables.length] ?? '';
      rest = Math.floor(rest / syllables.length) + i;
    }
    return text;
  };
  return { ...document, locality: `${document.locality}, ${name(row)} ${name(row + 7)}` };
}

const { systems } = readSystems(JSON.parse(seededSystems()));
const documents = [...seededSightings(COUNT)].map((sighting, row) =>
  withNames(documentOf(sighting, systems), row),
);

const builder = new SearchIndexBuilder();
const addTime = milliseconds(() => documents.forEach((document, row) => builder.add(row, document)));
let index = new SearchIndexBuilder().build();
const buildTime = addTime + milliseconds(() => (index = builder.build()));

const plain = new MiniSearch<{ id: number } & Record<keyof SearchDocument, string>>({
  fields: ['title', 'locality', 'publishers', 'claims', 'system'],
});
const plainTime = milliseconds(() =>
  plain.addAll(
    documents.map((document, id) => ({
      id,
      title: document.title,
      locality: document.locality,
      publishers: document.publishers.join(' '),
      claims: document.claims.join(' '),
      system: document.system.join(' '),
    })),
  ),
);
const searchPlain = (text: string) =>
  plain.search(text, {
    combineWith: 'AND',
    prefix: (_term, i, terms) => i === terms.length - 1,
    fuzzy: (term) => (term.length < 4 ? 0 : 0.2),
  });

const rounded = (value: number) => Math.round(value * 10) / 10;
console.log(
  `${COUNT.toLocaleString('en')} sightings, ${index.dictionary.size.toLocaleString('en')} distinct words. ` +
    `Built in ${Math.round(buildTime)} ms; plain MiniSearch in ${Math.round(plainTime)} ms.`,
);
const table = QUERIES.map(([what, text]) => {
  const ours = spread(() => index.search(text), REPEATS);
  const theirs = spread(() => searchPlain(text), 3);
  return {
    what,
    query: text,
    rows: index.search(text).length,
    'median ms': rounded(ours.median),
    'max ms': rounded(ours.max),
    'plain rows': searchPlain(text).length,
    'plain median ms': rounded(theirs.median),
    'times faster': rounded(theirs.median / ours.median),
  };
});
console.table(table);
const slow = table.filter((line) => line['median ms'] > LIMIT_MS);
if (slow.length > 0) {
  console.error(`Slower than ${LIMIT_MS} ms: ${slow.map(({ query }) => query).join(', ')}`);
  process.exitCode = 1;
}
