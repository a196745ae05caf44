import type { Confidence, SightingProperties, Source } from './sighting';

/** What the sources of a sighting amount to. */
export interface Evidence {
  /** distinct origins that support the sighting, in the order of the sources */
  supportingOrigins: string[];
  /** distinct origins that dispute it */
  disputingOrigins: string[];
}

/** What makes two origins the same. In English, lower case is what it is anywhere. */
export function originKey(origin: string): string {
  return origin.trim().toLowerCase();
}

function distinctOrigins(sources: readonly Source[], stance: Source['stance']): string[] {
  const origins: string[] = [];
  const keys: string[] = [];
  for (const source of sources) {
    if ((source.stance ?? 'supports') !== stance) continue;
    const key = originKey(source.origin);
    if (keys.includes(key)) continue;
    keys.push(key);
    origins.push(source.origin.trim());
  }
  return origins;
}

/** Counts whose word a sighting rests on: ten relays of one channel are one origin. */
export function weighEvidence(sources: readonly Source[]): Evidence {
  return {
    supportingOrigins: distinctOrigins(sources, 'supports'),
    disputingOrigins: distinctOrigins(sources, 'disputes'),
  };
}

/** How many distinct origins support a sighting. */
export function countSupportingOrigins(sources: readonly Source[]): number {
  return distinctOrigins(sources, 'supports').length;
}

/** How many independent origins have to support a sighting of each confidence. */
export const ORIGINS_NEEDED: Record<Confidence, number> = { high: 2, moderate: 2, low: 0 };

/**
 * Says why the stated confidence asks more than the sources bear, or `undefined` when it holds.
 * ICD 203 wants corroboration for `high` and some for `moderate`: a single origin is `low`.
 */
export function confidenceDoubt(
  properties: Pick<SightingProperties, 'confidence' | 'sources' | 'status'>,
): string | undefined {
  const { supportingOrigins, disputingOrigins } = weighEvidence(properties.sources);
  const { confidence } = properties;
  const needed = ORIGINS_NEEDED[confidence];
  if (supportingOrigins.length < needed) {
    const found = supportingOrigins.length === 1 ? '1 independent origin' : 'no supporting origin';
    return `"${confidence}" needs at least ${needed} independent origins, and the sources go back to ${found}`;
  }
  if (confidence === 'high' && disputingOrigins.length > 0) {
    return `"high" does not hold while ${disputingOrigins.join(', ')} disputes the report`;
  }
  if (disputingOrigins.length > 0 && (properties.status ?? 'reported') === 'reported') {
    return `${disputingOrigins.join(', ')} disputes the report: the status should be "disputed"`;
  }
  return undefined;
}
