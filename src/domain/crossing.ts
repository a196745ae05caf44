type Vector = readonly [x: number, y: number, z: number];

function toVector([lng, lat]: readonly [lng: number, lat: number]): Vector {
  const [x, y] = [(lng * Math.PI) / 180, (lat * Math.PI) / 180];
  return [Math.cos(y) * Math.cos(x), Math.cos(y) * Math.sin(x), Math.sin(y)];
}

/** A triple product of unit vectors as small as this is of rounding: the three lie on one great circle. */
const ROUNDING = 1e-15;

/** On which side of the great circle from a to b a third point lies: the triple product; 0 on it. */
function side([ax, ay, az]: Vector, [bx, by, bz]: Vector, [cx, cy, cz]: Vector): number {
  const product = (ay * bz - az * by) * cx + (az * bx - ax * bz) * cy + (ax * by - ay * bx) * cz;
  return Math.abs(product) < ROUNDING ? 0 : product;
}

/** Whether two arcs of great circles, each shorter than half of one, cross between their ends. */
function arcsCross(a: Vector, b: Vector, c: Vector, d: Vector): boolean {
  const acb = -side(a, b, c);
  const bda = side(a, b, d);
  if (acb * bda <= 0) return false;
  return acb * -side(c, d, b) > 0 && acb * side(c, d, a) > 0;
}

/** Whether the outline around some corners, in degrees, crosses itself on the sphere. Time grows with their square. */
export function edgesCross(corners: readonly (readonly [lng: number, lat: number])[]): boolean {
  const vectors = corners.map(toVector);
  const edges = vectors.map((start, i) => [start, vectors[(i + 1) % vectors.length] ?? start] as const);
  return edges.some(([a, b], i) =>
    edges.slice(i + 2).some(([c, d], j) => {
      const areNeighbours = i === 0 && i + 2 + j === edges.length - 1;
      return !areNeighbours && arcsCross(a, b, c, d);
    }),
  );
}
