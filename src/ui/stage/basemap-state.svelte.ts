import type { BasemapName } from '../../io/address-params';
import { type TileArchive, openTileArchive, openTileArchiveFile } from '../../io/tile-archive';
import { ATLAS_FILE, atlasBase, emptyBase } from '../../map/atlas';
import type { Base, Credit, Labels } from '../../map/base';
import type { Theme } from '../../map/theme';
import { archiveUrl } from './archive-protocol';
import {
  ATLAS,
  type BasemapChoice,
  basemapNameOf,
  choiceOfName,
  nameOfChoice,
  recallBasemap,
  rememberBasemap,
} from './basemap-choice';
import type { MakeBase } from './other-basemaps';

/** How long the first tile of a base may take, in milliseconds. */
const FIRST_TILE_TIMEOUT_MS = 12_000;

/** So many tiles in a row may fail before it is said; a single one is a hole, not a failure. */
const MAX_FAILURES = 4;

/** The base under the sightings: which one is chosen, whether it came, and what to say when it did not. */
export class BasemapState {
  /** what is shown */
  choice = $state.raw<BasemapChoice>(ATLAS);
  /** what is to come, while it is loading; else the same as `choice` */
  wanted = $state.raw<BasemapChoice>(ATLAS);
  labels = $state<Labels>('latin');
  /** what went wrong or is to be known, '' for nothing */
  message = $state('');
  /** tries again what failed, when that can be tried */
  retry = $state.raw<() => void>();
  isLoading = $state(false);
  /** counts the bases that came, so that the map can tell a new one from the same in other colours */
  arrivals = $state(0);

