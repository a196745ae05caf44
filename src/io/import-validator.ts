import type { FilePlace, Issue } from '../domain/issue';
import { placeDoubts } from '../domain/place-doubt';
import { SightingValidator } from '../domain/validate';

/** Checks what is imported as the contract wants it, and tells of places that are hardly meant. */
export class ImportValidator extends SightingValidator {
  override checkFeature(value: unknown, index: number, place?: FilePlace): Issue[] {
    return [...super.checkFeature(value, index, place), ...placeDoubts(value, index)];
  }
}
