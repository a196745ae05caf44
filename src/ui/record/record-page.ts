import type { ReferencePoint, System } from '../../domain/sighting';
import type { SightingTable } from '../../domain/table';
import type { FileIssues } from '../../io/load';
import type { ArrivingWork } from './arriving-work.svelte';

/** What the record needs of the page that shows it. */
export interface RecordPage {
  readonly title: string;
  readonly table: SightingTable;
  readonly systems: readonly System[];
  /** the row of the open sighting */
  readonly selectedRow: number | undefined;
  /** reference points that came with the data */
  readonly places: { readonly given: readonly ReferencePoint[] };
  /** whether its data is still on its way */
  readonly isLoading: boolean;
  /** `url`: where its data is, `undefined` for the data that came with the page */
  readonly source: { readonly isCancelled: boolean; readonly url: string | undefined };
  /** what is wrong with its files */
  readonly problems: readonly FileIssues[];
  /** where that is, with a slash at the end */
  readonly baseUrl: string;
  /** the work of earlier visits, while it is on its way */
  readonly arriving: ArrivingWork;
  /** said once */
  notice: string;
  /** Shows other rows; what is open stays open as long as it is there. */
  replaceTable: (table: SightingTable) => void;
  /** Makes room for the form. */
  makeRoom: () => void;
}
