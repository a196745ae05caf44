import type { System } from '../../../domain/sighting';
import type { SightingTable } from '../../../domain/table';
import type { Draft } from '../../../domain/work';
import type { DataSource } from '../../data-source.svelte';
import type { Alike } from './alike';
import type { EarlierReadings } from './earlier-readings';
import type { FileSummary } from './file-summary';
import type { FileSource } from './import-worker';
import type { ImportReport } from './report-text';

/** What an opening needs of the page. */
export interface OpeningPage {
  readonly table: SightingTable;
  readonly systems: readonly System[];
  readonly places: {
    readonly given: readonly { readonly id: string }[];
    readonly referencePoints: readonly { readonly lng: number; readonly lat: number }[];
  };
  /** `reading`: how the page read the file that it opened with */
  readonly source: Pick<DataSource, 'url' | 'reading'>;
}

/** Something to be opened. */
export interface Queued {
  name: string;
  /** the file of the disk, where that is known */
  origin?: FileSystemFileHandle | undefined;
  source: FileSource;
}

/** Where somebody stands who opens data. */
export type Step =
  | { kind: 'choose' }
  /** `isLast` when it cannot be cancelled any more */
  | { kind: 'busy'; what: string; isLast?: true }
  /** a file that is to be read only when somebody says so: `message` says why */
  | { kind: 'large'; name: string; message: string }
  /** `earlier`: as far as the file is that which the page opens with */
  | { kind: 'review'; name: string; title: string; summary: FileSummary; earlier: EarlierReadings }
  /** `canTryAgain`: with more luck */
  | { kind: 'failed'; name: string; message: string; file: Queued | undefined; canTryAgain: boolean }
  | {
      kind: 'report';
      report: ImportReport;
      firstDraft: Draft | undefined;
      alike: readonly Alike[];
      earlier: EarlierReadings;
    };
