/** A promise that was broken. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/** @throws BrokenPromise when it does not hold */
export function claim(holds: boolean, otherwise: string): void {
  if (!holds) throw new BrokenPromise(otherwise);
}

/** What stands in messages by mistake; no file of the corpus says so itself, nor what is made of one by chance. */
const MISTAKES = /\[object |\bundefined\b|function ?\(|\) ?=>|\w =>/;

/** What a message can tell to do. */
const REMEDY =
  /\b(?:choose|open|unpack|save|export|convert|pack|get|check|split|remove|mend|close|write|change|look|give|draw|try|reload)\b/i;

/** Whether words are for a reader. @throws BrokenPromise */
export function claimClear(kind: string, message: string): void {
  claim(message.trim() !== '', `a ${kind} has no words`);
  claim(!MISTAKES.test(message), `a ${kind} is not clear: ${message.slice(0, 200)}`);
}

/** Whether a fault of a file says what to do. @throws BrokenPromise */
export function claimRemedy(message: string): void {
  claimClear('fault', message);
  claim(REMEDY.test(message), `a fault does not say what to do: ${message.slice(0, 200)}`);
}
