import { cutAtAntimeridian } from './antimeridian';
import { csvLine } from './csv';
import { type DistanceInterval, hasDirection } from './distance';
import type { DistanceList } from './distance-list';
import { roundingStepMeters } from './distance-text';
import type { EarthModel } from './geodesic';
import { type Nearness, nearnessOf } from './nearness';
import type { ReferencePoint, Sighting } from './sighting';

/** A pair of a list with its figures on one model of the Earth. */
export interface DistanceRecord {
  sighting: Sighting;
  /** [lng, lat] of the sighting's centre */
  center: [lng: number, lat: number];
  referencePoint: ReferencePoint;
  interval: DistanceInterval;
  /** by the intervals on the same model, among all reference points of the list */
  nearness: Nearness;
}

/**
 * All pairs of a list on a model of the Earth, in the order of the list.
 * @param only the id of the one reference point to give; left out: all of them
 */
export function* distanceRecords(
  list: DistanceList,
  model: EarthModel,
  only?: string,
): Generator<DistanceRecord> {
  const { referencePoints } = list;
  for (const [i, row] of list.rows.entries()) {
    const sighting = list.table.record(row);
    const intervals = referencePoints.map((_, point) => {
      const index = list.indexOf(i, point);
      return model === 'sphere' ? list.onSphere(index) : list.onEllipsoid(index);
    });
    const nearness = nearnessOf(
      intervals.map(({ minMeters }) => minMeters),
      intervals.map(({ maxMeters }) => maxMeters),
    );
    for (const [point, referencePoint] of referencePoints.entries()) {
      const interval = intervals[point];
      if (interval === undefined || (only !== undefined && referencePoint.id !== only)) continue;
      const center = list.center(list.indexOf(i, point));
      yield { sighting, center, referencePoint, interval, nearness: nearness[point] ?? 'no' };
    }
  }
}

/** Degrees as a whole number from 0 to 359. */
export function wholeDegrees(bearing: number): number {
  return Math.round(bearing) % 360;
}

/**
 * The figures of an interval, in metres and with no more digits than it bears: the least rounded down, the most
 * rounded up, the bearing in whole degrees and `null` when it cannot be told.
 */
export function honestFigures(interval: DistanceInterval): {
  meters: number;
  minMeters: number;
  maxMeters: number;
  bearing: number | null;
  /** how far the true direction can be off, in whole degrees */
  bearingUncertainty: number | null;
} {
  const step = roundingStepMeters(interval);
  return {
    meters: Math.round(interval.meters / step) * step,
    minMeters: Math.floor(interval.minMeters / step) * step,
    maxMeters: Math.ceil(interval.maxMeters / step) * step,
    bearing: hasDirection(interval) ? wholeDegrees(interval.bearing) : null,
    bearingUncertainty: hasDirection(interval) ? Math.ceil(interval.bearingUncertainty) : null,
  };
}

/** What a record is exported as, by the names of the columns. */
function exportedFields({ sighting, referencePoint, interval, nearness }: DistanceRecord, model: EarthModel) {
  const { meters, minMeters, maxMeters, bearing, bearingUncertainty } = honestFigures(interval);
  return {
    sighting: sighting.id,
    title: sighting.properties.title,
    event_date: sighting.properties.eventDate,
    reference: referencePoint.id,
    reference_name: referencePoint.name,
    model,
    meters,
    min_meters: minMeters,
    max_meters: maxMeters,
    bearing,
    bearing_uncertainty: bearingUncertainty,
    nearest: nearness === 'no' ? null : nearness,
  };
}
type ExportedFields = ReturnType<typeof exportedFields>;

const FIELDS = [
  'sighting',
  'title',
  'event_date',
  'reference',
  'reference_name',
  'model',
  'meters',
  'min_meters',
  'max_meters',
  'bearing',
  'bearing_uncertainty',
  'nearest',
] as const satisfies readonly (keyof ExportedFields)[];

/** So many records are given at once. */
const RECORDS_AT_ONCE = 500;

/** Joins texts, a chunk at a time. */
function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  for (const text of texts) {
    chunk.push(text);
    if (chunk.length < RECORDS_AT_ONCE) continue;
    yield chunk.join('');
    chunk = [];
  }
  if (chunk.length > 0) yield chunk.join('');
}

/** Lines between a first and a last one, with commas between them. */
function* commaLines(first: string, lines: Iterable<string>, last: string): Generator<string> {
  yield first;
  let separator = '\n';
  for (const line of lines) {
    yield `${separator}${line}`;
    separator = ',\n';
  }
  yield `\n${last}\n`;
}

/**
 * A list as CSV (RFC 4180, with a header), in chunks. Numbers have the digits that their interval bears.
 * @param only the id of the one reference point to give; left out: all of them
 */
export function* distancesCsv(list: DistanceList, model: EarthModel, only?: string): Generator<string> {
  yield csvLine(FIELDS);
  yield* inChunks(csvLines(distanceRecords(list, model, only), model));
}

function* csvLines(records: Iterable<DistanceRecord>, model: EarthModel): Generator<string> {
  for (const record of records) {
    const fields = exportedFields(record, model);
    yield csvLine(FIELDS.map((name) => fields[name]));
  }
}

/**
 * A list as a GeoJSON FeatureCollection (RFC 7946), in chunks: a line from each reference point to each sighting, with
 * the columns of the CSV as properties.
 * @param only the id of the one reference point to give; left out: all of them
 */
export function* distancesGeoJson(list: DistanceList, model: EarthModel, only?: string): Generator<string> {
  const features = geoJsonLines(distanceRecords(list, model, only), model);
  yield* inChunks(commaLines('{"type":"FeatureCollection","features":[', features, ']}'));
}

function* geoJsonLines(records: Iterable<DistanceRecord>, model: EarthModel): Generator<string> {
  for (const record of records) {
    const { lng, lat } = record.referencePoint;
    const geometry = cutAtAntimeridian([[lng, lat], record.center]);
    yield JSON.stringify({ type: 'Feature', geometry, properties: exportedFields(record, model) });
  }
}

/** A list as JSON with the numbers as they were computed, in chunks. */
export function* distancesJson(list: DistanceList, model: EarthModel): Generator<string> {
  yield* inChunks(commaLines('[', jsonLines(distanceRecords(list, model), model), ']'));
}

function* jsonLines(records: Iterable<DistanceRecord>, model: EarthModel): Generator<string> {
  for (const { sighting, referencePoint, interval } of records) {
    const { meters, minMeters, maxMeters, bearing } = interval;
    yield JSON.stringify({
      sighting: sighting.id,
      reference: referencePoint.id,
      meters,
      minMeters,
      maxMeters,
      bearing,
      model,
    });
  }
}
