import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeOfReferencePoint, placeOfSighting } from '../../src/domain/distance';
import { measure } from '../../src/domain/measure';
import { formatDistance } from '../../src/domain/distance-text';
import { type FindTarget, ReportedDistanceIndex, checkReportedDistances } from '../../src/domain/report';
import { DISTANCE_QUALIFIER, type DistanceQualifier, type Sighting } from '../../src/domain/sighting';
import { reportRings } from '../../src/map/report-rings';
import { geoJson, geoReferencePoints } from './fixtures';
import { allRows, sampleSighting, sampleTable } from './sample';

const { features: sightings } = geoJson('sightings.geojson') as { features: Sighting[] };

/** Finds reference points of the project's data, and sightings of some. */
function findIn(all: readonly Sighting[]): FindTarget {
  const points = geoReferencePoints();
  return (id) => {
    const point = points.find((other) => other.id === id);
    if (point) return { name: point.name, place: placeOfReferencePoint(point) };
    const sighting = all.find((other) => other.id === id);
    return sighting && { name: sighting.properties.title, place: placeOfSighting(sighting) };
  };
}

describe('the reported distances of the project’s own data', () => {
  const table = sampleTable(sightings);
  const checks = new ReportedDistanceIndex(table, findIn(sightings)).of(allRows(table));
  const verdictsOf = (id: string, qualifier: DistanceQualifier, meters: number) =>
    checks
      .filter(
        (check) =>
          check.id === id && check.reported.qualifier === qualifier && check.reported.meters === meters,
      )
      .map(({ verdict }) => verdict);

  test('“less than 10 km” from Novo-Ogaryovo is not consistent', () => {
    expect(verdictsOf('zarechye-near-novo-ogaryovo', 'at-most', 10_000)).toEqual(['not consistent']);
  });

  test('“700 metres” between the two roofs is not consistent', () => {
    expect(verdictsOf('moscow-defence-ministry-roof', 'about', 700)).toEqual(['not consistent']);
  });

  test('“about 10 km” from Novo-Ogaryovo cannot be told, whoever says it', () => {
    expect(verdictsOf('zarechye-near-novo-ogaryovo', 'about', 10_000)).toEqual([
      'cannot be told',
      'cannot be told',
    ]);
  });

  test('are as many as the file has, each with its sighting, its number and its source', () => {
    const plainly = sightings.flatMap(({ id, properties }) =>
      (properties.reportedDistances ?? []).map((reported, index) => ({
        id,
        title: properties.title,
        index,
        reported,
        source: properties.sources[reported.source],
      })),
    );
    expect(checks).toMatchObject(plainly);
    expect(checks).toHaveLength(plainly.length);
  });

  test('have the measured interval of the dossier', () => {
    const check = checks.find(({ reported }) => reported.qualifier === 'at-most');
    expect(check?.measured && formatDistance(check.measured)).toEqual({
      distance: '13.4 km',
      range: '10.3 to 16.5 km',
    });
  });
});

describe('the index of reported distances', () => {
  const reported = fc.record({
    to: fc.constantFrom('kremlin', 's-0', 'nothing'),
    meters: fc.integer({ min: 1, max: 50_000 }),
    qualifier: fc.constantFrom(...(Object.keys(DISTANCE_QUALIFIER) as DistanceQualifier[])),
    source: fc.constant(0),
  });
  const tables = fc.array(fc.array(reported, { maxLength: 3 }), { maxLength: 12 }).map((all) =>
    all.map((reportedDistances, i) =>
      sampleSighting({
        id: `s-${i}`,
        ...(i % 4 === 3 ? { geometry: null } : {}),
        ...(reportedDistances.length > 0 ? { reportedDistances } : {}),
      }),
    ),
  );

  test('has what each record says, and the same when it is asked again', () => {
    fc.assert(
      fc.property(tables, fc.func(fc.boolean()), (all, isWanted) => {
        const table = sampleTable(all);
        const index = new ReportedDistanceIndex(table, findIn(all));
        const rows = allRows(table).filter((row) => isWanted(row));
        const plainly = [...rows].flatMap((row) => {
          const sighting = all[row];
          return sighting
            ? checkReportedDistances(sighting, findIn(all)).map((check) => ({ ...check, row }))
            : [];
        });
        expect(index.of(rows)).toMatchObject(plainly);
        expect(index.of(rows)).toHaveLength(plainly.length);
      }),
    );
  });

  test('parses no record that reports none', () => {
    const table = sampleTable([sampleSighting({ id: 'a' }), sampleSighting({ id: 'b' })]);
    for (const bytes of table.files) bytes.fill(0); // what is parsed now is no JSON
    expect(new ReportedDistanceIndex(table, () => undefined).of(allRows(table))).toEqual([]);
  });
});

describe('the rings of a report', () => {
  const from = { lng: 37.6, lat: 55.75, uncertaintyMeters: 300 };
  const to = { lng: 37.7, lat: 55.75, uncertaintyMeters: 50 };
  const rings = (qualifier: DistanceQualifier, sighting = to) => {
    const reported = { to: 'kremlin', meters: 10_000, qualifier, source: 0 };
    const measured = measure(from, sighting);
    const check = {
      reported,
      source: undefined,
      target: 'Kremlin',
      verdict: 'consistent' as const,
      measured,
    };
    return reportRings(check, from, sighting, 'metric').map(({ meters, kind, label, reach }) => ({
      meters,
      kind,
      label,
      reach: reach?.label,
    }));
  };

  test.for([
    ['at-most', 'reported: at most 10 km'],
    ['at-least', 'reported: at least 10 km'],
  ] as const)('%s: one, with what was measured', ([qualifier, label]) => {
    expect(rings(qualifier)).toEqual([{ meters: 10_000, kind: 'ring', label, reach: 'measured: 6.26 km' }]);
  });

  test('about: with the edges of what that is read as', () => {
    expect(rings('about').map(({ meters, kind }) => [meters, kind])).toEqual([
      [10_000, 'ring'],
      [8000, 'band'],
      [12_000, 'band'],
    ]);
  });

  test('have no line to a sighting in their middle', () => {
    expect(rings('at-most', from).map(({ reach }) => reach)).toEqual([undefined]);
  });
});
