import { writeCollection } from '../../src/io/collection-file';
import { joinBytes } from '../../src/io/join-bytes';
import { featuresOf } from '../../src/io/export';
import { readSightings } from '../../src/io/geojson';
import { claim } from './claims';

const SHARED: readonly object[] = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  String.prototype,
  Map.prototype,
  Object,
  Array,
];

function namesOfShared(): string {
  return SHARED.map((object) => Reflect.ownKeys(object).map(String).join(' ')).join('\n');
}

/** What no file may change: what all objects share, and what is open already. */
export class Innocence {
  readonly #shared = namesOfShared();
  readonly #table;
  readonly #canonical: Uint8Array;

  /** @param open a file of sightings that is open while others are tried */
  constructor(open: Uint8Array) {
    this.#table = readSightings(open, {}).table;
    this.#canonical = this.#write();
  }

  /** @throws BrokenPromise when something is not as it was */
  check(): void {
    claim(namesOfShared() === this.#shared, 'what all objects share has been changed');
    claim(Buffer.compare(this.#write(), this.#canonical) === 0, 'the open data have been changed');
  }

  #write(): Uint8Array {
    const rows = Uint32Array.from({ length: this.#table.length }, (_, row) => row);
    return joinBytes(
      writeCollection({}, featuresOf({ table: this.#table, rows, collection: {}, systems: [] })),
    );
  }
}
