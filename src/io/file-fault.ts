/** What is wrong with a file as a whole, for the one who opened it: the message names the place and the remedy. */
export class FileFault extends Error {
  override readonly name = 'FileFault';
}

/** Why a file is not read before somebody says so: it can be, with `acceptsLarge`. */
export class SoftLimit extends FileFault {}

/** A number of bytes as it stands in a message: `50 MB`, `10 kB`. */
export function roughSize(bytes: number): string {
  return bytes < 1e6
    ? `${Math.round(bytes / 1e3)} kB`
    : `${Math.round(bytes / 1e6).toLocaleString('en-GB')} MB`;
}

/** Why a file with a whole work in it is not opened as data. */
export const WORK_COPY =
  'The file is a saved copy of a work: in the app, take it in under “Earlier work”, which “Open data” leads to.';
