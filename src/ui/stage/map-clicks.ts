import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Target } from '../../domain/query';
import { boundsOfRows } from '../../map/opening-view';
import type { AppState } from '../app-state.svelte';
import { canSeparate, fit } from './camera';
import type { MapPicker, MapReader } from './map-picker';
import { pointAt, targetAt } from './pick';
import type { SightingTilesClient } from './sighting-tiles';
import { sightingsAt } from './sightings-at';

/** Of the map, in CSS pixels from its left top corner. */
interface Point {
  x: number;
  y: number;
}

/** What clicks on a map are about. */
interface Clicked {
  app: AppState;
  map: MapLibreMap;
  tiles: SightingTilesClient;
  /** whether the map has the layers that it is asked for */
  isReady: () => boolean;
}

/** Follows the clicks on a map: they give a point to who wants one, or else open what is there. */
export function followClicks({ app, map, tiles, isReady }: Clicked): MapReader {
  let clicks = 0;
  /** clicks are followed one after the other, so that a quick one does not overtake another */
  let clicked = Promise.resolve();

  /** What is meant by a point of the map; says so when that is one of several. */
  function snap(point: Point): Target {
    const { target, others } = targetAt(app, map, point);
    if (others > 0) {
      const name = app.places.find(target)?.shortName ?? '';
      app.notice = `“${name}” was taken, the nearest of ${others + 1} that are here. Zoom in to take another.`;
    }
    return target;
  }

  /** Gives what was clicked to the one who wants it. */
  function pick(point: Point, picker: MapPicker): void {
    if (!picker.goesOn) app.picker = undefined;
    picker.take(picker.snaps ? snap(point) : pointAt(map, point));
  }

  /** Opens what was clicked, or zooms in where that parts the members of a group. */
  async function open(point: Point): Promise<void> {
    if (!isReady()) return;
    const { published } = app.source;
    if (published) return published.opening.openAt(map, point);
    const click = ++clicks;
    const shown = app.find.rowsOnMap;
    const { rows, isMark } = await sightingsAt(map, point, tiles, app.table);
    if (click !== clicks || app.find.rowsOnMap !== shown) return; // the answer to something that is past
    const [first] = rows;
    if (first === undefined) return app.deselect();
    const bounds = boundsOfRows(app.table, rows);
    if (isMark && rows.length > 1 && bounds && canSeparate(map, bounds)) fit(map, bounds);
    else app.select(first, rows);
  }

  map.on('click', ({ point }) => {
    clicked = clicked
      .then(() => (app.picker ? pick(point, app.picker) : open(point)))
      .catch((error: unknown) => {
        app.notice = error instanceof Error ? error.message : String(error);
      });
  });
  return { pointAt: (at) => pointAt(map, at), targetAt: snap };
}
