import type { Filter } from '../domain/query';
import { type Publication, readPublication } from '../domain/publication';
import { type PublishedMatches, countMatches, readTotals } from '../domain/publication-totals';
import type { Sighting } from '../domain/sighting';
import { PublishedRecords } from './published-records';
import { type TileArchive, openTileArchive } from './tile-archive';

/**
 * Sightings that were published by `sightings tiles`, read from static files by HTTP ranges. Its tiles are made by
 * `PublishedTiles` of map/published-tiles.ts, which takes this.
 */
export class PublishedSightings {
  readonly #records: PublishedRecords;
  #counts: Promise<TileArchive> | undefined;

  constructor(
    readonly url: string,
    readonly publication: Publication,
    private readonly archive: TileArchive,
  ) {
    this.#records = new PublishedRecords(publication, url);
  }

  /** What bounds the marks, in degrees; the whole world when there are none. */
  get bounds(): { west: number; south: number; east: number; north: number } {
    const { minLon, minLat, maxLon, maxLat } = this.archive.header;
    return { west: minLon, south: minLat, east: maxLon, north: maxLat };
  }

  /** The bytes of a published tile, unpacked: of those that are drawn, or of the counts that filters need. */
  async tileData(
    archive: 'drawn' | 'counts',
    z: number,
    x: number,
    y: number,
    signal?: AbortSignal,
  ): Promise<ArrayBuffer | undefined> {
    if (archive === 'counts' && z >= this.publication.periods.length) return undefined;
    const opened = archive === 'drawn' ? this.archive : await this.#openCounts();
    return opened.tile(z, x, y, signal);
  }

  /**
   * How many sightings a filter lets through; `undefined` when it asks for something that cannot be told of all, see
   * `limitsOf`.
   */
  async matches(filter: Filter, signal?: AbortSignal): Promise<PublishedMatches | undefined> {
    const totals = readTotals((await this.#openCounts()).metadata);
    signal?.throwIfAborted();
    return totals && countMatches(this.publication, totals, filter);
  }

  /** The record of a row: its number is the `row` of a mark. Two small requests at most. */
  record(row: number, signal?: AbortSignal): Promise<Sighting> {
    return this.#records.record(row, signal);
  }

  /** The text of a row's record in UTF-8, as its file had it. */
  recordBytes(row: number, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#records.bytes(row, signal);
  }

  /** The row and record of a sighting; `undefined` when there is none of that id. */
  recordById(id: string, signal?: AbortSignal): Promise<{ row: number; record: Sighting } | undefined> {
    return this.#records.find(id, signal);
  }

  /** Opened when a filter first asks for it, and not called off with whoever asks first. */
  #openCounts(): Promise<TileArchive> {
    const { counts, sha256 } = this.publication;
    this.#counts ??= (async () => {
      const url = new URL(encodeURIComponent(counts), this.url).href;
      const remedy = 'put all files of the publication in one folder';
      const archive = await openTileArchive(url, { needsRanges: true, remedy });
      const read = readPublication(archive.metadata);
      if ('fault' in read || read.publication.sha256 !== sha256) {
        throw new Error(
          `${url} is of another publication than ${this.url}: copy all files of one publication together.`,
        );
      }
      return archive;
    })();
    this.#counts.catch(() => (this.#counts = undefined)); // it may be there the next time
    return this.#counts;
  }
}

/**
 * Opens what `sightings tiles` has published at an address.
 * @throws Error that says what is wrong with it: no answer, no ranges, no archive, or none of ours
 */
export async function openPublished(
  url: string,
  { signal }: { signal?: AbortSignal } = {},
): Promise<PublishedSightings> {
  const remedy = 'put the files that “sightings tiles” has written there';
  const archive = await openTileArchive(url, { needsRanges: true, signal, remedy });
  const read = readPublication(archive.metadata);
  if ('fault' in read) throw new Error(`${url} cannot be opened as sightings: ${read.fault}.`);
  return new PublishedSightings(url, read.publication, archive);
}
