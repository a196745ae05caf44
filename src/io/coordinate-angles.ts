import { type CircledPosition, positionOfCell, quote } from './coordinate-cell';

/** A pair of angles that was understood, and how it was written. */
export type AngleReading = (CircledPosition & { format: 'decimal' | 'dms' }) | { problem: string };

/** What a letter says: the axis, and the sign on it. */
const HEMISPHERES: Readonly<Record<string, { axis: 'lng' | 'lat'; sign: 1 | -1 }>> = {
  ...Object.fromEntries(['n', 'с', 'сш', 'пнш'].map((name) => [name, { axis: 'lat', sign: 1 }])),
  ...Object.fromEntries(['s', 'ю', 'юш', 'пдш'].map((name) => [name, { axis: 'lat', sign: -1 }])),
  ...Object.fromEntries(['e', 'в', 'вд', 'схд'].map((name) => [name, { axis: 'lng', sign: 1 }])),
  ...Object.fromEntries(['w', 'з', 'зд', 'зхд'].map((name) => [name, { axis: 'lng', sign: -1 }])),
};

/**
 * The words that angles are written in. A small s ends the seconds that follow minutes with an m, as in
 * 55d45m06s; a capital S is always south. One Russian letter alone counts behind a sign of degrees, minutes or seconds.
 */
