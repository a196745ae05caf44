import { periodTest, wantedCombinations } from '../domain/facet-combination';
import { tellsApart } from '../domain/period';
import { type FilterLimit, PUBLISHED_FACETS, type Publication, limitsOf } from '../domain/publication';
import type { Filter } from '../domain/query';
import { MAX_TILE_ZOOM } from './tile-scheme';
import type { PublishedDisc, PublishedNode, PublishedRow } from './published-node';

const WHY: Readonly<Record<Exclude<FilterLimit['condition'], 'days'>, string>> = {
  text: 'words of sightings are not in published tiles',
  near: 'distances are not in published tiles',
  publisher: 'publishers are not in published tiles',
  confidence: '',
  system: '',
  status: '',
  origins: '',
  place: '',
};

/** A filter as it is asked of published tiles. */
export class PublishedFilter {
  /** whether it lets all sightings with a place through */
  readonly isOfAll: boolean;
  /** whether it lets none of them through */
  readonly isOfNone: boolean;
  readonly #wanted: Uint8Array;
  readonly #testDay: (first: number, last: number) => boolean;

  /** @throws Error that says so when it asks for something that no tile tells */
  constructor(
    private readonly publication: Publication,
    private readonly filter: Filter,
  ) {
    const [limit] = limitsOf(publication, filter, MAX_TILE_ZOOM).filter(
      ({ condition }) => condition !== 'days',
    );
    if (limit && limit.condition !== 'days') {
      throw new Error(`The filter cannot be answered: ${WHY[limit.condition]}. Open the records instead.`);
    }
    const { facets, days } = filter;
    this.isOfNone = facets.place !== undefined && !facets.place.has('yes');
    this.isOfAll =
      !this.isOfNone &&
      days === undefined &&
      PUBLISHED_FACETS.every((name) => name === 'place' || facets[name] === undefined);
    this.#wanted = wantedCombinations(facets, publication.systemIds);
    this.#testDay = periodTest(days, 'day');
  }

  /** Whether the dates of a tile are known finely enough. */
  canBeToldBy({ period }: Pick<PublishedNode, 'period'>): boolean {
    return tellsApart(period, this.filter.days, this.publication.days);
  }

  /** The rows of a tile that it lets through, in their order. */
  rows({ rows, period }: Pick<PublishedNode, 'rows' | 'period'>): PublishedRow[] {
    if (this.isOfNone) return [];
    const test = periodTest(this.filter.days, period);
    return rows.filter(
      ({ combination, first, last }) => this.#wanted[combination] === 1 && test(first, last),
    );
  }

  letsThrough({ combination, firstDay, lastDay }: PublishedDisc): boolean {
    return this.#wanted[combination] === 1 && this.#testDay(firstDay, lastDay);
  }
}
