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

/** Lines about issues: errors first, one by one, then warnings, those that are alike as one. */
export function issueLines(file: string, issues: readonly FileIssue[]): string[] {
  const isError = ({ severity }: Issue) => severity === 'error';
  const warnings = issues.filter((issue) => !isError(issue));
  const placeOf = ({ id, index }: Issue) => id ?? (index === null ? 'collection' : String(index + 1));
  return [
    ...issues.filter(isError).map((issue) => issueLine(file, issue)),
    ...alikeMessages(warnings, ({ path, message }) => `${path} ${message}`).map((alike) =>
      oneLine(issueLine(file, alike.first) + andMore(alike, placeOf)),
    ),
  ];
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === 'error');
}
