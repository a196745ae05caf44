import { GIVEN_LAYER } from '../../../domain/given-layer';
import type { DataSource } from '../../data-source.svelte';
import { recall, remember } from '../../browser-memory';
import type { Workspace } from '../workspace.svelte';

/** Which bytes of the file at an address a reading of it was made of; the address has a work of its own. */
export interface Reading {
  /** of the file; '' where that could not be told */
  sha256: string;
  /** the data set that it became: the one that the page opens with where it became drafts alone */
  layer: string;
}

/**
 * How the file at an address stands to what was made of it: `unread` where nothing is there that was, `earlier` where
 * it cannot be told whether it has changed since.
 */
export type Standing = 'unread' | 'unchanged' | 'changed' | 'earlier';

/** So many readings of one address are remembered: undo goes no further back than people remember either. */
const MOST_READINGS = 20;

function isReading(value: unknown): value is Reading {
  if (typeof value !== 'object' || value === null || !('sha256' in value) || !('layer' in value))
    return false;
  return typeof value.sha256 === 'string' && typeof value.layer === 'string';
}

function keyOf(url: string): string {
  return `readings/${url}`;
}

/** What this browser remembers of the readings of the file at an address, oldest first. */
export function readingsAt(url: string): readonly Reading[] {
  const kept = recall(keyOf(url));
  return Array.isArray(kept) ? kept.filter(isReading) : [];
}

/** What names the content of a file by its bytes, in hexadecimal; '' where a browser does not say, as on plain http. */
export async function nameOfBytes(content: Blob): Promise<string> {
  try {
    const digest = await crypto.subtle.digest('SHA-256', await content.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    return '';
  }
}

/** How a file stands to its readings in a work. @param sha256 of what its address gives now */
export function standingOf(
  { layers, drafts, keeper }: Pick<Workspace, 'layers' | 'drafts' | 'keeper'>,
  fileName: string,
  readings: readonly Reading[],
  sha256: string,
): Standing {
  const named = layers.filter(({ source }) => source.kind === 'content' && source.fileName === fileName);
  const hasDrafts =
    drafts.some(({ layer, id }) => layer === GIVEN_LAYER && id === null) ||
    keeper.current.edits(GIVEN_LAYER).size > 0; // some are completed
  const isDrafted = hasDrafts && readings.some(({ layer }) => layer === GIVEN_LAYER);
  if (named.length === 0 && !isDrafted) return 'unread';
  const told = readings.filter(
    (reading) =>
      reading.sha256 !== '' &&
      (reading.layer === GIVEN_LAYER
        ? isDrafted
        : named.some(({ id, isShown }) => isShown && id === reading.layer)),
  );
  if (told.length === 0 || sha256 === '') return 'earlier';
  return told.some((reading) => reading.sha256 === sha256) ? 'unchanged' : 'changed';
}

/** What is said of a file at an address, and what its button does. */
export function wordsOf(standing: Standing): { said: string; act: string } {
  const act = 'See or change its columns';
  if (standing === 'unread')
    return { said: 'What its columns mean is not said yet.', act: 'Say what they mean' };
  if (standing === 'unchanged') return { said: 'It was read here earlier, and has not changed since.', act };
  if (standing === 'earlier') return { said: 'It was read here earlier, and may have changed since.', act };
  const said = 'The file has changed since it was read here: what is shown is the earlier reading.';
  return { said, act: 'Read it anew' };
}

/** Remembers that the file that the page opens with became a data set, or drafts of the one that it opens with. */
export async function noteReading(
  source: Pick<DataSource, 'url' | 'reading'>,
  file: File,
  layer: string,
): Promise<void> {
  const { url } = source;
  if (url === undefined) return;
  const sha256 = await nameOfBytes(file);
  // What cannot be remembered is said to be an earlier reading.
  remember(keyOf(url), [...readingsAt(url), { sha256, layer }].slice(-MOST_READINGS));
  if (source.url === url) source.reading = { ...wordsOf('unchanged'), file };
}
