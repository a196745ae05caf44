import { citeSighting, citeSightings, type Reading } from '../../domain/citation';
import { formatEventDate, formatIsoDays } from '../../domain/dates';
import { formatArea, formatDistance } from '../../domain/distance-text';
import { formatChosen } from '../../domain/units';
import type { AreaInterval, Length } from '../../domain/measurement';
import type { Sighting } from '../../domain/sighting';
import { activeFilters } from '../find/active-filters';
import type { AppState } from '../app-state.svelte';
import { addressOf } from './address-of';

/** The day on the reader's calendar as an ISO 8601 date. */
export function isoToday(now = new Date()): string {
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/**
 * How many sightings are shown, left out where that cannot be told, and how many there are: in the table, or where they
 * are published as tiles.
 */
export function countsOf({ find, source, table }: AppState): { shown: number | undefined; total: number } {
  return source.published?.counts ?? { shown: find.matches.rows.length, total: table.length };
}

/** `8 of 8 sightings` */
export function countText(app: AppState): string {
  const number = (value: number) => value.toLocaleString('en-GB');
  const { shown, total } = countsOf(app);
  if (shown === undefined) return `${number(total)} sightings in all`;
  return `${number(shown)} of ${number(total)} sightings`;
}

/** `8 of 8 sightings, 6 on this map`: some may have no place, or lie outside of what the map shows. */
export function countOnMapText(app: AppState): string {
  if (app.source.published) return countText(app); // what is in view is known to the tiles alone
  const { inViewCount, matches } = app.find;
  const onMap =
    inViewCount === matches.rows.length ? '' : `, ${inViewCount.toLocaleString('en-GB')} on this map`;
  return `${countText(app)}${onMap}`;
}

/** From the first to the last day of what is shown, `6–23 January 2023`; '' when nothing is. */
export function daysText(app: AppState): string {
  if (app.source.published) {
    const days = app.find.filter.days ?? app.source.published.days;
    return days ? formatEventDate(formatIsoDays(days)) : '';
  }
  const { firstDay: starts, lastDay: ends } = app.table.columns;
  let [firstDay, lastDay] = [Infinity, -Infinity];
  for (const row of app.find.matches.rows) {
    firstDay = Math.min(firstDay, starts[row] ?? Infinity);
    lastDay = Math.max(lastDay, ends[row] ?? -Infinity);
  }
  return firstDay <= lastDay ? formatEventDate(formatIsoDays({ firstDay, lastDay })) : '';
}

/** The conditions on what is shown, in words. */
export function filterTexts(app: AppState): string[] {
  return activeFilters(app).map(({ label }) => label);
}

/** What is measured on the map, in a line for each: the ruler, and rings around a place. */
export function measuredTexts(app: AppState): string[] {
  const { ruler, rings, units } = app.measure;
  const { total, area } = ruler.reading ?? {};
  const texts: string[] = [];
  if (total) {
    const names = ruler.vertices.map(({ name }) => name);
    const way = [...names, ...(ruler.path.isClosed ? names.slice(0, 1) : [])].join(' – ');
    const lengthOf = (length: Length) => {
      const { distance, range } = formatDistance(length, units);
      return `${distance} (${range})`;
    };
    const areaOf = (one: AreaInterval) => {
      const words = formatArea(one, units);
      return `, area ${words.area} (${words.range})`;
    };
    const onSphere = `${lengthOf(total.onSphere)}${area ? areaOf(area.onSphere) : ''} on a sphere`;
    const onEllipsoid = `${lengthOf(total.onEllipsoid)}${area ? areaOf(area.onEllipsoid) : ''} on WGS 84`;
    texts.push(`${ruler.name === '' ? 'Measured' : ruler.name}: ${way}, ${onSphere}; ${onEllipsoid}`);
  }
  const middle = rings && app.places.find(rings.target)?.name;
  if (rings && middle !== undefined) {
    texts.push(
      `Rings around ${middle}: ${rings.meters.map((meters) => formatChosen(meters, units)).join(', ')}`,
    );
  }
  return texts;
}

/** The first sightings of what is shown, in the order of the list, each read when it is asked for. */
export function* shownSightings(app: AppState, most = Infinity): Generator<Sighting> {
  let count = 0;
  for (const row of app.find.listedRows) {
    if (count++ >= most) return;
    yield app.table.record(row);
  }
}

/** Where what is shown can be read, and the day. */
export function readingOf(app: AppState): Reading {
  return { title: app.title, address: addressOf(app), accessed: isoToday() };
}

/** A citation of the open sighting, or of all that is shown. */
export function citationOf(app: AppState): string {
  const { selected } = app;
  const reading = readingOf(app);
  if (selected) return citeSighting(selected, app.systemName(selected.properties.system), reading);
  return citeSightings(
    {
      ...countsOf(app),
      filters: filterTexts(app),
      sightings: shownSightings(app),
      ...(app.source.published ? { remedy: 'open them on the map to list them' } : {}),
    },
    reading,
  );
}
