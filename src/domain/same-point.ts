import type { ReferencePoint } from './sighting';

/** Whether two reference points are one, whatever their ids: by name, place and uncertainty. */
export function isSamePoint(a: ReferencePoint, b: ReferencePoint): boolean {
  const { name, lng, lat, uncertaintyMeters } = a;
  return b.name === name && b.lng === lng && b.lat === lat && b.uncertaintyMeters === uncertaintyMeters;
}
