/** One thing of a file that is no file of ours, before anybody said what it means. */
export interface ForeignFeature {
  /** where it stands in its file, as people count there: `line 12`, `feature 3`, `Placemark 2` */
  place: string;
  /**
   * its whole text as the file has it, for a list of what was set aside; of a spreadsheet, which has none, its cells with
   * tabs between them. It is a slice of the file's text, or made when it is asked for: those that are used need no room.
   */
  text: string;
  /** the id that the file gives it */
  id?: string | number;
  /** a GeoJSON geometry as the file has it, not checked yet; left out where its columns may say the place */
  geometry?: unknown;
  /** what the file says of it, by the names of its columns: texts of a table, JSON values of GeoJSON */
  fields: ReadonlyMap<string, unknown>;
  /** of a spreadsheet: the columns whose cells have an error in the place of a value, with it: `#DIV/0!` */
  errors?: ReadonlyMap<string, string>;
  /** of GeoJSON: the Feature itself, where it is a sighting of the contract, good or bad, among others */
  sighting?: Readonly<Record<string, unknown>>;
  /** of KML that this map wrote: the fields of the sighting with their texts, as they stand in it */
  written?: readonly (readonly [name: string, text: string])[];
}

/** What cannot be used of a file, kept with its text and the reason. */
export interface SetAside {
  /** as of {@link ForeignFeature} */
  place: string;
  reason: string;
  /** all of it, however long: it is cut where it is shown, and nowhere else */
  text: string;
}

/** A file that is no file of ours, read. */
export interface ForeignData {
  /** names of its columns or properties, as they first occur */
  columns: readonly string[];
  features: readonly ForeignFeature[];
  setAside: readonly SetAside[];
  /** how it was read, in sentences: `Cells are parted by semicolons.`, `The text is windows-1251.` */
  notes: readonly string[];
  /** names of the sheets of a workbook, and that of the one that was read */
  sheets?: readonly string[];
  sheet?: string;
  /** the row, or line, of the names of the columns of a table, counted from 1; 0 when there is none */
  headerRow?: number;
  /** the columns that angles were put together in, where a table has these in parts */
  joined?: { lat?: string; lng?: string };
  /** the character that parts the cells of a table, and the encoding of its text as TextDecoder names it */
  delimiter?: string;
  encoding?: string;
}

/** What was changed so that a feature could be accepted: `the ring was closed`. */
export interface Mend {
  place: string;
  id: string;
  what: string;
}

/** Something that lacks what a sighting needs: it becomes a draft, to be completed by hand. */
export interface Incomplete {
  place: string;
  /** a Feature in the form of the contract as far as it goes */
  feature: unknown;
  /** what it lacks, in the words of the contract */
  reasons: readonly string[];
}

/** What became of all that a file has: nothing is lost. */
export interface ImportOutcome {
  accepted: number;
  mended: readonly Mend[];
  /** warnings about accepted sightings, in the words of the contract, and about places that fit no others */
  warnings: readonly { place: string; id: string; message: string }[];
  incomplete: readonly Incomplete[];
  setAside: readonly SetAside[];
}

/** How many sightings were mended, each in one way or several. */
export function countMended({ mended }: Pick<ImportOutcome, 'mended'>): number {
  return new Set(mended.map(({ id }) => id)).size;
}

/** Sightings that an import made, and what became of all the rest. */
export interface ImportResult extends ImportOutcome {
  /** a GeoJSON file of the accepted sightings, one a line, sorted by id */
  bytes: Uint8Array<ArrayBuffer>;
}

/** Called now and then with the share that is done, 0 to 1; throws to cancel. */
export type Progress = (done: number) => void;
