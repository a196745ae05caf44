import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readReferencePoints, readSystems } from '../../src/domain/reference-data';
import type { ReferencePoint, System } from '../../src/domain/sighting';
import type { ContractContext } from '../../src/domain/validate';

/** The repository's root. */
export const ROOT = join(import.meta.dirname, '../..');

export interface Fixture {
  name: string;
  bytes: Uint8Array;
}

/** All files of tests/fixtures/good or tests/fixtures/bad. */
export function fixtures(folder: 'good' | 'bad'): Fixture[] {
  const path = join(ROOT, 'tests/fixtures', folder);
  return readdirSync(path)
    .toSorted()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(path, name))) }));
}

/** The bytes of a file in geo/. */
export function geoBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(join(ROOT, 'geo', name)));
}

/** The parsed text of a file in geo/. */
export function geoJson(name: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, 'geo', name), 'utf8'));
}

export function geoSystems(): System[] {
  return readSystems(geoJson('systems.json')).systems;
}

export function geoReferencePoints(): ReferencePoint[] {
  return readReferencePoints(geoJson('reference-points.geojson')).referencePoints;
}

/** What sightings may refer to: the project's own systems and reference points. */
export function geoContext(): ContractContext {
  return {
    systemIds: new Set(geoSystems().map(({ id }) => id)),
    referencePointIds: new Set(geoReferencePoints().map(({ id }) => id)),
  };
}

export function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function toText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
