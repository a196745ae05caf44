import { formatEventDate } from './dates';
import type { Sighting, Source } from './sighting';

/** What was read, where and when. */
export interface Reading {
  /** title of the data */
  title: string;
  /** address of the page */
  address: string;
  /** ISO 8601 date on which it was read */
  accessed: string;
}

/** A set of sightings to cite. */
export interface CitedSet {
  /** sightings in the set, left out where that is not known, and in the data */
  shown: number | undefined;
  total: number;
  /** the filter in words, one condition each; none when all is shown */
  filters: readonly string[];
  /** the sightings; no more are taken than are cited with their sources */
  sightings: Iterable<Sighting>;
  /** how the sources of others come to be listed; narrow the filters to list them */
  remedy?: string;
}

/** Sightings of a set whose sources are listed; of the others only the number is. */
export const MAX_CITED_SIGHTINGS = 50;

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** A source on one line: `- The Moscow Times, “Kremlin Declines to Say”, 20 January 2023, https://…, archived at https://…` */
export function citeSource({ publisher, title, publishedDate, url, archivedUrl, stance }: Source): string {
  const parts = [
    publisher,
    ...(title === undefined ? [] : [`“${title}”`]),
    formatEventDate(publishedDate),
    ...(url === undefined ? [] : [url]),
    ...(archivedUrl === undefined ? [] : [`archived at ${archivedUrl}`]),
    ...(stance === 'disputes' ? ['disputes the report'] : []),
  ];
  return `- ${oneLine(parts.join(', '))}`;
}

function closing({ title, address, accessed }: Reading): string[] {
  return [`Sighting Map, “${oneLine(title)}”, accessed ${formatEventDate(accessed)}`, address];
}

/** A plain-text citation of one sighting, one fact a line. */
export function citeSighting(
  { properties }: Sighting,
  systemName: string | undefined,
  reading: Reading,
): string {
  const { title, eventDate, verbatimLocality, confidence, status = 'reported', sources } = properties;
  return [
    oneLine(title),
    `Date of the event: ${formatEventDate(eventDate)}`,
    `Place as reported: “${oneLine(verbatimLocality)}”`,
    ...(systemName === undefined ? [] : [`System: ${oneLine(systemName)}`]),
    `Confidence: ${confidence}`,
    ...(status === 'reported' ? [] : [`Status: ${status}`]),
    'Sources:',
    ...sources.map(citeSource),
    ...closing(reading),
  ].join('\n');
}

function number(value: number): string {
  return value.toLocaleString('en-GB');
}

/** A plain-text citation of a set of sightings with the sources of the first {@link MAX_CITED_SIGHTINGS}. */
export function citeSightings(
  { shown, total, filters, sightings, remedy = 'narrow the filters to list them' }: CitedSet,
  reading: Reading,
): string {
  const sources = new Set<string>();
  let cited = 0;
  for (const { properties } of sightings) {
    if (cited === MAX_CITED_SIGHTINGS) break;
    cited++;
    for (const source of properties.sources) sources.add(citeSource(source));
  }
  const rest = (shown ?? cited) - cited;
  return [
    oneLine(reading.title),
    shown === undefined
      ? `${number(total)} sightings in all`
      : `${number(shown)} of ${number(total)} sightings`,
    ...filters.map((filter) => `Filter: ${oneLine(filter)}`),
    ...(sources.size > 0 ? ['Sources:', ...sources] : []),
    ...(rest > 0 ? [`- and the sources of ${number(rest)} more sightings: ${remedy}`] : []),
    ...closing(reading),
  ].join('\n');
}
