import type { DistanceList } from '../../domain/distance-list';
import type { DistanceSort } from '../../domain/distance-order';
import type { SortDirection } from '../../domain/sort';
import { RemoteDistances } from './remote-distances';

/** So many rows are on a page of the table: to draw twice as many would keep the reader waiting at every turn. */
export const ROWS_A_PAGE = 50;

/** What a table of distances shows: its order, which reference point, which page. */
export class DistancesState {
  sort = $state.raw<{ by: DistanceSort; direction: SortDirection }>({
    by: 'distance',
    direction: 'ascending',
  });
  /** whether what is shown does not follow the order or the reference point yet; at first nothing is shown */
  isBusy = $state(false);
  /** which share of that is done, from 0 to 1 */
  share = $state(0);
  /** why it does not follow, '' when it does or will */
  failure = $state('');
  /** the id of the one reference point to show; '' for all */
  only = $state('');
  /** from 0 */
  page = $state(0);
  /** the pairs that are shown, by their index in the list; left out before the first are there */
  shown = $state.raw<{ indices: Uint32Array; page: number; total: number }>();
  readonly pages = $derived(Math.max(1, Math.ceil((this.shown?.total ?? 0) / ROWS_A_PAGE)));
  readonly #distances: RemoteDistances;

  constructor(readonly list: DistanceList) {
    this.#distances = new RemoteDistances(list, (share) => (this.share = share));
    void this.#showAnew();
  }

  /** Sorts by a column: smallest first, and the other way round when it is sorted by that already. */
  sortBy(by: DistanceSort): void {
    const turns = this.sort.by === by && this.sort.direction === 'ascending';
    this.sort = { by, direction: turns ? 'descending' : 'ascending' };
    void this.#showAnew();
  }

  /** Shows one reference point, or all for ''. */
  show(only: string): void {
    this.only = only;
    void this.#showAnew();
  }

  /** Turns to another page, from 0. */
  turnTo(page: number): void {
    this.page = Math.max(0, Math.min(this.pages - 1, page));
    void this.#ask();
  }

  /** Tries once more, after a failure. */
  tryAgain(): void {
    void this.#showAnew();
  }

  /** Ends the work. */
  close(): void {
    this.#distances.close();
  }

  async #showAnew(): Promise<void> {
    this.page = 0;
    this.isBusy = true;
    this.share = 0;
    await this.#ask();
  }

  async #ask(): Promise<void> {
    const { page, sort, only } = this;
    this.failure = '';
    try {
      const answer = await this.#distances.page({
        ...sort,
        only: this.list.referencePoints.findIndex(({ id }) => id === only),
        from: page * ROWS_A_PAGE,
        to: (page + 1) * ROWS_A_PAGE,
      });
      if (!answer) return; // something else is wanted by now
      this.shown = { ...answer, page };
    } catch (error) {
      this.failure = `The distances could not be sorted. The worker that does it stopped: ${error instanceof Error ? error.message : String(error)}.`;
    }
    this.isBusy = false;
  }
}
