import type { Issue } from '../domain/issue';
import { isObject } from '../domain/rules';
import type { SightingTable } from '../domain/table';
import type { ContractContext } from '../domain/validate';
import { formatOfName } from '../io/formats';
import { readSightings } from '../io/geojson';
import { type ReadPoints, contextBeside } from './companions';
import { EXIT } from './exit-status';
import { hasErrors, messageOf } from './issue-lines';
import { readBytes } from './files';
import type { Input } from './read-input';

export interface FileReport {
  file: string;
  accepted: number;
  rejected: number;
  issues: Issue[];
}

export interface CheckedFile {
  report: FileReport;
  /** left out when the file cannot be read */
  table?: SightingTable;
  /** foreign members of its FeatureCollection */
  collection?: Readonly<Record<string, unknown>>;
  exit: number;
}

function unreadable(file: string, error: unknown): CheckedFile {
  const message = `cannot be read: ${messageOf(error)}`;
  const issue: Issue = { index: null, id: null, path: '$', message, severity: 'error' };
  return { report: { file, accepted: 0, rejected: 0, issues: [issue] }, exit: EXIT.unreadable };
}

/** Where a reason of an import says that it lies, and the rest of it. */
function pathOf(reason: string): { path: string; message: string } {
  const [, path, field = '', message = ''] = /^(?:(\$[^:\s]*)|([\w.[\]]+)): (.*)$/s.exec(reason) ?? [];
  if (path !== undefined) return { path, message };
  if (field === '') return { path: '$', message: reason };
  const isMember = /^(?:id|type|geometry|properties|crs)\b/.test(field);
  return { path: isMember ? `$.${field}` : `$.properties.${field}`, message };
}

/** What an import came to, as issues; where in the file stands at the end of each. */
function issuesOf({ result }: Input): Issue[] {
  const { mended, warnings, incomplete, setAside } = result;
  const issue = (severity: Issue['severity'], id: unknown, place: string, reason: string): Issue => {
    const { path, message } = pathOf(reason);
    const known = typeof id === 'string' && id !== '' ? id : place;
    return { index: null, id: known, path, message: `${message} (${place})`, severity };
  };
  return [
    ...mended.map(({ id, place, what }) => issue('warning', id, place, `is mended as it is read: ${what}`)),
    ...warnings.map(({ id, place, message }) => issue('warning', id, place, message)),
    ...incomplete.flatMap(({ place, feature, reasons }) => {
      const id = isObject(feature) ? feature['id'] : undefined;
      return reasons.map((reason) => issue('error', id, place, reason));
    }),
    ...setAside.map(({ place, reason }) => issue('error', undefined, place, `$: ${reason}`)),
  ];
}

async function checkOther(file: string, bytes: Uint8Array, context: ContractContext): Promise<CheckedFile> {
  const { readInput } = await import('./read-input'); // with the parsers of all formats
  const input = await readInput(file, bytes, context);
  const { result } = input;
  const issues = issuesOf(input);
  const { table, collection } = readSightings(result.bytes, context);
  const rejected = result.incomplete.length + result.setAside.length;
  const report = { file, accepted: result.accepted, rejected, issues };
  return { report, table, collection, exit: hasErrors(issues) ? EXIT.issues : EXIT.valid };
}

/**
 * Reads a file of sightings of any format that its name tells; one that it does not tell is GeoJSON. What the columns
 * of other people's tables seem to mean is what they mean.
 * @param points what the sightings may name, when that was read already
 */
export async function checkFile(file: string, points?: ReadPoints): Promise<CheckedFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(file);
  } catch (error) {
    return unreadable(file, error);
  }
  const context = await contextBeside(file, points);
  const isPacked = /\.gz$/i.test(file);
  if (isPacked || ![undefined, 'geojson'].includes(formatOfName(file))) {
    try {
      return await checkOther(file, bytes, context);
    } catch (error) {
      return unreadable(file, error);
    }
  }
  const { table, accepted, rejected, issues, collection } = readSightings(bytes, context);
  const exit = hasErrors(issues) ? EXIT.issues : EXIT.valid;
  return { report: { file, accepted, rejected, issues }, table, collection, exit };
}
