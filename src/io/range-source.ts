import { EtagMismatch, type RangeResponse, type Source } from 'pmtiles';
import { ask } from './ask';

/** How long a host may take to answer, in milliseconds. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** The ETag of an answer, where it names these very bytes. */
function etagOf(response: Response): string | undefined {
  const etag = response.headers.get('ETag');
  return etag === null || etag.startsWith('W/') ? undefined : etag;
}

/** Reads an archive by HTTP ranges, but for the first bytes, which the first answer brought. */
export class RangeSource implements Source {
  constructor(
    private readonly url: string,
    private readonly first: ArrayBuffer,
    private cache: RequestCache = 'default',
  ) {}

  getKey(): string {
    return this.url;
  }

  /** @throws EtagMismatch when it is another archive by now; Error when there is no such part */
  async getBytes(
    offset: number,
    length: number,
    signal?: AbortSignal,
    etag?: string,
  ): Promise<RangeResponse> {
    if (offset + length <= this.first.byteLength) return { data: this.first.slice(offset, offset + length) };
    const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await ask(this.url, {
      headers: { Range: `bytes=${offset}-${offset + length - 1}` },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      cache: this.cache,
    });
    const found = etagOf(response);
    if (response.status === 416 || (etag !== undefined && found !== undefined && found !== etag)) {
      this.cache = 'reload'; // a browser's cache may have either
      await response.body?.cancel();
      throw new EtagMismatch(`${this.url} has changed since it was opened.`);
    }
    if (response.status !== 206) {
      await response.body?.cancel();
      throw new Error(`${this.url}: the server answers ${response.status} in the place of a part (206).`);
    }
    return { data: await response.arrayBuffer(), ...(found === undefined ? {} : { etag: found }) };
  }
}
