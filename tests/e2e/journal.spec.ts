import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type Page, test as base, expect } from '@playwright/test';
import { killRounds } from './journal-page/kill-rounds';
import { serveJournalPage } from './journal-page/serve';

const test = base.extend<{ tab: Page; openTab: () => Promise<Page> }, { address: string }>({
  address: [
    // Playwright reads the fixtures that one needs from its parameters; this one needs none.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const { address, close } = await serveJournalPage();
      await use(address);
      await close();
    },
    { scope: 'worker' },
  ],

  openTab: async ({ context, address }, use) => {
    await use(() => openPage(context, address));
  },

  tab: async ({ openTab }, use) => {
    await use(await openTab());
  },
});

async function openPage(context: BrowserContext, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Appends a change for each note in a store of its own. */
async function keepAll(page: Page, key: string, notes: readonly string[]): Promise<void> {
  await page.evaluate(
    async ([key, notes]) => {
      const { JournalStore, keep, change } = window.journal;
      const store = new JournalStore(key, 'https://example.org/x.geojson');
      await store.open();
      for (const note of notes) await keep(store, change(note));
      store.close();
    },
    [key, notes] as const,
  );
}

/** What a store that is opened now finds. */
async function readBack(page: Page, key: string) {
  return page.evaluate(async (key) => {
    const store = new window.journal.JournalStore(key, 'https://example.org/x.geojson');
    const { entries, faults, isReadOnly } = await store.open();
    store.close();
    return { notes: entries.map(window.journal.noteOf), faults, isReadOnly };
  }, key);
}

/** Changes the bytes of a journal behind the back of everybody. */
async function tamper(page: Page, key: string, how: { flipAt?: number; cut?: number; add?: string }) {
  await page.evaluate(
    async ([key, how]) => {
      const root = await navigator.storage.getDirectory();
      const folder = await (await root.getDirectoryHandle('sighting-map')).getDirectoryHandle(key);
      const file = await folder.getFileHandle('journal');
      const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer());
      if (how.flipAt !== undefined) bytes[how.flipAt] = (bytes[how.flipAt] ?? 0) ^ 1;
      const writable = await file.createWritable();
      await writable.write(bytes.slice(0, bytes.length - (how.cut ?? 0)));
      if (how.add !== undefined) await writable.write(how.add);
      await writable.close();
    },
    [key, how] as const,
  );
}

