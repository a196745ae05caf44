/** A longer answer is not waited for: the page is used without it, until it comes, in milliseconds. */
const LATE_MS = 1500;
/** What takes no longer is not worth a progress bar. */
const SLOW_MS = 800;

/** A data set that was not read since somebody did not want to wait. */
interface Left {
  name: string;
  /** Reads it after all. */
  readAgain: () => void;
}

/** What earlier visits left in this browser, on its way to the page: what it may bring is not missing yet. */
export class ArrivingWork {
  /** whether it may still bring something */
  isAwaited = $state(false);
  #isLate = $state(false);
  /** the name of the data set whose file is being read */
  name = $state<string>();
  /** how much of that file is read, 0 to 1; `undefined` while that cannot be told */
  done = $state<number>();
  /** whether it takes so long that people want to know how far it is */
  isSlow = $state(false);
  left = $state.raw<readonly Left[]>([]);

  #leave: (() => void) | undefined;
  #awaited: Promise<void> | undefined;

  /** whether the page shows less than there is, and will not for long */
  readonly isArriving: boolean = $derived.by(
    () => this.name !== undefined || (this.isAwaited && !this.#isLate),
  );

  /** Waits for what the browser keeps. @returns whether that was waited for to the end, and not for another */
  async expect(work: Promise<void>): Promise<boolean> {
    this.#awaited = work;
    this.isAwaited = true;
    this.#isLate = false;
    this.left = [];
    const timer = setTimeout(() => (this.#isLate ||= this.#awaited === work), LATE_MS);
    try {
      await work;
    } finally {
      clearTimeout(timer);
      if (this.#awaited === work) this.isAwaited = false;
    }
    return this.#awaited === work;
  }

  /**
   * Notes that the file of a data set is read.
   * @param leave leaves that off
   * @returns what notes how far it is, and what ends the note
   */
  begin(name: string, leave: () => void): { progress: (done: number) => void; end: () => void } {
    this.name = name;
    this.done = undefined;
    this.#leave = leave;
    const timer = setTimeout(() => (this.isSlow = true), SLOW_MS);
    const isThis = () => this.#leave === leave; // else another work is opened meanwhile
    const progress = (done: number) => {
      if (isThis()) this.done = done;
    };
    const end = () => {
      clearTimeout(timer);
      if (!isThis()) return;
      this.#leave = this.name = undefined;
      this.isSlow = false;
    };
    return { progress, end };
  }

  /** Leaves off reading. */
  cancel(): void {
    this.#leave?.();
  }

  /** Notes that a data set was left. */
  leave(name: string, read: () => void): void {
    const left = {
      name,
      readAgain: () => {
        this.left = this.left.filter((one) => one !== left);
        read();
      },
    };
    this.left = [...this.left, left];
  }
}
