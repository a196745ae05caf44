/** Names of months in English, German, French, Spanish, Russian and Ukrainian, from January on, without accents. */
export const MONTHS: readonly RegExp[] = [
  /^(?:jan(?:uary?|v(?:ier)?)?|ja(?:e?n|enn?er|nner)|ene(?:ro)?|янв(?:ар[ья])?|січ(?:ень|ня)?)$/,
  /^(?:feb(?:ruary?|er|rero)?|fevr?(?:ier)?|фев(?:р(?:ал[ья])?)?|лют(?:ий|ого)?)$/,
  /^(?:mar(?:ch|s|z|zo)?|mae?rz|maer|март?а?|бер(?:езень|езня)?)$/,
  /^(?:apr(?:il)?|avr(?:il)?|abr(?:il)?|апр(?:ел[ья])?|квіт(?:ень|ня)?)$/,
  /^(?:ma[yi]|mayo|ма[йя]|трав(?:ень|ня)?)$/,
  /^(?:june?|junio?|juin|июн[ья]?|черв(?:ень|ня)?)$/,
  /^(?:july?|julio?|juil(?:let)?|июл[ья]?|лип(?:ень|ня)?)$/,
  /^(?:aug(?:ust)?|aout?|ago(?:sto)?|авг(?:уста?)?|серп(?:ень|ня)?)$/,
  /^(?:sept?(?:ember|embre|iembre)?|setiembre|сент?(?:ябр[ья])?|вер(?:есень|есня)?)$/,
  /^(?:o[ck]t(?:ober|obre|ubre)?|окт(?:ябр[ья])?|жовт(?:ень|ня)?)$/,
  /^(?:nov(?:ember|embre|iembre)?|ноя(?:б(?:р[ья])?)?|лист(?:опада?)?)$/,
  /^(?:de[cz](?:ember|embre)?|dic(?:iembre)?|дек(?:абр[ья])?|груд(?:ень|ня)?)$/,
];

/** Names of the days of the week, from Thursday on, as that of 1970-01-01; also as they stand after “в” and “у”. */
const WEEKDAYS: readonly RegExp[] = [
  /^(?:thu(?:rs?(?:day)?)?|чт|четверг?|donnerstag|jeudi|jueves)$/,
  /^(?:fri(?:day)?|пт|пятниц[ау]|п['’ʼ]ятниц[яю]|freitag|vendredi|viernes)$/,
  /^(?:sat(?:urday)?|сб|субб?от[ау]|samstag|sonnabend|samedi|s[aá]bado)$/,
  /^(?:sun(?:day)?|вс|воскресенье|нд|неділ[яю]|sonntag|dimanche|domingo)$/,
  /^(?:mon(?:day)?|пн|понедельник|понеділок|montag|lundi|lunes)$/,
  /^(?:tue(?:s(?:day)?)?|вт|вторник|вівторок|dienstag|mardi|martes)$/,
  /^(?:wed(?:nesday)?|ср|сред[ау]|серед[ау]|mittwoch|mercredi|mi[eé]rcoles)$/,
];

/** The number of a month, from 1; 0 for a word that names none. */
export function monthOf(name: string): number {
  const plain = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/\.$/, '');
  return MONTHS.findIndex((pattern) => pattern.test(plain)) + 1;
}

/** A date without what only German, French and Spanish have around its numbers: `19. Januar`, `1er mai`, `1 de mayo de 2023`. */
export function plainDays(text: string): string {
  return text
    .normalize('NFC')
    .replace(/(?<![\d.])(\d{1,2})\.\s*(?=\p{L})/gu, '$1 ')
    .replace(/(?<![\d.])(\d{1,2})\.(?=\s*[-–—]\s*\d{1,2}\s\p{L})/gu, '$1')
    .replace(/(?<!\d)1(?:er|ᵉʳ|º)(?=\s)/giu, '1')
    .replace(/(?<=[\p{L}\d.])\s+del?\s+(?=[\p{L}\d])/giu, ' ');
}

/** Where a day of the week stands beside a date: before it, in brackets anywhere, or behind it. */
const BESIDE: readonly RegExp[] = [
  /^(?:(?:on|во?|у|am|le|el)\s+)?(?<name>[\p{L}'’ʼ]+)[.,\s]+(?=\S)/iu,
  /\s*\(\s*(?<name>[\p{L}'’ʼ]+)\.?\s*\)/u,
  /[,\s]+(?<name>[\p{L}'’ʼ]+)\.?$/u,
];

/** A text that has a day of the week beside a date: how many days this is after Thursday, and the rest of the text. */
export function besideWeekday(text: string): { weekday: number; rest: string } | undefined {
  for (const pattern of BESIDE) {
    const name = pattern.exec(text)?.groups?.['name']?.toLowerCase();
    const weekday = name === undefined ? -1 : WEEKDAYS.findIndex((known) => known.test(name));
    if (weekday >= 0) return { weekday, rest: text.replace(pattern, '').trim() };
  }
  return undefined;
}

/**
 * The words around the two ends of a span, in English, Russian, Ukrainian, German, French and Spanish. The day after “до”, “until” or “till” may
 * be of it or not: these are left alone.
 */
const FROM_TO: readonly RegExp[] = [
  /^from\s+(\S.*?)\s+(?:to|through)\s+(\S.*)$/i,
  /^(?:со?|з|зі|із)\s+(\S.*?)\s+по\s+(\S.*)$/i,
  /^vom\s+(\S.*?)\s+bis\s+(?:zum\s+)?(\S.*)$/i,
  /^du\s+(\S.*?)\s+au\s+(\S.*)$/i,
  /^del\s+(\S.*?)\s+al\s+(\S.*)$/i,
];

/** Two days of a month that follow each other: `16 and 17 January 2023`. */
const TWO_DAYS =
  /^(?:the\s+)?(\d{1,2})(\.|st|nd|rd|th|-?го)?\s+(?:and|&|и|і|й|та|und|et|y)\s+(\d{1,2})(?=\.|\D)/iu;

/**
 * The same with a dash between the ends: `from 16 to 20 January 2023` as `16 – 20 January 2023`, and so are two days that
 * follow each other.
 */
export function withDash(text: string): string {
  const [two, first, , second] = TWO_DAYS.exec(text) ?? [];
  if (two !== undefined && Number(second) === Number(first) + 1)
    return `${first} – ${second}${text.slice(two.length)}`;
  for (const pattern of FROM_TO) {
    const [, start, end] = pattern.exec(text) ?? [];
    if (start === undefined || end === undefined) continue;
    const plain = (part: string) =>
      part.replace(/^the\s+/i, '').replace(/^(\d{1,2})-?(?:го|ое|е)(?=\s|$)/i, '$1');
    return `${plain(start)} – ${plain(end)}`;
  }
  return text;
}
