import type { Issue } from '../../../domain/issue';
import { holdsSightings } from '../../../io/contract-geojson';
import { fileIssue } from '../../../io/fetch-file';
import { layoutOf } from '../../../io/geojson-layout';
import { type ReadSightings, readSightings } from '../../../io/geojson';
import type { ImportResult } from '../../../io/foreign';
import { type DataFromAddress, fetchDataAt } from '../../../io/load';
import type { AppState } from '../../app-state.svelte';
import { fileNameAt } from './file-name';
import { FileImport, ImportClosed } from './import-client';

/** What an import made, as if it had been read from a file of sightings. */
function asRead({ bytes, incomplete, setAside, warnings }: ImportResult, data: DataFromAddress) {
  const sightings = readSightings(bytes, data.context);
  const told = (place: string, message: string, severity: Issue['severity']): Issue => ({
    index: null,
    id: null,
    path: '$',
    message: `${place}: ${message}`,
    severity,
  });
  const issues = [
    ...incomplete.map(({ place, reasons }) => told(place, reasons.join('; '), 'error')),
    ...setAside.map(({ place, reason }) => told(place, reason, 'error')),
    ...warnings.map(({ place, message }) => told(place, message, 'warning')),
  ];
  return { sightings, issues };
}

/** Whether a file is a collection of sightings as it stands, so that its very bytes can be kept. */
function isCollection(bytes: Uint8Array): boolean {
  const start = bytes.subarray(0, 64).find((byte) => byte > 0x20 && ![0xef, 0xbb, 0xbf].includes(byte));
  return start === 0x7b && layoutOf(bytes) === 'collection' && holdsSightings(bytes);
}

/** A file of others becomes sightings by itself when its columns leave nothing to decide. */
async function importAll(
  bytes: Uint8Array<ArrayBuffer>,
  url: string,
  { context }: DataFromAddress,
  file: FileImport,
): Promise<ImportResult | undefined> {
  const summary = await file.open(bytes, fileNameAt(url), context);
  if (summary.kind === 'sightings') return await file.import(undefined);
  const { accepted, incomplete, setAside, tried, swapped, doubtfulDate } = summary.preview;
  const isClear = accepted > 0 && accepted === tried && incomplete + setAside === 0;
  if (!isClear || swapped !== undefined || doubtfulDate !== undefined) return undefined;
  return await file.import(summary.suggestion);
}

/**
 * Shows the data at an address. When somebody has to say first what its columns mean, the page stands empty and the
 * dialog asks.
 * @param signal aborted when other data is wanted
 */
export async function loadFrom(app: AppState, url: string, signal: AbortSignal): Promise<void> {
  const progress = (done: number) => {
    if (!signal.aborted) app.source.done = done;
  };
  const data = await fetchDataAt(url, app.baseUrl, { signal, progress });
  if (signal.aborted) return;
  const { bytes, issues, context } = data;
  const nothing = (): ReadSightings => readSightings(new Uint8Array(), context);
  if (issues.length > 0) {
    app.show(data.complete(nothing(), issues));
    return;
  }
  if (isCollection(bytes)) {
    const sightings = readSightings(bytes, context);
    app.show(data.complete(sightings, sightings.issues));
    return;
  }
  const file = new FileImport();
  signal.addEventListener('abort', () => file.close());
  try {
    const result = await importAll(bytes.slice(), url, data, file);
    if (signal.aborted) return;
    if (result) {
      const { sightings, issues } = asRead(result, data);
      app.show(data.complete(sightings, issues));
    } else {
      app.show(data.complete(nothing(), []));
      await ask(app, url, bytes);
    }
  } catch (error) {
    if (error instanceof ImportClosed || signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    app.show(data.complete(nothing(), fileIssue(reason)));
  } finally {
    file.close();
  }
}

/** Opens the dialog for data that wait for somebody to say what they mean, unless that was said before. */
async function ask(app: AppState, url: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const name = fileNameAt(url);
  if (app.isEmbedded) {
    app.notice = `What the columns of ${name} mean is not said yet: open the full map to say it.`;
    return;
  }
  const { layers } = await app.record.open();
  const isKnown = layers.some(({ source }) => source.kind === 'content' && source.fileName === name);
  if (!isKnown) await app.record.openDialog({ name: 'open', files: [new File([bytes], name)] });
}
