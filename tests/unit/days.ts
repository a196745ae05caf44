import { type DaySpan, parseEventDate } from '../../src/domain/dates';
import { type BinUnit, type TimelineBins } from '../../src/domain/timeline';
import { timelineBins } from '../../src/domain/timeline-bins';

/** The days that an event date means. */
export function daysOf(eventDate: string): DaySpan {
  const parsed = parseEventDate(eventDate);
  if ('error' in parsed) throw new Error(parsed.error);
  return parsed.span;
}

/** The bins of an event date, by the unit that one wants to test. */
export function binsOf(unit: BinUnit, eventDate: string): TimelineBins {
  let bins = timelineBins(daysOf(eventDate), 4000);
  while (bins.unit !== unit) bins = timelineBins(daysOf(eventDate), bins.starts.length - 2);
  return bins;
}
