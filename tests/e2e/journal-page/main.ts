import type { Entry } from '../../../src/domain/work';
import { keepScript } from './keep-script';
import { hasJournal, workKey } from '../../../src/ui/record/journal-presence';
import { JournalStore } from '../../../src/ui/record/journal-store';
import { KeptWorks } from '../../../src/ui/record/kept-works';

/** A change of a sighting of its own, found again by its note. */
function change(note: string, length = 1000): Entry {
  const after = JSON.stringify({
    type: 'Feature',
    id: note,
    geometry: null,
    properties: { title: `Title of ${note}`, filler: 'x'.repeat(length) },
  });
  const records = [{ layer: 'given', id: note, before: null, after }];
  return { kind: 'change', at: new Date().toISOString(), change: { note, records, layers: [] } };
}

function noteOf(entry: Entry): string {
  return entry.kind === 'change' ? entry.change.note : entry.kind;
}

/** Appends as an owner of a work does: what others have appended is taken first. Resolves to how often that was so. */
async function keep(store: JournalStore, entry: Entry): Promise<number> {
  for (let tails = 0; ; tails++) {
    if ((await store.append(entry, store.length)).ok) return tails;
  }
}

/** What became of a call that may fail. */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return 'trouble' in error ? `${String(error.trouble)}: ${error.message}` : error.message;
  }
}

const page = { JournalStore, KeptWorks, hasJournal, workKey, change, noteOf, keep, keepScript, outcome };

declare global {
  /** All that the tests of the journal need of the page. */
  interface Window {
    journal: typeof page;
    /** tells the test that an entry is confirmed */
    confirmed?: (key: string, note: string) => Promise<void>;
  }
}

window.journal = page;
