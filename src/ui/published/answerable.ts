import type { Filter } from '../../domain/query';
import type { PublishedPage } from './published-page';

/** What a condition is about, as a reader says it. */
const WORDS = {
  text: 'words',
  publisher: 'publishers',
  near: 'distances',
  isInView: 'what is in view',
} as const;
type Unanswerable = keyof typeof WORDS;

/** The conditions of a filter that tiles cannot answer. */
function unanswerable({ text, facets, near, isInView }: Filter): Unanswerable[] {
  const asked = {
    text: text !== '',
    publisher: facets.publisher !== undefined,
    near: near !== undefined,
    isInView,
  };
  return (Object.keys(WORDS) as Unanswerable[]).filter((condition) => asked[condition]);
}

/** Lets go of the conditions that tiles cannot answer. Returns what is to be said of that, '' for nothing. */
export function dropUnanswerable({ find }: Pick<PublishedPage, 'find'>, wholeName: string): string {
  const conditions = unanswerable(find.filter);
  if (conditions.length === 0) return '';
  if (conditions.includes('text')) find.setText('');
  if (conditions.includes('publisher')) find.setFacet('publisher', []);
  if (conditions.includes('near')) find.setNear(undefined);
  if (conditions.includes('isInView')) find.setInView(false);
  const words = conditions.map((condition) => WORDS[condition]).join(', ');
  return `Tiles do not know ${words}: the condition is left out. Open ${wholeName} to filter by that.`;
}
