import {
  CONFIDENCE,
  CREDIBILITY,
  RELIABILITY,
  SOURCE_TYPE,
  type SourceField,
  STANCE,
  STATUS,
  type System,
} from '../../../domain/sighting';
import { FIELD_LABEL } from '../../../domain/sighting-fields';
import type { FieldChoice, Mapping, SightingField, UncertaintyChoice } from '../../../io/mapping';

/** A field of the contract as one question of the mapping. */
export interface MappedField {
  /** `title`, `source.publisher` */
  key: string;
  label: string;
  hint?: string;
  isRequired: boolean;
  /** the values that the contract knows, with their meaning */
  words?: Readonly<Record<string, string>>;
  choiceIn: (mapping: Mapping) => UncertaintyChoice;
  /** the mapping with another choice for this field */
  with: (mapping: Mapping, choice: UncertaintyChoice) => Mapping;
}

interface Words {
  label: string;
  hint?: string;
  isRequired?: true;
  words?: Readonly<Record<string, string>>;
}

const SIGHTING_WORDS: Readonly<Record<SightingField, Words>> = {
  title: { label: 'Title', hint: 'One line.', isRequired: true },
  eventDate: {
    label: 'Date of the sighting',
    hint: 'A date, a month, or a period: 2023-01-19, 2023-01, 2023-01-06/2023-01-20.',
    isRequired: true,
  },
  verbatimLocality: { label: 'Place in the report’s words', isRequired: true },
  coordinateUncertaintyInMeters: {
    label: 'Uncertainty of the place',
    hint: 'In metres: the radius of the circle that contains the whole place. Points need it.',
    isRequired: true,
  },
  confidence: { label: 'Confidence', isRequired: true, words: CONFIDENCE },
  confidenceBasis: {
    label: 'Basis of the confidence',
    hint: 'One or two sentences: why.',
    isRequired: true,
  },
  id: { label: 'Id', hint: 'Made of the title and the date where it is left out.' },
  system: { label: 'System' },
  systemQualifier: { label: 'Is the system only likely?', words: { likely: 'The report hedges.' } },
  quantity: { label: 'Quantity' },
  georeferenceRemarks: { label: 'How the place was found' },
  status: { label: 'Status', words: STATUS },
};

const SOURCE_WORDS: Readonly<Record<SourceField, Words>> = {
  publisher: { label: 'Publisher of the source', isRequired: true },
  publishedDate: { label: 'Date of publication', isRequired: true },
  origin: {
    label: 'Origin of the information',
    hint: 'The outlet, channel or wire that it goes back to.',
    isRequired: true,
  },
  claim: { label: 'What the source says', hint: 'A paraphrase.', isRequired: true },
  title: { label: 'Title of the source' },
  url: { label: 'Address of the source' },
  retrievedDate: { label: 'Date of retrieval' },
  archivedUrl: { label: 'Address of an archived copy' },
  type: { label: 'Kind of source', words: SOURCE_TYPE },
  reliability: { label: 'Reliability of the source', words: RELIABILITY },
  credibility: { label: 'Credibility of the information', words: CREDIBILITY },
  stance: { label: 'Stance of the source', words: STANCE },
};

function ofSighting(field: SightingField, { isRequired, ...words }: Words): MappedField {
  return {
    key: field,
    isRequired: isRequired === true,
    ...words,
    choiceIn: ({ fields }) => fields[field],
    with: (mapping, choice) => ({ ...mapping, fields: { ...mapping.fields, [field]: choice } }),
  };
}

function ofSource(field: SourceField, { isRequired, ...words }: Words): MappedField {
  return {
    key: `source.${field}`,
    isRequired: isRequired === true,
    ...words,
    choiceIn: ({ source }) => source[field],
    with: (mapping, choice) => ({
      ...mapping,
      source: { ...mapping.source, [field]: choice as FieldChoice },
    }),
  };
}

