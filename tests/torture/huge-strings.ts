import type { Sighting, Source } from '../../src/domain/sighting';
import { Chance, seedOf } from './chance';
import { fitted, hostileSightings, hostileString } from './hostile-strings';

/** Fields of a sighting, or of its first source, that a text of any length can stand in. */
export const HUGE_FIELDS = [
  'title',
  'verbatimLocality',
  'georeferenceRemarks',
  'confidenceBasis',
  'publisher',
  'source title',
  'origin',
  'claim',
] as const;
export type HugeField = (typeof HUGE_FIELDS)[number];

/** Characters of a huge text: 10 MB where each is one byte. */
const HUGE_LENGTH = 10_000_000;

/** Hostile strings one after the other, as one text of that length. */
function hugeText(chance: Chance, isOneLine: boolean): string {
  const unit = Array.from({ length: 200 }, () => fitted(hostileString(chance), isOneLine)).join(' ');
  return fitted(unit.repeat(Math.ceil(HUGE_LENGTH / unit.length)).slice(0, HUGE_LENGTH), isOneLine);
}

/** Hostile sightings, the last of which has a huge text in a field. */
export function withHugeText(field: HugeField, seed: number): Sighting[] {
  const sightings = hostileSightings(3, seed);
  const last = sightings.pop();
  if (!last) return [];
  const isOneLine = !['georeferenceRemarks', 'confidenceBasis', 'claim'].includes(field);
  const text = hugeText(new Chance(seedOf(seed, HUGE_FIELDS.indexOf(field))), isOneLine);
  const [first, ...others] = last.properties.sources;
  const inSource: Partial<Record<HugeField, Partial<Source>>> = {
    publisher: { publisher: text },
    'source title': { title: text },
    origin: { origin: text },
    claim: { claim: text },
  };
  const changed = inSource[field];
  const properties =
    changed && first ? { sources: [{ ...first, ...changed }, ...others] } : { [field]: text };
  return [...sightings, { ...last, properties: { ...last.properties, ...properties } }];
}
