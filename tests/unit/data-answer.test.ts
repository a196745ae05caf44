import { expect, test } from 'vitest';
import { faultOfHead, isRefusal, judgeAnswer } from '../../src/ui/offline/data-answer';
import { lastSeenText } from '../../src/ui/offline/last-seen';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const GZIP = Uint8Array.of(0x1f, 0x8b, 8);
const ENDLESS = new Promise<never>(() => undefined);

for (const text of ['{"type"', '\ufeff \r\n\t{', '[', '\x1e{"type"'])
  test(`takes what begins with ${JSON.stringify(text)} for sightings`, () => {
    expect(faultOfHead(bytesOf(text), false, true)).toBeUndefined();
  });

for (const [text, what] of [
  ['<!DOCTYPE html><title>Log in</title>', 'a web page'],
  ['\n<html lang="en">', 'a web page'],
  ['<kml>', 'something that is not JSON'],
  ['Not here', 'something that is not JSON'],
  [' \n', 'an empty file'],
] as const)
  test(`does not take ${JSON.stringify(text)} for sightings`, () => {
    expect(faultOfHead(bytesOf(text), true, true)).toEqual({ kind: 'other', what });
  });

test('takes what is packed by gzip, and a sequence, for sightings alone', () => {
  expect(faultOfHead(GZIP, false, true)).toBeUndefined();
  expect(faultOfHead(GZIP, false, false)).toBeDefined();
  expect(faultOfHead(bytesOf('\x1e{'), false, false)).toBeDefined();
});

test('leaves open what has nothing but blanks at its beginning', () => {
  expect(faultOfHead(bytesOf('   '), false, true)).toBeUndefined();
});

test('takes JSON whatever the server calls it', async () => {
  const response = new Response('{}', { headers: { 'Content-Type': 'text/html' } });
  const { answer, fault } = await judgeAnswer(response, true);
  expect(fault).toBeUndefined();
  expect(await answer.text()).toBe('{}');
});

test('passes a large answer on, whole, once its first bytes came', async () => {
  const [first, rest] = [bytesOf(`{${' '.repeat(2000)}`), bytesOf('}')];
  let more = () => {};
  const held = new Promise<void>((resolve) => (more = resolve));
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(first),
    async pull(controller) {
      await held;
      controller.enqueue(rest);
      controller.close();
    },
  });
  const { answer } = await judgeAnswer(new Response(body, { headers: { 'Content-Length': '600000' } }), true);
  more();
  expect(await answer.text()).toBe(`{${' '.repeat(2000)}}`);
});

for (const headers of [{ 'Content-Length': '3' }, {}] as Record<string, string>[])
  test(`waits for all of a small answer with ${JSON.stringify(headers)}`, async () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(bytesOf('{')),
      pull: () => ENDLESS,
    });
    const judged = judgeAnswer(new Response(body, { headers }), true).then(() => 'judged');
    const waited = new Promise((resolve) => setTimeout(resolve, 50, 'waiting'));
    expect(await Promise.race([judged, waited])).toBe('waiting');
  });

test('tells a refusal of a file from the trouble of a server', () => {
  const statuses = [200, 401, 403, 404, 408, 410, 429, 500, 503, 511];
  expect(statuses.filter((status) => isRefusal(new Response('', { status })))).toEqual([401, 403, 404, 410]);
});

test('says once of several files what they have in common', () => {
  const faults = new Map([
    ['a.json', { kind: 'silence' }],
    ['b.json', { kind: 'status', status: '503' }],
    ['c.json', { kind: 'silence' }],
  ] as const);
  expect(lastSeenText(faults)).toBe(
    'The data is shown as it was last seen: no answer came for a.json and c.json; the server answers “503” for b.json.',
  );
  expect(lastSeenText(new Map())).toBe('');
});
