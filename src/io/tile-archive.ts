import { EtagMismatch, type Header, PMTiles, type RangeResponse, type Source, TileType } from 'pmtiles';
import { ask } from './ask';
import { ANSWER_TIMEOUT_MS, RangeSource } from './range-source';

/** Without ranges an archive is read whole, up to this size. */
const MAX_WHOLE_BYTES = 300_000_000;

/** Enough for the header and root directory of an archive, by its specification. */
const FIRST_BYTES = 16_384;

/** An archive of vector tiles that was opened and found whole. */
export interface TileArchive {
  /** what it is called in addresses of tiles; unique */
  key: string;
  header: Header;
  /** ids of the layers in its tiles */
  layers: readonly string[];
  /** what it says of itself, as its makers wrote it */
  metadata: unknown;
  /** HTML, as makers of tiles write it; '' when it has none */
  attribution: string;
  /** the bytes of a tile, decompressed, or `undefined` when the archive has none there */
  tile(z: number, x: number, y: number, signal?: AbortSignal): Promise<ArrayBuffer | undefined>;
}

/** Reads from bytes that are all here. */
class BlobSource implements Source {
  constructor(
    private readonly blob: Blob,
    private readonly key: string,
  ) {}

  getKey(): string {
    return this.key;
  }

  async getBytes(offset: number, length: number): Promise<RangeResponse> {
    return { data: await this.blob.slice(offset, offset + length).arrayBuffer() };
  }
}

/** An archive that is shorter than it says. */
class BreaksOff extends Error {}

async function openSource(
  source: Source,
  totalBytes: number | undefined,
  name: string,
): Promise<TileArchive> {
  const archive = new PMTiles(source);
  let header: Header;
  let metadata: unknown;
  try {
    header = await archive.getHeader();
  } catch (error) {
    throw new Error(`${name} is no PMTiles archive, or its beginning is damaged: ${messageOf(error)}`, {
      cause: error,
    });
  }
  const needed = header.tileDataOffset + (header.tileDataLength ?? 0);
  if (totalBytes !== undefined && totalBytes < needed) {
    throw new BreaksOff(`${name} breaks off: it has ${totalBytes} of ${needed} bytes. Get a complete copy.`);
  }
  if (header.tileType !== TileType.Mvt) {
    throw new Error(`${name} has no vector tiles: only archives of Mapbox Vector Tiles can be drawn.`);
  }
  try {
    metadata = await archive.getMetadata();
  } catch (error) {
    throw new Error(`${name} is damaged, its description cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return {
    key: source.getKey(),
    header,
    layers: layerIds(metadata),
    metadata,
    attribution: memberOf(metadata, 'attribution', 'string') ?? '',
    async tile(z, x, y, signal) {
      return (await archive.getZxy(z, x, y, signal))?.data;
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof EtagMismatch
    ? 'it changed while it was read'
    : error instanceof Error
      ? error.message
      : String(error);
}

function memberOf(value: unknown, key: string, type: 'string'): string | undefined {
  const member =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof member === type ? (member as string) : undefined;
}

function layerIds(metadata: unknown): string[] {
  const list =
    typeof metadata === 'object' && metadata !== null && 'vector_layers' in metadata
      ? metadata.vector_layers
      : [];
  if (!Array.isArray(list)) return [];
  return (list as unknown[]).map((layer) => memberOf(layer, 'id', 'string')).filter((id) => id !== undefined);
}

interface OpenOptions {
  /** rather not as a whole */
  needsRanges?: boolean;
  signal?: AbortSignal | undefined;
  /** what is to be done when the server does not give it */
  remedy?: string;
}

/**
 * Opens a PMTiles archive at an address: by HTTP ranges, or as a whole where the host has no ranges.
 * Rejects with a message that says what is wrong with it.
 */
export async function openTileArchive(url: string, options: OpenOptions = {}): Promise<TileArchive> {
  try {
    return await openAt(url, options);
  } catch (error) {
    if (!(error instanceof BreaksOff)) throw error;
    // A browser that was killed while it wrote may have a part of it in its cache, and give that for the whole.
    return openAt(url, options, 'reload');
  }
}

async function openAt(
  url: string,
  { needsRanges = false, signal, remedy = 'put the file there' }: OpenOptions,
  cache: RequestCache = 'default',
): Promise<TileArchive> {
  const silence = new Silence();
  try {
    const response = await ask(url, {
      headers: { Range: `bytes=0-${FIRST_BYTES - 1}` },
      cache,
      signal: signal ? AbortSignal.any([signal, silence.signal]) : silence.signal,
    });
    if (!response.ok) {
      const status = `${response.status} ${response.statusText}`.trim();
      throw new Error(`${url}: the server answers "${status}": ${remedy}.`);
    }
    if (response.status === 206) {
      const total = Number(response.headers.get('Content-Range')?.split('/')[1]);
      const source = new RangeSource(url, await response.arrayBuffer(), cache);
      return await openSource(source, Number.isFinite(total) ? total : undefined, url);
    }
    if (needsRanges) {
      await response.body?.cancel();
      throw new Error(
        `The server of ${url} has no HTTP ranges, so that a part of the file cannot be read: publish it where there are.`,
      );
    }
    const blob = await readWhole(response, silence);
    return await openSource(new BlobSource(blob, url), blob.size, url);
  } catch (error) {
    signal?.throwIfAborted();
    if (silence.signal.aborted) {
      throw new Error(`${url}: no answer within ${ANSWER_TIMEOUT_MS / 1000} seconds.`, { cause: error });
    }
    if (error instanceof TypeError) throw new Error(`${url} cannot be reached.`, { cause: error });
    throw error;
  } finally {
    silence.end();
  }
}

/** Gives up when nothing is heard for a while. */
class Silence {
  readonly #controller = new AbortController();
  #timer = this.#start();

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something was heard. */
  broken(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#start();
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #start(): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(), ANSWER_TIMEOUT_MS);
  }
}

/** A whole archive, as long as bytes keep coming. */
async function readWhole(response: Response, silence: Silence): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = Number(response.headers.get('Content-Length') ?? 0);
  const tooLarge = () => size > MAX_WHOLE_BYTES;
  const reader = response.body?.getReader();
  for (let read = 0; reader && !tooLarge(); size = Math.max(size, read)) {
    const { done, value } = await reader.read();
    if (done) break;
    silence.broken();
    parts.push(value);
    read += value.byteLength;
  }
  if (tooLarge()) {
    await reader?.cancel();
    const limit = MAX_WHOLE_BYTES / 1e6;
    throw new Error(
      `the server has no HTTP ranges, and the archive is larger than the ${limit} MB that are read whole`,
    );
  }
  return new Blob(parts);
}

/** Opens a PMTiles archive that is a file on this computer. Rejects like {@link openTileArchive}. */
export async function openTileArchiveFile(file: File): Promise<TileArchive> {
  return openSource(
    new BlobSource(file, `file-${file.lastModified}-${file.size}/${file.name}`),
    file.size,
    file.name,
  );
}