test.describe('a work', () => {
  test('is there again after a reload, and not before anything was kept', async ({ tab }) => {
    const has = () => tab.evaluate(() => window.journal.hasJournal('work'));
    expect(await has()).toBe(false);
    expect(await readBack(tab, 'work')).toEqual({ notes: [], faults: [], isReadOnly: false });
    expect(await has()).toBe(false);
    await keepAll(tab, 'work', ['one', 'two', 'three']);
    await tab.reload();
    expect(await has()).toBe(true);
    expect(await readBack(tab, 'work')).toEqual({
      notes: ['one', 'two', 'three'],
      faults: [],
      isReadOnly: false,
    });
  });

  test('has a folder of its own, whatever its address', async ({ tab }) => {
    const keys = await tab.evaluate(() =>
      Promise.all(
        [
          'built-in',
          'https://example.org/a.geojson',
          'https://example.org/a-geojson',
          'https://example.org/../discarded',
          `https://example.org/${'ж'.repeat(500)}`,
        ].map(window.journal.workKey),
      ),
    );
    expect(keys[0]).toBe('built-in');
    expect(keys[1]).toMatch(/^example-org-a-geojson-[0-9a-f]{16}$/);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) await keepAll(tab, key, ['one']);
    for (const key of keys) expect((await readBack(tab, key)).notes).toEqual(['one']);
  });

  test('takes one change after the other', async ({ tab }) => {
    const result = await tab.evaluate(async () => {
      const { JournalStore, change, outcome } = window.journal;
      const store = new JournalStore('work', 'built-in');
      await store.open();
      const first = outcome(store.append(new Proxy(change('first'), {}), 0));
      const second = await outcome(store.append(change('second'), 0));
      return [await first, second, await store.append(change('third'), 0)];
    });
    expect(result).toEqual([
      'ok',
      expect.stringContaining('one entry after the other'),
      { ok: false, tail: [] },
    ]);
    expect((await readBack(tab, 'work')).notes).toEqual(['first']);
  });

  test('that was not opened is read first, so that nothing is appended over what is there', async ({
    tab,
  }) => {
    await keepAll(tab, 'work', ['one']);
    const answers = await tab.evaluate(async () => {
      const { JournalStore, change, noteOf } = window.journal;
      const store = new JournalStore('work', 'built-in');
      const early = await store.append(change('two'), 0);
      return [early.ok ? [] : early.tail.map(noteOf), await store.append(change('two'), store.length)];
    });
    expect(answers).toEqual([['one'], { ok: true }]);
    expect((await readBack(tab, 'work')).notes).toEqual(['one', 'two']);
  });

  test('that is damaged is reported, and read but for what is damaged', async ({ tab }) => {
    await keepAll(tab, 'work', ['one', 'two', 'three']);
    await tamper(tab, 'work', { flipAt: 2000 });
    const { notes, faults } = await readBack(tab, 'work');
    expect(notes).toEqual(['one', 'three']);
    expect(faults).toEqual([expect.objectContaining({ reason: 'is damaged: its checksum is another one' })]);
    expect(faults[0]?.text).toContain('"note":"two"');
    await keepAll(tab, 'work', ['four']);
    expect((await readBack(tab, 'work')).notes).toEqual(['one', 'three', 'four']);
  });

  test('that broke off in a record goes on behind it', async ({ tab }) => {
    await keepAll(tab, 'work', ['one', 'two']);
    await tamper(tab, 'work', { cut: 100 });
    expect((await readBack(tab, 'work')).notes).toEqual(['one']);
    await keepAll(tab, 'work', ['three', 'four']);
    const { notes, faults } = await readBack(tab, 'work');
    expect(notes).toEqual(['one', 'three', 'four']);
    expect(faults.map(({ reason }) => reason)).toEqual([expect.stringContaining('breaks off')]);
  });

  test('that broke off in its first line goes on behind it', async ({ tab }) => {
    await keepAll(tab, 'work', ['one']);
    await tamper(tab, 'work', { cut: 1300 });
    await keepAll(tab, 'work', ['two', 'three']);
    expect((await readBack(tab, 'work')).notes).toEqual(['two', 'three']);
  });

  test('of a newer version of the app is read only', async ({ tab }) => {
    await keepAll(tab, 'work', ['one']);
    const result = await tab.evaluate(async () => {
      const { JournalStore, change, outcome } = window.journal;
      const store = new JournalStore('work', 'built-in');
      const { entries } = await store.open();
      const body = new TextEncoder().encode('{"format":"sighting-map-journal","version":2}');
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body));
      const sum = Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
      const root = await navigator.storage.getDirectory();
      const folder = await (await root.getDirectoryHandle('sighting-map')).getDirectoryHandle('work');
      const writable = await (
        await folder.getFileHandle('journal')
      ).createWritable({ keepExistingData: true });
      const at = (await (await folder.getFileHandle('journal')).getFile()).size;
      await writable.seek(at);
      await writable.write(`${sum} ${body.length} {"format":"sighting-map-journal","version":2}\n`);
      await writable.close();
      return [entries.length, await outcome(store.append(change('two'), 1))];
    });
    expect(result).toEqual([1, expect.stringContaining('newer: A newer version')]);
    expect(await readBack(tab, 'work')).toEqual({ notes: ['one'], faults: [], isReadOnly: true });
  });

  test('says where it cannot be kept', async ({ tab }) => {
    // An old browser: no file that a worker can write safely.
    await tab.route('**/journal-worker-*.js', async (route) => {
      const response = await route.fetch();
      const body = `delete FileSystemFileHandle.prototype.createSyncAccessHandle;${await response.text()}`;
      await route.fulfill({ response, body });
    });
    const result = await tab.evaluate(() =>
      window.journal.outcome(new window.journal.JournalStore('work', 'built-in').open()),
    );
    expect(result).toContain('unsupported: Changes cannot be kept here');
  });
});

