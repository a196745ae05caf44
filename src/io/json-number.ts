/** With so many digits a number is exact as a whole one. */
const EXACT_DIGITS = 15;
/** Powers of ten up to this are exact, so that one division rounds once only. */
const POWERS = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));

const POINT = 0x2e;
const MINUS = 0x2d;
const PLUS = 0x2b;
const ZERO = 0x30;

const decoder = new TextDecoder('latin1');

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= 0x39;
}

function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

/** Reads numbers of JSON from their bytes, the same ones that `JSON.parse` makes. */
export class JsonNumber {
  /** the last number that was read */
  value = NaN;

  /** Where the number ends that starts at a place; -1 when there is none. */
  endOf(bytes: Uint8Array, start: number): number {
    const isNegative = bytes[start] === MINUS;
    const first = isNegative ? start + 1 : start;
    let at = first;
    let whole = 0;
    for (; isDigit(bytes[at]); at++) whole = 10 * whole + (bytes[at] ?? 0) - ZERO;
    if (at === first || (bytes[first] === ZERO && at > first + 1)) return -1;
    let digits = at - first;
    let decimals = 0;
    if (bytes[at] === POINT) {
      const from = ++at;
      for (; isDigit(bytes[at]); at++) whole = 10 * whole + (bytes[at] ?? 0) - ZERO;
      decimals = at - from;
      if (decimals === 0) return -1;
      digits += decimals;
    }
    const hasExponent = ((bytes[at] ?? 0) | 0x20) === 0x65;
    if (!hasExponent && digits <= EXACT_DIGITS) {
      const size = whole / (POWERS[decimals] ?? 1);
      this.value = isNegative ? -size : size;
      return at;
    }
    if (hasExponent) {
      const sign = bytes[at + 1];
      const from = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
      at = afterDigits(bytes, from);
      if (at === from) return -1;
    }
    this.value = Number(decoder.decode(bytes.subarray(start, at)));
    return at;
  }
}
