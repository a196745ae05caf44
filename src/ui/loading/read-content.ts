import type { SightingTable } from '../../domain/table';
import type { ContractContext } from '../../domain/validate';
import { type LoadOptions, loadSightings } from './load-sightings';

/**
 * The sightings of a file of sightings that was opened before, packed by gzip or not: read in a worker when it is large.
 * Rejects when it cannot be read, and with what `signal` is aborted with.
 */
export async function readContent(
  content: Blob,
  context: ContractContext,
  options: Pick<LoadOptions, 'progress' | 'signal'> = {},
): Promise<{ table: SightingTable; collection: Readonly<Record<string, unknown>> }> {
  const loaded = await loadSightings({ kind: 'content', content }, context, { ...options, isOurs: true });
  if (loaded.kind === 'sightings') return loaded.sightings;
  throw new Error(loaded.kind === 'failed' ? loaded.message : 'it is no file of sightings');
}
