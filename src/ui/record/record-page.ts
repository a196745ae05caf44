import type { ReferencePoint, System } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';

/** What the record needs of the page that shows it. */
export interface RecordPage {
  readonly title: string;
  readonly table: SightingTable;
  readonly systems: readonly System[];
  /** the row of the open sighting */
  readonly selectedRow: number | undefined;
  /** reference points that came with the data */
  readonly places: { readonly given: readonly ReferencePoint[] };
  /** said once */
  notice: string;
  /** Shows other rows; what is open stays open as long as it is there. */
  replaceTable: (table: SightingTable) => void;
  /** Makes room for the form. */
  makeRoom: () => void;
}
