import { NotFinished } from './map-on-page';

/** Those who take turns. */
export type Contender = 'ours' | 'bare';

/** What is tried in each round before it goes without a contender. */
const ATTEMPTS = 2;

/** What was measured of each contender, one a round. */
export interface Rounds<T> {
  ours: readonly T[];
  bare: readonly T[];
  /** which visits failed and why; `undefined` where none did */
  note: string | undefined;
}

/** A visit that was finished in part only says why in `failure`; what it measured counts. */
interface Finished {
  failure: string | undefined;
}

interface Turns<T> {
  runs: number;
  /** those that are visited at all */
  contenders: ReadonlySet<Contender>;
  /** @throws NotFinished when nothing could be measured */
  visit: (contender: Contender) => Promise<T>;
  /** Told of each visit, `run 2 of 5, bare`, what it measured or why it failed. */
  tell: (which: string, outcome: T | string) => void;
}

/** `run 2: the page broke down; run 3, twice: load did not finish in 300 s` */
function failuresText(failures: readonly { round: number; reason: string }[]): string {
  const told = new Map<string, number>();
  for (const { round, reason } of failures) {
    const text = `run ${round + 1}: ${reason}`;
    told.set(text, (told.get(text) ?? 0) + 1);
  }
  return Array.from(told, ([text, times]) => (times > 1 ? text.replace(':', ', twice:') : text)).join('; ');
}

/**
 * Has contenders visited by turns, each as often as there are runs. A visit that fails is done once more; a contender
 * that fails twice in its first round would in the others too, and is not visited again. All of that is in the note.
 */
export async function takeTurns<T extends Finished>({
  runs,
  contenders,
  visit,
  tell,
}: Turns<T>): Promise<Rounds<T>> {
  const visits: Record<Contender, T[]> = { ours: [], bare: [] };
  const failures: Record<Contender, { round: number; reason: string }[]> = { ours: [], bare: [] };
  const isHopeless = (one: Contender) => visits[one].length === 0 && failures[one].length >= ATTEMPTS;

  const visitOnce = async (contender: Contender, round: number): Promise<T | undefined> => {
    const which = `run ${round + 1} of ${runs}, ${contender}`;
    const failed = (reason: string) => {
      failures[contender].push({ round, reason });
      tell(which, reason);
    };
    try {
      const measured = await visit(contender);
      tell(which, measured);
      if (measured.failure !== undefined) failed(measured.failure);
      return measured;
    } catch (error) {
      if (!(error instanceof NotFinished)) throw error;
      failed(error.message);
      return undefined;
    }
  };

  for (let round = 0; round < runs; round++) {
    for (const contender of round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const)) {
      if (!contenders.has(contender) || isHopeless(contender)) continue;
      let best: T | undefined;
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const measured = await visitOnce(contender, round);
        best = measured ?? best;
        if (measured && measured.failure === undefined) break;
      }
      if (best) visits[contender].push(best);
    }
  }
  const notes = (['ours', 'bare'] as const).flatMap((one) => {
    if (failures[one].length === 0) return [];
    const missing = visits[one].length === 0 ? ', not visited again' : '';
    return [`${one}: ${failuresText(failures[one])}${missing}`];
  });
  return { ...visits, note: notes.length === 0 ? undefined : notes.join('; ') };
}
