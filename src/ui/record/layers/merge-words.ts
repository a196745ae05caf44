import type { FieldValue, MergeField } from '../../../domain/merge';
import type { ReportedDistance, SightingGeometry, Source } from '../../../domain/sighting';
import type { MergeVerdict } from './merge-plan.svelte';

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

export const VERDICT_NAMES: Readonly<Record<MergeVerdict, string>> = {
  'only-theirs': 'Only there',
  newer: 'Newer there',
  older: 'Older there',
  conflict: 'In conflict',
  same: 'The same',
  'only-ours': 'Only here',
};

export const VERDICT_MEANINGS: Readonly<Record<MergeVerdict, string>> = {
  'only-theirs': 'No sighting of this id is here.',
  newer: 'It keeps all that is said here and adds to it.',
  older: 'What is here keeps all that it says and adds to it.',
  conflict: 'They contradict each other, or each says something of its own.',
  same: 'Both say the same.',
  'only-ours': 'No sighting of this id is there; it stays.',
};

function geometryText(geometry: SightingGeometry): string {
  if (geometry === null) return 'no place';
  if (geometry.type === 'Point')
    return `longitude ${geometry.coordinates[0]}, latitude ${geometry.coordinates[1]}`;
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  const corners = rings.reduce((sum, ring) => sum + ring.length - 1, 0);
  return `${geometry.type === 'Polygon' ? 'an area' : 'several areas'} of ${corners} corners`;
}

function sourceText({ publisher, publishedDate, claim, ...rest }: Source): string {
  const details = Object.entries(rest).map(([key, value]) => `${key} ${value}`);
  return `${publisher}, ${publishedDate}: ${claim} (${details.join('; ')})`;
}

const plainText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a field says, in lines; one line that says so when it says nothing. */
export function fieldLines(field: MergeField, value: FieldValue): string[] {
  const entries = Object.entries(value);
  if (entries.length === 0)
    return [field === 'status' ? 'reported' : field === 'place' ? 'no place' : 'says nothing'];
  if (field === 'sources') return (value['sources'] as readonly Source[]).map(sourceText);
  if (field === 'reportedDistances') {
    return (value['reportedDistances'] as readonly ReportedDistance[]).map(
      ({ to, meters, qualifier, source }) => `${qualifier} ${meters} m to ${to} (source ${source + 1})`,
    );
  }
  return entries.map(([key, one]) => {
    if (key === 'geometry') return geometryText(one as SightingGeometry);
    if (key === 'coordinateUncertaintyInMeters') return `within ${plainText(one)} m`;
    return field.startsWith('other') ? `${key}: ${plainText(one)}` : plainText(one);
  });
}
