import { getSystemErrorMap } from 'node:util';

/** What moves the cursor of a terminal, ends a line, or turns around the text behind it. */
const CONTROLS = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/** Text as it may stand on a line of its own: control characters are escaped, as in JSON. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, (character) => {
    const escaped = JSON.stringify(character).slice(1, -1);
    return escaped === character ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}` : escaped;
  });
}

/** Tells people something, on a line of its own. */
export function tell(sentence: string): void {
  console.error(oneLine(sentence));
}

/** What keeps a file from being read or written, and what to do, by the codes of the system. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file: check its name and its folder',
  EISDIR: 'it is a folder: name a file in it',
  ENOTDIR: 'its path leads through a file as if that were a folder: check the path',
  EACCES: 'you are not allowed to: check the permissions of the file and its folder',
  EPERM: 'you are not allowed to: check the permissions of the file and its folder',
  EROFS: 'its disk can only be read: name a file on another',
  ENOSPC: 'the disk is full: make room, or name a file on another',
  EDQUOT: 'your share of the disk is full: make room, or name a file on another',
  EFBIG: 'it would be larger than a file on this disk can be: name one on another',
  ENAMETOOLONG: 'its name is too long: choose a shorter one',
  ELOOP: 'its links lead in a circle: name the file itself',
  EMFILE: 'too many files are open: close some, or try again',
  ENFILE: 'too many files are open: close some, or try again',
  EBUSY: 'another program holds it: close that, or try again',
  EIO: 'its disk fails: try again, or get a copy from elsewhere',
  ERR_FS_FILE_TOO_LARGE: 'it has more than 2 GiB, which cannot be read at once: split it',
};

/** What an error of the system means; `undefined` for any other. */
function systemReason(error: Error): string | undefined {
  const { code, errno } = error as NodeJS.ErrnoException;
  if (code === undefined) return undefined;
  if (Object.hasOwn(REASONS, code)) return REASONS[code];
  // Its own message names the file that was tried, which may be one that nobody asked for.
  const [, words] = (errno === undefined ? undefined : getSystemErrorMap().get(errno)) ?? [];
  return words === undefined ? undefined : `the system says “${words}” (${code})`;
}

/** What is wrong, on one line: errors of the system in plain words, all others in their own. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return oneLine(String(error));
  return systemReason(error) ?? oneLine(error.message);
}
