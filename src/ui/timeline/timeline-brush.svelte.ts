import {
  type BinRange,
  countBins,
  daysOfRange,
  isWhole,
  moveRange,
  openingRange,
  rangeOfDays,
  resizeRange,
} from '../../domain/bin-range';
import type { DaySpan } from '../../domain/dates';
import type { BinUnit, TimelineBins } from '../../domain/timeline';

/** What a brush acts on, and whom it tells. */
export interface BrushSource {
  bins: TimelineBins;
  /** the days that are chosen; `undefined` for all */
  days: DaySpan | undefined;
  /**
   * Takes other days. They are to be shown at once; `isFinal` says that the change has come to rest, so that it
   * is worth an address.
   */
  onDays: (days: DaySpan | undefined, isFinal: boolean) => void;
}

/** A part of the brush that the keyboard moves. */
export type BrushPart = 'first' | 'last' | 'all';

/** What "several" bins are: a week of days, a month of weeks, a year of months, ten years. */
const SEVERAL: Readonly<Record<BinUnit, number>> = { day: 7, week: 4, month: 12, year: 10 };

/** The days chosen on a timeline as a range of its bins: chosen, moved and resized in whole bins. */
export class TimelineBrush {
  /** what is being dragged out, before it is the page's */
  #draft = $state.raw<{ days: DaySpan | undefined }>();
  #frame = 0;
  #isUnsettled = false;

  days: DaySpan | undefined = $derived.by(() => (this.#draft ? this.#draft.days : this.source().days));
  range: BinRange | undefined = $derived.by(() => this.days && rangeOfDays(this.source().bins, this.days));
  count = $derived.by(() => countBins(this.source().bins));

  /** the days that were told last */
  told: DaySpan | undefined;

  constructor(private readonly source: () => BrushSource) {}

  /** the range, or all bins when none is chosen */
  get rangeOrAll(): BinRange {
    return this.range ?? { first: 0, last: this.count - 1 };
  }

  /** Chooses bins; all of them, or none, is to choose nothing. */
  choose(range: BinRange | undefined, isFinal: boolean): void {
    const { bins } = this.source();
    this.chooseDays(range && !isWhole(range, this.count) ? daysOfRange(bins, range) : undefined, isFinal);
  }

  chooseDays(days: DaySpan | undefined, isFinal: boolean): void {
    this.dropDraft();
    this.#isUnsettled = !isFinal;
    this.told = days;
    this.source().onDays(days, isFinal);
  }

  /** Shows bins at once, and tells the page no more than once a frame. */
  draft(range: BinRange): void {
    const days = isWhole(range, this.count) ? undefined : daysOfRange(this.source().bins, range);
    this.#draft = { days };
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#draft) return;
      this.told = this.#draft.days;
      this.source().onDays(this.#draft.days, false);
    });
  }

  /** Forgets what was dragged out and not yet told. */
  dropDraft(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#draft = undefined;
  }

  /** Says that what was chosen last is to stay. */
  settle(): void {
    if (this.#isUnsettled) this.chooseDays(this.days, true);
  }

  /** Moves by the range's own length; without one, takes the first or last bin. */
  step(direction: 1 | -1): void {
    const { range, count } = this;
    const edge = direction > 0 ? 0 : count - 1;
    const length = range ? range.last - range.first + 1 : 0;
    this.choose(range ? moveRange(range, direction * length, count) : { first: edge, last: edge }, true);
  }

  /** Whether there is anything that way. */
  canStep(direction: 1 | -1): boolean {
    if (!this.range) return this.count > 1;
    return direction > 0 ? this.range.last < this.count - 1 : this.range.first > 0;
  }

  /** Puts a part at a bin; the whole goes where its first bin is to be. */
  place(part: BrushPart, bin: number, isFinal: boolean): void {
    const { range, rangeOrAll, count } = this;
    if (part !== 'all') this.choose(resizeRange(rangeOrAll, part, bin, count), isFinal);
    else if (range) this.choose(moveRange(range, bin - range.first, count), isFinal);
    else {
      const opening = openingRange(count);
      this.choose(bin > 0 ? opening : moveRange(opening, count, count), isFinal);
    }
  }

  /** Whether the key is one that moves a part, which it then does. */
  key(part: BrushPart, { key, shiftKey, repeat }: KeyboardEvent): boolean {
    const several = SEVERAL[this.source().bins.unit];
    const arrow = shiftKey ? several : 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: arrow,
      ArrowUp: arrow,
      ArrowLeft: -arrow,
      ArrowDown: -arrow,
      PageUp: several,
      PageDown: -several,
      Home: -this.count,
      End: this.count,
    };
    const step = steps[key];
    if (step === undefined) return false;
    const { first, last } = this.rangeOrAll;
    this.place(part, (part === 'last' ? last : first) + step, !repeat);
    return true;
  }
}
