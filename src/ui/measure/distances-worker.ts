import { DistanceList } from '../../domain/distance-list';
import { DistanceOrder } from '../../domain/distance-order';
import { placedTableOf } from '../../domain/placed-table';
import type { Sighting } from '../../domain/sighting';
import { inSlices } from '../slices';
import type { DistancesAnswer, DistancesRequest, PageQuestion } from './distances-messages';

/** So far apart is it told how far it is, in milliseconds. */
const PROGRESS_MS = 200;

/** So long it does not listen, in milliseconds: what was asked meanwhile waits for that. */
const SLICE_MS = 50;

/** The records take so much of the time in which it is sorted by what they tell. */
const RECORDS_SHARE = 0.9;

interface Work {
  order: DistanceOrder;
  points: number;
  /** the pairs of one reference point, of an order that is kept */
  narrowed?: { order: Uint32Array; only: number; indices: Uint32Array };
}

let work: Work | undefined;
let asked: (DistancesRequest & { kind: 'page' }) | undefined;
let isAtWork = false;
/** whether records were asked for that have not come yet */
let awaitsRecords = false;
let toldAt = 0;

function say(answer: DistancesAnswer, transfer: Transferable[] = []): void {
  postMessage(answer, { transfer });
}

function tell(share: number): void {
  if (performance.now() - toldAt < PROGRESS_MS) return;
  toldAt = performance.now();
  say({ kind: 'progress', share });
}

/** The pairs that are shown, in their order. */
function shownPairs(of: Work, { by, direction, only }: PageQuestion): Uint32Array {
  const order = of.order.sort(by, direction);
  if (only < 0) return order;
  if (of.narrowed?.order !== order || of.narrowed.only !== only) {
    const indices = order.filter((index) => index % of.points === only);
    of.narrowed = { order, only, indices };
  }
  return of.narrowed.indices;
}

/** Answers what was asked last, as soon as all is there that it needs. */
async function answer(of: Work): Promise<void> {
  while (asked) {
    const { id, question } = asked;
    const { titles } = of.order;
    if (question.by === 'sighting' && titles.count < titles.length) {
      if (!awaitsRecords) say({ kind: 'records wanted', from: titles.count });
      awaitsRecords = true;
      return; // goes on when they come
    }
    const isTitled = question.by === 'sighting';
    const isReady = await inSlices(
      of.order.prepare(question.by),
      (share) => tell(isTitled ? RECORDS_SHARE + share * (1 - RECORDS_SHARE) : share),
      () => asked?.question.by === question.by,
      SLICE_MS,
    );
    if (!isReady || asked.id !== id) continue;
    const pairs = shownPairs(of, question);
    const indices = pairs.slice(question.from, question.to) as Uint32Array<ArrayBuffer>;
    asked = undefined;
    say({ kind: 'page', id, indices, total: pairs.length }, [indices.buffer]);
  }
}

async function goOn(): Promise<void> {
  if (isAtWork || !work) return;
  isAtWork = true;
  try {
    await answer(work);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (asked) say({ kind: 'error', id: asked.id, message });
    asked = undefined;
  } finally {
    isAtWork = false;
  }
}

function takeRecords({ bytes, ends }: DistancesRequest & { kind: 'records' }): void {
  awaitsRecords = false;
  const titles = work?.order.titles;
  if (!titles) return;
  const decoder = new TextDecoder();
  for (const [i, end] of ends.entries()) {
    const text = decoder.decode(bytes.subarray(ends[i - 1] ?? 0, end));
    titles.add((JSON.parse(text) as Sighting).properties.title);
  }
  tell((titles.count / titles.length) * RECORDS_SHARE);
}

addEventListener('message', ({ data: request }: MessageEvent<DistancesRequest>) => {
  if (request.kind === 'begin') {
    const table = placedTableOf(request.parts);
    const rows = new Uint32Array(table.length).map((_, row) => row);
    const list = new DistanceList(table, rows, request.referencePoints);
    work = { order: new DistanceOrder(list), points: request.referencePoints.length };
    return;
  }
  if (request.kind === 'page') asked = request;
  else takeRecords(request);
  void goOn();
});
