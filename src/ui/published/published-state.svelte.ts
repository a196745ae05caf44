import { untrack } from 'svelte';
import type { DaySpan } from '../../domain/dates';
import { PUBLISHED_FACETS, type Publication } from '../../domain/publication';
import type { PublishedMatches } from '../../domain/publication-totals';
import type { FacetName, Filter } from '../../domain/query';
import type { PublishedSightings } from '../../io/published-sightings';
import type { Bounds } from '../../map/opening-view';
import { PublishedTiles } from '../../map/published-tiles';
import { dropUnanswerable } from './answerable';
import { barsNoteOf, binsOf, totalsOf, weightsOf } from './publication-counts';
import { FilteredTiles } from './filtered-tiles.svelte';
import { Opening } from './opening';
import type { PublishedPage } from './published-page';

/**
 * Sightings that are published as tiles. The map draws them all from these; the page's table has those of them that
 * somebody opened, so that what is done with a sighting is done as everywhere.
 */
export class PublishedState {
  readonly tiles: FilteredTiles;
  readonly opening: Opening;
  readonly publication: Publication;
  /** of the marks, the whole world when there are none */
  readonly bounds: Bounds;
  /** whether it is known how many meet the filter */
  counting = $state<'goes on' | 'known' | 'not by days' | 'failed'>('goes on');
  /** facets that it can be filtered by */
  readonly facets: readonly FacetName[] = PUBLISHED_FACETS;

  /** what meets the filter, or met the one before while counting goes on; left out while nothing is known */
  #matches = $state.raw<PublishedMatches>();
  readonly #end: () => void;

  constructor(
    private readonly archive: PublishedSightings,
    private readonly page: PublishedPage,
    /** the GeoJSON file of all of them: its name and address */
    readonly whole: { name: string; url: string },
  ) {
    this.publication = archive.publication;
    const { west, south, east, north } = archive.bounds;
    this.bounds = [west, south, east, north];
    const tiles = new PublishedTiles(archive);
    this.tiles = new FilteredTiles(this.publication, tiles, page.find.filter);
    this.opening = new Opening(archive, this.tiles, page);
    this.#end = $effect.root(() => {
      $effect(() => {
        const said = dropUnanswerable(page, whole.name);
        if (said !== '') untrack(() => (page.notice = said));
      });
      $effect(() => {
        const { filter } = page.find;
        return untrack(() => this.#count(filter));
      });
    });
  }

  /** Fetches nothing any more. */
  close(): void {
    this.#end();
    this.opening.fetcher.cancel();
  }

  /** How many are shown, left out where that cannot be told, and how many there are. */
  get counts(): { shown: number | undefined; total: number } {
    const { count: total } = this.publication;
    return {
      shown: ['not by days', 'failed'].includes(this.counting) ? undefined : (this.#matches?.count ?? total),
      total,
    };
  }

  /** How many of those that are shown have marks. */
  get placedCount(): number {
    const { count, withoutPlaceCount } = this.publication;
    return this.#matches?.placedCount ?? count - withoutPlaceCount;
  }

  /** The values of a facet that the sightings have. */
  valuesOf(name: FacetName): readonly string[] {
    return [...this.totalsOf(name).keys()];
  }

  /** How many sightings have each value of a facet, whatever the filter. */
  totalsOf(name: FacetName): ReadonlyMap<string, number> {
    return totalsOf(this.publication, name);
  }

  /** How many have each value and meet all conditions but the facet's own; whatever the filter while that is not known. */
  countsOf(name: FacetName): ReadonlyMap<string, number> {
    const known = PUBLISHED_FACETS.find((facet) => facet === name);
    return (known && this.#matches?.counts[known]) ?? this.totalsOf(name);
  }

  /** the first and last day of all */
  get days(): DaySpan | undefined {
    return this.publication.days;
  }

  // What the timeline draws, see publication-counts.ts.
  readonly bins = $derived.by(() => binsOf(this.publication));
  readonly weightsOfAnyDay = $derived.by(() => weightsOf(this.publication, this.page.find.filter.facets));
  readonly weights = $derived.by(() => {
    const { facets, days } = this.page.find.filter;
    return weightsOf(this.publication, facets, days);
  });
  readonly barsNote = $derived.by(() => barsNoteOf(this.page.find.filter));

  /** Counts what meets a filter. Returns what calls that off. */
  #count(filter: Filter): () => void {
    const leaving = new AbortController();
    if (filter.days === undefined && Object.keys(filter.facets).length === 0) {
      this.counting = 'known'; // without a filter nothing needs to be fetched
      this.#matches = undefined;
      return () => undefined;
    }
    this.counting = 'goes on';
    this.archive.matches(filter, leaving.signal).then(
      (matches) => {
        if (leaving.signal.aborted) return;
        this.counting = matches ? 'known' : 'not by days';
        this.#matches = matches;
      },
      (error: unknown) => {
        if (leaving.signal.aborted) return;
        this.counting = 'failed';
        this.#matches = undefined;
        this.page.notice = error instanceof Error ? error.message : String(error);
      },
    );
    return () => leaving.abort();
  }
}
