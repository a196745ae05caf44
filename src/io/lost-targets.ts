/** A sighting that measures to others. */
export interface Measuring {
  /** tells it from the others */
  index: number;
  id: string;
  /** ids of what it measures to */
  refersTo: readonly string[];
}

/** What a sighting measures to that is not there: its id, and the index of the first distance to it. */
export interface LostTarget {
  to: string;
  at: number;
}

/** Why a sighting of a file is not accepted that measures to another of it. */
export function lostReason({ to, at }: LostTarget): string {
  return `$.properties.reportedDistances[${at}].to: "${to}" is a sighting of this file that is not accepted itself`;
}

/**
 * Of sightings those that measure to nothing, and to which id: what measures to one of them does too, and so on, until
 * all that is left is sound.
 * @param sightings whose own ids can be measured to as long as they are left
 * @param isKnown whether an id is that of anything else that can be measured to
 * @returns what is lost by the indices of those that measure to it
 */
export function withoutTarget(
  sightings: readonly Measuring[],
  isKnown: (id: string) => boolean,
): Map<number, LostTarget> {
  const lost = new Map<number, LostTarget>();
  const ids = new Set(sightings.map(({ id }) => id));
  const measuringTo = new Map<string, Measuring[]>();
  const gone: Measuring[] = [];
  const lose = (sighting: Measuring, to: string) => {
    if (lost.has(sighting.index)) return;
    lost.set(sighting.index, { to, at: sighting.refersTo.indexOf(to) });
    gone.push(sighting);
  };
  for (const sighting of sightings) {
    for (const to of sighting.refersTo) {
      if (isKnown(to)) continue;
      if (!ids.has(to)) lose(sighting, to);
      const others = measuringTo.get(to);
      if (others) others.push(sighting);
      else measuringTo.set(to, [sighting]);
    }
  }
  for (let next = gone.pop(); next !== undefined; next = gone.pop()) {
    for (const sighting of measuringTo.get(next.id) ?? []) lose(sighting, next.id);
  }
  return lost;
}
