import { gunzipSync, gzipSync } from 'fflate';
import { unzipWithin, zipFiles } from '../../src/io/archive';
import { FileFault } from '../../src/io/file-fault';
import { BYTE_MUTATIONS } from './byte-mutations';
import { Chance, seedOf } from './chance';
import type { Seedling, TortureFormat } from './corpus';
import { type TextMutation, mutateJson } from './json-mutations';
import { MARKUP_MUTATIONS } from './markup-mutations';
import { TABLE_MUTATIONS } from './table-mutations';

const STRUCTURE: Readonly<Record<TortureFormat, readonly TextMutation[]>> = {
  sightings: [mutateJson],
  geojson: [mutateJson],
  ndjson: [mutateJson],
  gzip: [mutateJson],
  points: [mutateJson],
  validator: [mutateJson],
  csv: TABLE_MUTATIONS,
  tsv: TABLE_MUTATIONS,
  kml: MARKUP_MUTATIONS,
  gpx: MARKUP_MUTATIONS,
  kmz: MARKUP_MUTATIONS,
  xlsx: MARKUP_MUTATIONS,
  zip: [mutateJson],
};

const NAMES = [
  '../../etc/passwd',
  '/abs.kml',
  'C:\\x.kml',
  '__proto__',
  'constructor.kml',
  'doc.kml',
  'sightings.geojson',
  'a\0b.csv',
  '',
  'a/',
  '\u202elmk.exe',
  'x'.repeat(2000),
  '[Content_Types].xml',
];

function changeText(bytes: Uint8Array, format: TortureFormat, chance: Chance): Uint8Array {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return new TextEncoder().encode(chance.pick(STRUCTURE[format])(text, chance));
}

function changeBytes(bytes: Uint8Array, chance: Chance, other: Uint8Array): Uint8Array {
  return chance.pick(Object.values(BYTE_MUTATIONS))(bytes, chance, other);
}

/** Changes a file in an archive, or its name, or how many there are. */
function changeArchive(
  bytes: Uint8Array,
  format: TortureFormat,
  chance: Chance,
  other: Uint8Array,
): Uint8Array {
  let files: [string, Uint8Array][];
  try {
    files = [...unzipWithin(bytes)];
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return changeBytes(bytes, chance, other);
  }
  const at = chance.below(files.length);
  const [name, content] = files[at] ?? ['doc.kml', new Uint8Array()];
  if (chance.is(0.1)) files[at] = [chance.pick(NAMES), content];
  else if (chance.is(0.05)) files.splice(at, 1);
  else if (chance.is(0.02))
    for (let i = 0; i < 1001; i++) files.push([`file-${String(i)}`, new Uint8Array()]);
  else
    files[at] = [
      name,
      chance.is(0.7) ? changeText(content, format, chance) : changeBytes(content, chance, other),
    ];
  return zipFiles(new Map(files));
}

function changeGzip(bytes: Uint8Array, chance: Chance, other: Uint8Array): Uint8Array {
  let plain: Uint8Array;
  try {
    plain = gunzipSync(bytes);
  } catch {
    return changeBytes(bytes, chance, other); // it is one that is damaged already
  }
  if (plain.length > MOST_BYTES) return changeBytes(bytes, chance, other); // a bomb: no text is that long
  const changed = chance.is(0.7) ? changeText(plain, 'gzip', chance) : changeBytes(plain, chance, other);
  return gzipSync(changed, { mtime: 0, level: 1 });
}

function changeStructure(
  bytes: Uint8Array,
  format: TortureFormat,
  chance: Chance,
  other: Uint8Array,
): Uint8Array {
  if (format === 'gzip') return changeGzip(bytes, chance, other);
  const isArchive = format === 'kmz' || format === 'xlsx' || format === 'zip';
  return isArchive ? changeArchive(bytes, format, chance, other) : changeText(bytes, format, chance);
}

/** Grown files are not grown further: what matters is what they are made of. */
const MOST_BYTES = 4e6;

/**
 * The `index`th file that is made of a corpus by a seed: always the same for the same ones.
 * @param formats those that are wanted, in turn
 */
export function mutantOf(
  corpus: readonly Seedling[],
  formats: readonly TortureFormat[],
  seed: number,
  index: number,
): Seedling {
  const format = formats[index % formats.length] ?? 'sightings';
  const chance = new Chance(seedOf(seed, index));
  const { name, bytes } = chance.pick(corpus.filter((one) => one.format === format));
  const other = chance.pick(corpus).bytes;
  let mutant = bytes;
  for (let i = chance.length(5); i > 0 && mutant.length < MOST_BYTES; i--) {
    mutant = chance.is(0.6)
      ? changeStructure(mutant, format, chance, other)
      : changeBytes(mutant, chance, other);
  }
  return { format, name, bytes: mutant };
}
