import { describe, expect, test } from 'vitest';
import type { System } from '../../src/domain/sighting';
import { SIGHTING_READERS } from '../../src/io/field-text';
import { systemNamesOf } from '../../src/io/system-names';
import { contextOfPage } from '../../src/ui/record/open/page-context';
import type { OpeningPage } from '../../src/ui/record/open/opening-step';
import { geoSystems } from './fixtures';

function system(id: string, name: string, ...otherNames: string[]): System {
  return { id, name, otherNames, description: '', markShape: 'circle' };
}

function read(text: string, systems: readonly System[] = geoSystems()) {
  return SIGHTING_READERS.system(text, {
    systemIds: new Set(systems.map(({ id }) => id)),
    systemNames: systemNamesOf(systems),
    dayFirst: undefined,
  });
}

describe('the system that a text names', () => {
  test.each([
    ['С-400 Триумф', 's-400'],
    ['S-400 Triumf', 's-400'],
    ['с400  триумф', 's-400'],
    ['S400', 's-400'],
    ['sa21 growler', 's-400'],
    ['96k6', 'pantsir-s1'],
    ['96К6', 'pantsir-s1'], // with a Cyrillic К
    ['SA‑22 Gréyhound', 'pantsir-s1'],
    ['«Панцирь С1»', 'pantsir-s1'],
  ])('is found by another name: %s', (text, id) => {
    expect(read(text).value).toBe(id);
  });

  test.each([
    ['C-400', 's-400'], // with a Latin C
    ['C-400 Триумф', 's-400'],
    ['c400 триумф', 's-400'],
    ['Рantsir-S1', 'pantsir-s1'], // with a Cyrillic Р
    ['Пaнцирь-C1', 'pantsir-s1'], // with Latin a and C
  ])('is found where letters only look alike: %s', (text, id) => {
    expect(read(text).value).toBe(id);
  });

  test.each([
    ['ЗРК С-400', 's-400'],
    ['ЗРК C-400', 's-400'],
    ['ЗРС «С-400 „Триумф“»', 's-400'],
    ['ЗРПК «Панцирь-С1»', 'pantsir-s1'],
    ['ЗРПК«Панцирь-С1»', 'pantsir-s1'],
    ['Комплекс "Панцирь-С1"', 'pantsir-s1'],
    ['зенитный ракетно-пушечный комплекс Панцирь-С1', 'pantsir-s1'],
    ['зенитная ракетная система С-400', 's-400'],
    ['Система ПВО С-400', 's-400'],
    ['зенітний ракетний комплекс С-400', 's-400'],
    ['SAM S-400', 's-400'],
    ['S-400 SAM system', 's-400'],
    ['the Pantsir-S1 air-defence system', 'pantsir-s1'],
    ['Air defense system Pantsir-S1', 'pantsir-s1'],
    ['S-400 surface-to-air missile system', 's-400'],
  ])('is found beside the words for its kind: %s', (text, id) => {
    expect(read(text).value).toBe(id);
  });

  test.each([
    ['Pantsir-S1 (SA-22)', 'pantsir-s1'],
    ['SA-22 (Pantsir-S1)', 'pantsir-s1'],
    ['SA-22 (Greyhound)', 'pantsir-s1'],
    ['С-400 (Триумф)', 's-400'],
    ['ЗРПК «Панцирь-С1» (96К6)', 'pantsir-s1'],
    ['Панцирь-С1 (ЗРПК)', 'pantsir-s1'],
    ['ЗРС (С-400)', 's-400'],
    ['S-400 [SA-21 Growler]', 's-400'],
  ])('is found where brackets have another name of it: %s', (text, id) => {
    expect(read(text).value).toBe(id);
  });

  test.each([
    'Панцирь',
    'Pantsir',
    'ЗРПК «Панцирь»',
    'SA-22',
    'ЗРК',
    'ЗРК (ЗРПК)',
    'система',
    'C-300',
    'Панцирь-СМ',
    'S-400 (SA-22)', // another system's
    'Pantsir-S1 (SA-2)', // begins as SA-22 does, and is another
    'Pantsir-S1 (2 units)',
    'Pantsir (SA-22)',
    'S-400 missile',
    'С-400 (S-300)',
    '()',
    'SA-22 (',
  ])('is not guessed: %s', (text) => {
    expect(read(text)).toEqual({ value: text });
  });

  test('is that of its very letters where another only looks alike', () => {
    const systems = [system('ce', 'C-400'), system('es', 'S-400')];
    expect(read('C-400', systems).value).toBe('ce'); // with a Latin C
    expect(read('С-400', systems).value).toBe('es'); // with a Cyrillic С
  });

  test('is one that has a word for its kind in its name', () => {
    const systems = [system('a', 'SAM Alpha'), system('b', 'Alpha')];
    expect(read('Sam alpha', systems).value).toBe('a');
    expect(read('ЗРК Alpha', systems).value).toBe('b');
  });

  test('is told, where it is not the name of its id', () => {
    expect(read('С-400 Триумф')).toEqual({ value: 's-400', mend: '“С-400 Триумф” was read as s-400' });
    expect(read('s-400')).toEqual({ value: 's-400' });
    expect(read('S 400')).toEqual({ value: 's-400' });
  });

  test('is none for a name that no system has, or that says more', () => {
    for (const text of ['S-300', 'S-400 and 96K6', 'Growler', '-', '?'])
      expect(read(text)).toEqual({ value: text });
  });

  test('is open where two share the name', () => {
    const systems = [system('a', 'Alpha', 'Same'), system('b', 'Bravo', 'sáme', 'Bravo')];
    expect(read('SAME', systems)).toEqual({
      value: 'SAME',
      problem: '"SAME" is a name of several systems: "a", "b"',
    });
    expect(read('bravo', systems).value).toBe('b');
  });

  test('is found by names in letters that are not transliterated', () => {
    expect(read('天 弓', [system('sky-bow', 'Sky Bow', '天弓')]).value).toBe('sky-bow');
  });

  test('is known to the page that opens a file', () => {
    const places = { given: [], referencePoints: [] };
    const page = { systems: geoSystems(), places } as unknown as OpeningPage;
    const context = contextOfPage(page);
    expect(SIGHTING_READERS.system('96K6', { ...context, dayFirst: undefined }).value).toBe('pantsir-s1');
  });
});