const TOKEN = new RegExp(
  [
    /(?<space>\s+)/,
    /(?<second>(?<=\d\s?)(?:''|’’|′′|["″”“„ʺ˝])|(?<=m(?:in)?\s?[\d.]+)s(?:ec)?)/,
    /(?<minute>(?<=\d\s?)(?:['′’‘ʹʼ´`]|[Mm](?:in)?))/,
    /(?<degree>(?<=\d\s?)(?:[°º˚]|[Dd](?:eg)?))/,
    /(?<number>(?:(?<![\d.°'′"″])[-+−–])?(?:\d+(?:\.\d*)?|\.\d+))/,
    /(?<hemisphere>[NSEWnsew]|(?:[СсЮю]|[Пп][нд])\.?\s?[Шш]\.?|(?:[ВвЗз]|[СсЗз]х)\.?\s?[Дд]\.?|(?<=[°º˚'’′"″”]\s?)[СЮВЗ](?![A-Za-zЀ-ӿ])\.?)/,
    /(?<gap>[,;/])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'uy',
);

const UNITS = ['degree', 'minute', 'second'] as const;

/** One number of an angle: the unit that stands behind it is its place in {@link UNITS}. */
interface Part {
  text: string;
  unit?: number;
}

interface Angle {
  parts: Part[];
  hemisphere?: { axis: 'lng' | 'lat'; sign: 1 | -1 };
  /** where it stands in the text */
  start: number;
  end: number;
}

/** Parts a text into angles; `undefined` where it has anything else. */
function anglesOf(text: string): Angle[] | undefined {
  const angles: Angle[] = [];
  let current: Angle | undefined;
  let isLetterFirst: boolean | undefined;
  const begin = (start: number): Angle => {
    const angle: Angle = { parts: [], start, end: start };
    angles.push(angle);
    return angle;
  };
  for (let at = 0; at < text.length;) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const { space, number, hemisphere, gap } = match.groups ?? {};
    const start = at;
    at = TOKEN.lastIndex;
    if (space !== undefined) continue;
    isLetterFirst ??= hemisphere !== undefined;
    if (gap !== undefined) {
      if (current?.parts.length !== 0) current = undefined;
      continue;
    }
    if (number !== undefined) {
      if (
        current === undefined ||
        (/^\D/.test(number) && !number.startsWith('.') && current.parts.length > 0)
      )
        current = begin(start);
      current.parts.push({ text: number });
    } else if (hemisphere !== undefined) {
      const meaning = HEMISPHERES[hemisphere.toLowerCase().replace(/[.\s]/g, '')];
      if (isLetterFirst) current = begin(start);
      if (current === undefined || meaning === undefined) return undefined;
      current.hemisphere = meaning;
    } else {
      const part = current?.parts.at(-1);
      if (current === undefined || part === undefined || part.unit !== undefined) return undefined;
      part.unit = UNITS.findIndex((name) => match.groups?.[name] !== undefined);
      if (part.unit === 0 && current.parts.length > 1) {
        // Degrees begin the next angle: nothing else parts "55°45′ 37°37′".
        current.parts.pop();
        current = begin(start - part.text.length);
        current.parts.push(part);
      }
    }
    current.end = at;
    if (hemisphere !== undefined && !isLetterFirst) current = undefined;
  }
  return angles;
}

/** Bare numbers with nothing to part them: half of them belong to each angle. */
function halved(angle: Angle): Angle[] {
  const { parts, start, end } = angle;
  const isEven = [2, 4, 6].includes(parts.length);
  if (!isEven || angle.hemisphere || parts.some(({ unit }) => unit !== undefined)) return [angle];
  const half = parts.length / 2;
  return [parts.slice(0, half), parts.slice(half)].map((own) => ({ parts: own, start, end }));
}

interface Value {
  degrees: number;
  /** half a unit of the last digit */
  halfDegrees: number;
}

function isSigned(angle: Angle): boolean {
  return /^[-+−–]/.test(angle.parts[0]?.text ?? '');
}

function sourceOf(angle: Angle): string {
  return angle.parts.map(({ text, unit }) => text + (unit === undefined ? '' : '°′″'.charAt(unit))).join(' ');
}

/** The degrees of an angle. The sign is read off the text, as that of -0°30′ is lost in a number. */
function valueOf(angle: Angle): Value | { problem: string } {
  let sum = 0;
  for (const [index, { text, unit = index }] of angle.parts.entries()) {
    const isLast = index === angle.parts.length - 1;
    if (unit !== index || index > 2 || (!isLast && text.includes('.')))
      return {
        problem: `"${sourceOf(angle)}" is no angle. Write it as 55.7517 or as 55°45.1′ or as 55°45′06″.`,
      };
    const amount = Number(text.replace(/^[-+−–]/, ''));
    if (index > 0 && amount >= 60)
      return { problem: `"${text}" is no number of ${UNITS[index]}s: it goes from 0 to less than 60.` };
    sum += amount / 60 ** index;
  }
  if (angle.hemisphere && isSigned(angle))
    return { problem: `"${sourceOf(angle)}" has a sign and a letter. Leave one of them out.` };
  const digits = /\.(\d*)$/.exec(angle.parts.at(-1)?.text ?? '')?.[1]?.length ?? 0;
  const isMinus = angle.hemisphere?.sign === -1 || /^[-−–]/.test(angle.parts[0]?.text ?? '');
  return {
    degrees: isMinus ? 0 - sum : sum,
    halfDegrees: 0.5 / 60 ** (angle.parts.length - 1) / 10 ** digits,
  };
}

/** What is wrong with how many angles there are, or with their letters. */
function pairProblem(text: string, angles: readonly Angle[]): string | undefined {
  const [first, second, third] = angles;
  if (first === undefined || second === undefined)
    return `${quote(text)} is one angle. A position has two: a latitude and a longitude, as in 55.7517, 37.6178.`;
  if (third !== undefined)
    return `${quote(text)} has ${angles.length} angles where a position has two. Part the two with a semicolon, and write decimals with a point, as in 55.7517; 37.6178.`;
  if ((first.hemisphere === undefined) !== (second.hemisphere === undefined))
    return `${quote(text)} has a letter for one of its angles. Give both letters or none, as in 55.7517 N, 37.6178 E.`;
  if (first.hemisphere && first.hemisphere.axis === second.hemisphere?.axis)
    return `${quote(text)} has two ${first.hemisphere.axis === 'lat' ? 'latitudes' : 'longitudes'}. A position has one latitude (N or S) and one longitude (E or W).`;
  // 55, 45 37 may be a latitude of 55 or of 55.45.
  const isMarked = [...first.parts, ...second.parts].some(({ unit }) => unit !== undefined);
  if (!isMarked && !first.hemisphere && first.parts.length !== second.parts.length)
    return `${quote(text)} can be read in two ways. Write degrees, minutes, and seconds as 55°45′06″N 37°37′04″E.`;
  return undefined;
}

function read(text: string): AngleReading | undefined {
  const found = anglesOf(text);
  if (found === undefined || found.length === 0) return undefined;
  const [only, other] = found;
  const angles = only !== undefined && other === undefined ? halved(only) : found;
  const [first, second] = angles;
  const problem = pairProblem(text, angles);
  if (problem !== undefined || first === undefined || second === undefined)
    return problem === undefined ? undefined : { problem };
  const isSwapped = first.hemisphere?.axis === 'lng';
  const [latAngle, lngAngle] = isSwapped ? [second, first] : [first, second];
  const lat = valueOf(latAngle);
  if ('problem' in lat) return lat;
  const lng = valueOf(lngAngle);
  if ('problem' in lng) return lng;
  const wouldSwap =
    !first.hemisphere && Math.abs(lat.degrees) <= 180 && Math.abs(lng.degrees) <= 90
      ? ` Did you mean ${sourceOf(lngAngle)}, ${sourceOf(latAngle)}? Latitude comes first.`
      : '';
  if (Math.abs(lat.degrees) > 90)
    return { problem: `"${sourceOf(latAngle)}" is no latitude: it goes from -90 to 90.${wouldSwap}` };
  if (Math.abs(lng.degrees) > 180)
    return { problem: `"${sourceOf(lngAngle)}" is no longitude: it goes from -180 to 180.` };
  const format = angles.some(({ parts }) => parts.length > 1) ? 'dms' : 'decimal';
  const position = positionOfCell({
    lng: lng.degrees,
    lat: lat.degrees,
    halfLngDegrees: lng.halfDegrees,
    halfLatDegrees: lat.halfDegrees,
  });
  return { format, ...position };
}

/** `55:45:06` and `55:45.1`; two whole numbers are a time of day. */
const WITH_COLONS = /(?<![\d:.])(\d{1,3}):(\d{1,2})(?::(\d{1,2}(?:[.,]\d+)?)|([.,]\d+))(?![\d:])/g;

/** Angles with colons as they are with signs. */
function withSigns(text: string): string {
  return text.replace(WITH_COLONS, (_, degrees, minutes, seconds?: string, decimals = '') => {
    return `${degrees}°${minutes}${decimals}′${seconds === undefined ? '' : `${seconds}″`}`;
  });
}

const GLUED_COMMA = /(?<=\d),(?=\d)/g;

/**
 * Reads two angles in degrees, or in degrees and minutes, or in degrees, minutes, and seconds, with their signs or with
 * colons between; latitude first unless letters say otherwise. A comma between digits is a decimal comma when the text
 * makes sense in no other way.
 * @returns `undefined` for a text that is not of angles
 */
export function parseAngles(given: string): AngleReading | undefined {
  const text = withSigns(given);
  const asWritten = read(text);
  if (asWritten !== undefined && !('problem' in asWritten)) return asWritten;
  if (/\d\.\d|\d,\d+,\d/.test(text) || !/\d,\d/.test(text)) return asWritten;
  const withPoints = read(text.replace(GLUED_COMMA, '.'));
  const hasTwo = text.match(GLUED_COMMA)?.length === 2;
  return withPoints !== undefined && (hasTwo || !('problem' in withPoints)) ? withPoints : asWritten;
}

/** Degrees to five decimals, all of them written: a digit that is there says how exact the position is. */
export function formatDegrees(degrees: number): string {
  return degrees.toFixed(5).replace(/^-(?=[0.]+$)/, '');
}

/** Degrees, minutes, and seconds to a tenth, with a letter. */
export function formatDms(degrees: number, [plus, minus]: readonly [string, string]): string {
  const tenths = Math.round(Math.abs(degrees) * 36_000);
  const two = (amount: number) => String(amount).padStart(2, '0');
  const seconds = `${two(Math.floor(tenths / 10) % 60)}.${tenths % 10}`;
  const letter = degrees < 0 && tenths > 0 ? minus : plus;
  return `${Math.floor(tenths / 36_000)}°${two(Math.floor(tenths / 600) % 60)}′${seconds}″${letter}`;
}
