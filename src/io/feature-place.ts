import { type FilePlace, filePlaceText } from '../domain/issue';

/** Where a feature stands in its file, as people count: `feature 3 (line 12, byte 345)`. */
export function featurePlace(index: number, place: FilePlace): string {
  return `feature ${index + 1} (${filePlaceText(place)})`;
}
