/** Sixteen letters that no other tab or visit comes to; made so that they can be on plain http, too. */
export function randomName(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (bits) =>
    bits.toString(16).padStart(8, '0'),
  ).join('');
}

/** A key that no other draft has, be it of the same sighting: none takes the place of another. */
export function draftKey(layer: string, id: string | null): string {
  return `${layer}/${id ?? 'new'}/${randomName()}`;
}
