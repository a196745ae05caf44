import { formatEventDate } from '../domain/dates';
import type { Sighting, System } from '../domain/sighting';

/** What a sighting says, as lines of plain text for programs that show one text of a place. */
export function plainDescription({ properties }: Sighting, systems: readonly System[]): string {
  const { system, systemQualifier, quantity, eventDate, verbatimLocality, confidence, confidenceBasis } =
    properties;
  const { coordinateUncertaintyInMeters, status, sources } = properties;
  const name = systems.find(({ id }) => id === system)?.name ?? system;
  const lines = [
    name === undefined ? '' : `System: ${systemQualifier === 'likely' ? 'likely ' : ''}${name}`,
    quantity === undefined ? '' : `Quantity: ${quantity}`,
    `Date: ${formatEventDate(eventDate)}`,
    `Place: ${verbatimLocality}`,
    coordinateUncertaintyInMeters === undefined
      ? ''
      : `Uncertainty: within ${coordinateUncertaintyInMeters} m of the point`,
    `Confidence: ${confidence}. ${confidenceBasis}`,
    status === undefined || status === 'reported' ? '' : `Status: ${status}`,
    ...sources.map(({ publisher, publishedDate, claim, url, stance }) => {
      const against = stance === 'disputes' ? ' (disputes this)' : '';
      return `${publisher}, ${publishedDate}${against}: ${claim}${url === undefined ? '' : ` ${url}`}`;
    }),
  ];
  return lines.filter((line) => line !== '').join('\n');
}