test('a page on plain http says that nothing can be kept', async ({ page, address }) => {
  await page.route('http://plain.example/**', async (route) => {
    const url = address + new URL(route.request().url()).pathname.slice(1);
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.goto('http://plain.example/');
  const result = await page.evaluate(async () => {
    const { JournalStore, hasJournal, outcome, workKey } = window.journal;
    const key = await workKey('https://example.org/x.geojson');
    const store = new JournalStore(key, 'https://example.org/x.geojson');
    const has = await hasJournal(key);
    return [
      isSecureContext,
      has,
      await outcome(store.open()),
      await outcome(store.putContent(new Blob(['1']))),
    ];
  });
  const unsupported = expect.stringContaining('unsupported: Changes cannot be kept here');
  expect(result).toEqual([false, false, unsupported, unsupported]);
});

test.describe('two tabs', () => {
  test('that write at once lose nothing and agree on the order', async ({ tab, openTab }) => {
    const tabs = [tab, await openTab()];
    const stores = await Promise.all(
      tabs.map((page) =>
        page.evaluateHandle(async () => {
          const { JournalStore, noteOf } = window.journal;
          const store = new JournalStore('work', 'built-in');
          const mine: string[] = (await store.open()).entries.map(noteOf);
          store.onTail((tail) => mine.push(...tail.map(noteOf)));
          return { store, mine };
        }),
      ),
    );
    // Both have asked to write before either may, so that one is refused whatever the machine does.
    const holder = await openTab();
    await holder.evaluate(
      () =>
        new Promise<void>((resolve) => {
          void navigator.locks.request('sighting-map/work', () => new Promise(() => resolve()));
        }),
    );
    const running = Promise.all(
      stores.map((handle, i) =>
        handle.evaluate(async ({ store, mine }, i) => {
          const { change, noteOf } = window.journal;
          let refusals = 0;
          for (let n = 0; n < 40; n++) {
            const entry = change(`${i}-${n}`);
            for (;;) {
              const asked = store.append(entry, mine.length);
              document.title = 'asked';
              const answer = await asked;
              if (answer.ok) break;
              refusals++;
              mine.push(...answer.tail.map(noteOf));
            }
            mine.push(noteOf(entry));
          }
          // The other one may still be writing: what it does comes by itself.
          while (mine.length < 80) await new Promise((resolve) => setTimeout(resolve, 20));
          return { mine, refusals };
        }, i),
      ),
    );
    for (const page of tabs) await expect(page).toHaveTitle('asked');
    await holder.close();
    const runs = await running;
    const { notes, faults } = await readBack(tab, 'work');
    expect(faults).toEqual([]);
    expect(new Set(notes).size).toBe(80);
    expect(notes).toHaveLength(80);
    for (const { mine } of runs) expect(mine).toEqual(notes);
    expect(runs.reduce((sum, { refusals }) => sum + refusals, 0)).toBeGreaterThan(0);
  });

  test('wait for each other, but not for ever', async ({ tab, openTab }) => {
    const other = await openTab();
    await other.evaluate(() => {
      void navigator.locks.request('sighting-map/work', () => new Promise(() => undefined));
    });
    const result = await tab.evaluate(() => {
      const { JournalStore, outcome } = window.journal;
      return outcome(new JournalStore('work', 'built-in', { lockWaitMs: 300 }).open());
    });
    expect(result).toContain('busy: Another tab has been writing for too long');
    await other.close();
    expect((await readBack(tab, 'work')).notes).toEqual([]);
  });

  test('see it when one puts the work aside', async ({ tab, openTab }) => {
    await keepAll(tab, 'work', ['one']);
    const other = await openTab();
    const trouble = tab.evaluate(async () => {
      const { JournalStore, change, outcome } = window.journal;
      const store = new JournalStore('work', 'built-in');
      await store.open();
      const told = new Promise((resolve) => store.onTail(() => undefined, resolve)).then(String);
      document.title = 'open';
      return [await told, await outcome(store.append(change('two'), 1))];
    });
    await expect(tab).toHaveTitle('open');
    await other.evaluate(() => new window.journal.KeptWorks().discard('work'));
    await keepAll(other, 'work', ['a', 'b', 'c']);
    expect(await trouble).toEqual([
      expect.stringContaining('put aside or replaced'),
      expect.stringContaining('gone: This work was put aside or replaced'),
    ]);
    expect((await readBack(tab, 'work')).notes).toEqual(['a', 'b', 'c']);
  });
});

test.describe('what can go wrong', () => {
  test('a full disk: says so, leaves the journal whole, and works again', async ({ tab, address }) => {
    await keepAll(tab, 'work', ['one', 'two']);
    const { usage = 0 } = await tab.evaluate(() => navigator.storage.estimate());
    const session = await tab.context().newCDPSession(tab);
    const { origin } = new URL(address);
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 50_000 });
    const full = await tab.evaluate(async () => {
      const { JournalStore, change, outcome } = window.journal;
      const store = new JournalStore('work', 'built-in');
      await store.open();
      const large = await outcome(store.append(change('large', 3_000_000), 2));
      const content = await outcome(store.putContent(new Blob([new Uint8Array(3_000_000)])));
      return [large, content];
    });
    expect(full).toEqual([
      expect.stringContaining('full: The disk is full'),
      expect.stringContaining('full: The disk is full'),
    ]);
    expect(await readBack(tab, 'work')).toMatchObject({ notes: ['one', 'two'], faults: [] });
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await keepAll(tab, 'work', ['three']);
    expect(await readBack(tab, 'work')).toMatchObject({ notes: ['one', 'two', 'three'], faults: [] });
  });

  test('a worker that dies: the change is kept once, by another one', async ({ tab }) => {
    await tab.evaluate(async () => {
      const { JournalStore, keep, change } = window.journal;
      // Even a lock that nobody holds takes a while on a busy machine.
      const store = new JournalStore('work', 'built-in', { lockWaitMs: 3000, answerWaitMs: 500 });
      await store.open();
      await keep(store, change('one'));
      Object.assign(window, { store });
    });
    for (let i = 0; i < 3; i++) {
      const [worker] = tab.workers();
      await worker?.evaluate(() => self.close());
      const result = await tab.evaluate(async (i) => {
        const { store } = window as unknown as {
          store: import('../../src/ui/record/journal-store').JournalStore;
        };
        return store.append(window.journal.change(`after ${i}`), i + 1);
      }, i);
      expect(result).toEqual({ ok: true });
    }
    const { notes } = await readBack(tab, 'work');
    expect(notes).toEqual(['one', 'after 0', 'after 1', 'after 2']);
  });

  test('a worker that dies behind its write: the change is kept once', async ({ tab }) => {
    // The first worker dies when it should answer its first append.
    await tab.route('**/journal-worker-*.js', async (route) => {
      const response = await route.fetch();
      const dying = `
        const answer = self.postMessage.bind(self);
        self.postMessage = (data) => (data.value?.ok ? self.close() : answer(data));
      `;
      await route.fulfill({ response, body: dying + (await response.text()) });
      await tab.unroute('**/journal-worker-*.js');
    });
    const result = await tab.evaluate(async () => {
      const { JournalStore, change } = window.journal;
      const store = new JournalStore('work', 'built-in', { lockWaitMs: 3000, answerWaitMs: 500 });
      await store.open();
      return [await store.append(change('one'), 0), await store.append(change('two'), 1)];
    });
    expect(result).toEqual([{ ok: true }, { ok: true }]);
    expect(await readBack(tab, 'work')).toMatchObject({ notes: ['one', 'two'], faults: [] });
  });

  test('a browser that is killed while two tabs write loses no confirmed change', async ({ address }) => {
    test.setTimeout(400_000);
    const profile = await mkdtemp(join(tmpdir(), 'journal-kills-'));
    const result = await killRounds(address, profile, 20, 1500);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    const numbers = `${result.kills} kills, ${result.confirmed} confirmed, ${result.lost.length} lost, ${result.torn} torn`;
    test.info().annotations.push({ type: 'kills', description: numbers });
    expect(result).toMatchObject({ kills: 20, lost: [], doubled: [] });
    expect(result.confirmed).toBeGreaterThan(100);
  });
});

