import type { Layer } from '../../../domain/work';
import { plural } from '../../wording';

/** More data sets are not named. */
const MOST_NAMED = 3;

/** Why somebody has to say which data set is to be saved or reverted; '' when none is. */
export function whichDataSet(unsaved: readonly { layer: Layer }[], command: 'Save' | 'Revert'): string {
  const names = unsaved.slice(0, MOST_NAMED).map(({ layer }) => `“${layer.name}”`);
  const [first] = names;
  if (first === undefined) return '';
  if (unsaved.length === 1) return `${first} has unsaved changes. Its own ${command} is below.`;
  const more = unsaved.length - names.length;
  const last = more > 0 ? plural(more, 'other') : names.pop();
  return `${names.join(', ')} and ${last ?? ''} have unsaved changes. Each data set has its own ${command}.`;
}
