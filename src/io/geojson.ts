import { type Issue, IssueList } from '../domain/issue';
import { type SightingTable, SightingTableBuilder } from '../domain/table';
import { type ContractContext, SightingValidator, checkCollection, isSighting } from '../domain/validate';
import { type FeatureSlice, type ScanEnd, scanFeatures } from './scan';

/** What was read from a file of sightings: the good ones, and what is wrong with the rest. */
export interface ReadSightings {
  table: SightingTable;
  /** in the order of the file, issues of the collection last */
  issues: Issue[];
  accepted: number;
  rejected: number;
  /** foreign members of the FeatureCollection, such as `title` */
  collection: Readonly<Record<string, unknown>>;
}

/** Deeper text is refused before it is parsed: a sighting needs 7 levels. */
const MAX_DEPTH = 64;

/** UTF-8 text, or `undefined` for bytes that are none. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function parseFeature(bytes: Uint8Array, slice: FeatureSlice): { value: unknown } | { error: string } {
  if (slice.depth > MAX_DEPTH)
    return { error: `is nested ${slice.depth} levels deep; at most ${MAX_DEPTH} are read` };
  const place = `(line ${slice.line}, byte ${slice.start})`;
  const text = decode(bytes.subarray(slice.start, slice.end));
  if (text === undefined) return { error: `is not UTF-8 text ${place}` };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: `is not JSON: ${error instanceof Error ? error.message : String(error)} ${place}` };
  }
}

/** Reads what surrounds the features; `last` is the last feature before it. */
function parseEnvelope(
  bytes: Uint8Array,
  { envelope, lines, commaFaults }: ScanEnd,
  last: FeatureSlice | undefined,
): Pick<ReadSightings, 'issues' | 'collection'> {
  const report = new IssueList(null, null);
  const fail = (message: string) => {
    report.error('$', message);
    return { issues: report.issues, collection: {} };
  };
  if (bytes.length === 0) return fail('the file is empty: it should be a GeoJSON FeatureCollection');
  if (envelope === undefined) {
    const place = last ? `feature ${last.index}, which starts on line ${last.line}` : 'its list of features';
    return fail(`the file breaks off on line ${lines}, in or after ${place}: get a complete copy`);
  }
  if (commaFaults.length > 0) {
    const where = commaFaults.join(', ');
    report.error('$.features', `a comma is missing or too many before line ${where}: the file is not JSON`);
  }
  const text = decode(envelope);
  if (text === undefined) {
    return fail(`the file is not UTF-8 text${last ? ' outside of its features' : ''}`);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    const isCollection = typeof parsed === 'object' && parsed !== null;
    return {
      issues: [...report.issues, ...checkCollection(parsed)],
      collection: isCollection ? (parsed as Record<string, unknown>) : {},
    };
  } catch (error) {
    const hint = text.trimStart().startsWith('<') ? ' It looks like a web page: check the address.' : '';
    return fail(`the file is not JSON: ${error instanceof Error ? error.message : String(error)}.${hint}`);
  }
}

/**
 * Reads the bytes of a GeoJSON file of sightings, feature by feature. Never throws: whatever cannot be read
 * is an issue, and all sightings without an error are in the table.
 */
export function readSightings(bytes: Uint8Array, context: ContractContext): ReadSightings {
  const validator = new SightingValidator(context);
  const builder = new SightingTableBuilder(bytes);
  const issues: Issue[] = [];
  const slices = scanFeatures(bytes);
  let last: FeatureSlice | undefined;
  let next = slices.next();
  while (!next.done) {
    const slice = next.value;
    last = slice;
    const parsed = parseFeature(bytes, slice);
    if ('error' in parsed) {
      const report = new IssueList(slice.index, null);
      report.error('$', parsed.error);
      issues.push(...report.issues);
    } else {
      const found = validator.checkFeature(parsed.value, slice.index);
      issues.push(...found);
      if (isSighting(parsed.value, found)) builder.add(parsed.value, slice.index, slice);
    }
    next = slices.next('value' in parsed);
  }
  issues.push(...validator.finish());
  const rejected = new Set(
    issues.flatMap(({ severity, index }) => (severity === 'error' ? [index ?? -1] : [])),
  );
  const rest = parseEnvelope(bytes, next.value, last);
  const table = builder.build(rejected);
  return {
    table,
    issues: [...issues.sort((a, b) => (a.index ?? 0) - (b.index ?? 0)), ...rest.issues],
    accepted: table.length,
    rejected: (last === undefined ? 0 : last.index + 1) - table.length,
    collection: rest.collection,
  };
}
