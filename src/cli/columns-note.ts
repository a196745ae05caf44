import { SOURCE_FIELDS, type SourceField } from '../domain/sighting';
import { type Mapping, SIGHTING_FIELDS, type SightingField } from '../io/mapping';

/** What a column is taken as, in words. */
const MEANINGS: Readonly<Record<SightingField, string>> = {
  id: 'the id',
  title: 'the title',
  system: 'the system',
  systemQualifier: 'how sure the report is of the system',
  quantity: 'the quantity',
  eventDate: 'the date',
  verbatimLocality: 'the place in words',
  coordinateUncertaintyInMeters: 'the uncertainty in metres',
  georeferenceRemarks: 'how it was placed',
  confidence: 'the confidence',
  confidenceBasis: 'the basis of the confidence',
  status: 'the status',
};

const SOURCE_MEANINGS: Readonly<Record<SourceField, string>> = {
  publisher: 'the publisher',
  title: 'the title of the source',
  url: 'the address of the source',
  publishedDate: 'the date of publication',
  retrievedDate: 'the date of retrieval',
  archivedUrl: 'the address of an archived copy',
  origin: 'the origin of the information',
  type: 'the kind of source',
  reliability: 'the reliability of the source',
  credibility: 'the credibility of the information',
  stance: 'the stance of the source',
  claim: 'the claim of the source',
};

const quoted = (column: string) => `“${column}”`;

/** Something that columns are taken as, with the names that `--map` has for it. */
function taken(columns: readonly string[], meaning: string, fields: string): string {
  return `${columns.map(quoted).join(' and ')} as ${meaning}${meaning === `the ${fields}` ? '' : ` (${fields})`}`;
}

function ofPlace({ place }: Mapping): string[] {
  if (place.from === 'columns') return [taken([place.lat, place.lng], 'latitude and longitude', 'lat, lng')];
  return place.from === 'one column' ? [taken([place.column], 'the place', 'place')] : [];
}

/** What a mapping takes the columns of a table as, in a sentence; `undefined` when it takes none. */
export function columnsNote(mapping: Mapping): string | undefined {
  const { fields, source } = mapping;
  const all = [
    ...SIGHTING_FIELDS.flatMap((field) => {
      const choice = fields[field];
      return choice.from === 'column' ? [taken([choice.column], MEANINGS[field], field)] : [];
    }),
    ...ofPlace(mapping),
    ...SOURCE_FIELDS.flatMap((field) => {
      const choice = source[field];
      return choice.from === 'column'
        ? [taken([choice.column], SOURCE_MEANINGS[field], `source.${field}`)]
        : [];
    }),
  ];
  return all.length === 0 ? undefined : `Columns: ${all.join(', ')}.`;
}
