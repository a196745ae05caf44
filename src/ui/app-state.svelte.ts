import type { Map as MapLibreMap } from 'maplibre-gl';
import { MediaQuery } from 'svelte/reactivity';
import { type Place, placeOfSighting } from '../domain/distance';
import { weighEvidence } from '../domain/evidence';
import type { Bounds } from '../domain/query';
import type { ReferencePoint, Sighting, System } from '../domain/sighting';
import { SightingTable } from '../domain/table';
import type { DataSet, FileIssues } from '../io/load';
import type { View } from '../io/address-params';
import { type Address, DEFAULT_ADDRESS, parseAddress } from '../io/url';
import type { Circle } from '../map/opening-view';
import { DARK, LIGHT, type Theme } from '../map/theme';
import { BasemapState } from './stage/basemap-state.svelte';
import type { MapPicker, MapReader } from './stage/map-picker';
import { DEFAULT_TITLE, DataSource, titleOf } from './data-source.svelte';
import { FindState } from './find/find-state.svelte';
import { MeasureState } from './measure/measure-state.svelte';
import { Measuring } from './measure/measuring.svelte';
import { Places } from './places.svelte';
import { ArrivingWork } from './record/arriving-work.svelte';
import { RecordState } from './record/record-state.svelte';
import type { SetAsideContent } from './record/set-aside-content';
import { recallTheme, rememberTheme } from './theme-choice';
import { WantedSighting, addressOfRow } from './wanted-sighting';

/** How high the sheet at the bottom of a phone can stand, lowest first. */
export const SHEET_HEIGHTS = ['peek', 'half', 'full'] as const;
export type SheetHeight = (typeof SHEET_HEIGHTS)[number];

/** Everything that the page shows, and what can be done with it. */
export class AppState {
  isLoading = $state(true);
  /** whether the first screen is there: only then comes what it can do without */
  isDrawn = $state(false);
  table = $state.raw(SightingTable.empty());
  systems = $state.raw<readonly System[]>([]);
  title = $state(DEFAULT_TITLE);
  problems = $state.raw<readonly FileIssues[]>([]);
  /** said once, such as an address that could not be followed */
  notice = $state('');
  /** why there is no map, if there is none */
  mapFailure = $state('');
  /** whether the map is closer than its base has detail */
  isPastDetail = $state(false);

  /** the map on the page, once there is one */
  map = $state.raw<MapLibreMap>();
  /** what the map shows, once there is a map */
  extent = $state.raw<Bounds>();
  /** how high the sheet at the bottom of a phone stands */
  sheet = $state<SheetHeight>('half');
  /** whether the keyboard is to go into the sighting that is opened */
  isFocusWanted = false;
  /** takes what is clicked or tapped on the map, while that is wanted */
  picker = $state.raw<MapPicker>();
  /** what is meant by a point of the map, in CSS pixels from its left top corner, once there is a map */
  readMap = $state.raw<MapReader>();
  /** all that distances can be measured to */
  readonly places = new Places(this);
  readonly measuring = new Measuring();
  readonly measure = new MeasureState(this.places, this.measuring);
  readonly arriving = new ArrivingWork();
  /** what is done with the data */
  readonly record = new RecordState(this);
  /** which sightings are shown */
  readonly find = new FindState(this);

  /** the reference points of the data and those of the reader */
  get referencePoints(): readonly ReferencePoint[] {
    return this.places.referencePoints;
  }

  selectedRow = $state<number>();
  /** what the address measures, where it does not say where to look; empty for the sightings */
  openingCircles: readonly Circle[] = [];
  /** whether the map is to move to what is selected; not when the address asks for a view of its own */
  isRevealWanted = true;
  /** rows at the place that was opened, when several share it */
  rowsHere = $state.raw<readonly number[]>([]);
  selected: Sighting | undefined = $derived(
    this.selectedRow === undefined ? undefined : this.table.record(this.selectedRow),
  );
  selectedPlace: Place | undefined = $derived(this.selected && placeOfSighting(this.selected));
  distances = $derived(
    this.selectedPlace
      ? (this.measuring.part?.referenceDistances(this.selectedPlace, this.referencePoints) ?? [])
      : [],
  );
  evidence = $derived(this.selected ? weighEvidence(this.selected.properties.sources) : undefined);
  reportedDistances = $derived(
    this.selected
      ? (this.measuring.part?.checkReportedDistances(this.selected, (id) => this.places.find(id)) ?? [])
      : [],
  );

