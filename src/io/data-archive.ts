import { CONTRACT_VERSION } from '../domain/sighting';
import { zipFiles } from './archive';
import type { Progress } from './foreign';
import { REFERENCE_POINTS_FILE } from './reference-points';

/** What an archive says about itself. */
export interface ArchiveDescription {
  /** of the data */
  title: string;
  /** ISO 8601 date */
  date: string;
  /** where the data was: the address of a page, or the name of a file */
  from: string;
  /** how many sightings are in it, and how many there were to choose from */
  count: number;
  total: number;
  /** the conditions by which they were chosen, in words */
  filters: readonly string[];
  /** `undefined` when the data states none */
  license: string | undefined;
}

/** The files of an archive. */
export interface ArchiveParts {
  /** a GeoJSON file of sightings */
  sightings: Uint8Array;
  referencePoints: Uint8Array;
  /** a GeoJSON file of reference points that the reader added; left out when there are none */
  ownPoints?: Uint8Array | undefined;
  systems: Uint8Array;
  schema: Uint8Array;
}

export const SIGHTINGS_FILE = 'sightings.geojson';
export const SYSTEMS_FILE = 'systems.json';
export const OWN_POINTS_FILE = 'own-reference-points.geojson';
const SCHEMA_FILE = 'sighting.schema.json';
const README_FILE = 'README.txt';
export const CHECKSUM_FILE = 'SHA256SUMS';

/** Whether a file of an archive of sightings has the name of one that this map writes there. */
export function isOfArchive(name: string): boolean {
  const own = [SIGHTINGS_FILE, SYSTEMS_FILE, OWN_POINTS_FILE, REFERENCE_POINTS_FILE, SCHEMA_FILE];
  return own.includes(name.slice(name.lastIndexOf('/') + 1));
}

function readme(about: ArchiveDescription, hasOwnPoints: boolean): string {
  const { title, date, from, count, total, filters, license } = about;
  const number = (value: number) => value.toLocaleString('en-GB');
  const chosen =
    filters.length > 0 ? `Chosen by: ${filters.join('; ')}` : 'Nothing was filtered out of them.';
  const files = [
    [SIGHTINGS_FILE, 'the sightings: RFC 7946 GeoJSON, sorted by id'],
    [REFERENCE_POINTS_FILE, 'the places that distances are measured to'],
    ...(hasOwnPoints ? [[OWN_POINTS_FILE, 'places that the person who exported this had added']] : []),
    [SYSTEMS_FILE, 'the air-defence systems that the sightings name'],
    [SCHEMA_FILE, 'what a sighting is: JSON Schema (2020-12) of one feature'],
    [CHECKSUM_FILE, 'checksums of all these files'],
  ];
  return `${title}

An archive of reported sightings of air-defence systems: what the press reported, where, when, on whose word, and how
sure one can be. It is a record of journalism; no place in it is finer than its report.

Sightings:        ${number(count)} of ${number(total)}
                  ${chosen}
Exported on:      ${date}
From:             ${from}
Contract version: ${CONTRACT_VERSION}
Licence of data:  ${license ?? 'not stated'}

${files.map(([name = '', what = '']) => `${name.padEnd(30)}${what}`).join('\n')}

Coordinates are [longitude, latitude] in degrees, WGS 84. A point is the centre of a circle of which the field
coordinateUncertaintyInMeters is the radius; a sighting without a geometry was reported without a place.

To see that nothing was damaged:  sha256sum -c ${CHECKSUM_FILE}
`;
}

/** The SHA-256 of bytes, in hexadecimal. @throws Error where the browser has none */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // Browsers have it on https and localhost alone.
  if (!('subtle' in crypto))
    throw new Error('Checksums can be made on https and on localhost only: choose another format.');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Makes a zip archive of all that is needed to read and check sightings without this app. The same parts and the same
 * description give the same bytes.
 */
export async function writeArchive(
  parts: ArchiveParts,
  about: ArchiveDescription,
  progress: Progress = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const { sightings, referencePoints, ownPoints, systems, schema } = parts;
  const text = readme(about, ownPoints !== undefined);
  const files: [name: string, bytes: Uint8Array][] = [
    [README_FILE, new TextEncoder().encode(text)],
    [SIGHTINGS_FILE, sightings],
    [REFERENCE_POINTS_FILE, referencePoints],
    ...(ownPoints === undefined ? [] : [[OWN_POINTS_FILE, ownPoints] satisfies [string, Uint8Array]]),
    [SYSTEMS_FILE, systems],
    [SCHEMA_FILE, schema],
  ];
  const sums = await Promise.all(files.map(async ([name, bytes]) => `${await sha256(bytes)}  ${name}\n`));
  return zipFiles([...files, [CHECKSUM_FILE, new TextEncoder().encode(sums.join(''))]], progress);
}
