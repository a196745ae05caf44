import { textOfFragment } from './xml-fragment';
import type { XmlFolder } from './xml-outline';

/** All that lies in a folder has its path, so that a long one is cut: a file is to give no more than it has. */
const LONGEST_PATH = 1000;
const LONGEST = LONGEST_PATH.toLocaleString('en-GB');

/** The names of folders behind those around them, each of which is parsed but once. */
export class FolderPaths {
  readonly #paths = new Map<XmlFolder, string>();
  #cut = 0;

  constructor(private readonly namespaces: ReadonlyMap<string, string>) {}

  /** `Outer / Inner`; empty where no folder has a name. */
  of(folder: XmlFolder | undefined): string {
    if (folder === undefined) return '';
    const known = this.#paths.get(folder);
    if (known !== undefined) return known;
    const own = textOfFragment(folder.name, this.namespaces);
    const path = this.#shortened([this.of(folder.parent), own].filter((name) => name !== '').join(' / '));
    this.#paths.set(folder, path);
    return path;
  }

  /** What was cut, in a sentence; none when nothing was. */
  notes(): string[] {
    if (this.#cut === 0) return [];
    const count = this.#cut.toLocaleString('en-GB');
    return [
      this.#cut === 1
        ? `A folder has a name of more than ${LONGEST} characters, with those around it: it was cut.`
        : `${count} folders have names of more than ${LONGEST} characters, with those around them: they were cut.`,
    ];
  }

  #shortened(path: string): string {
    if (path.length <= LONGEST_PATH) return path;
    this.#cut++;
    return `${path.slice(0, LONGEST_PATH).replace(/[\uD800-\uDBFF…]$/, '')}…`; // no half of a character
  }
}
