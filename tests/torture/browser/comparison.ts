import type { Page } from '@playwright/test';
import { type Agreement, compareTexts } from './seen-in-page';
import type { ShownTexts } from './shown-in-page';

const decoder = new TextDecoder();

export const textOf = (bytes: Uint8Array) => decoder.decode(bytes);

/** As UTF-8 can have it: half a surrogate pair becomes U+FFFD. */
export const inUtf8 = (text: string) => textOf(new TextEncoder().encode(text));

/** Counts what agrees with what it should be, and notes what does not. */
export class Comparison {
  readonly result: ShownTexts = { compared: 0, differing: [] };

  is(what: string, holds: boolean): void {
    this.result.compared++;
    if (!holds) this.result.differing.push(what);
  }

  /** Compares what elements of a page show with texts. */
  async sees(page: Page, selector: string, agreement: Agreement, texts: readonly string[]): Promise<void> {
    const { compared, differing } = await compareTexts(page, selector, agreement, texts);
    this.result.compared += compared;
    this.result.differing.push(...differing);
  }
}
