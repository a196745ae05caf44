import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutWhiteSpace } from '../../src/io/compact-json';
import { toBytes, toText } from './fixtures';

const compacted = (text: string) => toText(withoutWhiteSpace(toBytes(text)));

test('leaves out the white space between tokens alone', () => {
  const text = String.raw`{ "a b" :	[ 1.50 , 12345678901234567890 ],
    "say \" \\" : "x\\\" y\\" , "ö" : " \n " }`;
  expect(compacted(text)).toBe(
    String.raw`{"a b":[1.50,12345678901234567890],"say \" \\":"x\\\" y\\","ö":" \n "}`,
  );
});

test('is what JSON.stringify writes, however it was set out', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(2, 7, '\t'), (value, space) => {
      expect(compacted(JSON.stringify(value, null, space))).toBe(JSON.stringify(value));
    }),
  );
});
