import { type Confidence, RELIABILITY, CREDIBILITY, type Sighting, type Source } from '../domain/sighting';

/** `high` -> `High confidence` */
export function confidenceLabel(level: Confidence): string {
  return `${level[0]?.toUpperCase()}${level.slice(1)} confidence`;
}

/** `3 × Pantsir-S1`, `Pantsir-S1 (likely)`, `System not named` */
export function systemLabel({ properties }: Sighting, systemName: string | undefined): string {
  const { quantity, systemQualifier } = properties;
  const count = quantity === undefined ? '' : `${quantity} × `;
  const hedge = systemQualifier === undefined ? '' : ` (${systemQualifier})`;
  return `${count}${systemName ?? 'System not named'}${hedge}`;
}

/** The Admiralty grade of a source spelled out: `B2: usually reliable source, probably true information` */
export function admiraltyGrade({ reliability, credibility }: Source): string | undefined {
  if (reliability === undefined && credibility === undefined) return undefined;
  const source = reliability && `${RELIABILITY[reliability]}${reliability === 'F' ? '' : ' source'}`;
  const information = credibility && `${CREDIBILITY[credibility]}`;
  const words = [source, information].filter((part) => part !== undefined).join('; ');
  return `${reliability ?? '–'}${credibility ?? '–'}: ${words}`;
}

/** A browser takes seconds to lay out a longer text in one piece, and minutes for one of 10 MB: the square of it. */
export const LONGEST_SHOWN = 10_000;

/** A text, cut off where it has more UTF-16 code units than a place for it takes, but never within a character. */
export function cutText(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')}…` : text;
}

/** A text, cut off where it is longer than a page can show in one piece. */
export function shownText(text: string): string {
  return cutText(text, LONGEST_SHOWN);
}

/** Characters that turn around the text which stands behind them. */
const BIDI_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as it stands in a sentence of the app, or in a name that others show: it turns none of theirs around. */
export function saidText(text: string): string {
  return shownText(text.replace(BIDI_CONTROLS, ''));
}

/** `300,000` */
export function counted(count: number): string {
  return count.toLocaleString('en-GB');
}

/** `1 source`, `3 sources`, `300,000 sources` */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${counted(count)} ${count === 1 ? one : many}`;
}
