import type { DaySpan } from '../../domain/dates';
import { type Period, wholePeriods } from '../../domain/period';
import { type Publication, limitsOf } from '../../domain/publication';
import type { Bounds, Filter } from '../../domain/query';
import type { PublishedMark, PublishedTiles } from '../../map/published-tiles';
import type { RevisedTile, TileSource } from '../stage/tile-source';

let lastKey = 0;

/** The tiles of published sightings, as a filter has them. */
export class FilteredTiles implements TileSource {
  /** why a part of the map lacks sightings, '' when it does not */
  failure = $state('');

  readonly #key = ++lastKey;
  #changes = 0;
  #attempts = $state(0);

  constructor(
    private readonly publication: Publication,
    private readonly tiles: PublishedTiles,
    private filter: Filter,
  ) {}

  get revision(): string {
    return `published ${this.#key} ${this.#changes}`;
  }

  /** Shows what meets a filter from now on. An effect that calls it does so again when the tiles are to be fetched once more. */
  show(filter: Filter): void {
    this.filter = filter;
    this.failure = '';
    if (this.#attempts >= 0) this.#changes++;
  }

  /** Has the tiles fetched once more. */
  tryAgain(): void {
    this.#attempts++;
  }

  /** The periods that the tiles of a zoom show whole, since they cannot tell the filter's days apart, if there are any. */
  widenedAt(z: number, filter: Filter): { period: Period; days: DaySpan } | undefined {
    const { days } = filter;
    const limit = limitsOf(this.publication, filter, z).find(({ condition }) => condition === 'days');
    if (!days || limit?.period === undefined) return undefined;
    return { period: limit.period, days: wholePeriods(days, limit.period) };
  }

  /** The filter as the tiles of a zoom can answer it. */
  #askedAt(z: number, filter: Filter): Filter {
    const widened = this.widenedAt(z, filter);
    return widened ? { ...filter, days: widened.days } : filter;
  }

  /** The sightings whose marks are in view, see `PublishedTiles`. */
  rowsInView(view: Bounds, z: number, filter: Filter, options: { most: number; signal: AbortSignal }) {
    return this.tiles.rowsInView(view, z, this.#askedAt(z, filter), options);
  }

  /** The sightings that share a mark, see `PublishedTiles`. */
  sharingMark(mark: PublishedMark, filter: Filter, options: { most: number; signal: AbortSignal }) {
    return this.tiles.sharingMark(mark, this.#askedAt(mark.z, filter), options);
  }

  /** The tile; an empty one where it cannot be fetched, which `failure` tells of. */
  async tile(z: number, x: number, y: number, signal?: AbortSignal): Promise<RevisedTile> {
    const { revision, filter } = this;
    try {
      const bytes = await this.tiles.tile(z, x, y, this.#askedAt(z, filter), signal);
      return { bytes: bytes.slice().buffer, revision };
    } catch (error) {
      signal?.throwIfAborted();
      if (revision === this.revision) this.failure = error instanceof Error ? error.message : String(error);
      return { bytes: new ArrayBuffer(0), revision };
    }
  }
}
