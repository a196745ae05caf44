import type { Map as MapLibreMap } from 'maplibre-gl';
import type { ReadSightings } from '../../io/geojson';
import type { PublishedSightings } from '../../io/published-sightings';
import { boundsOfRows } from '../../map/opening-view';
import { canSeparate, fit } from '../stage/camera';
import { plural } from '../wording';
import type { FilteredTiles } from './filtered-tiles.svelte';
import { type DrawnMark, drawnAt, marksInView } from './drawn-marks';
import { OpenedRecords } from './opened-records';
import type { PublishedPage } from './published-page';
import { RecordFetcher } from './record-fetcher.svelte';

/** So many sightings are opened at a time. */
export const MAX_OPENED = 50;

/** A group of more is come closer to by so many zooms, until it is closer than any report is exact. */
const CLOSER = 2;
const CLOSE_ZOOM = 14;

function fetching(count: number): string {
  return count === 1 ? 'Fetching the sighting…' : `Fetching ${plural(count, 'sighting')}…`;
}

/** Opens published sightings: fetches their records, and puts them into the page's table. */
export class Opening {
  readonly fetcher = new RecordFetcher();
  readonly #records: OpenedRecords;
  /** ids of the records that are here, by their rows in the publication */
  readonly #ids = new Map<number, string>();

  constructor(
    private readonly archive: PublishedSightings,
    private readonly tiles: FilteredTiles,
    private readonly page: PublishedPage,
  ) {
    this.#records = new OpenedRecords({ title: archive.publication.title });
  }

  /** All that were opened so far, as if they were the data. */
  get opened(): ReadSightings {
    return this.#records.all();
  }

  /** Whether the sighting of a row in the publication was opened. */
  has(row: number): boolean {
    return this.#ids.has(row);
  }

  /** Fetches a sighting before anything is shown. One that cannot be fetched is told later, by {@link openById}. */
  async fetchBefore(id: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#find(id, signal);
    } catch {
      signal.throwIfAborted();
    }
  }

  /** Opens a sighting by its id. */
  openById(id: string): void {
    void this.fetcher.fetch(
      fetching(1),
      (signal) => this.#find(id, signal),
      (isFound) => {
        if (isFound) {
          this.#select(this.#show([id]));
          this.page.isRevealWanted = this.page.view === undefined;
        } else {
          this.page.notice = `There is no sighting “${id}” in this data.`;
        }
      },
    );
  }

  /** Opens what is drawn at a point of the map, or comes closer where that parts the members of a group. */
  openAt(map: MapLibreMap, point: { x: number; y: number }): void {
    const { marks, places } = drawnAt(map, point);
    if (marks.length > 0) this.#openMarks(map, marks);
    else if (places.length > 0) this.#openPlaces(places.slice(0, MAX_OPENED));
    else {
      this.fetcher.cancel();
      this.page.deselect();
    }
  }

  /** Opens the mark that is nearest to the middle of the map, as a click there would; for the keyboard. */
  openMiddle(map: MapLibreMap): void {
    this.#openMarks(map, marksInView(map).slice(0, 1), true);
  }

  /** Opens rows of the publication, to be listed. */
  openRows(rows: readonly number[]): void {
    const load = (signal: AbortSignal) => this.#load(rows, signal);
    void this.fetcher.fetch(fetching(rows.length), load, (ids) => this.#show(ids));
  }

  #openMarks(map: MapLibreMap, marks: readonly DrawnMark[], isByKeyboard = false): void {
    const count = marks.reduce((sum, mark) => sum + mark.count, 0);
    const [first] = marks;
    if (!first) return;
    const z = Math.floor(map.getZoom());
    if (count > MAX_OPENED && z < CLOSE_ZOOM) {
      this.fetcher.cancel();
      map.easeTo({ center: [first.lng, first.lat], zoom: Math.min(CLOSE_ZOOM, z + CLOSER) });
      return;
    }
    const { filter } = this.page.find;
    const load = async (signal: AbortSignal) => {
      const members = await Promise.all(
        marks.map(async (mark) => {
          if (mark.count === 1) return [mark.row];
          return (
            (await this.tiles.sharingMark({ ...mark, z }, filter, { most: Infinity, signal })).rows ?? []
          );
        }),
      );
      return this.#load([...new Set(members.flat())].slice(0, MAX_OPENED), signal);
    };
    void this.fetcher.fetch(fetching(Math.min(count, MAX_OPENED)), load, (ids) => {
      const rows = this.#show(ids);
      const bounds = boundsOfRows(this.page.table, rows);
      if (rows.length > 1 && bounds && canSeparate(map, bounds)) fit(map, bounds);
      else this.#select(rows, isByKeyboard);
      if (count > rows.length)
        this.page.notice = `${rows.length} of the ${count.toLocaleString('en-GB')} sightings here were opened.`;
    });
  }

  /** Opens the sightings around whose places a point is, the smallest first. */
  #openPlaces(places: readonly number[]): void {
    const load = (signal: AbortSignal) => this.#load(places, signal);
    void this.fetcher.fetch(fetching(places.length), load, (ids) => {
      const rows = this.#show(ids);
      const radius = (row: number) => this.page.table.columns.uncertaintyMeters[row] ?? 0;
      this.#select(rows.sort((a, b) => radius(a) - radius(b)));
    });
  }

  /** Fetches the records of rows that are not here yet. Returns the ids of all of them. */
  async #load(rows: readonly number[], signal: AbortSignal): Promise<string[]> {
    const lacking = rows.filter((row) => !this.#ids.has(row));
    const texts = await Promise.all(lacking.map((row) => this.archive.recordBytes(row, signal)));
    signal.throwIfAborted();
    for (const [i, id] of this.#records.add(texts).entries()) this.#ids.set(lacking[i] ?? -1, id);
    return rows.map((row) => this.#ids.get(row) ?? '');
  }

  /** Fetches the record of an id, if there is one. */
  async #find(id: string, signal: AbortSignal): Promise<boolean> {
    const found = await this.archive.recordById(id, signal);
    if (!found) return false;
    this.#records.add([new TextEncoder().encode(JSON.stringify(found.record))]);
    this.#ids.set(found.row, id);
    return true;
  }

  /** Has the page's table hold all that were opened. Returns the rows that some have there. */
  #show(ids: readonly string[]): number[] {
    const { table } = this.#records.all();
    this.page.replaceTable(table);
    return ids.map((id) => table.rowOf(id)).filter((row) => row !== undefined);
  }

  #select(rows: readonly number[], isByKeyboard = false): void {
    const [first] = rows;
    if (first === undefined) return;
    this.page.isFocusWanted = isByKeyboard;
    this.page.select(first, rows);
  }
}
