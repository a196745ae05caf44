import type { SightingTable } from '../domain/table';
import { GIVEN_LAYER } from '../domain/given-layer';
import type { Address } from '../io/url';

type SightingAddress = Pick<Address, 'sighting' | 'set'>;

/** What names the sighting of a row in an address; its data set unless that is the one that the page opens with. */
export function addressOfRow(table: SightingTable, row: number | undefined): SightingAddress {
  if (row === undefined) return { sighting: undefined, set: undefined };
  const layer = table.layerOf(row);
  return { sighting: table.idOf(row), set: layer === GIVEN_LAYER ? undefined : layer };
}

/** The row of a sighting whose data set is not named: of the data that the page opens with, else the topmost. */
function rowOfAny(table: SightingTable, id: string): number | undefined {
  return table.rowOf(id, GIVEN_LAYER) ?? table.rowOf(id);
}

/** The sighting that an address names, until the data has it: the work of an earlier visit may bring it. */
export class WantedSighting {
  #address: SightingAddress = { sighting: undefined, set: undefined };
  #isMissing = false;
  #said = '';

  get address(): SightingAddress {
    return this.#address;
  }

  /** What is to be said of it as long as it is missing, '' when it is not. */
  get missing(): string {
    return this.#isMissing ? this.#said : '';
  }

  follow({ sighting, set }: Address): void {
    this.#address = { sighting, set };
    this.#isMissing = false;
  }

  /**
   * Looks for it; where its data set does not have it, in the others. Says what is not as it is named, and what of the
   * address means nothing.
   * @param seek looks for it elsewhere, and says what is to be said meanwhile
   */
  settle(
    table: SightingTable,
    seek: (id: string) => string,
  ): { row: number | undefined; said: string; unknown: string[] } {
    const { sighting, set } = this.#address;
    if (sighting === undefined)
      return { row: undefined, said: '', unknown: set === undefined ? [] : [`set=${set}`] };
    const named = this.#rowIn(table);
    this.#isMissing = named === undefined;
    if (named !== undefined) return { row: named, said: '', unknown: [] };
    const row = rowOfAny(table, sighting);
    const said =
      row === undefined
        ? seek(sighting)
        : `The data set “${set}” is not in this browser, or lacks “${sighting}”: that of another data set is shown.`;
    this.#said = said;
    return { row, said, unknown: [] };
  }

  /** Its row, once, when other data has what was missing. */
  broughtBy(table: SightingTable): number | undefined {
    const row = this.#isMissing ? this.#rowIn(table) : undefined;
    if (row !== undefined) this.#isMissing = false;
    return row;
  }

  #rowIn(table: SightingTable): number | undefined {
    const { sighting, set } = this.#address;
    if (sighting === undefined) return undefined;
    return set === undefined ? rowOfAny(table, sighting) : table.rowOf(sighting, set);
  }
}
