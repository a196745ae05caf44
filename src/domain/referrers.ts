import type { TablePart } from './combine-tables';
import type { Sighting } from './sighting';

/** Where bytes have others, -1 where they do not (Horspool: most of them are never looked at). */
function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array, shifts: Uint8Array): number {
  const last = wanted.length - 1;
  for (let end = last; end < bytes.length; end += shifts[bytes[end] ?? 0] ?? 1) {
    let k = 0;
    while (k <= last && bytes[end - k] === wanted[last - k]) k++;
    if (k > last) return end - last;
  }
  return -1;
}

/** How far the end may move on after a byte: to where the same stands next in what is wanted. */
function shiftsFor(wanted: Uint8Array): Uint8Array {
  const most = Math.min(255, wanted.length);
  const shifts = new Uint8Array(256).fill(most);
  for (let k = 0; k < wanted.length - 1; k++) shifts[wanted[k] ?? 0] = Math.min(most, wanted.length - 1 - k);
  return shifts;
}

/**
 * The sightings of a part that report a distance to the one of an id, and their texts. A record is parsed only when its
 * bytes have that id, so that a large table is gone through quickly.
 */
export function referrersIn(part: TablePart, id: string): { sighting: Sighting; text: string }[] {
  const { table } = part;
  const wanted = new TextEncoder().encode(JSON.stringify(id));
  const shifts = shiftsFor(wanted);
  const decoder = new TextDecoder();
  const found: { sighting: Sighting; text: string }[] = [];
  for (const row of part.rows ?? table.columns.reportedDistances.keys()) {
    if (table.columns.reportedDistances[row] === 0) continue;
    const bytes = table.recordBytes(row);
    if (indexOfBytes(bytes, wanted, shifts) < 0) continue;
    const text = decoder.decode(bytes);
    const sighting = JSON.parse(text) as Sighting;
    const { reportedDistances = [] } = sighting.properties;
    if (sighting.id !== id && reportedDistances.some(({ to }) => to === id)) found.push({ sighting, text });
  }
  return found;
}

/** The sightings of a part that report distances, and their texts. */
export function* reportersIn({ table, rows }: TablePart): Generator<{ sighting: Sighting; text: string }> {
  const decoder = new TextDecoder();
  for (const row of rows ?? table.columns.reportedDistances.keys()) {
    if (table.columns.reportedDistances[row] === 0) continue;
    const text = decoder.decode(table.recordBytes(row));
    yield { sighting: JSON.parse(text) as Sighting, text };
  }
}

/** The text of a sighting whose reported distances to one id are to another. */
export function withReferences(text: string, from: string, to: string): string {
  const sighting = JSON.parse(text) as Sighting;
  for (const distance of sighting.properties.reportedDistances ?? [])
    if (distance.to === from) distance.to = to;
  return JSON.stringify(sighting);
}
