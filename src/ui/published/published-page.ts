import type { FacetName, Filter } from '../../domain/query';
import type { SightingTable } from '../../domain/table';
import type { View } from '../../io/address-params';

/** What published sightings need of the page that shows them. */
export interface PublishedPage {
  /** the sightings that were opened */
  readonly table: SightingTable;
  readonly find: {
    readonly filter: Filter;
    setFacet: (name: FacetName, values: readonly string[]) => void;
    setText: (text: string) => void;
    setNear: (near: Filter['near']) => void;
    setInView: (isInView: boolean) => void;
  };
  /** where the address asks the map to look */
  readonly view: View | undefined;
  /** whether the map is to move to what is selected */
  isRevealWanted: boolean;
  /** whether the keyboard is to go into the sighting that is opened */
  isFocusWanted: boolean;
  /** said once */
  notice: string;
  /** Shows other rows; what is open stays open as long as it is there. */
  replaceTable: (table: SightingTable) => void;
  select: (row: number, rowsHere?: readonly number[]) => void;
  deselect: () => void;
}
