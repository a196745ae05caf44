import { fetchMapStyle } from '../io/map-style';
import { type TileArchive, openTileArchive, openTileArchiveFile } from '../io/tile-archive';
import { ATLAS_FILE, atlasBase, emptyBase } from '../map/atlas';
import { type Base, type Credit, LABELS, type Labels, baseOfStyle, parseAttribution } from '../map/base';
import type { Theme } from '../map/theme';
import { archiveUrl } from './archive-protocol';

/** What the reader can choose to have under the sightings. */
export type BasemapChoice =
  | { kind: 'atlas' }
  | { kind: 'streets' }
  /** a .pmtiles archive or a MapLibre style */
  | { kind: 'address'; url: string }
  /** a file, which no page can open again by itself */
  | { kind: 'file'; name: string };

const ATLAS: BasemapChoice = { kind: 'atlas' };

/** OpenFreeMap asks for no key; its terms ask for the credit that its style carries. */
const STREETS_STYLE = {
  light: 'https://tiles.openfreemap.org/styles/positron',
  dark: 'https://tiles.openfreemap.org/styles/dark',
} as const;

/** How long the first tile of a base may take, in milliseconds. */
const FIRST_TILE_TIMEOUT_MS = 12_000;

const STORAGE_KEY = 'sighting-map/basemap';

interface Remembered {
  choice: BasemapChoice;
  labels: Labels;
}

function isChoice(value: unknown): value is BasemapChoice {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'address') return 'url' in value && typeof value.url === 'string';
  if (value.kind === 'file') return 'name' in value && typeof value.name === 'string';
  return value.kind === 'atlas' || value.kind === 'streets';
}

function recall(): Remembered {
  const remembered: Remembered = { choice: ATLAS, labels: 'latin' };
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return remembered;
    if ('choice' in stored && isChoice(stored.choice)) remembered.choice = stored.choice;
    if ('labels' in stored && typeof stored.labels === 'string' && Object.hasOwn(LABELS, stored.labels)) {
      remembered.labels = stored.labels as Labels;
    }
  } catch {
    // A browser without storage, or a broken entry: the atlas is as good a start.
    return { choice: ATLAS, labels: 'latin' };
  }
  return remembered;
}

/** The base under the sightings: which one is chosen, whether it came, and what to say when it did not. */
export class BasemapState {
  choice = $state.raw<BasemapChoice>(ATLAS);
  /** what is to come, while it is loading; else the same as `choice` */
  wanted = $state.raw<BasemapChoice>(ATLAS);
  labels = $state<Labels>('latin');
  /** what went wrong or is to be known, '' for nothing */
  message = $state('');
  isLoading = $state(false);