  /** makes the base for a theme and labels, once what is chosen has come */
  #make = $state.raw<MakeBase>(emptyBase);
  /** credits that only came with the tiles, by source */
  #lateCredits = $state.raw<Readonly<Record<string, readonly Credit[]>>>({});
  base: Base = $derived.by(() => this.#make(this.theme(), this.labels));
  credits: readonly Credit[] = $derived(
    uniqueCredits([...this.base.credits, ...Object.values(this.#lateCredits).flat()]),
  );

  /** asked for by the address and not shown yet: it would ask other hosts, which only the reader can want */
  #offered = $state.raw<BasemapName>();
  /** what the address says of it */
  readonly name: BasemapName = $derived(this.#offered ?? basemapNameOf(this.wanted));
  /** choices of the reader's own, which an address may bring back */
  readonly #agreed: BasemapName[] = ['atlas'];

  #atlas: Promise<TileArchive> | undefined;
  #streetsTheme: Theme['id'] | undefined;
  /** counts choices, so that one that comes late does not undo a later one */
  #generation = 0;
  #isAwaitingTile = false;
  #firstTileTimer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #lastFailure = '';

  /** @param baseUrl where geo/ is served, with a slash at the end */
  constructor(
    private readonly baseUrl: string,
    private readonly theme: () => Theme,
  ) {
    const { choice, labels } = recallBasemap();
    this.labels = labels;
    this.#agreed.push(basemapNameOf(choice));
    if (choice.kind === 'file') {
      this.message = `Your base map “${choice.name}” has to be chosen again: a page cannot keep a file of yours.`;
    }
    const first = choice.kind === 'file' ? ATLAS : choice;
    // The map begins with its style, and asks for the tiles as soon as these can be had.
    if (first.kind === 'atlas') this.#make = this.#makerOfAtlas();
    void this.#load(first);
  }

  /** Shows the base that an address names, or offers it when the reader has never chosen it. */
  follow(name: BasemapName): void {
    if (name === this.name) return;
    this.#offered = undefined;
    const choice = choiceOfName(name);
    if (this.#agreed.includes(name)) return void this.#load(choice);
    this.#offered = name;
    const host = choice.kind === 'address' ? new URL(choice.url).host : 'tiles.openfreemap.org';
    this.message = `The address asks for another basemap, which would be fetched from ${host}. Show it?`;
    this.retry = () => void this.choose(choice);
  }

  /** Shows the atlas, streets, or what is at an address, and remembers it; the atlas when it cannot be had. */
  async choose(choice: Exclude<BasemapChoice, { kind: 'file' }>): Promise<void> {
    this.message = '';
    this.#offered = undefined;
    this.#agreed.push(basemapNameOf(choice));
    if (await this.#load(choice)) this.#remember();
  }

  /** Shows a .pmtiles archive from this computer. */
  async chooseFile(file: File): Promise<void> {
    this.message = '';
    const load = async () => {
      const { makerOfArchive } = await import('./other-basemaps');
      return makerOfArchive(await openTileArchiveFile(file));
    };
    if (await this.#load({ kind: 'file', name: file.name }, load)) this.#remember();
  }

  chooseLabels(labels: Labels): void {
    this.labels = labels;
    this.#remember();
  }

  /** The theme has changed: streets have a style for each. */
  followTheme(): void {
    if (this.choice.kind === 'streets' && this.#streetsTheme !== this.theme().id)
      void this.#load(this.choice);
  }

  /** The map has begun to draw a base that has just come, and a first tile is due. */
  awaitFirstTile(): void {
    this.#failures = 0;
    this.#isAwaitingTile = true;
    clearTimeout(this.#firstTileTimer);
    if (this.choice.kind === 'atlas') return; // slow is better than none
    this.#firstTileTimer = setTimeout(() => {
      // A page that nobody sees draws nothing.
      if (document.hidden)
        document.addEventListener('visibilitychange', () => this.awaitFirstTile(), { once: true });
      else this.#fallBack(this.choice, `No tile came within ${FIRST_TILE_TIMEOUT_MS / 1000} seconds.`);
    }, FIRST_TILE_TIMEOUT_MS);
  }

  /** A tile of the base has come; `attribution` is that of its source. */
  onBaseTile(sourceId: string, attribution: string | undefined): void {
    this.#stopWaiting();
    this.#failures = 0;
    if (attribution === undefined || sourceId in this.#lateCredits) return;
    this.#lateCredits = { ...this.#lateCredits, [sourceId]: [] };
    void this.#takeCredits(sourceId, attribution);
  }

  /** Shows the credits that came with the tiles of a base. */
  async #takeCredits(sourceId: string, attribution: string): Promise<void> {
    const generation = this.#generation;
    const { parseAttribution } = await import('../../map/foreign-base');
    if (generation !== this.#generation) return;
    this.#lateCredits = { ...this.#lateCredits, [sourceId]: parseAttribution(attribution) };
  }

  /** The map could not get something of the base. */
  onBaseError({ message }: { message: string }): void {
    this.#failures++;
    this.#lastFailure = message;
    if (this.#failures < MAX_FAILURES) return;
    if (this.#isAwaitingTile && this.choice.kind !== 'atlas') return this.#fallBack(this.choice, message);
    this.message = `Parts of ${nameOfChoice(this.choice)} do not come: ${message}`;
  }

  /** The map has drawn all that it could get: what failed by now will not come. */
  onSettled(): void {
    if (!this.#isAwaitingTile) return;
    if (this.#failures > 0) this.#fallBack(this.choice, this.#lastFailure);
    else this.#stopWaiting(); // nothing to show here is no failure
  }

  /** Something else about a base that is not ours, such as a picture that is missing. */
  onOtherFault(message: string): void {
    this.message = `${nameOfChoice(this.choice)} is drawn with a fault: ${message}`;
  }

  #stopWaiting(): void {
    this.#isAwaitingTile = false;
    clearTimeout(this.#firstTileTimer);
  }

  /** The base of the atlas, which is being opened. */
  #makerOfAtlas(): MakeBase {
    const address = `${this.baseUrl}${ATLAS_FILE}`;
    this.#atlas ??= openTileArchive(address);
    const url = archiveUrl(address, this.#atlas);
    return (theme, labels) => atlasBase(theme, labels, url);
  }

  async #makerOf(choice: BasemapChoice): Promise<MakeBase> {
    switch (choice.kind) {
      case 'atlas': {
        const make = this.#makerOfAtlas();
        await this.#atlas;
        return make;
      }
      case 'streets': {
        this.#streetsTheme = this.theme().id;
        return (await import('./other-basemaps')).makerOfStreets(this.#streetsTheme);
      }
      case 'address':
        return (await import('./other-basemaps')).makerOfAddress(choice.url);
      case 'file':
        throw new Error('A file has to be chosen again.');
    }
  }

  /** Whether the choice came and is shown. */
  async #load(choice: BasemapChoice, makerOf = () => this.#makerOf(choice)): Promise<boolean> {
    const generation = ++this.#generation;
    this.#stopWaiting();
    this.retry = undefined;
    this.isLoading = true;
    this.wanted = choice;
    try {
      const make = await makerOf();
      if (generation !== this.#generation) return false;
      this.#make = make;
      this.#lateCredits = {};
      this.choice = choice;
      this.arrivals++;
      return true;
    } catch (error) {
      if (generation === this.#generation) {
        this.#fallBack(choice, error instanceof Error ? error.message : String(error));
      }
      return false;
    } finally {
      if (generation === this.#generation) this.isLoading = false;
    }
  }

  /** Shows the atlas in the place of what failed. What was remembered stays so: it may come another time. */
  #fallBack(failed: BasemapChoice, reason: string): void {
    this.#stopWaiting();
    const again = failed.kind === 'file' ? undefined : () => void this.choose(failed);
    if (failed.kind === 'atlas') {
      this.#atlas = undefined;
      this.#make = emptyBase;
      this.message = `The built-in atlas cannot be drawn: ${reason}`;
    } else {
      this.message = `${nameOfChoice(failed)} cannot be drawn, so the atlas is shown. ${reason}`;
      void this.#load(ATLAS);
    }
    this.retry = again;
  }

  #remember(): void {
    const failure = rememberBasemap({ choice: this.choice, labels: this.labels });
    if (failure !== undefined) this.message = `The choice cannot be remembered: ${failure}`;
  }
}

function uniqueCredits(credits: readonly Credit[]): Credit[] {
  const byText = new Map(credits.map((credit) => [credit.text, credit]));
  return [...byText.values()];
}
