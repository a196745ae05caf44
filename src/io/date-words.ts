/** Names of months in English, Russian and Ukrainian, from January on. */
const MONTHS: readonly RegExp[] = [
  /^(?:jan(?:uary)?|янв(?:ар[ья])?|січ(?:ень|ня)?)$/,
  /^(?:feb(?:ruary)?|фев(?:р(?:ал[ья])?)?|лют(?:ий|ого)?)$/,
  /^(?:mar(?:ch)?|март?а?|бер(?:езень|езня)?)$/,
  /^(?:apr(?:il)?|апр(?:ел[ья])?|квіт(?:ень|ня)?)$/,
  /^(?:may|ма[йя]|трав(?:ень|ня)?)$/,
  /^(?:june?|июн[ья]?|черв(?:ень|ня)?)$/,
  /^(?:july?|июл[ья]?|лип(?:ень|ня)?)$/,
  /^(?:aug(?:ust)?|авг(?:уста?)?|серп(?:ень|ня)?)$/,
  /^(?:sept?(?:ember)?|сент?(?:ябр[ья])?|вер(?:есень|есня)?)$/,
  /^(?:oct(?:ober)?|окт(?:ябр[ья])?|жовт(?:ень|ня)?)$/,
  /^(?:nov(?:ember)?|ноя(?:б(?:р[ья])?)?|лист(?:опада?)?)$/,
  /^(?:dec(?:ember)?|дек(?:абр[ья])?|груд(?:ень|ня)?)$/,
];

/** Names of the days of the week, from Thursday on, as that of 1970-01-01. */
const WEEKDAYS: readonly RegExp[] = [
  /^(?:thu(?:rs?(?:day)?)?|чт|четверг?)$/,
  /^(?:fri(?:day)?|пт|пятница|п['’ʼ]ятниця)$/,
  /^(?:sat(?:urday)?|сб|субб?ота)$/,
  /^(?:sun(?:day)?|вс|воскресенье|нд|неділя)$/,
  /^(?:mon(?:day)?|пн|понедельник|понеділок)$/,
  /^(?:tue(?:s(?:day)?)?|вт|вторник|вівторок)$/,
  /^(?:wed(?:nesday)?|ср|среда|середа)$/,
];

/** The number of a month, from 1; 0 for a word that names none. */
export function monthOf(name: string): number {
  return MONTHS.findIndex((pattern) => pattern.test(name.toLowerCase().replace(/\.$/, ''))) + 1;
}

/** A text that begins with a day of the week: how many days this is after Thursday, and what follows it. */
export function afterWeekday(text: string): { weekday: number; rest: string } | undefined {
  const [, name = '', rest = ''] = /^([\p{L}'’ʼ]+)[.,\s]+(\S.*)$/su.exec(text) ?? [];
  const weekday = WEEKDAYS.findIndex((pattern) => pattern.test(name.toLowerCase()));
  return weekday < 0 ? undefined : { weekday, rest };
}
