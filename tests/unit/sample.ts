import type { Sighting, SightingProperties, Source } from '../../src/domain/sighting';
import type { SightingTable } from '../../src/domain/table';
import { SightingTableBuilder } from '../../src/domain/table-builder';

/** A source with all that the contract requires. */
export function sampleSource(changes: Partial<Source> = {}): Source {
  return {
    publisher: 'A paper',
    publishedDate: '2023-01-20',
    origin: 'An origin',
    claim: 'It reports this.',
    ...changes,
  };
}

const KEY_ORDER = [
  'title',
  'system',
  'systemQualifier',
  'quantity',
  'eventDate',
  'verbatimLocality',
  'coordinateUncertaintyInMeters',
  'georeferenceRemarks',
  'confidence',
  'confidenceBasis',
  'status',
  'sources',
  'reportedDistances',
];

/** A valid sighting at a point, with some of it changed. */
export function sampleSighting({
  id = 'sample',
  geometry = { type: 'Point', coordinates: [37.6, 55.7] },
  ...properties
}: Partial<SightingProperties & Pick<Sighting, 'id' | 'geometry'>> = {}): Sighting {
  const isPoint = geometry?.type === 'Point';
  const whole: SightingProperties = {
    title: 'A sample',
    eventDate: '2023-01-19',
    verbatimLocality: 'a park',
    ...(isPoint ? { coordinateUncertaintyInMeters: 500 } : {}),
    confidence: 'low',
    confidenceBasis: 'One origin.',
    sources: [sampleSource()],
    ...properties,
  };
  const sorted = Object.entries(whole).toSorted(([a], [b]) => KEY_ORDER.indexOf(a) - KEY_ORDER.indexOf(b));
  return {
    type: 'Feature',
    id,
    geometry,
    properties: Object.fromEntries(sorted) as unknown as SightingProperties,
  };
}

/** A table of sightings, whose records it can give back. */
export function sampleTable(sightings: readonly Sighting[]): SightingTable {
  const texts = sightings.map((sighting) => new TextEncoder().encode(JSON.stringify(sighting)));
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length, 0));
  const builder = new SightingTableBuilder();
  let start = 0;
  for (const [index, sighting] of sightings.entries()) {
    const text = texts[index] ?? new Uint8Array();
    bytes.set(text, start);
    builder.add(sighting, index, { file: 0, start, end: start + text.length });
    start += text.length;
  }
  return builder.build(new Set(), [bytes]);
}

/** The ids of all rows of a table. */
export function idsOf(table: SightingTable): string[] {
  return Array.from({ length: table.length }, (_, row) => table.idOf(row));
}

export function allRows(table: SightingTable): Uint32Array {
  return Uint32Array.from({ length: table.length }, (_, row) => row);
}
