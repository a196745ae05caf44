import { type FilePlace, filePlaceText } from '../domain/issue';

/** The first places tell; more are not listed. */
const MOST_PLACES = 5;

/** Notes that a comma is missing before a place, or one is too many; of very many, the first ones. */
export function addCommaFault(faults: FilePlace[], place: FilePlace): void {
  if (faults.length <= MOST_PLACES) faults.push(place);
}

/** What is wrong with the commas between the features of a file, without a full stop. */
export function commaFaultText(faults: readonly FilePlace[]): string {
  const where = faults.map((place, i) => (i < MOST_PLACES ? filePlaceText(place) : 'and more')).join('; ');
  return `a comma is missing or too many before ${where}: the file is not JSON`;
}
