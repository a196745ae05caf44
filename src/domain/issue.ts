export type Severity = 'error' | 'warning';

/** One thing that is wrong with a file. An error keeps its feature out, a warning does not. */
export interface Issue {
  /** position of the feature in the collection, or `null` for the collection itself */
  index: number | null;
  /** id of the feature, or `null` when it has none that can be read */
  id: string | null;
  /** JSONPath from the feature (or the collection), `$` for the whole */
  path: string;
  /** names the value and the remedy */
  message: string;
  severity: Severity;
  /** where the feature begins in its file, unpacked, or the fault of the collection is: offset of the first byte, and the line, counted from 1 */
  byte?: number;
  line?: number;
}

/** Where a feature begins in its file. */
export interface FilePlace {
  byte: number;
  /** counted from 1 */
  line: number;
}

/** `line 12, byte 345` */
export function filePlaceText({ line, byte }: FilePlace): string {
  return `line ${line}, byte ${byte}`;
}

/** Collects issues of one feature, or of the collection. */
export class IssueList {
  readonly issues: Issue[] = [];
  #hasErrors = false;

  /** @param place of the feature in its file, when it is of one */
  constructor(
    readonly index: number | null,
    readonly id: string | null,
    readonly place?: FilePlace,
  ) {}

  error(path: string, message: string): void {
    this.#hasErrors = true;
    this.#add(path, message, 'error');
  }

  warn(path: string, message: string): void {
    this.#add(path, message, 'warning');
  }

  get hasErrors(): boolean {
    return this.#hasErrors;
  }

  #add(path: string, message: string, severity: Severity): void {
    const { index, id, place } = this;
    const issue: Issue = { index, id, path, message, severity };
    if (place) [issue.byte, issue.line] = [place.byte, place.line];
    this.issues.push(issue);
  }
}

/** A value as it is quoted in a message: JSON, cut after 60 characters. */
export function quoteValue(value: unknown): string {
  // A huge array or object is not spelled out only to be cut.
  if (Array.isArray(value) && value.length > 8) return `an array of ${value.length} values`;
  if (value === undefined) return 'nothing';
  let text: string;
  try {
    text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  } catch (error) {
    text = `a value that cannot be shown (${String(error)})`;
  }
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** The path of a member: `$.properties.title`, bracketed where the key is no plain name. */
export function childPath(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
