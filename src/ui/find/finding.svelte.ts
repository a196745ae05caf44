import type { FeatureCollection } from 'geojson';
import type { DistanceColumns } from '../../domain/distance-columns';
import { type FindAnswer, type FindQuestion, Finder, keepRows, keepSame } from '../../domain/finder';
import type { Bounds, Matches } from '../../domain/query';
import type { SightingTable } from '../../domain/table';
import type { Measuring, MeasuringPart } from '../measure/measuring.svelte';
import type { FinderMethod } from './finder-messages';
import type { RemoteFinder } from './remote-finder';

/** Tables of so many rows are searched in the page, between two frames; larger ones by a worker. */
const MOST_ROWS_AT_ONCE = 20_000;

const NO_ROWS = new Uint32Array();
const NO_COUNTS: ReadonlyMap<string, number> = new Map();
const NO_MATCHES: Matches = {
  rows: NO_ROWS,
  counts: {
    confidence: NO_COUNTS,
    system: NO_COUNTS,
    status: NO_COUNTS,
    origins: NO_COUNTS,
    place: NO_COUNTS,
    publisher: NO_COUNTS,
  },
  near: { certainly: 0, possibly: 0, outside: 0 },
};
const NO_AREAS: FeatureCollection = { type: 'FeatureCollection', features: [] };
const NOTHING: FindAnswer = {
  matches: NO_MATCHES,
  rowsOfAnyDay: NO_ROWS,
  rowsOfAnyDistance: NO_ROWS,
  rowsOnMap: NO_ROWS,
  listedRows: NO_ROWS,
  inViewCount: 0,
  histograms: undefined,
};

/** What is searched; it is reactive. */
interface Data {
  readonly table: SightingTable;
  /** what the map shows, once there is a map */
  readonly extent: Bounds | undefined;
  readonly measuring: Measuring;
}

async function startRemote(table: SightingTable): Promise<RemoteFinder> {
  const { RemoteFinder } = await import('./remote-finder');
  return new RemoteFinder(table);
}

/**
 * What the page's question finds in its table. Small tables answer at once; of distances, once these can be measured. Large ones do in a worker: until it has
 * answered, the last answer stays; of questions that come meanwhile, the newest alone is asked next.
 */
