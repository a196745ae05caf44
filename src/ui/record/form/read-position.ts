import { readDecimals } from '../../../domain/place-text';
import { parseCoordinates } from '../../../io/coordinates';
import { toAddressPoint } from '../../../io/place-params';

/** [lng, lat] of a position in any format that the app reads; plain degrees to the last digit, others to a metre or so. */
export function readPosition(text: string): [lng: number, lat: number] | undefined {
  const [x, y] = readDecimals(text) ?? [];
  if (x !== undefined && y !== undefined) return [x, y];
  const result = parseCoordinates(text);
  if ('problem' in result) return undefined;
  const { lng, lat } = toAddressPoint(result.position);
  return [lng, lat];
}
