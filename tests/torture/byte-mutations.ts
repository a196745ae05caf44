import { joinBytes } from '../../src/io/join-bytes';
import type { Chance } from './chance';

/** A change of bytes; `other` are those of another file. The result may be the bytes that were given. */
export type ByteMutation = (bytes: Uint8Array, chance: Chance, other: Uint8Array) => Uint8Array;

/** Bytes that mean something in some format, or are no UTF-8. */
const TELLING_BYTES: readonly (readonly number[])[] = [
  [0],
  [0xff],
  [0xc0, 0x80], // overlong NUL
  [0xed, 0xa0, 0x80], // half a surrogate pair
  [0xf5, 0x80, 0x80, 0x80], // beyond Unicode
  [0xe2, 0x80], // a letter that breaks off
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0x1f, 0x8b],
  [0x1e],
  [0x50, 0x4b, 0x03, 0x04],
  [0xe2, 0x80, 0xa8],
];

/** Characters that parsers look ahead for. */
const RUNS = [
  ' ',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '"',
  "'",
  '\\',
  ',',
  ';',
  '0',
  '9',
  '{',
  '[',
  '[[',
  '<',
  '<a>',
  '<c ',
  '<!--',
  '&',
  '-',
  ' x',
  '.',
  '=',
  '{"a":',
  '\u2028',
];

/** A run is longer than this only seldom: a long one slows its file down. */
const USUAL_RUN = 200;
const LONGEST_RUN = 100_000;

/** A part of the bytes, from one offset to another. */
function span(bytes: Uint8Array, chance: Chance): [start: number, end: number] {
  const start = chance.below(bytes.length + 1);
  return [start, Math.min(bytes.length, start + chance.length(Math.max(1, bytes.length - start)))];
}

function replaced(bytes: Uint8Array, start: number, end: number, by: Uint8Array): Uint8Array {
  return joinBytes([bytes.subarray(0, start), by, bytes.subarray(end)]);
}

const flip: ByteMutation = (bytes, chance) => {
  const copy = bytes.slice();
  for (let i = chance.length(8); i > 0 && copy.length > 0; i--) {
    const at = chance.below(copy.length);
    copy[at] = (copy[at] ?? 0) ^ (1 << chance.below(8));
  }
  return copy;
};

const randomBytes: ByteMutation = (bytes, chance) => {
  const [start, end] = span(bytes, chance);
  const copy = bytes.slice();
  for (let at = start; at < Math.min(end, start + 64); at++) copy[at] = chance.below(256);
  return copy;
};

const cut: ByteMutation = (bytes, chance) => {
  const [start, end] = span(bytes, chance);
  return replaced(bytes, start, end, new Uint8Array());
};

const breakOff: ByteMutation = (bytes, chance) => bytes.slice(0, chance.below(bytes.length + 1));

const insert: ByteMutation = (bytes, chance) => {
  const at = chance.is(0.2) ? 0 : chance.below(bytes.length + 1);
  return replaced(bytes, at, at, Uint8Array.from(chance.pick(TELLING_BYTES)));
};

const duplicate: ByteMutation = (bytes, chance) => {
  const [start, end] = span(bytes, chance);
  return replaced(bytes, end, end, bytes.subarray(start, end));
};

const swapBlocks: ByteMutation = (bytes, chance) => {
  const [a, b, c] = [0, 0, 0].map(() => chance.below(bytes.length + 1)).sort((x, y) => x - y);
  return joinBytes([bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(c)]);
};

const splice: ByteMutation = (bytes, chance, other) =>
  joinBytes([
    bytes.subarray(0, chance.below(bytes.length + 1)),
    other.subarray(chance.below(other.length + 1)),
  ]);

const run: ByteMutation = (bytes, chance) => {
  const at = chance.below(bytes.length + 1);
  const count = chance.length(chance.is(0.03) ? LONGEST_RUN : USUAL_RUN);
  return replaced(bytes, at, at, new TextEncoder().encode(chance.pick(RUNS).repeat(count)));
};

/** Numbers of binary formats: lengths and offsets. */
const lengths: ByteMutation = (bytes, chance) => {
  const copy = bytes.slice();
  if (copy.length < 4) return copy;
  const view = new DataView(copy.buffer);
  const value = chance.pick([0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0xfffffffe, 0xffffffff, copy.length]);
  // Those of a zip archive stand at its end.
  const from = chance.is(0.5) ? Math.max(0, copy.length - 200) : 0;
  view.setUint32(from + chance.below(copy.length - from - 3), value, chance.is(0.8));
  return copy;
};

/** Changes of bytes, whatever they mean. */
export const BYTE_MUTATIONS: Readonly<Record<string, ByteMutation>> = {
  flip,
  randomBytes,
  cut,
  breakOff,
  insert,
  duplicate,
  swapBlocks,
  splice,
  run,
  lengths,
};
