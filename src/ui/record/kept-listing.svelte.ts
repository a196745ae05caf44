import { SILENT_MS, workKey } from './journal-presence';
import type { KeptList, KeptWorks } from './kept-works';

const UNANSWERED =
  'The browser’s storage does not answer. What it has kept stands here as soon as it does; nothing of it is lost by that.';

/** The works that this browser keeps, as they are listed; which is said to take long where it does. */
export class KeptListing {
  /** those in which these words are wanted, or all */
  words = $state('');
  /** what was found last, `undefined` as long as nothing was */
  list = $state.raw<KeptList>();
  /** names the work of the page among them, once there is a list */
  key = $state('');
  /** why that is not what is wanted, '' where it is, or will be soon */
  failure = $state('');

  #asked = 0;

  /** @param addressOf the data that the page shows */
  constructor(
    private readonly kept: KeptWorks,
    private readonly addressOf: () => string,
  ) {}

  /** Lists them, which is to be seen when it is done. */
  async find(): Promise<void> {
    const turn = ++this.#asked;
    const isLast = () => turn === this.#asked; // else other words were typed meanwhile
    this.failure = '';
    const timer = setTimeout(() => isLast() && (this.failure = UNANSWERED), SILENT_MS);
    try {
      const list = await this.kept.list(this.words);
      const key = await workKey(this.addressOf());
      if (!isLast()) return;
      this.list = list;
      this.key = key;
      this.failure = '';
    } catch (error) {
      if (isLast()) this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The same, without waiting for what was asked before. */
  tryAgain(): void {
    this.#asked++; // what was asked before fails now, which nobody need know
    this.kept.startAnew();
    void this.find();
  }
}
