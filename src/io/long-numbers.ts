const decoder = new TextDecoder();

/** Whether a character is one of a number of JSON, wherever in it. */
function isOfNumber(code: number): boolean {
  return (code > 0x2f && code < 0x3a) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].includes(code); // + - . E e
}

/** Where a text of JSON ends whose first quote stands at a place, behind its last one. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** Whether JSON may have a whole number that no double holds: those have 16 digits or more. */
const MAY_BE_LONG = /\d{16}/;

/** JSON with its numbers put through something, its texts as they are. */
function withNumbers(json: string, change: (number: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < json.length;) {
    if (json[at] === '"') {
      at = endOfText(json, at);
      continue;
    }
    let end = at;
    while (end < json.length && isOfNumber(json.charCodeAt(end))) end++;
    const number = json.slice(at, end);
    const changed = end > at ? change(number) : number;
    if (changed !== number) {
      parts.push(json.slice(from, at), changed);
      from = end;
    }
    at = Math.max(end, at + 1);
  }
  return [...parts, json.slice(from)].join('');
}

function isRounded(number: string): boolean {
  return number.length > 15 && /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));
}

/** JSON in which the whole numbers that no double holds are texts, so that all of their digits stay. */
export function withQuotedNumbers(json: string): string {
  if (!MAY_BE_LONG.test(json)) return json;
  return withNumbers(json, (number) => (isRounded(number) ? `"${number}"` : number));
}

/**
 * JSON that was written of what `JSON.parse` made of another text, with the digits that this had of whole numbers which
 * no double holds. Several that are the same when rounded are taken in the order in which they stand.
 */
export function withDigitsOf(before: string, written: string): string {
  if (!MAY_BE_LONG.test(before)) return written;
  const digits = new Map<string, string[]>();
  withNumbers(before, (number) => {
    const rounded = JSON.stringify(Number(number));
    if (isRounded(number)) digits.set(rounded, [...(digits.get(rounded) ?? []), number]);
    return number;
  });
  return withNumbers(written, (number) => {
    const all = digits.get(number);
    return (all && all.length > 1 ? all.shift() : all?.[0]) ?? number;
  });
}

/** A value with texts for the whole numbers that JSON.parse rounds, such as ids of posts: they are names, and no amounts. */
export function withExactNumbers(value: unknown, bytes: Uint8Array): unknown {
  const text = decoder.decode(bytes);
  const exact = withQuotedNumbers(text);
  return exact === text ? value : JSON.parse(exact);
}

/** The texts of records that have numbers which JSON.parse rounds. */
const textsOfRecords = new WeakMap<object, string>();

/** A record of a file, whose text {@link jsonOfPart} knows as long as it is there. */
export function parseRecord(bytes: Uint8Array): unknown {
  const text = decoder.decode(bytes);
  const record: unknown = JSON.parse(text);
  if (typeof record === 'object' && record !== null && MAY_BE_LONG.test(text))
    textsOfRecords.set(record, text);
  return record;
}

/** A part of what {@link parseRecord} gave as JSON, with all the digits of its numbers. */
export function jsonOfPart(record: object, part: unknown): string {
  return withDigitsOf(textsOfRecords.get(record) ?? '', JSON.stringify(part));
}
