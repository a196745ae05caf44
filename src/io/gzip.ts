/** What a gzip file may unpack to at most. */
export interface GzipLimits {
  bytes: number;
  /** how many times larger than packed */
  ratio: number;
}

export const GZIP_LIMITS: GzipLimits = { bytes: 1e9, ratio: 200 };

/** Whether bytes begin as a gzip file does. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}
