import { FileImport, ImportClosed } from '../record/open/import-client';
import { plainReason } from '../record/open/mapping-words';
import { SetAsideList } from '../record/set-aside-content';
import type { OwnPoints } from './own-points.svelte';

/** More than this is for the saved list, not for a panel. */
const MOST_PROBLEMS = 20;

/** An id may be as long as its file. */
const LONGEST_ID = 60;

/** Files of reference points that are read, one at a time, in a worker, which can be ended. */
export class PointImport {
  /** the file that is being read */
  reading = $state<string>();
  /** how much of it is read, 0 to 1 */
  done = $state(0);
  /** what became of the last one */
  message = $state('');
  /** why not all of it was taken; the first reasons of many */
  problems = $state.raw<readonly string[]>([]);
  /** how many more there are */
  more = $state(0);
  /** what was not taken of it, and what its file is called */
  leftOut = $state.raw<{ list: SetAsideList; name: string }>();

  #file: FileImport | undefined;

  constructor(private readonly own: OwnPoints) {}

  /** Adds the good points of a file; what is wrong with it or the others is among the problems. */
  async open(file: File): Promise<void> {
    this.clear();
    const reader = new FileImport((done) => (this.done = done));
    this.#file = reader;
    [this.reading, this.done] = [file.name, 0];
    try {
      const { there, room } = this.own.beside();
      const { points, known, leftOut, notes, setAside } = await reader.points(file, there, room);
      const list = await SetAsideList.read(setAside.content);
      if (this.#file !== reader) return;
      const added = this.own.addRead(points);
      this.message = wordsOf(file.name, { added, known: known + points.length - added, leftOut });
      const reasons = list.entries.slice(0, MOST_PROBLEMS).map(({ place, id, reason }) => {
        const which = id === null ? place : `${place}, ${id.slice(0, LONGEST_ID)}`;
        return `${which}: ${plainReason(reason)}`;
      });
      this.problems = [...notes, ...reasons];
      this.more = leftOut - reasons.length;
      if (leftOut > 0) this.leftOut = { list, name: file.name };
    } catch (error) {
      if (error instanceof ImportClosed || this.#file !== reader) return;
      this.problems = [`${file.name}: ${error instanceof Error ? error.message : String(error)}`];
    } finally {
      if (this.#file === reader) this.#end();
    }
  }

  /** Ends the reading of a file, of which nothing is taken. */
  cancel(): void {
    if (this.reading !== undefined)
      this.message = `${this.reading} was not read to its end: nothing was added.`;
    this.#end();
  }

  /** Forgets what became of the last file. */
  clear(): void {
    this.#end();
    this.message = '';
    this.problems = [];
    this.more = 0;
    this.leftOut = undefined;
  }

  #end(): void {
    this.#file?.close();
    this.#file = undefined;
    this.reading = undefined;
  }
}

const number = (count: number) => count.toLocaleString('en-GB');

/** `some.geojson: 2 points added, 1 there already, 3 features left out.` */
function wordsOf(name: string, counts: { added: number; known: number; leftOut: number }): string {
  const { added, known, leftOut } = counts;
  const parts = [
    `${number(added)} ${added === 1 ? 'point' : 'points'} added`,
    ...(known > 0 ? [`${number(known)} there already`] : []),
    ...(leftOut > 0 ? [`${number(leftOut)} ${leftOut === 1 ? 'feature' : 'features'} left out`] : []),
  ];
  return `${name}: ${parts.join(', ')}.`;
}
