import { type Place, placeOfReferencePoint, placeOfSighting } from '../domain/distance';
import type { Target } from '../domain/query';
import type { ReferencePoint, Sighting } from '../domain/sighting';
import type { SightingTable } from '../domain/table';

/** Something that has a name, and may have a place. */
export interface NamedPlace {
  name: string;
  shortName: string;
  place: Place | undefined;
}

function ofPoint(point: ReferencePoint): NamedPlace {
  const { name, shortName = name } = point;
  return { name, shortName, place: placeOfReferencePoint(point) };
}

/** All that distances can be measured to: the reference points of the data, the reader's own, and the sightings. */
export class Places {
  /** reference points that came with the data */
  given = $state.raw<readonly ReferencePoint[]>([]);
  /** reference points that the reader added */
  own = $state.raw<readonly ReferencePoint[]>([]);
  readonly referencePoints: readonly ReferencePoint[] = $derived([...this.given, ...this.own]);

  constructor(private readonly data: { readonly table: SightingTable }) {}

  /** What a target is; `undefined` for an id that nothing has. */
  find(target: Target): NamedPlace | undefined {
    if (typeof target !== 'string') {
      const { lng, lat, uncertaintyMeters = 0 } = target;
      const name = `${lat}, ${lng}`;
      return { name, shortName: name, place: { lng, lat, uncertaintyMeters } };
    }
    const point = this.referencePoints.find(({ id }) => id === target);
    if (point) return ofPoint(point);
    const sighting = this.sighting(target);
    if (sighting === undefined) return undefined;
    const { title } = sighting.properties;
    return { name: title, shortName: title, place: placeOfSighting(sighting) };
  }

  /** The sighting of an id; `undefined` for any other id. */
  sighting(id: string): Sighting | undefined {
    const { table } = this.data;
    const row = table.rowOf(id);
    return row === undefined ? undefined : table.record(row);
  }

  /** The row of the sighting that a target is, if it is one. */
  rowOf(target: Target): number | undefined {
    const isPoint = this.referencePoints.some(({ id }) => id === target);
    return typeof target !== 'string' || isPoint ? undefined : this.data.table.rowOf(target);
  }

  /** A target that others understand too: a point of the map in the place of the reader's own reference point. */
  toShare(target: Target): Target {
    const point = this.own.find(({ id }) => id === target);
    return point ? { lng: point.lng, lat: point.lat, uncertaintyMeters: point.uncertaintyMeters } : target;
  }

  /** The reader's own reference point in the place of the point of the map that it was shared as. */
  fromShared(target: Target): Target {
    if (typeof target === 'string') return target;
    const { lng, lat, uncertaintyMeters } = target;
    const isHere = (point: ReferencePoint) =>
      point.lng === lng && point.lat === lat && point.uncertaintyMeters === uncertaintyMeters;
    return this.own.find(isHere)?.id ?? target;
  }
}
