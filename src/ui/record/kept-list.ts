import { summarize } from '../../domain/kept';
import { compoundsOf } from '../../domain/words';
import { readJournal } from '../../io/journal';
import { counted } from '../wording';
import { JOURNAL_FILE } from './journal-presence';
import { journalBytes } from './journal-records';
import { CONTENT_PREFIX } from './kept-content';
import { keptFolder, namesIn, orUndefined, underLock } from './kept-files';
import { type IndexedSighting, type IndexedWork, KeptIndex } from './kept-index';
import { keptPaths, partsOf, sizeOf } from './kept-shelf';

/** A work that is kept in this browser. */
export interface KeptWork extends IndexedWork {
  /** of the data that it belongs to */
  key: string;
  /** when it was put aside (ISO 8601); `null` for the work that its data opens with */
  discardedAt: string | null;
  /** of the files that were opened in it */
  contentBytes: number;
}

export interface KeptList {
  works: KeptWork[];
  /** what was written of sightings and has all the words, each with its work */
  sightings: IndexedSighting[];
  /** what went wrong and costs nothing, in sentences */
  notes: string[];
}

/** The first line of a journal as far as the index needs it, without opening the file for writing. */
async function beginsWith(path: string, start: string): Promise<boolean> {
  const file = await (await (await keptFolder(path)).getFileHandle(JOURNAL_FILE)).getFile();
  return (await file.slice(0, new TextEncoder().encode(start).length).text()) === start;
}

async function indexWork(path: string, index: KeptIndex, waitMs: number) {
  const bytes = await underLock(path, waitMs, () => journalBytes(path));
  const read = await readJournal(bytes);
  const { summary, sightings: written } = summarize(read.entries);
  const sightings = written.map((sighting, place) => ({ ...sighting, work: path, place }));
  const { address = '', start } = read;
  const work = { ...summary, id: path, address, faults: read.faults.length, start, bytes: bytes.length };
  await index.put(work, sightings);
  return { work, sightings };
}

/**
 * All works that are kept in this browser, last changed first, and what was written in them. Journals are read only
 * where the index does not reflect them.
 */
export async function listWorks(words: string, waitMs: number): Promise<KeptList> {
  const index = new KeptIndex();
  const known = new Map((await index.works()).map((work) => [work.id, work]));
  const indexed = await index.sightings();
  const works: KeptWork[] = [];
  const sightings: IndexedSighting[] = [];
  const notes: string[] = [];
  for (const path of await keptPaths()) {
    try {
      const size = await orUndefined(sizeOf(path, JOURNAL_FILE));
      const before = known.get(path);
      if (!size) continue; // opened data, and no change yet
      const isSame = before !== undefined && (await beginsWith(path, before.start));
      if (isSame && size < before.bytes) {
        notes.push(
          `The journal of ${path} was ${counted(before.bytes)} bytes long and has ${counted(size)} now: some is lost.`,
        );
      }
      const isInStep = isSame && size === before.bytes;
      const { work, sightings: own } = isInStep
        ? { work: before, sightings: indexed.filter((one) => one.work === path) }
        : await indexWork(path, index, waitMs);
      const contents = (await namesIn(path, 'file')).filter((name) => name.startsWith(CONTENT_PREFIX));
      const sizes = await Promise.all(contents.map((name) => sizeOf(path, name)));
      const contentBytes = sizes.reduce((sum, one) => sum + one, 0);
      works.push({ ...work, ...partsOf(path), contentBytes });
      sightings.push(...own);
    } catch (error) {
      notes.push(`The work ${path} could not be read: ${error instanceof Error ? error.message : error}.`);
    }
    known.delete(path);
  }
  for (const path of known.keys()) await index.drop(path);
  const wanted = compoundsOf(words);
  const found = sightings.filter(({ title, note, text, id }) => {
    const all = `${title} ${note} ${id ?? ''} ${text ?? ''}`.normalize('NFKC').toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
  return {
    works: works.toSorted((a, b) => Date.parse(b.lastAt ?? '') - Date.parse(a.lastAt ?? '')),
    sightings: found,
    notes: [...notes, ...index.notes],
  };
}
