import { type FilePlace, filePlaceText } from '../domain/issue';
import { hasByteOrderMark } from './json-bytes';
import { type JsonFault, jsonFaultOf } from './json-fault';
import { MAX_JSON_DEPTH } from './shallow-json';
import { endOfValue } from './value-scan';
import { decode, tooLarge } from './whole-text';

/**
 * The value of a feature, or why it is none, with its place.
 * @param known the depth of its brackets, where they match
 * @param isDoubtful whether it may well be no JSON: then that is looked for first
 */
export function parseFeature(
  bytes: Uint8Array,
  known: number | undefined,
  isDoubtful: boolean,
  place: FilePlace,
): { value: unknown } | { error: string } {
  const isLooked = (known === undefined || isDoubtful) && !hasByteOrderMark(bytes);
  const looked = isLooked ? jsonFaultOf(bytes) : undefined;
  const depth = (looked?.depth ?? 0) > MAX_JSON_DEPTH ? endOfValue(bytes, 0).depth : (known ?? 0);
  if (depth > MAX_JSON_DEPTH)
    return { error: `is nested ${depth} levels deep; at most ${MAX_JSON_DEPTH} are read` };
  const tooMuch = tooLarge(bytes);
  if (tooMuch !== undefined) return { error: tooMuch };
  const text = decode(bytes);
  if (text === undefined)
    return { error: `is not UTF-8 text: save the file as UTF-8 (${filePlaceText(place)})` };
  const notJson = ({ at, what }: JsonFault) => ({
    error: `is not JSON: ${what} at byte ${place.byte + at} (${filePlaceText(place)})`,
  });
  // To find a fault is much quicker than to let JSON.parse throw.
  if (looked?.fault) return notJson(looked.fault);
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const { fault } = jsonFaultOf(bytes);
    return notJson(fault ?? { at: 0, what: error instanceof Error ? error.message : String(error) });
  }
}
