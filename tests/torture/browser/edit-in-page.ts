/** Edits of sightings that a page makes by itself, by the list, the popup and the form of the app. */
export interface EditPlan {
  /** what the titles that are written begin with */
  prefix: string;
  edits: number;
  /** the share of edits that is paused in, so that what is written is a draft first */
  draftShare: number;
}

/** What a page met while it made its edits. */
export interface EditsMade {
  /** how often the form asked what to do with what another tab had written of the same field */
  asked: number;
  /** drafts that it went on with, such as of what another tab made impossible */
  drafts: number;
}

/**
 * Corrects titles as a person does, but faster: a row of the list, “Correct”, the title, “Save sighting”, and then it
 * waits until the app says “Kept in this browser”, and tells of the title.
 * Runs in the page, and is self-contained, since its text is sent there.
 */
export async function editInPage(
  { prefix, edits, draftShare }: EditPlan,
  confirm: (title: string) => Promise<void>,
): Promise<EditsMade> {
  const made: EditsMade = { asked: 0, drafts: 0 };
  const PATIENCE_MS = 60_000;
  const until = async <T>(what: string, look: () => T | null | undefined | false): Promise<T> => {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      const found = look();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error(`${prefix}: there is no ${what}: ${document.body.innerText.slice(0, 300)}`);
  };
  const find = <E extends Element>(selector: string) => document.querySelector<E>(selector);
  const form = () => find<HTMLFormElement>('section[aria-label="Correct a sighting"] form');
  const isKept = () =>
    [...document.querySelectorAll('header p.state')].some((it) =>
      it.textContent.includes('Kept in this browser'),
    );
  for (let edit = 0; edit < edits; edit++) {
    const title = `${prefix}, edit ${edit}`;
    const rows = await until('list', () => {
      const all = [...document.querySelectorAll<HTMLElement>('[aria-label="Sightings"] [data-index]')];
      return all.length > 0 && all;
    });
    rows[Math.floor(Math.random() * rows.length)]?.click();
    const correct = await until('way to correct', () =>
      [...document.querySelectorAll<HTMLElement>('[role="dialog"] footer button')].find(
        (it) => it.textContent.trim() === 'Correct',
      ),
    );
    correct.click();
    const opened = await until('form', form);
    // A draft that is there is saved as it is, and the edit comes after it: nobody writes over what was kept for them.
    const isDraft = opened.textContent.includes('You had begun to correct this');
    if (isDraft) {
      edit--;
      made.drafts++;
    } else {
      const label = [...opened.querySelectorAll('label')].find((it) => it.textContent.trim() === 'Title');
      const field = opened.querySelector<HTMLInputElement>(`[id="${label?.htmlFor ?? ''}"]`);
      if (!field) throw new Error('The form has no title.');
      field.value = title;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      if (Math.random() < draftShare) await new Promise((resolve) => setTimeout(resolve, 300));
    }
    // What another tab has changed meanwhile makes it ask, or refuse once: pressed again, it saves.
    let hasAsked = false;
    await until('saved form', () => {
      const open = form();
      hasAsked ||= open?.textContent.includes('Changed here and elsewhere') === true;
      open?.querySelector<HTMLElement>('button[type="submit"]')?.click();
      return !form();
    });
    await until('word that it is kept', isKept);
    if (hasAsked) made.asked++;
    if (!isDraft) await confirm(title);
  }
  return made;
}
