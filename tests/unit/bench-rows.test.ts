import { readFileSync, rmSync, truncateSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { STARTUP_ROWS, rowsOfCount } from '../bench/browser-rows';
import { compare, countName, quantile, tableOf } from '../bench/row';
import { seededPath } from '../bench/seeded-path';
import { contextOf } from '../../src/domain/validate';
import { readSightings } from '../../src/io/geojson';

describe('rows of a benchmark', () => {
  const about = { name: 'load', unit: 'ms', against: 'other' };

  test('compare medians', () => {
    expect(compare(about, [30, 10, 20], [50, 40])).toMatchObject({
      ours: 20,
      peer: 45,
      ratio: 20 / 45,
      oursSpread: [10, 30],
      peerSpread: [40, 50],
    });
  });

  test('have no figure and no ratio where nothing was measured', () => {
    expect(compare(about, [10], [])).toMatchObject({ ours: 10, peer: null, ratio: null });
    expect(compare(about, [], 500)).toMatchObject({ ours: null, peer: 500, ratio: null });
  });

  test('are a Markdown table that says so', () => {
    const [head, rule, ...lines] = tableOf([
      compare({ ...about, bar: 0.5 }, [10], []),
      compare({ ...about, note: 'did not finish' }, [3], 2),
    ]).split('\n');
    expect(head).toMatch(/^\| row +\| unit \| ours +\| against \| which is \| ratio \| at most \| note +\|$/);
    expect(rule).toMatch(/^(\| -+ )+\|$/);
    expect(lines[0]).toMatch(/^\| `load` \| ms +\| 10 \(10–10\) \| – +\| other +\| – +\| 0\.5 +\| +\|$/);
    expect(lines[1]).toMatch(/\| 2 +\| other +\| 1\.50 +\| +\| did not finish \|$/);
  });

  test('are named by their counts', () => {
    expect([1e3, 1e6, 2500].map(countName)).toEqual(['1e3', '1e6', '2500']);
    const names = [...STARTUP_ROWS, ...rowsOfCount(1e5), ...rowsOfCount(1e6)].map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['startup-maplibre', 'load-1e5-maplibre', 'load-1e6-maplibre', 'filter-1e6-ms']),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

test('quantiles lie between the numbers', () => {
  expect([0, 0.5, 0.95, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([
    1,
    2.5,
    expect.closeTo(3.85),
    4,
  ]);
});

describe('files of seeded sightings', () => {
  const seed = 1_000_003;
  const path = seededPath(300, seed);
  afterAll(() => rmSync(path));

  test('are of good sightings alone', () => {
    const { accepted, issues } = readSightings(readFileSync(path), contextOf(undefined, undefined));
    expect({ accepted, issues }).toEqual({ accepted: 300, issues: [] });
  });

  test('are written anew when they broke off', () => {
    const whole = readFileSync(path);
    truncateSync(path, whole.length - 100);
    seededPath(300, seed);
    expect(readFileSync(path).equals(whole)).toBe(true);
  });
});
