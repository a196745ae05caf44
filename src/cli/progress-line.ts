import type { Progress } from '../io/foreign';

/** So long something may take before a person wants to know how far it is, in milliseconds. */
const PATIENCE_MS = 1000;

/** Tells on a terminal, and nowhere else, how far something is. */
export class ProgressLine {
  readonly #begun = Date.now();
  #shown = '';

  constructor(private readonly what: string) {}

  readonly tell: Progress = (done) => {
    if (!process.stderr.isTTY || Date.now() - this.#begun < PATIENCE_MS) return;
    const text = `${this.what}: ${Math.floor(done * 100)} %`;
    if (text === this.#shown) return;
    process.stderr.write(`\r${text}\x1b[K`);
    this.#shown = text;
  };

  /** Takes the line away. */
  end(): void {
    if (this.#shown !== '') process.stderr.write('\r\x1b[K');
    this.#shown = '';
  }
}
