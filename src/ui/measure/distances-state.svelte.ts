import type { DistanceList } from '../../domain/distance-list';
import { DistanceOrder, type DistanceSort } from '../../domain/distance-order';
import type { SortDirection } from '../../domain/sort';
import { inSlices } from '../slices';

/** So many rows are on a page of the table. */
export const ROWS_A_PAGE = 100;

/** What a table of distances shows: its order, which reference point, which page. */
export class DistancesState {
  sort = $state.raw<{ by: DistanceSort; direction: SortDirection }>({
    by: 'distance',
    direction: 'ascending',
  });
  isSorting = $state(false);
  /** the id of the one reference point to show; '' for all */
  only = $state('');
  /** from 0 */
  page = $state(0);
  #order = $state.raw<Uint32Array>(new Uint32Array());
  readonly #sorter: DistanceOrder;

  /** all pairs that are shown, by their index in the list */
  readonly shown: Uint32Array = $derived.by(() => {
    const { referencePoints } = this.list;
    const point = referencePoints.findIndex(({ id }) => id === this.only);
    if (point < 0) return this.#order;
    return this.#order.filter((index) => index % referencePoints.length === point);
  });
  readonly pages = $derived(Math.max(1, Math.ceil(this.shown.length / ROWS_A_PAGE)));
  readonly onPage: Uint32Array = $derived(
    this.shown.subarray(this.page * ROWS_A_PAGE, (this.page + 1) * ROWS_A_PAGE),
  );

  constructor(readonly list: DistanceList) {
    this.#sorter = new DistanceOrder(list);
    this.#order = this.#sorter.sort(this.sort.by, this.sort.direction);
  }

  /** Sorts by a column: smallest first, and the other way round when it is sorted by that already. */
  async sortBy(by: DistanceSort): Promise<void> {
    const turns = this.sort.by === by && this.sort.direction === 'ascending';
    const sort = { by, direction: turns ? 'descending' : 'ascending' } as const;
    this.sort = sort;
    this.isSorting = true;
    const isReady = await inSlices(
      this.#sorter.prepare(by),
      () => undefined,
      () => this.sort === sort,
    );
    if (!isReady) return; // by something else by now
    this.#order = this.#sorter.sort(by, sort.direction);
    this.page = 0;
    this.isSorting = false;
  }

  /** Shows one reference point, or all for ''. */
  show(only: string): void {
    this.only = only;
    this.page = 0;
  }
}
