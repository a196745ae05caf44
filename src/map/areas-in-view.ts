import type { Feature, FeatureCollection } from 'geojson';
import type { FindTable } from '../domain/find-table';
import type { Bounds } from '../domain/query';
import { PLACE_KIND } from '../domain/table';
import { areaFeature } from './layers';

/** An area is drawn when it is at least this share of the view's height... */
const LEAST_SHARE = 1 / 250;
/** ...and no more than the widest so many: what else there is has its mark. */
const MOST_AREAS = 500;

const METERS_PER_DEGREE = 111_195;

/** The areas of a large table that can be made out in a view: all of them would be more than a map can be given. */
export class AreasInView {
  readonly #rows: number[] = [];
  readonly #features = new Map<number, Feature>();
  #last: { key: string; collection: FeatureCollection } | undefined;

  constructor(private readonly table: FindTable) {
    const { placeKind } = table.columns;
    for (let row = 0; row < table.length; row++) if (placeKind[row] === PLACE_KIND.area) this.#rows.push(row);
  }

  /**
   * Those that are among some rows and in a view, or next to it; the same object as long as it holds the same.
   * @param rows ascending
   */
  among(rows: Uint32Array, view: Bounds): FeatureCollection {
    const { uncertaintyMeters } = this.table.columns;
    const radius = (row: number) => uncertaintyMeters[row] ?? 0;
    let next = 0;
    let shown = this.#rows.filter((row) => {
      while (next < rows.length && (rows[next] ?? 0) < row) next++;
      return rows[next] === row && this.#isSeen(row, view);
    });
    if (shown.length > MOST_AREAS) shown = shown.sort((a, b) => radius(b) - radius(a)).slice(0, MOST_AREAS);
    const key = shown.join();
    if (this.#last?.key !== key) {
      this.#last = { key, collection: { type: 'FeatureCollection', features: this.#featuresOf(shown) } };
    }
    return this.#last.collection;
  }

  #featuresOf(rows: readonly number[]): Feature[] {
    return rows.flatMap((row) => {
      const feature = this.#features.get(row) ?? areaFeature(this.table, row);
      if (feature) this.#features.set(row, feature);
      return feature ? [feature] : [];
    });
  }

  /** Whether an area can be made out, in a view or less than a view beside it. */
  #isSeen(row: number, { west, south, east, north }: Bounds): boolean {
    const { lng, lat, uncertaintyMeters } = this.table.columns;
    const [x = NaN, y = NaN] = [lng[row], lat[row]];
    const reach = (uncertaintyMeters[row] ?? 0) / METERS_PER_DEGREE;
    const [width, height] = [east - west, north - south];
    if (2 * reach < height * LEAST_SHARE || y < south - height - reach || y > north + height + reach)
      return false;
    const reachLng = reach / Math.max(0.01, Math.cos((y * Math.PI) / 180));
    const start = west - width - reachLng;
    return (((x - start) % 360) + 360) % 360 <= 3 * width + 2 * reachLng;
  }
}