/** All fields that a mapping can fill, those of the sighting first. */
export function mappedFields(systems: readonly System[]): MappedField[] {
  const names = Object.fromEntries(systems.map(({ id, name }) => [id, name]));
  const sighting = Object.entries(SIGHTING_WORDS) as [SightingField, Words][];
  const source = Object.entries(SOURCE_WORDS) as [SourceField, Words][];
  return [
    ...sighting.map(([field, words]) =>
      ofSighting(field, field === 'system' && systems.length > 0 ? { ...words, words: names } : words),
    ),
    ...source.map(([field, words]) => ofSource(field, words)),
  ];
}

/** What a reported distance says, by its keys, as the form asks for it. */
const DISTANCE_WORDS: Readonly<Record<string, string>> = {
  to: 'from',
  meters: 'metres',
  qualifier: 'it is',
  source: 'which source',
};

function ofList(name: string, at: string | undefined, key: string | undefined): string | undefined {
  if (at === undefined) return undefined;
  const number = Number(at) + 1;
  const [item, label] =
    name === 'sources'
      ? [`source ${number}`, SOURCE_WORDS[key as SourceField]?.label]
      : [`reported distance ${number}`, DISTANCE_WORDS[key ?? '']];
  if (key !== undefined && label === undefined) return `“${key}” of ${item}`;
  if (label === undefined) return item[0]?.toUpperCase() + item.slice(1);
  if (name === 'sources') return number === 1 ? label : `${label} (${item})`;
  return `Reported distance ${number} (${label})`;
}

/** What people call the part of a sighting at a path, such as `$.properties.sources[0].claim`; else `undefined`. */
function labelOf(path: string): string | undefined {
  const [, name, at, key] = /^(?:\$\.)?(?:properties\.)?(\w+)(?:\[(\d+)\])?(?:\.(\w+))?/.exec(path) ?? [];
  if (name === undefined) return undefined;
  if (name === 'sources' || name === 'reportedDistances') return ofList(name, at, key) ?? FIELD_LABEL[name];
  if (name === 'geometry' || name === 'systemQualifier') return FIELD_LABEL[name];
  return Object.hasOwn(SIGHTING_WORDS, name) ? SIGHTING_WORDS[name as SightingField].label : undefined;
}

/** How a reason goes on that has what it is about for its subject. */
const PREDICATE = /^(?:is|are|has|have|must|runs|crosses|encloses|cannot) /;
const LISTS: readonly string[] = [FIELD_LABEL.sources, FIELD_LABEL.reportedDistances];

/** One sentence of what is wrong, and of what. A second colon would part it twice; those that are quoted stay. */
function sentence(subject: string, rest: string): string {
  if (!PREDICATE.test(rest)) {
    const [fault = '', remedy] = /^((?:[^":]|:(?! )|"(?:[^"\\]|\\.)*")*): (.*)$/s.exec(rest)?.slice(1) ?? [
      rest,
    ];
    return remedy === undefined ? `${subject}: ${rest}` : `${subject}: ${fault} – ${remedy}`;
  }
  const many = LISTS.includes(subject);
  return `${subject} ${many ? rest.replace(/^is /, 'are ').replace(/^has /, 'have ') : rest}`;
}

/** A member that is no field, by the name that the file has for it. */
const MEMBER = /^\$\.(?:properties\.)?(?:(\w+)|properties\[("(?:[^"\\]|\\.)*")\]): (.*)$/s;

function oneReason(reason: string): string {
  const [, path = '', rest = ''] = /^(\$?[\w.[\]]*): (.*)$/s.exec(reason) ?? [];
  const label = labelOf(path);
  if (label !== undefined) return sentence(label, rest);
  const [, plain, quoted, said = ''] = MEMBER.exec(reason) ?? [];
  const name = quoted === undefined ? plain : (JSON.parse(quoted) as string);
  if (name !== undefined) return sentence(`“${name}”`, said);
  return reason.replace(/^\$\.(?:properties\.)?/, '').replace(/^\$: /, '');
}

/**
 * A reason, or several with semicolons between them, as people read it: `$.properties.title: is missing` is `Title is
 * missing`, and so are all fields called by their labels. What is no field of a sighting keeps its name, without the path
 * of the file.
 */
export function plainReason(reason: string): string {
  return reason
    .split(/; (?=[$\w.[\]]+: )/)
    .map(oneReason)
    .join('; ');
}
