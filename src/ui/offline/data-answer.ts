import { isGzip } from '../../io/gzip';
import { joinBytes } from '../../io/join-bytes';

/** Why what a server answers is not the file of data that was asked for. */
export type AnswerFault =
  | { kind: 'silence' }
  /** `503 Service Unavailable` */
  | { kind: 'status'; status: string }
  /** what came in its place: `a web page` */
  | { kind: 'other'; what: string };

/** An answer, to be used in the place of the one that was judged, and what is wrong with it. */
export interface JudgedAnswer {
  answer: Response;
  fault?: AnswerFault;
}

/** So much comes soon, and can be held until it is complete. */
const MOST_WHOLE_BYTES = 500_000;

/** So many first bytes tell what a file is. */
const HEAD_BYTES = 1 << 10;

/** Answers by which a server has its say about a file, where others tell only how the server fares. */
const isAboutServer = (status: number) => status >= 500 || status === 429 || status === 408;

/** Whether an answer says of the file that it is not to be had, be it gone or for others only. */
export function isRefusal({ ok, status }: Response): boolean {
  return !ok && !isAboutServer(status);
}

/**
 * What is no file of data for sure by its first bytes: JSON begins with a brace or a bracket. Its type tells nothing: some
 * servers call every file a web page whose name they do not know.
 * @param isWhole whether these are all its bytes
 * @param isSightings whether it may be packed by gzip, or a sequence of features
 */
export function faultOfHead(
  head: Uint8Array,
  isWhole: boolean,
  isSightings: boolean,
): AnswerFault | undefined {
  if (isSightings && isGzip(head)) return undefined;
  const text = new TextDecoder().decode(head).trimStart();
  if (text === '') return isWhole ? { kind: 'other', what: 'an empty file' } : undefined;
  if (/^[{[]/.test(text) || (isSightings && text.startsWith('\x1e'))) return undefined;
  const isPage = /^<(?:!doctype\s+html|html|head|title|meta|body)\b/i.test(text);
  return { kind: 'other', what: isPage ? 'a web page' : 'something that is not JSON' };
}

/** Bytes that are here already, and then those that come. */
function streamOf(
  held: readonly Uint8Array<ArrayBuffer>[],
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (controller) => held.forEach((bytes) => controller.enqueue(bytes)),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** How many bytes are held before an answer is passed on. */
function mostHeld(response: Response): number {
  const length = response.headers.get('content-length');
  if (length === null) return MOST_WHOLE_BYTES;
  return Number(length) > MOST_WHOLE_BYTES ? HEAD_BYTES : Infinity;
}

/**
 * Judges an answer to a question for a file of data. One that is small comes as a whole, so that what hangs in the middle
 * is what does not come; of a large one the first bytes are waited for.
 * @param isSightings as of {@link faultOfHead}
 * @throws what its connection breaks off with
 */
export async function judgeAnswer(response: Response, isSightings: boolean): Promise<JudgedAnswer> {
  if (!response.ok) {
    const status = `${response.status} ${response.statusText}`.trim();
    return { answer: response, fault: { kind: 'status', status } };
  }
  const held: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  const most = mostHeld(response);
  let length = 0;
  let part = await reader?.read();
  while (part && !part.done) {
    held.push(part.value);
    length += part.value.length;
    if (length >= most) break;
    part = await reader?.read();
  }
  const isWhole = !reader || part?.done !== false;
  const bytes = joinBytes(held);
  const answer = new Response(isWhole ? bytes : streamOf([bytes], reader), response);
  const fault = faultOfHead(bytes.subarray(0, HEAD_BYTES), isWhole && length <= HEAD_BYTES, isSightings);
  return fault ? { answer, fault } : { answer };
}