  /** makes the base for a theme and labels, once what is chosen has come */
  #make = $state.raw<(theme: Theme, labels: Labels) => Base>(emptyBase);
  /** credits that only came with the tiles */
  #lateCredits = $state.raw<readonly Credit[]>([]);
  base: Base = $derived.by(() => this.#make(this.theme(), this.labels));
  credits: readonly Credit[] = $derived(uniqueCredits([...this.base.credits, ...this.#lateCredits]));

  #atlas: Promise<TileArchive> | undefined;
  /** counts choices, so that one that comes late does not undo a later one */
  #generation = 0;
  #firstTileTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param baseUrl where geo/ is served, with a slash at the end */
  constructor(
    private readonly baseUrl: string,
    private readonly theme: () => Theme,
  ) {
    const { choice, labels } = recall();
    this.labels = labels;
    if (choice.kind !== 'file') {
      void this.choose(choice);
    } else {
      this.message = `Your base map “${choice.name}” has to be chosen again: a page cannot keep a file of yours.`;
      void this.choose({ kind: 'atlas' });
    }
  }

  /** Shows the atlas, streets, or what is at an address; the atlas when that cannot be had. */
  async choose(choice: Exclude<BasemapChoice, { kind: 'file' }>): Promise<void> {
    const isOwnChoice = choice.kind === 'atlas';
    await this.#load(choice, async () => {
      if (isOwnChoice) {
        this.#atlas ??= openTileArchive(`${this.baseUrl}${ATLAS_FILE}`);
        const url = archiveUrl(await this.#atlas);
        return (theme, labels) => atlasBase(theme, labels, url);
      }
      if (choice.kind === 'streets') {
        const dark = this.theme().id;
        const style = await fetchMapStyle(STREETS_STYLE[dark]);
        const base = baseOfStyle(style, STREETS_STYLE[dark]);
        return () => base;
      }
      return this.#makerOfAddress(choice.url);
    });
  }

  /** Shows a .pmtiles archive from this computer. */
  async chooseFile(file: File): Promise<void> {
    await this.#load({ kind: 'file', name: file.name }, async () =>
      this.#makerOfArchive(await openTileArchiveFile(file)),
    );
  }

  chooseLabels(labels: Labels): void {
    this.labels = labels;
    this.#remember();
  }

  /** The map has begun to draw the base, and a first tile is due. */
  awaitFirstTile(): void {
    clearTimeout(this.#firstTileTimer);
    const { choice } = this;
    const timeout = new Error(`No tile came within ${FIRST_TILE_TIMEOUT_MS / 1000} seconds.`);
    this.#firstTileTimer = setTimeout(() => this.#fallBack(choice, timeout), FIRST_TILE_TIMEOUT_MS);
  }

  /** The map drew a tile of the base. */
  onBaseTile(attribution: string | undefined): void {
    clearTimeout(this.#firstTileTimer);
    this.#firstTileTimer = undefined;
    if (attribution) this.#lateCredits = parseAttribution(attribution);
  }

  /** The map could not get something of the base. */
  onBaseError(error: { message: string }): void {
    // After the first tile, one that is missing is a hole, not a failure.
    if (this.#firstTileTimer === undefined) return;
    this.#fallBack(this.choice, error);
  }

  async #makerOfAddress(url: string): Promise<(theme: Theme, labels: Labels) => Base> {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
      throw new Error(`“${url}” is no http or https address.`);
    }
    if (new URL(url).pathname.endsWith('.pmtiles')) return this.#makerOfArchive(await openTileArchive(url));
    const base = baseOfStyle(await fetchMapStyle(url), url);
    return () => base;
  }

  async #makerOfArchive(archive: TileArchive): Promise<(theme: Theme, labels: Labels) => Base> {
    // The style of a foreign archive is only for those who bring one.
    const { PROTOMAPS_LAYERS, protomapsBase } = await import('../map/protomaps');
    const missing = PROTOMAPS_LAYERS.filter((layer) => !archive.layers.includes(layer));
    if (missing.length > 0) {
      const found = archive.layers.join(', ') || 'none';
      throw new Error(
        `The archive is not in the Protomaps basemap schema: it lacks ${missing.join(', ')} (layers: ${found}).`,
      );
    }
    const url = archiveUrl(archive);
    const credits = parseAttribution(archive.attribution);
    return (theme, labels) => protomapsBase(theme, labels, url, credits);
  }

  async #load(
    choice: BasemapChoice,
    load: () => Promise<(theme: Theme, labels: Labels) => Base>,
  ): Promise<void> {
    const generation = ++this.#generation;
    clearTimeout(this.#firstTileTimer);
    this.isLoading = true;
    this.wanted = choice;
    try {
      const make = await load();
      if (generation !== this.#generation) return;
      this.#make = make;
      this.#lateCredits = [];
      this.choice = choice;
      if (choice.kind !== 'atlas') this.message = '';
      this.#remember();
    } catch (error) {
      if (generation === this.#generation)
        this.#fallBack(choice, error instanceof Error ? error : new Error(String(error)));
    } finally {
      if (generation === this.#generation) this.isLoading = false;
    }
  }

  #fallBack(failed: BasemapChoice, error: { message: string }): void {
    clearTimeout(this.#firstTileTimer);
    this.#firstTileTimer = undefined;
    if (failed.kind === 'atlas') {
      this.#atlas = undefined;
      this.#make = emptyBase;
      this.message = `The built-in atlas cannot be drawn: ${error.message}`;
      return;
    }
    const name =
      failed.kind === 'streets' ? 'The street map' : failed.kind === 'file' ? `“${failed.name}”` : failed.url;
    this.message = `${name} cannot be drawn, so the atlas is shown. ${error.message}`;
    void this.choose({ kind: 'atlas' });
  }

  #remember(): void {
    const remembered: Remembered = { choice: this.choice, labels: this.labels };
    try {
      localStorage.setItem(STORAGE_KEY, JSON.stringify(remembered));
    } catch (error) {
      this.message = `The choice cannot be remembered: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

function uniqueCredits(credits: readonly Credit[]): Credit[] {
  const byText = new Map(credits.map((credit) => [credit.text, credit]));
  return [...byText.values()];
}
