import { MediaQuery } from 'svelte/reactivity';
import { type Place, placeOfReferencePoint, placeOfSighting } from '../domain/distance';
import { weighEvidence } from '../domain/evidence';
import { type Filter, filterRows, sortNewestFirst } from '../domain/query';
import { checkReportedDistances, referenceDistances } from '../domain/report';
import type { Confidence, ReferencePoint, Sighting, System } from '../domain/sighting';
import { CONFIDENCES, SightingTable } from '../domain/table';
import type { DataSet, FileIssues } from '../io/load';
import { type Address, type View, parseAddress, stringifyAddress } from '../io/url';
import { DARK, LIGHT, type Theme } from '../map/theme';
import { BasemapState } from './basemap-state.svelte';

/** The title while the data has none. */
const DEFAULT_TITLE = 'Reported sightings';

function titleOf(collection: Readonly<Record<string, unknown>>): string {
  const { title } = collection;
  return typeof title === 'string' && title.trim() !== '' ? title : DEFAULT_TITLE;
}

/** Everything that the page shows, and what can be done with it. */
export class AppState {
  isLoading = $state(true);
  table = $state.raw(SightingTable.empty());
  systems = $state.raw<readonly System[]>([]);
  referencePoints = $state.raw<readonly ReferencePoint[]>([]);
  title = $state(DEFAULT_TITLE);
  problems = $state.raw<readonly FileIssues[]>([]);
  /** said once, such as an address that could not be followed */
  notice = $state('');
  /** why there is no map, if there is none */
  mapFailure = $state('');
  /** whether the map is closer than its base has detail */
  isPastDetail = $state(false);

  filter = $state.raw<Filter>({});
  rows = $derived(filterRows(this.table, this.filter));
  listedRows = $derived(sortNewestFirst(this.table, this.rows));

  selectedRow = $state<number>();
  /** whether the map is to move to what is selected; not when the address asks for a view of its own */
  isRevealWanted = true;
  /** rows at the place that was opened, when several share it */
  rowsHere = $state.raw<readonly number[]>([]);
  selected: Sighting | undefined = $derived(
    this.selectedRow === undefined ? undefined : this.table.record(this.selectedRow),
  );
  selectedPlace: Place | undefined = $derived(this.selected && placeOfSighting(this.selected));
  distances = $derived(
    this.selectedPlace ? referenceDistances(this.selectedPlace, this.referencePoints) : [],
  );
  evidence = $derived(this.selected ? weighEvidence(this.selected.properties.sources) : undefined);
  reportedDistances = $derived(
    this.selected ? checkReportedDistances(this.selected, (id) => this.#findTarget(id)) : [],
  );

  /** where the map looks; `undefined` until it looks somewhere else than the data asks for */
  view = $state.raw<View>();

  readonly #prefersDark = new MediaQuery('(prefers-color-scheme: dark)');
  readonly #isNarrow = new MediaQuery('(max-width: 760px)');
  theme: Theme = $derived(this.#prefersDark.current ? DARK : LIGHT);
  /** one column, with a sheet at the bottom */
  isPhone = $derived(this.#isNarrow.current);

  readonly basemap: BasemapState;

  #wantedSighting: string | undefined;

  /** @param baseUrl where geo/ is served, with a slash at the end */
  constructor(baseUrl: string) {
    this.basemap = new BasemapState(baseUrl, () => this.theme);
    this.follow(location.search);
  }

  /** Shows a data set, and opens the sighting that the address names. */
  show(data: DataSet): void {
    this.table = data.sightings.table;
    this.systems = data.systems;
    this.referencePoints = data.referencePoints;
    this.title = titleOf(data.sightings.collection);
    this.problems = data.problems;
    this.isLoading = false;
    this.#openWanted();
  }

  /** Goes where a query string says, as far as it can be understood. */
  follow(search: string): void {
    const { address, ignored } = parseAddress(search);
    this.view = address.view;
    this.#wantedSighting = address.sighting;
    this.notice =
      ignored.length > 0 ? `The address says “${ignored.join('&')}”, which is not understood.` : '';
    if (!this.isLoading) this.#openWanted();
  }

  /** The query string that leads back here. */
  get address(): string {
    const address: Address = {
      view: this.view,
      sighting: this.isLoading ? this.#wantedSighting : this.selected?.id,
    };
    return stringifyAddress(address);
  }

  /** Opens a sighting; `rowsHere` are those that share its place, in the order in which they can be paged. */
  select(row: number, rowsHere: readonly number[] = [row]): void {
    this.isRevealWanted = true;
    this.rowsHere = rowsHere;
    this.selectedRow = row;
    this.notice = '';
  }

  deselect(): void {
    this.selectedRow = undefined;
    this.rowsHere = [];
  }

  /** Shows only these levels of confidence. */
  setConfidences(levels: ReadonlySet<Confidence>): void {
    this.#setCondition('confidences', levels.size < CONFIDENCES.length ? levels : undefined);
  }

  /** Shows only these systems; '' stands for "not named". */
  setSystems(ids: ReadonlySet<string>): void {
    this.#setCondition('systemIds', ids.size < this.table.systemIds.length ? ids : undefined);
  }

  systemName(id: string | undefined): string | undefined {
    return id === undefined ? undefined : (this.systems.find((system) => system.id === id)?.name ?? id);
  }

  #setCondition<K extends keyof Filter>(key: K, value: Filter[K]): void {
    this.filter = { ...this.filter, [key]: value };
    // What is not shown is not open either.
    if (this.selectedRow !== undefined && !this.rows.includes(this.selectedRow)) this.deselect();
  }

  #openWanted(): void {
    const id = this.#wantedSighting;
    this.#wantedSighting = undefined;
    const row = id === undefined ? undefined : this.table.rowOf(id);
    if (row !== undefined) {
      this.select(row);
      this.isRevealWanted = this.view === undefined;
      return;
    }
    this.deselect();
    if (id !== undefined) this.notice = `There is no sighting “${id}” in this data.`;
  }

  #findTarget(id: string): { name: string; place: Place | undefined } | undefined {
    const point = this.referencePoints.find((candidate) => candidate.id === id);
    if (point) return { name: point.name, place: placeOfReferencePoint(point) };
    const row = this.table.rowOf(id);
    if (row === undefined) return undefined;
    const sighting = this.table.record(row);
    return { name: sighting.properties.title, place: placeOfSighting(sighting) };
  }
}