  /** where the map looks; `undefined` until it looks somewhere else than the data asks for */
  view = $state.raw<View>();

  readonly #prefersDark = new MediaQuery('(prefers-color-scheme: dark)');
  readonly #hasForcedColors = new MediaQuery('(forced-colors: active)');
  readonly #hasLittleHeight = new MediaQuery('(max-height: 560px)');
  readonly #isNarrow = new MediaQuery('(max-width: 760px)');
  readonly #hasMuchWidth = new MediaQuery('(min-width: 1200px)');
  /** what the reader chose; left out: as the system has it */
  themeChoice = $state<Theme['id']>();
  // With forced colours the page is as the system has it, whatever was chosen.
  readonly #isDark = $derived(
    this.themeChoice === undefined || this.#hasForcedColors.current
      ? this.#prefersDark.current
      : this.themeChoice === 'dark',
  );
  /** whether the page is to be printed, which is on white */
  isOnPaper = $state(false);
  theme: Theme = $derived(this.#isDark && !this.isOnPaper ? DARK : LIGHT);
  /** a compact page, for a frame in another */
  isEmbedded = $state(false);
  /** one column, with a sheet at the bottom */
  isPhone = $derived(this.#isNarrow.current);
  /** three columns, when there is something for the third */
  isWide = $derived(this.#hasMuchWidth.current);
  /** two columns, but no room under the map, as on a phone that lies on its side */
  isLow = $derived(this.#hasLittleHeight.current && !this.#isNarrow.current);

  readonly basemap: BasemapState;
  /** where the data comes from, which its work belongs to */
  readonly source: DataSource;

  readonly #wanted = new WantedSighting();
  /** what the address says and nobody understands */
  #ignored: string[] = [];
  /** what is said of reference points that the browser kept and nobody can read */
  #lost: string;

  /** @param baseUrl where geo/ is served, with a slash at the end */
  constructor(readonly baseUrl: string) {
    this.source = new DataSource(baseUrl);
    this.basemap = new BasemapState(baseUrl, () => this.theme);
    this.#lost = this.places.recallOwn(); // before the address, which may be about them
    this.#follow(location.search, true);
    this.notice ||= this.#lost;
  }

  /**
   * Shows a data set, and opens the sighting that the address names.
   * @param setAside what could not be used of it, where that is at hand
   */
  show({ isMissing, ...data }: DataSet, setAside?: SetAsideContent): void {
    const { table, collection, rejected, brokenOff = '' } = data.sightings;
    this.table = table;
    this.record.reset({ table, collection, leftOut: rejected, setAside, isMissing }, this.source.url);
    this.systems = data.systems;
    this.places.given = data.referencePoints;
    this.title = titleOf(collection);
    this.problems = data.problems;
    this.isLoading = false;
    this.find.words.findAnew();
    this.source.brokenOff = brokenOff;
    // Work that is opened beside a part of its data would take the rest for removed.
    this.record.refusal = isMissing ? '' : this.source.refusal;
    const isOpened = this.record.refusal === '' && !this.isEmbedded;
    const kept = isOpened ? this.arriving.expect(this.record.openKept()) : undefined;
    this.#settleAddress();
    void kept?.then((isOver) => isOver && this.#settleMissing());
  }

  /** Shows other rows, such as after a change; what is open stays open as long as it is there. */
  replaceTable(table: SightingTable): void {
    const before = this.table;
    const rowNow = (row: number) => table.rowOf(before.idOf(row), before.layerOf(row));
    const rowsNow = (rows: readonly number[]) => rows.map(rowNow).filter((row) => row !== undefined);
    this.table = table;
    this.rowsHere = rowsNow(this.rowsHere);
    this.selectedRow = this.selectedRow === undefined ? undefined : rowNow(this.selectedRow);
    this.find.words.findAnew();
    const brought = this.#wanted.broughtBy(table);
    if (brought !== undefined) this.select(brought);
  }

  /** Makes room for the form, which stands where the tools do. */
  makeRoom(): void {
    this.measure.close();
    if (this.sheet === 'peek') this.sheet = 'half';
  }

  /** Goes where a query string says, as far as it can be understood. */
  follow(search: string): void {
    this.#follow(search, false);
  }

  /** @param isFirst whether the page opens with it: then what it leaves out is as it was at the last visit */
  #follow(search: string, isFirst: boolean): void {
    const { address, ignored } = parseAddress(search);
    this.isLoading = this.source.follow(address.data) || this.isLoading;
    this.view = address.view;
    this.isEmbedded = address.embed;
    this.themeChoice = address.theme ?? (isFirst ? recallTheme() : undefined);
    this.find.follow(address);
    this.measure.follow(address);
    if (!isFirst || address.basemap !== DEFAULT_ADDRESS.basemap) this.basemap.follow(address.basemap);
    this.#wanted.follow(address);
    this.notice = '';
    this.#ignored = [];
    this.#say(ignored);
    if (!this.isLoading) this.#settleAddress();
  }

  /** What leads back here. */
  readonly address: Address = $derived.by(() => ({
    ...this.find.address,
    ...this.measure.address,
    data: this.source.address,
    view: this.view,
    ...(this.isLoading || (this.arriving.isAwaited && this.selectedRow === undefined)
      ? this.#wanted.address
      : addressOfRow(this.table, this.selectedRow)),
    basemap: this.basemap.name,
    theme: this.themeChoice,
    embed: this.isEmbedded,
  }));

  /** Light or dark, or as the system has it; remembered for the next visit. */
  chooseTheme(choice: Theme['id'] | undefined): void {
    this.themeChoice = choice;
    const failure = rememberTheme(choice);
    if (failure !== undefined) this.notice = `The choice cannot be remembered: ${failure}`;
  }

  /** Names anew what is measured from, after the reader's own reference points changed. */
  renewTargets(): void {
    this.find.renewTargets();
    this.measure.renewTargets();
  }

  /** Opens a sighting; `rowsHere` are those that share its place, in the order in which they can be paged. */
  select(row: number, rowsHere: readonly number[] = [row]): void {
    this.measuring.begin();
    this.isRevealWanted = true;
    this.rowsHere = rowsHere;
    this.selectedRow = row;
    this.notice = '';
    if (this.sheet === 'peek') this.sheet = 'half';
  }

  /** Opens the sighting that follows the open one in the list by some steps; the first when none is open. */
  step(steps: number): void {
    const { listedRows } = this.find;
    const index = this.selectedRow === undefined ? -1 : listedRows.indexOf(this.selectedRow);
    const next = index < 0 ? (steps > 0 ? 0 : listedRows.length - 1) : index + steps;
    const row = listedRows[next];
    if (row === undefined) return;
    this.isFocusWanted = true;
    this.select(row);
  }

  deselect(): void {
    this.selectedRow = undefined;
    this.rowsHere = [];
  }

  systemName(id: string | undefined): string | undefined {
    return id === undefined ? undefined : (this.systems.find((system) => system.id === id)?.name ?? id);
  }

  /** Lets go of what the address names and the data does not have, and opens its sighting. */
  #settleAddress(): void {
    const { isAwaited } = this.arriving;
    const unknown = isAwaited ? [] : this.#dropUnknown();
    this.openingCircles = this.view === undefined ? this.measure.circles : [];
    const { row, said, unknown: unknownSet } = this.#wanted.settle(this.table, (id) => this.source.seek(id));
    if (row === undefined) {
      this.deselect();
    } else {
      const { notice } = this;
      this.select(row);
      this.notice = notice;
      this.isRevealWanted = this.view === undefined;
    }
    this.#say([...unknown, ...unknownSet]);
    this.#lost = '';
    if (!isAwaited) this.notice = said || this.notice;
  }

  /** Says what is missing now that nothing more is on its way. */
  #settleMissing(): void {
    const unknown = this.#dropUnknown();
    if (unknown.length > 0) this.#say(unknown);
    this.notice = this.#wanted.missing || this.notice;
  }

  #dropUnknown(): string[] {
    return [...this.find.dropUnknown(), ...this.measure.dropUnknown()];
  }

  #say(ignored: readonly string[]): void {
    this.#ignored.push(...ignored);
    if (this.#ignored.length === 0) return;
    const said = `The address says “${this.#ignored.join('; ')}”, which is not understood and left out.`;
    this.notice = this.#lost ? `${this.#lost} ${said}` : said;
  }
}
