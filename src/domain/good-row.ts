/** What the columns of a table hold of a sighting without a fault, as it is read from its text. */
export interface GoodRow {
  /** UTF-8; the texts below stand in it */
  bytes: Uint8Array;
  idStart: number;
  idEnd: number;
  /** NaN without a place */
  lng: number;
  lat: number;
  uncertaintyMeters: number;
  firstDay: number;
  lastDay: number;
  /** index into the table's systems */
  system: number;
  confidence: number;
  status: number;
  /** a value of PLACE_KIND: none or point */
  placeKind: number;
  /** distinct origins that support the sighting */
  origins: number;
  sources: number;
  /** of each source, where its publisher stands: start and end by turns */
  publishers: number[];
}
