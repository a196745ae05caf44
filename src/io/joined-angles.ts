import { LAT_NAMES, LNG_NAMES, wordsOf } from './column-names';
import { sampleColumns } from './column-sample';
import type { ForeignData, ForeignFeature } from './foreign';
import { textOf } from './mapping';
import { readNumber } from './number-text';

/** Columns that say one angle together, and the name of the one that takes their place. */
interface JoinedAngle {
  name: string;
  degrees: string;
  minutes?: string | undefined;
  seconds?: string | undefined;
  /** north or south, east or west */
  side?: string | undefined;
}

interface Axis {
  names: ReadonlySet<string>;
  /** what stands for a side, as of {@link plainSide}, and its letter */
  sides: ReadonlyMap<string, string>;
}

/** A word for a side without what is left out of it at will: `с. ш.` as `сш`. */
function plainSide(text: string): string {
  return text.toLowerCase().replace(/[.\s]/g, '');
}

/** Words for sides in English, Russian and Ukrainian, by their letters. */
function sidesOf(words: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([letter, all]) => all.split(' ').map((word) => [word, letter] as const)),
  );
}

const AXES: Readonly<Record<'lat' | 'lng', Axis>> = {
  lat: {
    names: new Set(LAT_NAMES.map(wordsOf)),
    sides: sidesOf({
      N: 'n north с сш север северная севернаяширота пн пнш північ північна північнаширота',
      S: 's south ю юш юг южная южнаяширота пд пдш південь південна південнаширота',
    }),
  },
  lng: {
    names: new Set(LNG_NAMES.map(wordsOf)),
    sides: sidesOf({
      E: 'e east в вд восток восточная восточнаядолгота сх схд схід східна східнадовгота',
      W: 'w west з зд запад западная западнаядолгота зх зхд захід західна західнадовгота',
    }),
  },
};

/** The last word of a column's name that says which part of an angle it has. */
const PARTS = {
  degrees: new Set(['d', 'deg', 'degs', 'degree', 'degrees', 'grad', 'градусы', 'град']),
  minutes: new Set(['m', 'min', 'mins', 'minute', 'minutes', 'minuten', 'минуты', 'мин']),
  seconds: new Set(['s', 'sec', 'secs', 'second', 'seconds', 'sekunden', 'секунды', 'сек']),
} as const;

/** Finds the columns of one axis that have to be read together. */
function joinedOf(
  { names, sides }: Axis,
  columns: readonly string[],
  values: ReadonlyMap<string, readonly string[]>,
): JoinedAngle | undefined {
  const each = (column: string, test: (text: string) => boolean) => {
    const texts = values.get(column) ?? [];
    return texts.length > 0 && texts.every(test);
  };
  const isBelow = (limit: number) => (text: string) => {
    const number = readNumber(text, { hasThousands: false });
    return number !== undefined && number >= 0 && number < limit;
  };
  const partOf = (kind: keyof typeof PARTS, test: (text: string) => boolean) =>
    columns.find((column) => {
      const words = wordsOf(column).split(' ');
      const last = words.pop() ?? '';
      return names.has(words.join(' ')) && PARTS[kind].has(last) && each(column, test);
    });
  const minutes = partOf('minutes', isBelow(60));
  const inParts =
    minutes === undefined
      ? undefined
      : partOf('degrees', (text) => readNumber(text, { hasThousands: false }) !== undefined);
  const degrees =
    inParts ?? columns.find((column) => names.has(wordsOf(column)) && each(column, isBelow(180.1)));
  if (degrees === undefined) return undefined;
  const seconds = inParts === undefined ? undefined : partOf('seconds', isBelow(60));
  const ofSides = columns.filter((column) => each(column, (text) => sides.has(plainSide(text))));
  const side = ofSides.length === 1 ? ofSides[0] : undefined;
  if (inParts === undefined && side === undefined) return undefined;
  const parts = inParts === undefined ? { degrees } : { degrees, minutes, seconds };
  const used = [...Object.values(parts), side].filter((column) => column !== undefined);
  return { name: used.join(' + '), ...parts, side };
}

/** The text of an angle, as `33° 52′ 10″ S`; empty where it has no degrees. */
function textOfAngle(
  { degrees, minutes, seconds, side, sides }: JoinedAngle & Pick<Axis, 'sides'>,
  fields: ReadonlyMap<string, unknown>,
): string {
  const textIn = (column: string | undefined) => (column === undefined ? '' : textOf(fields.get(column)));
  const [d, m, s, given] = [textIn(degrees), textIn(minutes), textIn(seconds), textIn(side)];
  const letter = sides.get(plainSide(given)) ?? given;
  if (d === '') return '';
  const angle = minutes === undefined ? d : `${d}°${m === '' ? '' : ` ${m}′`}${s === '' ? '' : ` ${s}″`}`;
  return `${angle} ${letter}`.trim();
}

/** The errors of cells, those of a part for the whole angle, too. */
function joinedErrors(
  { errors }: ForeignFeature,
  joined: readonly JoinedAngle[],
): Pick<ForeignFeature, 'errors'> {
  if (errors === undefined) return {};
  const all = new Map(errors);
  for (const { name, degrees, minutes, seconds, side } of joined) {
    const part = [degrees, minutes, seconds, side].find((column) => errors.has(column ?? ''));
    if (part !== undefined) all.set(name, errors.get(part) ?? '');
  }
  return { errors: all };
}

/**
 * Has the columns of a table that say one angle together in one: degrees, minutes and seconds, or an angle and its
 * hemisphere. Read alone, the degrees or the angle would be a place that nobody has written.
 */
export function joinAngles(data: ForeignData): ForeignData {
  const values = sampleColumns(data);
  const joined = Object.entries(AXES).flatMap(([axis, names]) => {
    const found = joinedOf(names, data.columns, values);
    return found ? [{ axis, ...found, sides: names.sides }] : [];
  });
  if (joined.length < Object.keys(AXES).length) return data; // a letter beside one of them alone may mean something else
  const names = new Map<string, string | undefined>();
  for (const { name, degrees, minutes, seconds, side } of joined) {
    for (const part of [minutes, seconds, side]) if (part !== undefined) names.set(part, undefined);
    names.set(degrees, name);
  }
  return {
    ...data,
    columns: data.columns.flatMap((column) => (names.has(column) ? (names.get(column) ?? []) : [column])),
    features: data.features.map((feature) => {
      const fields = new Map([...feature.fields].filter(([column]) => !names.has(column)));
      for (const angle of joined) fields.set(angle.name, textOfAngle(angle, feature.fields));
      return { ...feature, fields, ...joinedErrors(feature, joined) };
    }),
    joined: Object.fromEntries(joined.map(({ axis, name }) => [axis, name])),
    notes: [...data.notes, ...joined.map(({ name }) => `“${name}” is one angle, put together.`)],
  };
}
