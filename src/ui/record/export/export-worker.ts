import type { System } from '../../../domain/sighting';
import { joinBytes } from '../../../io/collection-file';
import { type ArchiveDescription, type ArchiveParts, writeArchive } from '../../../io/data-archive';
import { type TextFormat, exportChunks } from '../../../io/export';
import { readSightings } from '../../../io/geojson';
import { paced } from '../../../io/pace';

/** What is to be made of a GeoJSON file of sightings. */
export type ExportRequest =
  | { kind: 'text'; format: TextFormat; sightings: Uint8Array; systems: readonly System[] }
  | { kind: 'archive'; parts: ArchiveParts; about: ArchiveDescription };

/** What the worker answers: how far it is, then the file. */
export type ExportAnswer =
  | { kind: 'progress'; done: number }
  | { kind: 'file'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; reason: string };

function answer(message: ExportAnswer, transfer: Transferable[] = []): void {
  postMessage(message, { transfer });
}

async function fileOf(request: ExportRequest): Promise<Uint8Array<ArrayBuffer>> {
  if (request.kind === 'archive') return await writeArchive(request.parts, request.about);
  const { format, sightings, systems } = request;
  const { table, collection } = readSightings(sightings, {}); // which were valid where they come from
  const rows = Uint32Array.from({ length: table.length }, (_, row) => row);
  const tell = paced((done) => answer({ kind: 'progress', done }));
  const chunks = await exportChunks(format, { table, rows, collection, systems }, (count) =>
    tell(count / rows.length),
  );
  return joinBytes(chunks);
}

addEventListener('message', ({ data: request }: MessageEvent<ExportRequest>) => {
  fileOf(request).then(
    (bytes) => answer({ kind: 'file', bytes }, [bytes.buffer]),
    (error: unknown) =>
      answer({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
});
