import { type Issue, filePlaceText } from '../domain/issue';

/** An issue of a feature, with its message and where that is in the file: ` (line 12, byte 345)`, or nothing. */
interface PlacedIssue {
  /** without the place */
  message: string;
  place: string;
}

/** Parts what is wrong with a feature from where it begins: the message of what is no JSON ends with that. */
export function placedIssue({ index, message, line, byte }: Issue): PlacedIssue {
  if (index === null || line === undefined || byte === undefined) return { message, place: '' };
  const place = ` (${filePlaceText({ line, byte })})`;
  return { message: message.endsWith(place) ? message.slice(0, -place.length) : message, place };
}
