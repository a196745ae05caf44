import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { CONFIDENCES, NO_SYSTEM, PLACE_KIND, STATUSES, SightingTable } from '../../src/domain/table';
import { SightingTableBuilder } from '../../src/domain/table-builder';
import { idsOf, sampleSighting, sampleTable } from './sample';

const ring = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [0, 0],
];

const sightings: readonly Sighting[] = [
  sampleSighting({ id: 'a', system: 's-400', confidence: 'high', eventDate: '1970-01-02/1970-01-04' }),
  sampleSighting({ id: 'b', geometry: null, status: 'retracted' }),
  sampleSighting({ id: 'c', geometry: { type: 'Polygon', coordinates: [ring] }, system: 'pantsir-s1' }),
  sampleSighting({ id: 'd', system: 's-400', title: 'Панцирь “на крыше” 🚀' }),
];
const table = sampleTable(sightings);

describe('the columns', () => {
  test('have a row for each sighting, in their order', () => {
    expect([table.length, idsOf(table)]).toEqual([4, ['a', 'b', 'c', 'd']]);
  });

  test('tell the centre of a point', () => {
    expect([table.columns.lng[0], table.columns.lat[0]]).toEqual([37.6, 55.7]);
  });

  test('tell the uncertainty of a point', () => {
    expect(table.columns.uncertaintyMeters[0]).toBe(500);
  });

  test('have no number for a place that was not reported', () => {
    const { lng, lat, uncertaintyMeters } = table.columns;
    expect([lng[1], lat[1], uncertaintyMeters[1]]).toEqual([NaN, NaN, NaN]);
  });

  test('tell the centre of an area', () => {
    expect([table.columns.lng[2], table.columns.lat[2]]).toEqual([1, 1]);
  });

  test('tell the radius of the circle that contains an area', () => {
    expect((table.columns.uncertaintyMeters[2] ?? 0) / 1000).toBeCloseTo(157.2, 0);
  });

  test('tell points, areas and reports without a place apart', () => {
    expect([...table.columns.placeKind]).toEqual([
      PLACE_KIND.point,
      PLACE_KIND.none,
      PLACE_KIND.area,
      PLACE_KIND.point,
    ]);
  });

  test('count the distances that are reported', () => {
    const one = { to: 'kremlin', meters: 1000, qualifier: 'about' as const, source: 0 };
    const reporting = [0, 2, 300].map((count, i) => {
      const reportedDistances = Array.from({ length: count }, () => one);
      return sampleSighting({ id: `r-${i}`, ...(count > 0 ? { reportedDistances } : {}) });
    });
    expect([...sampleTable(reporting).columns.reportedDistances]).toEqual([0, 2, 255]);
  });

  test('count days from 1970', () => {
    expect([table.columns.firstDay[0], table.columns.lastDay[0]]).toEqual([1, 3]);
  });

  test('tell the confidence', () => {
    expect([...table.columns.confidence].map((index) => CONFIDENCES[index])).toEqual([
      'high',
      'low',
      'low',
      'low',
    ]);
  });

  test('tell the status, reported when it is left out', () => {
    expect([...table.columns.status].map((index) => STATUSES[index])).toEqual([
      'reported',
      'retracted',
      'reported',
      'reported',
    ]);
  });

  test('tell the system by its index', () => {
    expect([...table.columns.system].map((index) => table.systemIds[index])).toEqual([
      's-400',
      '',
      'pantsir-s1',
      's-400',
    ]);
  });

  test('hold each system once', () => {
    expect(table.systemIds).toEqual(['', 's-400', 'pantsir-s1']);
  });

  test('keep the first system id for none', () => {
    expect(table.columns.system[1]).toBe(NO_SYSTEM);
  });
});

describe('a row', () => {
  test('is found by id', () => {
    expect(table.rowOf('c')).toBe(2);
  });

  test.for(['z', '', 'constructor', '__proto__'])('is not found by the unknown id %j', (id) => {
    expect(table.rowOf(id)).toBeUndefined();
  });

  test('gives its full record', () => {
    expect([0, 1, 2, 3].map((row) => table.record(row))).toEqual(sightings);
  });

  test.for([-1, 4, 0.5, NaN])('%d has no record, and the error names it', (row) => {
    expect(() => table.record(row)).toThrow(`${row}`);
  });

  test('names its confidence', () => {
    expect(table.confidenceOf(0)).toBe('high');
  });

  test('names its system, if any', () => {
    expect([table.systemOf(0), table.systemOf(1)]).toEqual(['s-400', undefined]);
  });

  test('has a place or has none', () => {
    expect([0, 1, 2].map((row) => table.hasPlace(row))).toEqual([true, false, true]);
  });
});

describe('building', () => {
  test('leaves out the features that are rejected', () => {
    const builder = new SightingTableBuilder();
    const text = { file: 0, start: 0, end: 0 };
    for (const [index, sighting] of sightings.entries()) builder.add(sighting, index, text);
    expect(idsOf(builder.build(new Set([1, 3]), []))).toEqual(['a', 'c']);
  });

  test('an empty table has no rows', () => {
    expect([SightingTable.empty().length, idsOf(SightingTable.empty())]).toEqual([0, []]);
  });

  test('a sighting whose date was not validated is refused', () => {
    expect(() => sampleTable([sampleSighting({ eventDate: 'some day' })])).toThrow('some day');
  });

  test('an area of 200,000 corners has a row', () => {
    const corners = Array.from({ length: 200_000 }, (_, i) => [37 + i * 1e-6, 55]);
    const geometry = { type: 'Polygon' as const, coordinates: [[...corners, [37, 56], [37, 55]]] };
    expect(sampleTable([sampleSighting({ geometry })]).length).toBe(1);
  });
});
