import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFaultOf } from '../../src/io/json-fault';
import { toBytes } from './fixtures';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const damagedJson = fc
  .tuple(
    fc.json(),
    fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom('', ...'{}[]",:\\ 0-.eu\n\u0001aé')), {
      maxLength: 3,
    }),
  )
  .map(([text, changes]) =>
    changes.reduce((json, [place, removed, put]) => {
      const at = place % (json.length + 1);
      return json.slice(0, at) + put + json.slice(at + removed);
    }, text),
  )
  .filter((text) => Buffer.from(text).toString() === text);

test('there is a fault in just what JSON.parse refuses', () => {
  fc.assert(
    fc.property(damagedJson, (text) => {
      expect(jsonFaultOf(toBytes(text)).fault === undefined).toBe(isJson(text));
    }),
    { numRuns: 2000 },
  );
});

test.for([
  ['{"a":1', 6, /breaks off/],
  ['{"a":1 "b":2}', 7, /a comma or a closing bracket/],
  ['{"a" 1}', 5, /a colon/],
  ['{"a":}', 5, /a value/],
  ['{"a":1,}', 7, /name of a member/],
  ['[1,]', 3, /a value/],
  ['["a\nb"]', 1, /a text/],
  ['["a', 1, /a text/],
  ['[1]]', 3, /behind its end/],
  ['[01]', 1, /a value/],
  ['{"a":[1}', 7, /a comma or a closing bracket/],
] as const)('%j has a fault at byte %i', ([text, at, what]) => {
  const { fault } = jsonFaultOf(toBytes(text));
  expect(fault).toEqual({ at, what: expect.stringMatching(what) as unknown });
});

test('a text nested deep is walked through', () => {
  const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(jsonFaultOf(toBytes(text))).toEqual({ fault: undefined, depth: 100_000 });
});