test.describe('opened files', () => {
  test('of more than a slice are kept and verified slice by slice', async ({ tab }) => {
    const result = await tab.evaluate(async () => {
      const { JournalStore, outcome } = window.journal;
      const store = new JournalStore('work', 'built-in');
      const content = new Blob([new Uint8Array(16 << 20).fill(7), 'and the rest']);
      const told: number[] = [];
      const name = await store.putContent(content, (done) => told.push(done));
      const back = await store.content(name);
      const end = await back?.slice(16 << 20).text();
      const root = await navigator.storage.getDirectory();
      const folder = await (await root.getDirectoryHandle('sighting-map')).getDirectoryHandle('work');
      const writable = await (
        await folder.getFileHandle(`content-${name}`)
      ).createWritable({ keepExistingData: true });
      await writable.write({ type: 'write', position: 17 << 19, data: 'damage' });
      await writable.close();
      return { name, told, size: back?.size, end, damaged: await outcome(store.content(name)) };
    });
    expect(result.told.map((done) => done.toFixed(3))).toEqual(['0.000', '0.333', '0.333', '1.000']);
    expect(result).toMatchObject({
      name: expect.stringMatching(/^slices-[0-9a-f]{64}$/),
      size: (16 << 20) + 12,
      end: 'and the rest',
      damaged: expect.stringContaining('is damaged'),
    });
  });

  test('are kept once, and verified', async ({ tab }) => {
    const result = await tab.evaluate(async () => {
      const { JournalStore, outcome } = window.journal;
      const store = new JournalStore('work', 'built-in');
      const bytes = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 7919) >> 5);
      const content = new Blob([bytes]);
      const name = await store.putContent(content);
      const again = await store.putContent(content);
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
      const back = new Uint8Array((await (await store.content(name))?.arrayBuffer()) ?? []);
      const none = await store.content('0'.repeat(64));
      const root = await navigator.storage.getDirectory();
      const folder = await (await root.getDirectoryHandle('sighting-map')).getDirectoryHandle('work');
      const file = await folder.getFileHandle(`content-${name}`);
      const writable = await file.createWritable({ keepExistingData: true });
      await writable.write({ type: 'write', position: 1_000_000, data: 'damage' });
      await writable.close();
      const damaged = await outcome(store.content(name));
      const mended = await store.putContent(content);
      return {
        isNamed: name === sha256 && again === name && mended === name,
        isSame: back.every((byte, i) => byte === bytes[i]) && back.length === bytes.length,
        none,
        damaged,
        afterwards: await outcome(store.content(name)),
        isPersistent: typeof (await store.isPersistent),
      };
    });
    expect(result).toEqual({
      isNamed: true,
      isSame: true,
      none: undefined,
      damaged: expect.stringContaining('differs: What was kept of an opened file is damaged'),
      afterwards: 'ok',
      isPersistent: 'boolean',
    });
  });
});

