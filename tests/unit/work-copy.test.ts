import { describe, expect, test } from 'vitest';
import { unzipWithin, zipFiles } from '../../src/io/archive';
import { openFile } from '../../src/io/open';
import { packCopy, readCopy } from '../../src/io/work-copy';

const JOURNAL = new TextEncoder().encode('a journal\n');
const CONTENTS = new Map([
  ['ab12', new Blob(['id,title\n1,One\n'])],
  ['slices-cd34', new Blob([new Uint8Array(40 << 20).fill(7)])],
  ['ef56', new Blob([])],
]);
const silent = () => undefined;

const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

async function readAll(file: Blob) {
  const { journal, contents } = await readCopy(file);
  const read = await Promise.all(contents.map(async ({ name, read }) => [name, await read()] as const));
  return { journal, contents: new Map(read) };
}

describe('a copy of a work', () => {
  test('has the journal and what was opened, to the byte, and says how far it is', async () => {
    const told: number[] = [];
    const copy = await packCopy({ journal: JOURNAL, contents: CONTENTS }, (done) => told.push(done));
    const { journal, contents } = await readAll(copy);
    expect(journal).toEqual(JOURNAL);
    expect([...contents.keys()]).toEqual([...CONTENTS.keys()]);
    for (const [name, blob] of CONTENTS) {
      const is = Buffer.from(await bytesOf(contents.get(name) ?? new Blob(['none'])));
      expect(is.equals(await bytesOf(blob)), name).toBe(true);
    }
    expect(told.length).toBeGreaterThan(3);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(told.at(-1)).toBe(1);
  });

  test('is not held in memory as a whole when it is read', async () => {
    const copy = await packCopy({ journal: JOURNAL, contents: CONTENTS }, silent);
    const whole = Object.assign(copy.slice(), {
      arrayBuffer: () => Promise.reject(new Error('it was read as a whole')),
    });
    expect((await readCopy(whole)).contents).toHaveLength(3);
  });

  test.each([
    ['as it was', (name: string) => name],
    ['in a folder', (name: string) => `copy/${name}`],
    ['from a folder of its own', (name: string) => `./${name}`],
    ['on another system', (name: string) => name.replaceAll('/', '\\')],
  ])('is read when somebody packed it anew, %s', async (_, nameOf) => {
    const copy = await packCopy({ journal: JOURNAL, contents: CONTENTS }, silent);
    const files = [...unzipWithin(await bytesOf(copy))].filter(([name]) => !name.includes('slices'));
    const anew = zipFiles(files.map(([name, bytes]) => [nameOf(name), bytes] as const));
    const { journal, contents } = await readAll(new Blob([anew]));
    expect(journal).toEqual(JOURNAL);
    expect(await contents.get('ab12')?.text()).toBe('id,title\n1,One\n');
    expect(contents.get('ef56')?.size).toBe(0);
    await expect(openFile(anew, 'copy.zip', {})).rejects.toThrow('saved copy of a work');
  });

  test('says which of what was opened is damaged when that is read, and has the rest', async () => {
    const files = [
      ['work.journal', JOURNAL],
      ['opened-files/ab12', new TextEncoder().encode('id,title\n'.repeat(50))],
    ] as const;
    const bytes = zipFiles(files);
    const at = Buffer.from(bytes).indexOf('ab12') + 8;
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    const { journal, contents } = await readCopy(new Blob([bytes]));
    expect(journal).toEqual(JOURNAL);
    await expect(contents[0]?.read()).rejects.toThrow('ab12” in the archive is damaged');
  });

  test('may be a journal alone, and is nothing where an archive has none', async () => {
    expect(await readCopy(new Blob([JOURNAL]))).toEqual({ journal: JOURNAL, contents: [] });
    const other = await readCopy(new Blob([zipFiles([['data.csv', JOURNAL]])]));
    expect(other.journal).toHaveLength(0);
  });

  test('that breaks off has its journal, and another archive is refused', async () => {
    const copy = await packCopy({ journal: JOURNAL, contents: CONTENTS }, silent);
    for (const size of [copy.size - 30, 20 << 20, 60]) {
      const { journal, contents } = await readCopy(copy.slice(0, size));
      expect(Buffer.from(journal).toString()).toBe(Buffer.from(JOURNAL).toString());
      expect(contents).toEqual([]);
    }
    const other = new Blob([zipFiles([['data.csv', JOURNAL]])]);
    await expect(readCopy(other.slice(0, other.size - 5))).rejects.toThrow('breaks off or is damaged');
  });

  test.each(['zip', 'journal'])('is told from data, as a %s', async (kind) => {
    const line = '0123456789abcdef 47 {"format":"sighting-map-journal","version":1}\n';
    const bytes =
      kind === 'zip'
        ? await bytesOf(await packCopy({ journal: JOURNAL, contents: CONTENTS }, silent))
        : new TextEncoder().encode(line);
    const opening = openFile(bytes, `work.${kind}`, {});
    await expect(opening).rejects.toThrow(
      'saved copy of a work: in the app, take it in under “Earlier work”',
    );
  });
});
