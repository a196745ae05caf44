/** No number is longer; what is, has other text around it. */
const MAX_LENGTH = 500;

/** Spaces that part thousands, and the minus of print. */
const plain = (text: string) =>
  text
    .trim()
    .replace(/(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, '')
    .replace(/^[−–]/, '-');

/**
 * A number as people write it: with a decimal point or comma, and thousands parted by spaces.
 * @returns `undefined` for a text that is no number, or that can be read as two: `1,500` where thousands may be parted
 */
export function readNumber(text: string, { hasThousands }: { hasThousands: boolean }): number | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const digits = plain(text);
  if (hasThousands && /^-?\d{1,3}(?:,\d{3})+$/.test(digits)) return undefined;
  if (!/^[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[-+]?\d{1,3})?$/i.test(digits)) return undefined;
  const value = Number(digits.replace(',', '.'));
  return Number.isFinite(value) ? value : undefined;
}

const UNIT_METERS: Readonly<Record<string, number>> = { m: 1, м: 1, km: 1000, км: 1000 };

/** A length in metres: a number, which may have its unit behind it, `m` or `km` or `м` or `км`. */
export function readMeters(text: string): number | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [, number = '', unit = 'm'] = /^(.*?[\d.,])\s*(km|m|км|м)?\.?$/iu.exec(text.trim()) ?? [];
  const value = readNumber(number, { hasThousands: true });
  const factor = UNIT_METERS[unit.toLowerCase()];
  return value === undefined || factor === undefined ? undefined : value * factor;
}

/** Why a length such as `1,500` or `12,000 m` cannot be told; `undefined` for any other text. */
export function commaProblem(text: string): string | undefined {
  return /^\d{1,3}(?:,\d{3})+\s*(?:(?:km|m|км|м)\.?)?$/iu.test(text)
    ? `"${text}" can be read in two ways: write it without a comma`
    : undefined;
}
