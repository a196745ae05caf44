import { type Issue, IssueList } from '../domain/issue';
import { checkCollection } from '../domain/validate';
import { commaFaultText } from './comma-faults';
import type { ScanEnd } from './feature-slice';
import { jsonFaultOf } from './json-fault';
import { parseShallowJson } from './shallow-json';
import { decode, tooLarge } from './whole-text';

/** Reads what surrounds the features; `last` is the last feature before it. `isEmpty` of a file without a byte. */
export function parseEnvelope(
  isEmpty: boolean,
  { envelope, lines, commaFaults }: ScanEnd,
  last: { index: number; line: number } | undefined,
): { issues: Issue[]; collection: Readonly<Record<string, unknown>> } {
  const report = new IssueList(null, null);
  const fail = (message: string, line?: number) => {
    report.error('$', message);
    const issues = line === undefined ? report.issues : report.issues.map((issue) => ({ ...issue, line }));
    return { issues, collection: {} };
  };
  if (isEmpty) return fail('the file is empty: it should be a GeoJSON FeatureCollection');
  if (envelope === undefined) {
    const place = last
      ? `feature ${last.index + 1}, which starts on line ${last.line}`
      : 'its list of features';
    return fail(`the file breaks off on line ${lines}, in or after ${place}: get a complete copy`, lines);
  }
  if (commaFaults.length > 0) {
    report.error('$.features', commaFaultText(commaFaults));
    Object.assign(report.issues[0] ?? {}, commaFaults[0]);
  }
  const tooMuch = tooLarge(envelope);
  if (tooMuch !== undefined) return fail(`what surrounds the features ${tooMuch}`);
  const text = decode(envelope);
  if (text === undefined) {
    return fail(`the file is not UTF-8 text${last ? ' outside of its features' : ''}`);
  }
  try {
    const parsed = parseShallowJson(text);
    const isCollection = typeof parsed === 'object' && parsed !== null;
    return {
      issues: [...report.issues, ...checkCollection(parsed)],
      collection: isCollection ? (parsed as Record<string, unknown>) : {},
    };
  } catch (error) {
    const hint = text.trimStart().startsWith('<')
      ? 'It looks like a web page: check the address.'
      : 'It should be a GeoJSON FeatureCollection.';
    const { fault } = jsonFaultOf(new TextEncoder().encode(text)); // in words that do not quote the file
    const what = fault?.what ?? (error instanceof Error ? error.message : String(error));
    return fail(`the file is not JSON: ${what}. ${hint}`);
  }
}
