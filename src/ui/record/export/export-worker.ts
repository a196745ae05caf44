import type { System } from '../../../domain/sighting';
import { type ArchiveDescription, type ArchiveParts, writeArchive } from '../../../io/data-archive';
import { type TextFormat, textChunks } from '../../../io/export';
import { paced } from '../../../io/pace';
import { BlobWriter } from './blob-writer';
import { type RecordsFile, sightingsIn } from './records-file';

/** What is to be made of a GeoJSON file of sightings. */
export type ExportRequest =
  | {
      kind: 'text';
      format: Exclude<TextFormat, 'geojson'>;
      sightings: RecordsFile;
      systems: readonly System[];
    }
  | {
      kind: 'archive';
      sightings: RecordsFile;
      parts: Omit<ArchiveParts, 'sightings'>;
      about: ArchiveDescription;
    };

/** What the worker answers: how far it is, then the file. */
export type ExportAnswer =
  { kind: 'progress'; done: number } | { kind: 'file'; blob: Blob } | { kind: 'failed'; reason: string };

const answer = (message: ExportAnswer) => postMessage(message);

async function fileOf(request: ExportRequest): Promise<Blob> {
  const { sightings } = request;
  const progress = (done: number) => answer({ kind: 'progress', done });
  if (request.kind === 'archive') {
    const bytes = new Uint8Array(await sightings.blob.arrayBuffer());
    const parts = { ...request.parts, sightings: bytes };
    return new Blob([await writeArchive(parts, request.about, progress)]);
  }
  const { format, systems } = request;
  const passes = format === 'csv' ? 2 : 1;
  const total = (passes * sightings.bounds.length) / 2;
  const tell = paced(progress);
  let count = 0;
  const all = sightingsIn(sightings, () => tell(count++ / total));
  const writer = new BlobWriter();
  for (const chunk of await textChunks(format, all, systems)) writer.write(chunk);
  return writer.finish();
}

addEventListener('message', ({ data: request }: MessageEvent<ExportRequest>) => {
  fileOf(request).then(
    (blob) => answer({ kind: 'file', blob }),
    (error: unknown) =>
      answer({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
