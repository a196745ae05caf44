import { fetchFile } from '../../../io/fetch-file';
import type { ExportSet } from '../../../io/export';
import { REFERENCE_POINTS_FILE, formatReferencePoints } from '../../../io/reference-points';
import type { AppState } from '../../app-state.svelte';
import { addressOf } from '../../share/address-of';
import { filterTexts, isoToday } from '../../share/what-is-shown';
import type { ArchiveAdditions } from './export-file';

async function bytesAt(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, issues } = await fetchFile(url);
  const [issue] = issues;
  if (issue) throw new Error(`A file of the archive is missing: it ${issue.message}`);
  return bytes;
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false; // which is what was asked
  }
}

/** A file from beside the data, or the built-in one where there is none that is JSON. */
async function companion(app: AppState, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const beside = app.source.url === undefined ? undefined : new URL(file, app.source.url).href;
  const own = beside === undefined ? undefined : await fetchFile(beside);
  return own?.issues.length === 0 && isJson(own.bytes) ? own.bytes : await bytesAt(`${app.baseUrl}${file}`);
}

/** Fetches what an archive has beside the sightings. Rejects when a file is missing. */
export async function fetchAdditions(
  app: AppState,
  set: ExportSet,
  { isFiltered, total, title }: { isFiltered: boolean; total: number; title: string },
): Promise<ArchiveAdditions> {
  const [systems, referencePoints, schema] = await Promise.all([
    companion(app, 'systems.json'),
    companion(app, REFERENCE_POINTS_FILE),
    bytesAt(`${app.baseUrl}sighting.schema.json`),
  ]);
  const { own } = app.places;
  const ownPoints = own.length > 0 ? new TextEncoder().encode(formatReferencePoints(own)) : undefined;
  const { license } = set.collection;
  return {
    parts: { systems, referencePoints, schema, ownPoints },
    about: {
      title,
      date: isoToday(),
      from: addressOf(app),
      count: set.rows.length,
      total,
      filters: isFiltered ? filterTexts(app) : [],
      license: typeof license === 'string' ? license : undefined,
    },
  };
}
