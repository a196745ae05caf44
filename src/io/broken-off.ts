/** Why no more bytes of a file come. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';

  /** @param isInterrupted whether there would be more: what came is a part that can be used, and is to be called one */
  constructor(
    message: string,
    readonly isInterrupted: boolean,
  ) {
    super(message);
  }
}
