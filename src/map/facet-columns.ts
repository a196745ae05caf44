import { combinationsOf } from '../domain/facet-combination';
import { type Period, periodOf } from '../domain/period';
import type { SightingColumns } from '../domain/table';
import type { TileTable } from './tile-table';

/** What published tiles are made from: the columns of a table whose rows are sorted by id. */
export interface PublishedTable extends TileTable {
  columns: TileTable['columns'] & Pick<SightingColumns, 'firstDay' | 'lastDay' | 'origins'>;
}

/** The dates of all rows by periods: each distinct pair of a first and a last one has a number. */
export interface PeriodColumn {
  period: Period;
  /** number of the pair of each row */
  pair: Uint32Array;
  /** by their numbers */
  first: number[];
  last: number[];
}

/** More than there are days in ten thousand years. */
const MOST_PERIODS = 2 ** 22;

function periodColumn({ columns: { firstDay, lastDay } }: PublishedTable, period: Period): PeriodColumn {
  const numbers = new Map<number, number>();
  const pair = new Uint32Array(firstDay.length);
  const [first, last]: [number[], number[]] = [[], []];
  const known = new Map<number, number>();
  const numberOf = (day: number) => {
    const found = known.get(day) ?? periodOf(day, period);
    known.set(day, found);
    return found;
  };
  for (let row = 0; row < pair.length; row++) {
    const from = numberOf(firstDay[row] ?? 0);
    const to = numberOf(lastDay[row] ?? 0);
    const key = from * MOST_PERIODS + (to - from);
    const number = numbers.get(key) ?? first.length;
    if (number === first.length) {
      numbers.set(key, number);
      first.push(from);
      last.push(to);
    }
    pair[row] = number;
  }
  return { period, pair, first, last };
}

/** What filters ask of the rows of a table, each column made when it is first asked for. */
export class FacetColumns {
  readonly combination: Uint32Array;
  readonly #periods = new Map<Period, PeriodColumn>();

  constructor(readonly table: PublishedTable) {
    this.combination = combinationsOf(table.columns, table.systemIds.length);
  }

  periods(period: Period): PeriodColumn {
    const known = this.#periods.get(period);
    if (known) return known;
    const made = periodColumn(this.table, period);
    this.#periods.set(period, made);
    return made;
  }
}
