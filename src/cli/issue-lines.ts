import type { Issue } from '../domain/issue';
import { alikeMessages, andMore } from '../io/alike-messages';
import { placedIssue } from '../io/issue-place';
import { oneLine } from './fault-text';
import type { FileIssue } from '../io/file-issue';

/** What is wrong and where it is, when the reader knows it and nothing else says it already. */
function said(issue: FileIssue): string {
  const { id, index, place: known } = issue;
  if (known !== undefined) return issue.message + (id === null && index === null ? '' : ` (${known})`);
  const { message, place } = placedIssue(issue);
  return message + place;
}

/** `FILE:feature-id-or-number:path: message (line, byte)`, the number counted from 1 as the sentences do */
export function issueLine(file: string, issue: FileIssue): string {
  const { id, index, path, severity, place } = issue;
  const number = index === null ? undefined : index + 1;
  const named = id ?? number ?? place ?? 'collection';
  const feature = typeof named === 'number' || /^[\w-]+$/.test(named) ? named : JSON.stringify(named);
  return oneLine(`${file}:${feature}:${path}: ${severity === 'warning' ? 'warning: ' : ''}${said(issue)}`);
}

const isError = ({ severity }: Issue) => severity === 'error';

/** What an issue is of, as other lines name it. */
function placeOf({ id, index, place }: FileIssue): string {
  return place ?? id ?? (index === null ? 'collection' : String(index + 1));
}

/** Fewer features have their errors told each. */
const FEWEST_ALIKE = 4;

/** Errors one by one, in their order, but for those that all features with errors have: each of these once. */
function errorLines(file: string, errors: readonly FileIssue[]): string[] {
  const ofFeatures = errors.filter(({ index, place }) => index !== null || place !== undefined);
  const count = new Set(ofFeatures.map(({ index, place }) => place ?? index)).size;
  const bySaid = new Map<string, FileIssue[]>();
  for (const error of ofFeatures) {
    const said = `${error.path} ${error.message}`;
    const alike = bySaid.get(said);
    if (alike) alike.push(error);
    else bySaid.set(said, [error]);
  }
  return errors.flatMap((error) => {
    const all = bySaid.get(`${error.path} ${error.message}`) ?? [];
    if (all.length < FEWEST_ALIKE || all.length < count) return [issueLine(file, error)];
    return error === all[0]
      ? [oneLine(issueLine(file, error) + andMore({ first: error, all }, placeOf))]
      : [];
  });
}

/** Lines about issues: errors first, then warnings, those that are alike as one. */
export function issueLines(file: string, issues: readonly FileIssue[]): string[] {
  const warnings = issues.filter((issue) => !isError(issue));
  return [
    ...errorLines(file, issues.filter(isError)),
    ...alikeMessages(warnings, ({ path, message }) => `${path} ${message}`).map((alike) =>
      oneLine(issueLine(file, alike.first) + andMore(alike, placeOf)),
    ),
  ];
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === 'error');
}