export class Finding {
  /** whether the worker failed, so that the page has to find the rows itself, however long that takes */
  #isAlone = $state(false);
  #remote = $state.raw<RemoteFinder>();
  /** whether what was asked last has no answer, since the worker hung */
  hasStopped = $state(false);
  /** the one of the table that is there, from before it is */
  #starting: Promise<RemoteFinder> | undefined;
  #answered = $state.raw<{
    table: SightingTable;
    answer: FindAnswer;
    totals: Matches;
    areas: FeatureCollection;
  }>();
  /** what the worker answered last was asked with */
  #told: { question: FindQuestion; extent: Bounds | undefined } | undefined;
  #isAsking: RemoteFinder | undefined;
  /** a question that the worker hung on: it is asked again only when somebody says so */
  #hungOn: FindQuestion | undefined;
  #before: FindAnswer | undefined;
  /** the table that `before` is of */
  #beforeOf: SightingTable | undefined;

  readonly #table = $derived.by(() => this.data.table);
  readonly #local = $derived.by(() =>
    this.#isAlone || this.#table.length <= MOST_ROWS_AT_ONCE
      ? new Finder(this.#table, (...asked) => this.#measureFrom(...asked))
      : undefined,
  );
  readonly #isKnown = $derived.by(() => this.#answered?.table === this.#table);

  readonly #asksDistances = $derived.by(() => {
    const { near, order } = this.question();
    return near !== undefined || order.by === 'distance';
  });
  readonly #cannotMeasure = $derived.by(
    () => this.#local !== undefined && this.#asksDistances && !this.data.measuring.part,
  );

  readonly answer: FindAnswer = $derived.by(() => {
    if (this.#cannotMeasure) return this.#lastAnswer() ?? NOTHING;
    if (this.#local) {
      this.#beforeOf = this.#table;
      this.#before = keepSame(this.#before, this.#local.answer(this.question(), this.data.extent));
      return this.#before;
    }
    return this.#isKnown ? (this.#answered?.answer ?? NOTHING) : NOTHING;
  });
  /** what an empty filter finds */
  readonly totals: Matches = $derived.by(
    () => this.#local?.totals() ?? (this.#isKnown ? this.#answered?.totals : undefined) ?? NO_MATCHES,
  );
  /** the areas to be seen among the rows that the map has, where a worker finds them */
  readonly areas: FeatureCollection | undefined = $derived.by(() =>
    this.#local ? undefined : (this.#answered?.areas ?? NO_AREAS),
  );
  /** whether nothing is known yet of the table: its sightings are to be found first */
  readonly isPending = $derived.by(() =>
    this.#local ? this.#cannotMeasure && !this.#lastAnswer() : !this.#isKnown,
  );

  /** whether the map is to have all rows, which can be told before any is found */
  readonly wantsAll: boolean = $derived.by(() => {
    const { facets, days, near, textRows } = this.question();
    return !days && !near && !textRows && Object.values(facets).every((values) => values === undefined);
  });

  /** @param question reactive as well; the same object for as long as it asks the same */
  constructor(
    private readonly data: Data,
    private readonly question: () => FindQuestion,
  ) {
    // For as long as the page is there.
    $effect.root(() => {
      $effect(() => {
        if (this.#local) return;
        const remote = (this.#starting = startRemote(this.#table));
        let isLeft = false;
        remote.then(
          (finder) => isLeft || (this.#remote = finder),
          () => isLeft || (this.#isAlone = true),
        );
        return () => {
          isLeft = true;
          remote.then(
            (finder) => finder.close(),
            () => undefined,
          );
          this.#remote = this.#starting = this.#told = this.#hungOn = undefined;
          this.hasStopped = false;
        };
      });
      $effect(() => {
        if (this.#cannotMeasure) this.data.measuring.begin();
      });
      $effect(() => {
        const [question, extent] = [this.question(), this.data.extent];
        if (!this.#remote || question === this.#hungOn) return;
        if (question !== this.#told?.question || extent !== this.#told.extent)
          void this.#ask(this.#remote, this.#table);
      });
    });
  }

  /** Asks once more, after it has stopped. */
  askAgain(): void {
    if (this.#remote) void this.#ask(this.#remote, this.#table);
  }

  /** Asks the finder of the table something else. Rejects when its worker fails or hangs. */
  async ask<M extends FinderMethod>(
    method: M,
    ...args: Parameters<Finder[M]>
  ): Promise<ReturnType<Finder[M]>> {
    const local = this.#local;
    if (!local) {
      const remote = await this.#starting;
      if (!remote) throw new Error('Try again.');
      try {
        return await remote.ask(method, ...args);
      } catch (error) {
        this.#stopIfHung(remote);
        throw error;
      }
    }
    if (method !== 'totals') await this.data.measuring.prepare();
    const call = local[method] as (this: Finder, ...args: Parameters<Finder[M]>) => ReturnType<Finder[M]>;
    return call.apply(local, args);
  }

  /** The last answer about the table that is there. */
  #lastAnswer(): FindAnswer | undefined {
    return this.#beforeOf === this.#table ? this.#before : undefined;
  }

  #measureFrom(...asked: Parameters<MeasuringPart['distancesFrom']>): DistanceColumns {
    const { part } = this.data.measuring;
    if (!part) throw new Error('Distances cannot be measured yet.');
    return part.distancesFrom(...asked);
  }

  /** Asks until what is asked has been answered. */
  async #ask(remote: RemoteFinder, table: SightingTable): Promise<void> {
    if (this.#isAsking === remote) return; // asks when the question on its way is answered
    this.#isAsking = remote;
    this.#hungOn = undefined;
    this.hasStopped = false;
    let question = this.question();
    try {
      let totals = NO_MATCHES;
      if (!this.#told) totals = await remote.ask('totals');
      while (remote === this.#remote) {
        const { extent } = this.data;
        question = this.question();
        if (question === this.#told?.question && extent === this.#told.extent) return;
        const answer = await this.#answerOf(remote, question, extent);
        if (remote !== this.#remote) return;
        this.#told = { question, extent };
        const before = this.#answered;
        const kept = keepSame(before?.answer, answer);
        const isSame = before?.table === table;
        this.#answered = {
          table,
          answer: kept,
          totals: isSame ? before.totals : totals,
          areas: remote.areas,
        };
      }
    } catch {
      // What makes a worker hang would hang the page, too.
      if (!this.#stopIfHung(remote, question) && remote === this.#remote) this.#isAlone = true;
    } finally {
      if (this.#isAsking === remote) this.#isAsking = undefined;
    }
  }

  #stopIfHung(remote: RemoteFinder, question?: FindQuestion): boolean {
    if (!remote.hasHung) return false;
    if (remote === this.#remote) {
      this.hasStopped = true;
      this.#hungOn = question;
      this.#told = undefined; // the next worker does not know of it
    }
    return true;
  }

  async #answerOf(
    remote: RemoteFinder,
    question: FindQuestion,
    extent: Bounds | undefined,
  ): Promise<FindAnswer> {
    const before = this.#answered?.answer;
    if (before && question === this.#told?.question) {
      return { ...before, inViewCount: await remote.ask('countInView', extent) };
    }
    remote.onrows = (rows) => {
      const known = this.#answered;
      if (remote !== this.#remote || known?.table !== this.#table) return;
      const rowsOnMap = keepRows(known.answer.rowsOnMap, rows);
      this.#answered = { ...known, answer: { ...known.answer, rowsOnMap }, areas: remote.areas };
    };
    const answer = await remote.ask('answer', question, extent);
    const { histograms } = answer;
    // What was sent comes back as a copy.
    return question.bins && histograms
      ? { ...answer, histograms: { ...histograms, bins: question.bins } }
      : answer;
  }
}
