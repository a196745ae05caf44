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
