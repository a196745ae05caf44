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

describe('a copy of a work', () => {
  test('has the journal and what was opened, to the byte, and says how far it is', async () => {
    const told: number[] = [];
    const copy = await packCopy({ journal: JOURNAL, contents: CONTENTS }, (done) => told.push(done));
    const { journal, contents } = await readCopy(copy);
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

  test('is read when somebody packed it anew', async () => {
    const copy = await packCopy({ journal: JOURNAL, contents: CONTENTS }, silent);
    const files = unzipWithin(await bytesOf(copy));
    const anew = zipFiles([...files].filter(([name]) => !name.includes('slices')));
    const { journal, contents } = await readCopy(new Blob([anew]));
    expect(journal).toEqual(JOURNAL);
    expect(await contents.get('ab12')?.text()).toBe('id,title\n1,One\n');
    expect(contents.get('ef56')?.size).toBe(0);
  });

  test('may be a journal alone, and is nothing where an archive has none', async () => {
    expect(await readCopy(new Blob([JOURNAL]))).toEqual({ journal: JOURNAL, contents: new Map() });
    const other = await readCopy(new Blob([zipFiles([['data.csv', JOURNAL]])]));
    expect(other.journal).toHaveLength(0);
  });

  test('that breaks off is refused', async () => {
    const copy = await packCopy({ journal: JOURNAL, contents: CONTENTS }, silent);
    await expect(readCopy(copy.slice(0, copy.size - 30))).rejects.toThrow('breaks off or is damaged');
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
