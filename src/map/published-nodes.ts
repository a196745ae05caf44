import { MIN_SINGLES_ZOOM, type Publication } from '../domain/publication';
import { type PublishedNode, readNode } from './published-node';

/** Where the tiles of a publication come from. */
export interface PublishedArchives {
  publication: Publication;
  /** the bytes of a tile, unpacked, or `undefined` when the archive has none there */
  tileData(
    archive: 'drawn' | 'counts',
    z: number,
    x: number,
    y: number,
    signal?: AbortSignal,
  ): Promise<ArrayBuffer | undefined>;
}

/** Tiles that were read are kept, so many of them: those of a view at two zooms, with the ones around. */
const MAX_KEPT = 64;

/** The tiles of a publication, each read once as long as it is kept. */
export class PublishedNodes {
  readonly #kept = new Map<string, Promise<PublishedNode | undefined>>();

  constructor(private readonly archives: PublishedArchives) {}

  /**
   * The tile with the sightings at z, x, y: that with its counts, or else with its single sightings, which may be one
   * further out; `undefined` where nothing is.
   */
  async at(z: number, x: number, y: number, signal?: AbortSignal): Promise<PublishedNode | undefined> {
    const counts = await this.#read('counts', z, x, y, signal);
    if (counts || z < MIN_SINGLES_ZOOM) return counts;
    for (let further = 0; z - further >= MIN_SINGLES_ZOOM; further++) {
      const own = [z - further, x >> further, y >> further] as const;
      const singles = await this.#read('drawn', ...own, signal);
      if (singles) return singles;
    }
    return undefined;
  }

  /** The single sightings in a tile or cell, however many; of tiles further in where its own has counts alone. */
  async singlesIn(z: number, x: number, y: number, signal?: AbortSignal): Promise<PublishedNode[]> {
    const node = await this.at(z, x, y, signal);
    if (node === undefined || node.isSingles) return node ? [node] : [];
    const parts = await Promise.all(
      [0, 1, 2, 3].map((quarter) =>
        this.singlesIn(z + 1, 2 * x + (quarter & 1), 2 * y + (quarter >> 1), signal),
      ),
    );
    return parts.flat();
  }

  async #read(
    archive: 'drawn' | 'counts',
    z: number,
    x: number,
    y: number,
    signal: AbortSignal | undefined,
  ): Promise<PublishedNode | undefined> {
    const key = `${archive}/${z}/${x}/${y}`;
    for (;;) {
      signal?.throwIfAborted();
      const reading = this.#kept.get(key) ?? this.#load(archive, z, x, y, signal);
      this.#kept.delete(key);
      this.#kept.set(key, reading); // the latest used stands last
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined && this.#kept.size > MAX_KEPT) this.#kept.delete(oldest);
      try {
        return await reading;
      } catch (error) {
        if (this.#kept.get(key) === reading) this.#kept.delete(key);
        signal?.throwIfAborted();
        // Whoever asked for it first has called it off; others still want it.
        if (!(error instanceof Error && error.name === 'AbortError')) throw error;
      }
    }
  }

  async #load(
    archive: 'drawn' | 'counts',
    z: number,
    x: number,
    y: number,
    signal: AbortSignal | undefined,
  ): Promise<PublishedNode | undefined> {
    const bytes = await this.archives.tileData(archive, z, x, y, signal);
    return bytes && readNode(bytes, { z, x, y }, archive, this.archives.publication.systemIds);
  }
}
