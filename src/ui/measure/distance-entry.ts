import type { DistanceList } from '../../domain/distance-list';
import { formatInterval } from '../../domain/distance-text';
import type { Units } from '../../domain/units';
import { formatModelDifference } from '../../domain/model-difference';

/** All that the table says of a pair of a list, by the pair's index. */
export function distanceEntry(list: DistanceList, index: number, units: Units) {
  const { row, referencePoint } = list.pair(index);
  const [sphere, ellipsoid] = [list.onSphere(index), list.onEllipsoid(index)];
  return {
    index,
    row,
    referencePoint,
    properties: list.table.record(row).properties,
    sphere,
    text: formatInterval(sphere, units),
    ellipsoidText: formatInterval(ellipsoid, units),
    difference: formatModelDifference(sphere.meters, ellipsoid.meters, units),
    nearness: list.nearness(index),
  };
}
export type DistanceEntry = ReturnType<typeof distanceEntry>;
