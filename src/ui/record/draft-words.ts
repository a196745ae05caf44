import type { Draft } from '../../domain/work';
import { isObject } from '../../domain/rules';
import { valueOf, valueText } from '../../domain/sighting-fields';
import { plural, saidText, shownText } from '../wording';

/** A longer title is cut where drafts are only counted. */
const MOST_LETTERS = 40;

function textOf(feature: unknown, name: 'title' | 'verbatimLocality'): string {
  const text = valueOf(feature, name);
  return typeof text === 'string' ? text.trim() : '';
}

/** What a draft is called: its title, else the sighting that it corrects, else its place, as far as that is written. */
export function draftTitle({ feature, id }: Draft): string {
  const title = textOf(feature, 'title') || (id ?? '');
  if (title !== '') return shownText(title);
  const geometry = valueOf(feature, 'geometry');
  const locality = textOf(feature, 'verbatimLocality');
  const place = locality || (isObject(geometry) ? `at ${valueText(geometry)}` : '');
  return place === '' ? 'Without a title' : `Without a title, ${shownText(place)}`;
}

/**
 * `1 draft: “S-400 near the Neva”`, `3 drafts, the last: “S-400 near the Neva”`
 * @param drafts the newest first
 */
export function draftsText(drafts: readonly Draft[]): string {
  const [newest] = drafts;
  if (!newest) return 'No drafts';
  const letters = [...draftTitle(newest)];
  const title =
    letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join('')}…` : letters.join('');
  return `${plural(drafts.length, 'draft')}${drafts.length > 1 ? ', the last' : ''}: “${saidText(title)}”`;
}
