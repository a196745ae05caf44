import type { ContractContext } from '../../domain/validate';
import { type FeatureText, writeCollection } from '../../io/collection-file';
import { joinBytes } from '../../io/join-bytes';
import { type ReadSightings, readSightings } from '../../io/geojson';

/** What a record refers to was checked when it was published: it may be a sighting that is not here. */
const CONTEXT: ContractContext = { referencePointIds: { has: () => true } };

/** Records that were fetched one by one, as if they had been read from a file of their own. */
export class OpenedRecords {
  /** by their ids */
  readonly #features = new Map<string, FeatureText>();

  /** @param collection the members of the file that they are from, but its features */
  constructor(private readonly collection: Readonly<Record<string, unknown>>) {}

  /**
   * Adds records.
   * @param texts of each record, in UTF-8
   * @returns the ids of these records, in their order
   * @throws Error with the first fault, when one is no valid sighting; then none is added
   */
  add(texts: readonly Uint8Array[]): string[] {
    const found = texts.map((bytes) => {
      const { table, issues } = this.#read([{ id: '', bytes }]);
      const fault = issues.find(({ severity }) => severity === 'error');
      if (fault) throw new Error(`“${fault.id ?? 'a record'}”, ${fault.path}: ${fault.message}`);
      if (table.length !== 1) throw new Error('“a record”: it is no sighting');
      return { id: table.idOf(0), bytes };
    });
    for (const feature of found) this.#features.set(feature.id, feature);
    return found.map(({ id }) => id);
  }

  /** All that were added so far. */
  all(): ReadSightings {
    return this.#read([...this.#features.values()]);
  }

  #read(features: readonly FeatureText[]): ReadSightings {
    return readSightings(joinBytes(writeCollection(this.collection, features)), CONTEXT);
  }
}
