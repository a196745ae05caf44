import type { ArchiveDescription, ArchiveParts } from '../../../io/data-archive';
import { type ExportFormat, type ExportSet, featuresOf } from '../../../io/export';
import { joinBytes, writeCollection } from '../../../io/collection-file';
import type { Progress } from '../../../io/foreign';
import { inSlices } from '../../slices';
import type { ExportAnswer, ExportRequest } from './export-worker';

/** What an archive has beside the sightings. */
export interface ArchiveAdditions {
  parts: Omit<ArchiveParts, 'sightings'>;
  about: ArchiveDescription;
}

function inWorker(
  request: ExportRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(new URL('./export-worker.ts', import.meta.url), { type: 'module' });
  const made = new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
    worker.addEventListener('message', ({ data }: MessageEvent<ExportAnswer>) => {
      if (data.kind === 'progress') progress(data.done);
      else if (data.kind === 'file') resolve(data.bytes);
      else reject(new Error(data.reason));
    });
    worker.addEventListener('error', ({ message }) => {
      // A worker whose file could not be loaded says nothing.
      reject(new Error(message || 'A part of the app could not be loaded. Reload the page to try again.'));
    });
  });
  const sightings = request.kind === 'archive' ? request.parts.sightings : request.sightings;
  worker.postMessage(request, [sightings.buffer]);
  return made.finally(() => worker.terminate());
}

/**
 * Makes a file of sightings. The page goes on meanwhile: bytes are put together in slices, all else is done in a worker.
 * @param additions fetched for an archive alone
 * @throws what `signal` is aborted with
 */
export async function exportFile(
  format: ExportFormat,
  set: ExportSet,
  additions: () => Promise<ArchiveAdditions>,
  progress: Progress,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  const total = 2 * set.rows.length + 2;
  const take = (chunk: Uint8Array) => progress(chunks.push(chunk) / total / 2);
  await inSlices(writeCollection(set.collection, featuresOf(set)), take, () => !signal.aborted);
  signal.throwIfAborted();
  const sightings = joinBytes(chunks);
  if (format === 'geojson') return sightings;
  const tell: Progress = (done) => progress(0.5 + done / 2);
  if (format !== 'zip')
    return await inWorker({ kind: 'text', format, sightings, systems: set.systems }, tell, signal);
  const { parts, about } = await additions();
  signal.throwIfAborted();
  return await inWorker({ kind: 'archive', parts: { ...parts, sightings }, about }, tell, signal);
}