test.describe('the list of kept works', () => {
  const list = (page: Page, words = '') =>
    page.evaluate((words) => new window.journal.KeptWorks().list(words), words);

  test('has every work, and finds a changed sighting by its words', async ({ tab }) => {
    await keepAll(tab, 'first', ['alpha', 'bravo']);
    await keepAll(tab, 'second', ['charlie']);
    const { works, sightings, notes } = await list(tab);
    expect(notes).toEqual([]);
    expect(works).toEqual([
      expect.objectContaining({ id: 'second', key: 'second', changes: 1, faults: 0, discardedAt: null }),
      expect.objectContaining({ id: 'first', changes: 2, address: 'https://example.org/x.geojson' }),
    ]);
    expect(sightings.map(({ work, id }) => `${work}/${id}`).toSorted()).toEqual([
      'first/alpha',
      'first/bravo',
      'second/charlie',
    ]);
    expect((await list(tab, 'title BRAVO')).sightings).toEqual([
      expect.objectContaining({ work: 'first', layer: 'given', title: 'Title of bravo', note: 'bravo' }),
    ]);
  });

  test('reads no journal that its index reflects, and all that it does not', async ({ tab }) => {
    await keepAll(tab, 'work', ['one']);
    const first = await list(tab);
    const records = () =>
      tab.evaluate(async () => {
        const open = indexedDB.open('sighting-map-kept');
        const database = await new Promise<IDBDatabase>((resolve) => {
          open.onsuccess = () => resolve(open.result);
        });
        const all: IDBRequest<{ work: string; id: string }[]> = database
          .transaction('sightings')
          .objectStore('sightings')
          .getAll();
        await new Promise((resolve) => (all.onsuccess = resolve));
        database.close();
        return all.result.map(({ work, id }) => `${work}/${id}`).toSorted();
      });
    expect(await records()).toEqual(['work/one']);
    // Nobody can lock the work: its journal cannot be read, but the index can.
    const isHeld = tab.evaluate(
      () =>
        new Promise<void>((held) => {
          void navigator.locks.request('sighting-map/work', () => {
            held();
            return new Promise((resolve) => Object.assign(window, { release: resolve }));
          });
        }),
    );
    await isHeld;
    expect((await list(tab)).works).toEqual(first.works);
    await tab.evaluate(() => (window as unknown as { release: () => void }).release());
    await keepAll(tab, 'work', ['two']);
    expect((await list(tab)).works).toEqual([expect.objectContaining({ changes: 2 })]);
    expect(await records()).toEqual(['work/one', 'work/two']);
  });

  test('does without its index, and makes it anew', async ({ tab }) => {
    await keepAll(tab, 'work', ['one']);
    const { works } = await list(tab);
    await tab.evaluate(async () => {
      const gone = indexedDB.deleteDatabase('sighting-map-kept');
      await new Promise((resolve) => (gone.onsuccess = resolve));
    });
    expect(await list(tab)).toMatchObject({ works, notes: [] });
    // One of another form, such as of a later version of the app.
    await tab.evaluate(async () => {
      const gone = indexedDB.deleteDatabase('sighting-map-kept');
      await new Promise((resolve) => (gone.onsuccess = resolve));
      const open = indexedDB.open('sighting-map-kept', 9);
      await new Promise((resolve) => (open.onsuccess = resolve));
      open.result.close();
    });
    const noted = await list(tab);
    expect(noted.works).toEqual(works);
    expect(noted.notes[0]).toContain('The index could not be used');
    expect(await list(tab)).toMatchObject({ works, notes: [] });
  });

  test('says when a journal is shorter than it was', async ({ tab }) => {
    await keepAll(tab, 'work', ['one', 'two']);
    await list(tab);
    await tamper(tab, 'work', { cut: 100 });
    const { works, notes } = await list(tab);
    expect(notes).toEqual([expect.stringContaining('some is lost')]);
    expect(works).toEqual([expect.objectContaining({ changes: 1, faults: 1 })]);
  });

  test('puts aside and restores, and loses nothing on the way', async ({ tab }) => {
    await keepAll(tab, 'work', ['one', 'two']);
    await tab.evaluate(async () => {
      const store = new window.journal.JournalStore('work', 'built-in');
      await store.putContent(new Blob(['123']));
    });
    const id = await tab.evaluate(() => new window.journal.KeptWorks().discard('work'));
    expect(await tab.evaluate(() => window.journal.hasJournal('work'))).toBe(false);
    await keepAll(tab, 'work', ['three']);
    const { works } = await list(tab);
    expect(works.map(({ key, changes, contentBytes }) => [key, changes, contentBytes])).toEqual([
      ['work', 1, 0],
      ['work', 2, 3],
    ]);
    expect(Date.parse(works[1]?.discardedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
    await tab.evaluate((id) => new window.journal.KeptWorks().restore(id ?? ''), id);
    expect((await readBack(tab, 'work')).notes).toEqual(['one', 'two']);
    const [, aside] = (await list(tab)).works.toSorted((a, b) => b.changes - a.changes);
    expect(aside?.changes).toBe(1);
    const { outcomes } = await tab.evaluate(async (id) => {
      const works = new window.journal.KeptWorks();
      const { outcome } = window.journal;
      return {
        outcomes: [await outcome(works.deleteForever('work')), await outcome(works.deleteForever(id))],
      };
    }, aside?.id ?? '');
    expect(outcomes).toEqual([expect.stringContaining('put it aside first'), 'ok']);
    expect((await list(tab)).works.map(({ changes }) => changes)).toEqual([2]);
  });

  test('saves a journal as a file and takes it in again', async ({ tab }) => {
    await keepAll(tab, 'work', ['one', 'two']);
    const result = await tab.evaluate(async () => {
      const { KeptWorks, outcome, workKey } = window.journal;
      const works = new KeptWorks();
      const copy = await works.exportWork('work');
      const refused = await outcome(works.importWork(new Blob(['no journal\n'])));
      const { id } = await works.importWork(copy);
      await works.restore(id);
      return { refused, key: await workKey('https://example.org/x.geojson') };
    });
    expect(result.refused).toContain('no changes that can be read');
    expect((await readBack(tab, result.key)).notes).toEqual(['one', 'two']);
    expect((await readBack(tab, 'work')).notes).toEqual(['one', 'two']);
  });
});
