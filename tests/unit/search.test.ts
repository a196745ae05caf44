import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import transliterate from '@sindresorhus/transliterate';
import { orderByScore } from '../../src/domain/rank';
import { type SearchDocument, SearchIndex, SearchIndexBuilder, documentOf } from '../../src/domain/search';
import type { Sighting } from '../../src/domain/sighting';
import { geoJson, geoSystems } from './fixtures';
import { sampleSighting, sampleSource } from './sample';

function sampleDocument(changes: Partial<SearchDocument> = {}): SearchDocument {
  return { title: '', locality: '', publishers: [], claims: [], system: [], ...changes };
}

function indexOf(documents: readonly SearchDocument[]): SearchIndex {
  const builder = new SearchIndexBuilder();
  for (const [row, document] of documents.entries()) builder.add(row, document);
  return builder.build();
}

/** An index of sightings of which nothing but the title is known. */
function indexOfTitles(titles: readonly string[]): SearchIndex {
  return indexOf(titles.map((title) => sampleDocument({ title })));
}

describe('the sightings of geo/', () => {
  const { features } = geoJson('sightings.geojson') as { features: Sighting[] };
  const index = indexOf(features.map((sighting) => documentOf(sighting, geoSystems())));
  const found = (text: string) => Array.from(index.search(text), (row) => features[row]?.id).toSorted();
  const having = (what: (sighting: Sighting) => boolean) =>
    features
      .filter(what)
      .map(({ id }) => id)
      .toSorted();
  const bySystem = (id: string) => having(({ properties }) => properties.system === id);

  test.for([
    'novo-ogaryovo',
    'ново-огарёво',
    'Ново-Огарево',
    'НОВО-ОГАРЁВО',
    'Novo-Ogarevo',
    'Novo-Ogarjovo',
    'novo ogaryovo',
    'ново огарево',
    'novoogaryovo',
    'новоогарёво',
    'novo-og',
    'novo-ogary',
    'ogaryovo',
    'novo-ogaryvo',
    'ogayrovo',
  ])('"%s" finds those near Novo-Ogaryovo', (text) => {
    const expected = having((sighting) => /Novo-Ogaryovo/.test(JSON.stringify(sighting)));
    expect(expected).not.toEqual([]);
    expect(found(text)).toEqual(expected);
  });

  test.for([
    's-400',
    'S400',
    'с-400',
    'С400',
    'S 400',
    'с 400',
    's‑400',
    'SA-21',
    'sa 21',
    'Growler',
    'триумф',
  ])('"%s" finds the S-400', (text) => {
    const expected = having(
      ({ properties }) => properties.system === 's-400' || /S-400/.test(JSON.stringify(properties)),
    );
    // Names of the system that no report uses are of the system's own sightings alone.
    expect(found(text)).toEqual(/400/.test(text) ? expected : bySystem('s-400'));
  });

  test.for([
    'Панцирь-С1',
    'pantsir-s1',
    'pantsir s1',
    'PantsirS1',
    'Pantsyr-C1',
    '96K6',
    'SA-22',
    'greyhound',
  ])('"%s" finds the Pantsir-S1', (text) => {
    expect(found(text)).toEqual(bySystem('pantsir-s1'));
  });

  test.for([
    ['a publisher', 'meduza', 'valdai-yashcherovo-pantsir'],
    ['a publisher in Cyrillic', 'киев пост', 'ostafyevo-airport-pantsir'],
    ['a locality', 'village of yashcherovo', 'valdai-yashcherovo-pantsir'],
    ['a title', 'остафьево', 'ostafyevo-airport-pantsir'],
    ['a claim', 'lake uzhin', 'valdai-yashcherovo-pantsir'],
    ['typos in two words', 'timiriazev acadmey', 'timiryazev-fields-s400'],
  ] as const)('%s finds it first', ([, text, id]) => {
    const [row] = index.search(text);
    expect(features[row ?? -1]?.id).toBe(id);
  });

  test('a text without words, or with a word that is nowhere, finds none', () => {
    expect(
      ['', ' ', '—', 'xyzzyplugh', 'pantsir xyzzyplugh'].map((text) => index.search(text).length),
    ).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('spellings find each other', () => {
  const names = [
    ['Шереметьево', 'Sheremetyevo', "Šeremet'evo", 'Sheremetevo', 'sheremetjewo', 'Шереметево'],
    ['Хамовники', 'Khamovniki', 'Hamovniki', 'xamovniki'],
    ['Łódź', 'Lodz', 'ŁÓDŹ'],
    ['Münster', 'Munster', 'Muenster'],
    ['Ёлкино', 'Елкино', 'Yolkino', 'Elkino'],
    ['Щёлково', 'Shchyolkovo', 'Shchelkovo', 'Ščëlkovo'],
    ['Новый Уренгой', 'Novyy Urengoy', 'Novy Urengoi', 'novyj urengoj'],
    ['Москва', 'Moskva', 'Moscow', 'moskva'],
    ['С-300', 'S-300', 's300', 'S 300', 'C-300'],
  ];
  const index = indexOfTitles(names.flat());
  const cases = names.flatMap((group) => group.map((name) => ({ name, group })));

  test.for(cases)('$name', ({ name, group }) => {
    const found = Array.from(index.search(name), (row) => names.flat()[row] ?? '');
    expect(found.toSorted()).toEqual(group.toSorted());
  });
});

test('a word that ends in half a sound finds what it may begin', () => {
  expect([...indexOfTitles(['Огарево', 'roof']).search('ogary')]).toEqual([0]);
});

describe('short words', () => {
  const titles = ['ёж', 'еж', 'yozh'];
  const index = indexOfTitles(titles);

  test.for([
    ['ёж', ['ёж', 'еж', 'yozh']],
    ['еж', ['ёж', 'еж']],
    ['yozh', ['ёж', 'yozh']],
  ] as const)('"%s" finds them with and without their marks', ([text, found]) => {
    expect(Array.from(index.search(text), (row) => titles[row]).toSorted()).toEqual([...found].toSorted());
  });
});

describe('typos', () => {
  const titles = [
    'Tver',
    'over',
    'Belgorod',
    'S-300',
    'S-400',
    'roof',
    'root',
    'Sevastopol',
    'buk',
    'fuel',
    'K9bot',
    'full',
  ];
  const index = indexOfTitles(titles);

  test.for([
    ['belgorodd', ['Belgorod']],
    ['begorod', ['Belgorod']],
    ['blegorod', ['Belgorod']],
    ['белгрод', ['Belgorod']],
    ['sevostopool', ['Sevastopol']],
    ['s-500', []],
    ['s-301 x', []],
    ['300', ['S-300']],
    ['301', []],
    ['bok', []], // too short for a typo
    ['tver', ['Tver']], // known as it is
    ['twer', ['Tver']], // another romanisation
    ['dver', []], // a short word's first letter is no typo
    ['roof', ['roof']],
    ['belgorod1', []], // a number is no typo
    ['kabot', []],
    ['roop', ['roof', 'root']],
    ['fuel', ['fuel']],
    ['full', ['full']],
  ] as const)('"%s" finds %j', ([text, expected]) => {
    expect(Array.from(index.search(text), (row) => titles[row]).toSorted()).toEqual([...expected].toSorted());
  });

  test('of a very long word are no trouble', () => {
    expect(index.search('ab'.repeat(50_000))).toEqual(new Uint32Array());
  });
});

describe('the order', () => {
  test('is by field: title, system, locality, publisher, claim', () => {
    const index = indexOf([
      sampleDocument({ claims: ['kaluga'] }),
      sampleDocument({ publishers: ['kaluga'] }),
      sampleDocument({ locality: 'kaluga' }),
      sampleDocument({ system: ['kaluga'] }),
      sampleDocument({ title: 'kaluga' }),
    ]);
    expect([...index.search('kaluga')]).toEqual([4, 3, 2, 1, 0]);
  });

  test('is by closeness: as typed, another romanisation, begun, with a typo', () => {
    const index = indexOfTitles(['sheremetyvo', 'sheremetyevos', 'sheremetevo', 'sheremetyevo']);
    expect([...index.search('sheremetyevo')]).toEqual([3, 2, 1, 0]);
  });

  test('has a typo in a title after the word in a claim', () => {
    const index = indexOf([sampleDocument({ title: 'belgorud' }), sampleDocument({ claims: ['belgorod'] })]);
    expect([...index.search('belgorod')]).toEqual([1, 0]);
  });

  test('is by the best of the words that a row has', () => {
    const index = indexOf([
      sampleDocument({ title: 'roof', claims: ['rooftop'] }),
      sampleDocument({ title: 'roof' }),
      sampleDocument({ title: 'rooftop' }),
    ]);
    expect([...index.search('roof')]).toEqual([0, 1, 2]);
  });

  test('lets a rare word count for more than a common one', () => {
    const index = indexOf([
      sampleDocument({ title: 'pantsir', claims: ['kaluga'] }),
      sampleDocument({ title: 'kaluga', claims: ['pantsir'] }),
      ...Array.from({ length: 20 }, () => sampleDocument({ title: 'pantsir' })),
    ]);
    expect([...index.search('pantsir kaluga')]).toEqual([1, 0]);
  });

  test('is by row among equals', () => {
    const titles = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 'roof' : 'rooftop'));
    const found = [...indexOfTitles(titles).search('roof')];
    const rows = titles.map((_, row) => row);
    expect(found).toEqual([...rows.filter((row) => row % 2 === 0), ...rows.filter((row) => row % 2 === 1)]);
  });
});

describe('words of a query', () => {
  const titles = [
    'roof of the ministry',
    'rooftop bar',
    'ministry',
    'S-400s in a park',
    'T-72B3 in a park',
    'Pantsir S1 at Novo Ogaryovo',
    'Ново-Огарево',
  ];
  const index = indexOfTitles(titles);

  test.for([
    ['roof ministry', [0]],
    ['ministry roof', [0]],
    ['roof', [0, 1]],
    ['roo', [0, 1]],
    ['roo ministry', []], // only the last word may be unfinished
    ['minis roof', []],
    ['s-400 park', [3]], // but for what follows a number
    ['t-72 park', [4]],
    ['s-40 park', []],
    ['s-40', [3]],
    ['pantsir-s1', [5]], // joined by the query alone
    ['novo-ogaryovo pantsir-s', [5]],
    ['novo-og', [5, 6]],
    ['ogary', [5]],
    ['pantsir', [5]],
  ] as const)('"%s" finds rows %j', ([text, rows]) => {
    expect([...index.search(text)].toSorted()).toEqual(rows);
  });
});

test('a sighting gives its texts, and the names of its system', () => {
  const sighting = sampleSighting({
    title: 'A title',
    system: 'tor',
    verbatimLocality: 'a park',
    sources: [
      sampleSource({ publisher: 'One', claim: 'This.' }),
      sampleSource({ publisher: 'Two', claim: 'That.' }),
    ],
  });
  const tor = { id: 'tor', name: 'Tor', otherNames: ['Тор'], description: '', markShape: 'circle' } as const;
  const document = {
    title: 'A title',
    locality: 'a park',
    publishers: ['One', 'Two'],
    claims: ['This.', 'That.'],
  };
  expect(documentOf(sighting, [{ ...tor, otherNames: [...tor.otherNames] }])).toEqual({
    ...document,
    system: ['tor', 'Tor', 'Тор'],
  });
  expect(documentOf(sighting, [])).toEqual({ ...document, system: ['tor'] });
  expect(documentOf(sampleSighting(), []).system).toEqual([]);
});

describe('whatever the texts', () => {
  const letters = [...'abcehijkostuxyzабвеёжийкохцчшщъыьэюяäöüëšžłñ'];
  const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 9 });
  const compound = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join('-'));
  const title = fc.array(compound, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const titles = fc.array(title, { minLength: 1, maxLength: 12 });
  const query = fc.array(compound, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));

  const WRITINGS: Readonly<Record<string, (text: string) => string>> = {
    'as it is written': (text) => text,
    'in upper case': (text) => text.toUpperCase(),
    transliterated: (text) => transliterate(text),
    'without diacritics': (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
    decomposed: (text) => text.normalize('NFD'),
    'without hyphen': (text) => text.replaceAll('-', ''),
    'with a space for a hyphen': (text) => text.replaceAll('-', ' '),
  };

  test.for(Object.entries(WRITINGS))('every word of a title finds it %s', ([, write]) => {
    fc.assert(
      fc.property(titles, fc.nat(), fc.nat(), (all, i, j) => {
        const row = i % all.length;
        const words = (all[row] ?? '').split(' ');
        const text = write(words[j % words.length] ?? '');
        if (!/\p{L}/u.test(text)) return; // ъ and ь alone have no transliteration
        expect([...indexOfTitles(all).search(text)]).toContain(row);
      }),
    );
  });

  test('two words find what both of them find', () => {
    // Only the last word of a query may be unfinished: with one that every row has, all others are finished.
    const LAST = 'zzzz';
    fc.assert(
      fc.property(titles, compound, compound, (all, first, second) => {
        const index = indexOfTitles(all.map((text) => `${text} ${LAST}`));
        const rows = (text: string) => [...index.search(`${text} ${LAST}`)].toSorted((a, b) => a - b);
        const ofSecond = rows(second);
        expect(rows(`${first} ${second}`)).toEqual(rows(first).filter((row) => ofSecond.includes(row)));
      }),
    );
  });

  test('no row is found twice, and the same query finds the same', () => {
    fc.assert(
      fc.property(titles, query, (all, text) => {
        const found = [...indexOfTitles(all).search(text)];
        expect(new Set(found).size).toBe(found.length);
        expect([...indexOfTitles(all).search(text)]).toEqual(found);
      }),
    );
  });

  test('any text at all can be searched for', () => {
    fc.assert(
      fc.property(titles, fc.string({ unit: 'binary', maxLength: 40 }), (all, text) => {
        expect(indexOfTitles(all).search(text).length).toBeLessThanOrEqual(all.length);
      }),
    );
  });

  test('the lowest scores come last, and none without a score', () => {
    expect([...orderByScore(Float32Array.of(0, 1e-9, 1, 0))]).toEqual([2, 1]);
    expect([...orderByScore(new Float32Array(3))]).toEqual([]);
  });

  test('scores give the order that a sort gives', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 50 });
    fc.assert(
      fc.property(scores, (values) => {
        const rows = values.map((_, row) => row).filter((row) => (values[row] ?? 0) > 0);
        const sorted = rows.toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
        expect([...orderByScore(Float32Array.from(values))]).toEqual(sorted);
      }),
    );
  });
});
