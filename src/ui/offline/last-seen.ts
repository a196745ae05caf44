import type { AnswerFault } from './data-answer';

/** Where a service worker keeps the files of data as they were last seen, and notes of those that it gave out. */
export const DATA_CACHE = 'sighting-map-data';

/** That a file was given out as it was last seen. */
export interface LastSeenNote {
  fault: AnswerFault;
  /** when, in milliseconds since 1970 */
  at: number;
}

/** The address at which the note of a file is kept, beside the file. */
export function noteUrlOf(fileUrl: string): string {
  return `${fileUrl}?last-seen`;
}

function reasonOf(fault: AnswerFault, files: string): string {
  if (fault.kind === 'silence') return `no answer came for ${files}`;
  if (fault.kind === 'status') return `the server answers “${fault.status}” for ${files}`;
  return `in place of ${files} came ${fault.what}`;
}

function listed(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');
}

/** What is said of files that are shown as they were last seen, and why; '' for none. */
export function lastSeenText(faults: ReadonlyMap<string, AnswerFault>): string {
  if (faults.size === 0) return '';
  const filesByFault = new Map<string, string[]>();
  for (const [file, fault] of faults) {
    const key = JSON.stringify(fault);
    filesByFault.set(key, [...(filesByFault.get(key) ?? []), file]);
  }
  const reasons = [...filesByFault].map(([key, files]) =>
    reasonOf(JSON.parse(key) as AnswerFault, listed(files)),
  );
  return `The data is shown as it was last seen: ${reasons.join('; ')}.`;
}
