import { describe, expect, test } from 'vitest';
import { foldWord, skeletonOf, withoutUnfinishedSound } from '../../src/domain/fold';
import {
  compoundsOf,
  hasWords,
  joinCompound,
  partsOfCompound,
  wordsOfCompound,
} from '../../src/domain/words';

describe('the compounds of a text', () => {
  test.for([
    ['Two systems, on the roof.', ['two', 'systems', 'on', 'the', 'roof']],
    ['Novo-Ogaryovo', ['novo-ogaryovo']],
    ['Novo–Ogaryovo ‑ here', ['novo–ogaryovo', 'here']],
    ["Šeremet'evo", ["šeremet'evo"]],
    ['S-400', ['s-400']],
    ['an S 400', ['an', 's-400']],
    ['T\t72 S  400-x', ['t-72', 's-400-x']],
    ['SA 22 in 2023', ['sa', '22', 'in', '2023']],
    ['block-a 5', ['block-a', '5']],
    ['novo-', ['novo']],
    ['ＭＯＳＣＯＷ ﬁeld İzmir', ['moscow', 'field', 'i̇zmir']],
    ['Тверь/Калуга', ['тверь', 'калуга']],
    ['मास्को', ['मास्को']],
    [' — … 🛰️ ', []],
  ] as const)('of "%s"', ([text, compounds]) => {
    expect(compoundsOf(text)).toEqual(compounds);
  });
});

describe('whether a text has words', () => {
  test.for([
    ['s', true],
    ['  400 ', true],
    ['ъ', true],
    ['™', true],
    ['', false],
    [' \t\n', false],
    ['— - ’ … 🛰️', false],
  ] as const)('"%s"', ([text, has]) => {
    expect([hasWords(text), compoundsOf(text).length > 0]).toEqual([has, has]);
  });
});

describe('a compound', () => {
  test.for([
    ['novo-ogaryovo', 'novoogaryovo', ['novo', 'ogaryovo']],
    ['s-400', 's400', ['s400']],
    ['sa-22', 'sa22', ['sa22']],
    ['pantsir-s-1', 'pantsirs1', ['pantsir', 's1']],
    ['a-b-400', 'ab400', ['a', 'b400']],
    ['iskander-m', 'iskanderm', ['iskander', 'm']],
    ['16-storey', '16storey', ['16', 'storey']],
    ['roof', 'roof', ['roof']],
  ] as const)('%s is joined to %s and has its parts', ([compound, joined, parts]) => {
    expect([joinCompound(compound), partsOfCompound(compound)]).toEqual([joined, parts]);
  });

  test.for([
    ['pantsir-s1', ['pantsirs1', 'pantsir', 's1', 's', '1']],
    ['s-400', ['s400', 's', '400']],
    ['96k6', ['96k6', '96', 'k', '6']],
    ['t-72b3', ['t72b3', 't', '72b3', '72', 'b', '3']],
  ] as const)('%s is found under the whole and its parts', ([compound, words]) => {
    expect([...wordsOfCompound(compound)].toSorted()).toEqual([...words].toSorted());
  });
});

describe('the Latin spellings of a word', () => {
  test.for([
    ['roof', ['roof']],
    ['łódź', ['lodz']],
    ['münster', ['muenster', 'munster']],
    ['ёлка', ['yolka', 'elka']],
    ['тверь', ['tver']],
    ['хамовники', ['khamovniki']],
    ['ў', ['u']],
    ['с400', ['s400']],
    ['αθήνα', ['athina']],
    ['東京', ['東京']],
    ['ъ', ['ъ']],
    ['šeremetʹevo', ['seremetevo']],
    ['москва', ['moskva', 'moscow']],
    ['moscow', ['moscow', 'moskva']],
  ] as const)('of %s', ([word, spellings]) => {
    expect(foldWord(word)).toEqual(spellings);
  });
});

describe('spellings of the same name have the same skeleton', () => {
  test.for([
    ['огарёво', 'огарево', 'ogaryovo', 'ogarjovo', 'ogarevo', 'ogarëvo', 'ogariovo'],
    ['шереметьево', 'sheremetyevo', "šeremet'evo", 'šeremetjevo', 'sheremetievo', 'scheremetjewo'],
    ['хамовники', 'khamovniki', 'hamovniki', 'xamovniki'],
    ['щёлково', 'shchyolkovo', 'shchelkovo', 'ščëlkovo', 'schelkovo'],
    ['жуковский', 'zhukovsky', 'zhukovskiy', 'zhukovskij', 'žukovskij', 'zhukovski', 'zhukovskii'],
    ['панцирь', 'pantsir', 'pancir', "pancir'", 'pantzir', 'pantsyr'],
    ['чехов', 'chekhov', 'čehov', 'tchekhov'],
    ['юбилейный', 'yubileyny', 'yubileynyy', 'jubilejnyj', 'iubileinyi'],
    ['яуза', 'yauza', 'jauza', 'iauza'],
    ['александров', 'aleksandrov', 'alexandrov', 'alexandrow'],
    ['münster', 'munster', 'muenster'],
    ['россия', 'rossiya', 'rossija', 'rossia', 'rosiya'],
    ['триумф', 'triumf'],
    ['с1', 's1', 'c1'],
  ])('%s', (names) => {
    const skeletons = names.map((name) => skeletonOf(foldWord(name.replace("'", ''))[0] ?? ''));
    expect(new Set(skeletons)).toEqual(new Set(skeletons.slice(0, 1)));
  });

  test.for([
    ['moscow', 'minsk'],
    ['tver', 'dver'],
    ['kaluga', 'kalugino'],
    ['s400', 's40'],
    ['s300', 's400'],
  ] as const)('%s and %s are not the same', ([a, b]) => {
    expect(skeletonOf(a)).not.toBe(skeletonOf(b));
  });
});

test.for([
  ['ogary', 'ogar'],
  ['khrushc', 'khrush'],
  ['sc', 's'],
  ['moscow', 'moscow'],
  ['c', 'c'],
  ['', ''],
] as const)('"%s" without half a sound is "%s"', ([typed, begun]) => {
  expect(withoutUnfinishedSound(typed)).toBe(begun);
});
