import { writeSorted } from '../../../io/collection-file';
import type { ArchiveDescription, ArchiveParts } from '../../../io/data-archive';
import { type ExportFormat, type ExportSet, mediaTypeOf } from '../../../io/export';
import type { Progress } from '../../../io/foreign';
import { orderById } from '../../../io/id-order';
import { MOST_SILENCE_MS, SAID_NOTHING, Silence } from '../../../io/silence';
import { inSlices } from '../../slices';
import { BlobWriter } from './blob-writer';
import type { ExportAnswer, ExportRequest } from './export-worker';
import type { RecordsFile } from './records-file';

/** What an archive has beside the sightings. */
export interface ArchiveAdditions {
  parts: Omit<ArchiveParts, 'sightings'>;
  about: ArchiveDescription;
}

function inWorker(request: ExportRequest, progress: Progress, signal: AbortSignal): Promise<Blob> {
  const worker = new Worker(new URL('./export-worker.ts', import.meta.url), { type: 'module' });
  let silence: Silence | undefined;
  const made = new Promise<Blob>((resolve, reject) => {
    silence = new Silence(MOST_SILENCE_MS, () =>
      reject(
        new Error(
          `What writes it was ended: ${SAID_NOTHING}. Nothing of your work is lost. Try again, with another format or fewer sightings if that does not help.`,
        ),
      ),
    );
    silence.begin();
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    worker.addEventListener('message', ({ data }: MessageEvent<ExportAnswer>) => {
      silence?.begin();
      if (data.kind === 'progress') progress(data.done);
      else if (data.kind === 'file') resolve(data.blob);
      else reject(new Error(data.reason));
    });
    worker.addEventListener('error', ({ message }) => {
      // A worker whose file could not be loaded says nothing.
      reject(new Error(message || 'A part of the app could not be loaded. Reload the page to try again.'));
    });
    worker.addEventListener('messageerror', () =>
      reject(new Error('What was written cannot be read here. Try again.')),
    );
  });
  worker.postMessage(request, [request.sightings.bounds.buffer]);
  return made.finally(() => {
    silence?.end();
    worker.terminate();
  });
}

/** The GeoJSON file of a set, written in slices of time. @throws what `signal` is aborted with */
async function recordsFile(
  { table, rows, collection }: ExportSet,
  progress: Progress,
  signal: AbortSignal,
): Promise<RecordsFile> {
  const writer = new BlobWriter();
  const bounds = new Float64Array(2 * rows.length);
  let record: Uint8Array | undefined;
  let count = 0;
  function* records(sorted: Uint32Array): Generator<Uint8Array> {
    for (const row of sorted) yield (record = table.recordBytes(row));
  }
  function* steps(): Generator<void> {
    const sorted = yield* orderById(table, rows);
    for (const chunk of writeSorted(collection, records(sorted))) {
      if (chunk === record) {
        bounds.set([writer.size, writer.size + chunk.length], 2 * count++);
        progress(count / sorted.length);
      }
      yield writer.write(chunk);
    }
  }
  await inSlices(
    steps(),
    () => undefined,
    () => !signal.aborted,
  );
  signal.throwIfAborted();
  return { blob: writer.finish(), bounds };
}

/**
 * Makes a file of sightings. The page goes on meanwhile: the records are put together in slices of time, all else is
 * done in a worker, which reads them from there.
 * @param additions fetched for an archive alone
 * @throws what `signal` is aborted with
 */
export async function exportFile(
  format: ExportFormat,
  set: ExportSet,
  additions: () => Promise<ArchiveAdditions>,
  progress: Progress,
  signal: AbortSignal,
): Promise<Blob> {
  const type = mediaTypeOf(format);
  const share = format === 'geojson' ? 1 : 0.5;
  const sightings = await recordsFile(set, (done) => progress(done * share), signal);
  if (format === 'geojson') return new Blob([sightings.blob], { type });
  const tell: Progress = (done) => progress(share + done * (1 - share));
  if (format !== 'zip') {
    const { systems } = set;
    return new Blob([await inWorker({ kind: 'text', format, sightings, systems }, tell, signal)], { type });
  }
  const { parts, about } = await additions();
  signal.throwIfAborted();
  return new Blob([await inWorker({ kind: 'archive', sightings, parts, about }, tell, signal)], { type });
}
