import { FileFault } from '../../io/file-fault';

/** Why changes could not be kept or read. */
export type JournalTrouble =
  /** the browser cannot keep files for a page, or does not want to (private window) */
  | 'unsupported'
  /** the disk, or what the browser grants, is full */
  | 'full'
  /** another tab is writing for too long */
  | 'busy'
  /** the worker died: whether the last change was kept is not known */
  | 'stopped'
  /** what was read back is not what was written */
  | 'differs'
  /** a newer version of the app has written in the journal */
  | 'newer'
  /** the browser says nothing at all */
  | 'silent'
  /** the journal was put aside or replaced meanwhile */
  | 'gone'
  | 'other';

/** Says what happened to changes that should be kept, and what to do. */
export class JournalError extends Error {
  override readonly name = 'JournalError';

  constructor(
    readonly trouble: JournalTrouble,
    message: string,
  ) {
    super(message);
  }
}

const SAVE = 'Save your work to a file';

export const UNSUPPORTED =
  'Changes cannot be kept here: not by this browser, not in a private window, or not on a page without https. ' +
  `${SAVE} before you close it.`;

/** Where the browser says nothing. */
export function unanswered(): JournalError {
  return new JournalError(
    'silent',
    `Changes cannot be kept here: the browser’s storage does not answer. What it has kept before is shown when it does. ${SAVE} before you close the page.`,
  );
}

/** What a failure means, in words of ours. */
export function explain(error: unknown): JournalError {
  if (error instanceof JournalError) return error;
  if (error instanceof FileFault) return new JournalError('other', error.message);
  const { name, message } =
    error instanceof Error || error instanceof DOMException ? error : { name: '', message: String(error) };
  switch (name) {
    case 'QuotaExceededError':
      return new JournalError(
        'full',
        `The disk is full, or the browser grants no more room: this change is not kept. ${SAVE}, or free some room and try again.`,
      );
    case 'TimeoutError':
    case 'NoModificationAllowedError':
      return new JournalError(
        'busy',
        'Another tab has been writing for too long: this change is not kept. Close the other tabs of this map and try again.',
      );
    case 'SecurityError':
      return new JournalError('unsupported', UNSUPPORTED);
    default:
      return new JournalError(
        'other',
        `The browser says “${message}”. Try again; if that does not help, ${SAVE.toLowerCase()}.`,
      );
  }
}

/** Where a newer version of the app has written. */
export function newer(): JournalError {
  return new JournalError(
    'newer',
    'A newer version of this map has written in your work: here it can only be read. Reload the page to get the newer version.',
  );
}
