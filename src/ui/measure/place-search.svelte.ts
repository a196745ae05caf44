import type { MapPoint } from '../../domain/query';
import type { Gazetteer, GazetteerPlace } from '../../io/gazetteer';

/** As many places as are offered at once. */
const MOST_PLACES = 8;

/** Loaded with the first letter that is typed, and once for all fields. */
let gazetteer = $state.raw<Gazetteer>();

/** What is typed to find a place, and the places that it may mean. */
export class PlaceSearch {
  text = $state('');
  isLoading = $state(false);
  /** why there is nothing to search in, '' when there is */
  failure = $state('');
  /** the place that the keys are on, by its index */
  active = $state(0);
  /** whether the places are shown */
  isOpen = $state(false);

  /** places near to it come first among others of their size */
  private near = $state.raw<MapPoint>();
  readonly places: readonly GazetteerPlace[] = $derived.by(
    () => gazetteer?.find(this.text, MOST_PLACES, this.near) ?? [],
  );

  /** @param baseUrl where geo/ is served, with a slash at the end */
  constructor(private readonly baseUrl: string) {}

  get isReady(): boolean {
    return gazetteer !== undefined;
  }

  /** @param near what the map shows now */
  type(text: string, near: MapPoint): void {
    this.text = text;
    this.near = near;
    this.active = 0;
    this.isOpen = text.trim() !== '';
    if (this.isOpen && this.failure === '') void this.load();
  }

  /** Gets the places to search in; again when that has failed. */
  async load(): Promise<void> {
    if (gazetteer || this.isLoading) return;
    this.isLoading = true;
    this.failure = '';
    try {
      const { loadGazetteer } = await import('../../io/gazetteer');
      gazetteer = await loadGazetteer(this.baseUrl);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      this.isLoading = false;
    }
  }

  /** Goes through the places by some steps, and around their ends. */
  step(steps: number): void {
    const { length } = this.places;
    if (length === 0) return;
    this.active = this.isOpen ? (this.active + steps + length) % length : 0;
    this.isOpen = true;
  }

  clear(): void {
    this.text = '';
    this.isOpen = false;
  }
}
