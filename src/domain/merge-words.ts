import { type DistanceWords, distanceLine, sourceLine } from './list-lines';
import type { FieldValue, MergeField } from './merge';
import type { ReportedDistance, SightingGeometry, Source } from './sighting';

/** What the fields of a merge are called. */
export const FIELD_NAMES: Readonly<Record<MergeField, string>> = {
  title: 'Title',
  system: 'System',
  quantity: 'Quantity',
  eventDate: 'Date',
  verbatimLocality: 'Place in the report’s words',
  place: 'Place on the map',
  confidence: 'Confidence',
  status: 'Status',
  sources: 'Sources',
  reportedDistances: 'Reported distances',
  otherProperties: 'Other properties',
  otherMembers: 'Other members',
};

function geometryText(geometry: SightingGeometry): string {
  if (geometry === null) return 'no place';
  if (geometry.type === 'Point')
    return `longitude ${geometry.coordinates[0]}, latitude ${geometry.coordinates[1]}`;
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  const corners = rings.reduce((sum, ring) => sum + ring.length - 1, 0);
  return `${geometry.type === 'Polygon' ? 'an area' : 'several areas'} of ${corners} corners`;
}

const plainText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/**
 * What a field says, in lines; one line that says so when it says nothing.
 * @param words what reported distances are told with
 */
export function fieldLines(field: MergeField, value: FieldValue, words: DistanceWords): string[] {
  const entries = Object.entries(value);
  if (entries.length === 0)
    return [field === 'status' ? 'reported' : field === 'place' ? 'no place' : 'says nothing'];
  if (field === 'sources') return (value['sources'] as readonly Source[]).map(sourceLine);
  if (field === 'reportedDistances') {
    const distances = value['reportedDistances'] as readonly ReportedDistance[];
    return distances.map((distance) => distanceLine(distance, words));
  }
  return entries.map(([key, one]) => {
    if (key === 'geometry') return geometryText(one as SightingGeometry);
    if (key === 'coordinateUncertaintyInMeters') return `within ${plainText(one)} m`;
    return field.startsWith('other') ? `${key}: ${plainText(one)}` : plainText(one);
  });
}
