import { describe, expect, test } from 'vitest';
import { readDate } from '../../src/io/date-text';
import { MONTHS, monthOf } from '../../src/io/date-words';

const LANGUAGES = ['en', 'ru', 'uk', 'de', 'de-AT', 'fr', 'es'];

/** The twelve months as a language writes them within a date. */
function monthsOf(language: string, month: 'long' | 'short'): string[] {
  const format = new Intl.DateTimeFormat(language, { month, day: 'numeric', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, i) => {
    const parts = format.formatToParts(Date.UTC(2023, i, 5));
    return parts.find(({ type }) => type === 'month')?.value ?? '';
  });
}

/** Short names that are usual besides those of Intl. */
const SHORT = [
  'jän feb mär apr mai jun jul aug sep okt nov dez',
  'janv fév mars avr mai juin juil août sept oct nov déc',
  'ene feb mar abr may jun jul ago sep oct nov dic',
].map((names) => names.split(' '));

const ALL = [...LANGUAGES.flatMap((own) => [monthsOf(own, 'long'), monthsOf(own, 'short')]), ...SHORT];

describe('the names of months', () => {
  test.for(ALL.map((names) => [names.join(' '), names] as const))('%s are read', ([, names]) => {
    const inOrder = names.map((_, i) => i + 1);
    expect(names.map((name) => monthOf(name))).toEqual(inOrder);
    const plain = (name: string) => name.normalize('NFD').replace(/(?<=\p{Script=Latin})\p{M}/gu, '');
    expect(names.map((name) => monthOf(plain(name).normalize('NFC')))).toEqual(inOrder);
    expect(names.map((name) => readDate(`5 ${name.normalize('NFD')} 2023`, undefined))).toEqual(
      inOrder.map((month) => ({ iso: `2023-${String(month).padStart(2, '0')}-05` })),
    );
  });

  test('of all languages are each of one month', () => {
    const known = [...new Set(ALL.flat())].map((name) => name.toLowerCase().replace('.', ''));
    const plain = known.map((name) => name.normalize('NFD').replace(/(?<=\p{Script=Latin})\p{M}/gu, ''));
    const many = plain
      .map((name) => name.normalize('NFC'))
      .filter((name) => MONTHS.filter((pattern) => pattern.test(name)).length !== 1);
    expect(many).toEqual([]);
  });

  test.for(['ju', 'jui', 'ma', 'm', 'j', 'a', 'de', 'er', 'martes', 'sábado', 'listopad'])(
    'are not %s, which names no month or several',
    (name) => {
      expect(monthOf(name)).toBe(0);
    },
  );
});

test.for([
  ['19. Januar 2023', '2023-01-19'],
  ['19.Januar 2023', '2023-01-19'],
  ['19. Jan. 2023', '2023-01-19'],
  ['19. Jänner 2023 10:30', '2023-01-19'],
  ['5. Maerz 2023', '2023-03-05'],
  ['Dezember 2023', '2023-12'],
  ['11 janvier 2023', '2023-01-11'],
  ['1er janvier 2023', '2023-01-01'],
  ['1er fevrier 2023', '2023-02-01'],
  ['août 2023', '2023-08'],
  ['19 de enero de 2023', '2023-01-19'],
  ['19 de Setiembre del 2023', '2023-09-19'],
  ['1º de mayo de 2023', '2023-05-01'],
  ['enero de 2023', '2023-01'],
  ['16.-20. Januar 2023', '2023-01-16/2023-01-20'],
  ['16. - 20. Januar 2023', '2023-01-16/2023-01-20'],
  ['16.–20. Januar 2023', '2023-01-16/2023-01-20'],
  ['30. Januar – 2. Februar 2023', '2023-01-30/2023-02-02'],
  ['30. Januar 2023 – 2. Februar 2023', '2023-01-30/2023-02-02'],
  ['16-20 janvier 2023', '2023-01-16/2023-01-20'],
  ['30 de enero – 2 de febrero de 2023', '2023-01-30/2023-02-02'],
  ['vom 3. bis 5. Januar 2023', '2023-01-03/2023-01-05'],
  ['vom 30. Januar bis zum 2. Februar 2023', '2023-01-30/2023-02-02'],
  ['du 3 au 5 janvier 2023', '2023-01-03/2023-01-05'],
  ['du 30 janvier au 1er février 2023', '2023-01-30/2023-02-01'],
  ['del 3 al 5 de enero de 2023', '2023-01-03/2023-01-05'],
  ['16 и 17 января 2023', '2023-01-16/2023-01-17'],
  ['16 і 17 січня 2023', '2023-01-16/2023-01-17'],
  ['16 and 17 January 2023', '2023-01-16/2023-01-17'],
  ['16th and 17th January 2023', '2023-01-16/2023-01-17'],
  ['16. und 17. Januar 2023', '2023-01-16/2023-01-17'],
  ['16 et 17 janvier 2023', '2023-01-16/2023-01-17'],
  ['16 y 17 de enero de 2023', '2023-01-16/2023-01-17'],
  ['Donnerstag, 19. Januar 2023', '2023-01-19'],
  ['am Mittwoch, 18. Januar 2023', '2023-01-18'],
  ['le jeudi 19 janvier 2023', '2023-01-19'],
  ['vendredi 20 janvier 2023', '2023-01-20'],
  ['sábado, 21 de enero de 2023', '2023-01-21'],
  ['el miércoles 18 de enero de 2023', '2023-01-18'],
])('%s is %s', ([text = '', iso]) => {
  expect(readDate(text, undefined)).toEqual({ iso });
});

test.for([
  '16 и 18 января 2023',
  '16 and 17 2023',
  '19. 2023',
  '19er janvier 2023',
  '19. Foo 2023',
  '1er 2023',
  'de 2023',
  '11 jui 2023',
])('%s is no date known here', (text) => {
  expect(readDate(text, true)).toBeUndefined();
});

test('a day that does not exist is told', () => {
  expect(readDate('31. Februar 2023', undefined)).toHaveProperty('problem');
});
