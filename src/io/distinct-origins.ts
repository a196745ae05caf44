import { originKey } from '../domain/evidence';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function lowered(byte: number): number {
  return byte > 0x40 && byte < 0x5b ? byte + 0x20 : byte;
}

/** Whether two origins are one, as the evidence has it. */
function isSameOrigin(
  bytes: Uint8Array,
  start: number,
  end: number,
  otherStart: number,
  otherEnd: number,
): boolean {
  let isExact = true;
  let isLowered = true;
  let bits = 0;
  for (let at = start, to = otherStart; at < end || to < otherEnd; at++, to++) {
    const a = at < end ? (bytes[at] ?? 0) : 0;
    const b = to < otherEnd ? (bytes[to] ?? 0) : 0;
    bits |= a | b;
    if (a === b) continue;
    isExact = false;
    if (lowered(a) !== lowered(b)) isLowered = false;
  }
  if (isExact || bits < 0x80) return isLowered;
  const keyAt = (from: number, to: number) => originKey(decoder.decode(bytes.subarray(from, to)));
  return keyAt(start, end) === keyAt(otherStart, otherEnd);
}

/**
 * How many distinct origins there are, as `countSupportingOrigins` counts them.
 * @param places where each stands in the bytes (UTF-8, nothing around it): start and end by turns
 */
export function countOrigins(bytes: Uint8Array, places: readonly number[], count: number): number {
  let distinct = 0;
  for (let i = 0; i < count; i++) {
    const [start, end] = [places[2 * i] ?? 0, places[2 * i + 1] ?? 0];
    let before = 0;
    while (before < i) {
      if (isSameOrigin(bytes, start, end, places[2 * before] ?? 0, places[2 * before + 1] ?? 0)) break;
      before++;
    }
    if (before === i) distinct++;
  }
  return distinct;
}
