import { unwrapLng } from '../../domain/distance';
import { formatMeters } from '../../domain/units';
import { nameProblem, newPoints, nextName, ownId, withName, withUncertainty } from '../../domain/own-points';
import type { MapPoint } from '../../domain/query';
import { MOST_OWN_POINTS } from '../../domain/reference-data';
import type { DescribedPoint, ReferencePoint } from '../../domain/sighting';
import { COORDINATE_FORMATS, type CoordinateFormat } from '../../io/coordinates';
import type { GazetteerPlace } from '../../io/gazetteer';
import { FARTHEST_METERS } from '../../io/place-params';
import { boundsOfDisc } from '../../map/opening-view';
import type { AppState } from '../app-state.svelte';
import { CLICK_PIXELS } from '../stage/pick';
import { contains, fit } from '../stage/camera';

/** What a point is shown with around it, as a multiple of its uncertainty; and never less, in metres. */
const SHOWN_RADII = 3;
const LEAST_SHOWN_METERS = 1500;

/** What can be done with the reader's own reference points. */
export class OwnPoints {
  /** the point that was added last, whose name is to be written now */
  newId = $state<string>();

  constructor(private readonly app: AppState) {}

  get points(): readonly DescribedPoint[] {
    return this.app.places.own;
  }

  /** Adds a point that was clicked, with the uncertainty of some pixels of the map as it is now. */
  addClicked({ lng, lat, uncertaintyMeters = 1 }: MapPoint): void {
    const zoom = this.app.map?.getZoom() ?? 0;
    const remarks = `Clicked on the map at zoom ${zoom.toFixed(1)}; the radius is ${CLICK_PIXELS} pixels of it.`;
    this.#add({ name: nextName(this.points), lng, lat, uncertaintyMeters, remarks });
  }

  /** Adds a point that was written, with the uncertainty of its digits. */
  addWritten(
    { lng, lat, uncertaintyMeters = 0 }: MapPoint,
    { text, format }: { text: string; format: CoordinateFormat },
  ): void {
    const remarks = `Written as “${text}” (${COORDINATE_FORMATS[format]}); the radius covers what these digits leave open.`;
    const radius = Math.max(1, uncertaintyMeters);
    this.#showIfAway(
      this.#add({ name: nextName(this.points), lng, lat, uncertaintyMeters: radius, remarks }),
    );
  }

  /** Adds a place of the gazetteer, with its estimated extent. */
  addPlace({ name, lng, lat, uncertaintyMeters, population }: GazetteerPlace): void {
    const people =
      population > 0 ? `its population of ${population.toLocaleString('en-GB')}` : 'no population';
    const remarks = `GeoNames place “${name}”; the radius is an extent estimated from ${people}.`;
    this.#showIfAway(this.#add({ name, lng, lat, uncertaintyMeters, remarks }));
  }

  /** Gives a point another name. Returns what is wrong with it, if something is. */
  rename(id: string, name: string): string | undefined {
    const problem = nameProblem(name);
    if (problem === undefined) this.#change(id, (point) => withName(point, name));
    return problem;
  }

  /** Gives a point another uncertainty, in metres. Returns what is wrong with it, if something is. */
  setUncertainty(id: string, meters: number): string | undefined {
    if (!(meters > 0 && meters <= FARTHEST_METERS)) {
      return `An uncertainty is a number above 0, and at most ${formatMeters(FARTHEST_METERS)}.`;
    }
    this.#change(id, (point) => withUncertainty(point, meters));
    return undefined;
  }

  remove(id: string): void {
    const index = this.points.findIndex((point) => point.id === id);
    const point = this.points[index];
    if (!point) return;
    this.app.places.removed = { point, index };
    this.#keep(this.points.toSpliced(index, 1));
  }

  /** Puts the point back that was removed last. */
  undoRemove(): void {
    const { places } = this.app;
    const { removed } = places;
    if (!removed) return;
    places.removed = undefined;
    this.newId = removed.point.id;
    this.#keep(this.points.toSpliced(removed.index, 0, removed.point));
  }

  /** What a file of points is compared with: those that are there, and how many more there may be. */
  beside(): { there: readonly ReferencePoint[]; room: number } {
    const { referencePoints } = this.app.places;
    return { there: referencePoints, room: Math.max(0, MOST_OWN_POINTS - this.points.length) };
  }

  /** Adds the points of a file that are not there yet, by ids of their own. Returns how many. */
  addRead(points: readonly DescribedPoint[]): number {
    const { places } = this.app;
    const added = newPoints(points, places.referencePoints, (id) => places.isTaken(id));
    if (added.length > 0) this.#keep([...this.points, ...added]);
    return added.length;
  }

  /** Moves the map to a point. */
  show({ lng, lat, uncertaintyMeters }: ReferencePoint): void {
    const { app } = this;
    if (!app.map) return;
    if (app.sheet === 'full') app.sheet = 'half';
    const radiusMeters = Math.max(LEAST_SHOWN_METERS, uncertaintyMeters * SHOWN_RADII);
    fit(app.map, boundsOfDisc(lng, lat, radiusMeters));
  }

  #add(point: Omit<DescribedPoint, 'id'>): DescribedPoint {
    const { places } = this.app;
    const id = ownId(point.name, (other) => places.isTaken(other));
    this.newId = id;
    this.#keep([...this.points, { ...point, id }]);
    return { ...point, id };
  }

  #showIfAway(point: ReferencePoint): void {
    const { extent } = this.app;
    if (!extent) return;
    const lng = unwrapLng(point.lng, (extent.west + extent.east) / 2);
    if (!contains(extent, { ...point, lng })) this.show(point);
  }

  #change(id: string, change: (point: DescribedPoint) => DescribedPoint): void {
    this.#keep(this.points.map((point) => (point.id === id ? change(point) : point)));
  }

  #keep(points: readonly DescribedPoint[]): void {
    this.app.places.keepOwn(points);
    this.app.renewTargets();
  }
}
