/**
 * Reads outlines of DCW-GMT, the Digital Chart of the World as GMT keeps it.
 *
 * A unit's outline is two u16 columns, longitude and latitude, each value the
 * degrees above the column's `min` times its `scale`; a longitude of 65535
 * parts the rings.
 */
import { ready, File as Hdf5File, Dataset } from 'h5wasm/node';
import type { Ring } from './geometry';

const RING_BREAK = 65535;

function degrees(file: Hdf5File, name: string): { raw: ArrayLike<number>; at: (index: number) => number } {
  const dataset = file.get(name);
  if (!(dataset instanceof Dataset)) throw new Error(`DCW file has no variable ${name}`);
  const raw = dataset.value as unknown as ArrayLike<number>;
  const scale = Number(dataset.attrs['scale']?.value);
  const min = Number(dataset.attrs['min']?.value);
  return { raw, at: (index) => raw[index]! / scale + min };
}

/** The rings of a unit, by its code (country and first-order code, like RUMOW). */
export async function readOutline(path: string, code: string): Promise<Ring[]> {
  await ready;
  const file = new Hdf5File(path, 'r');
  const lng = degrees(file, `${code}_lon`);
  const lat = degrees(file, `${code}_lat`);
  const rings: Ring[] = [];
  let ring: Ring = [];
  for (let i = 0; i <= lng.raw.length; i++) {
    if (i < lng.raw.length && lng.raw[i] !== RING_BREAK) {
      ring.push([lng.at(i), lat.at(i)]);
      continue;
    }
    if (ring.length > 3) rings.push([...ring, ring[0]!]);
    ring = [];
  }
  file.close();
  return rings;
}
