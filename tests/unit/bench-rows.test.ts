import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { STARTUP_ROWS, rowsOfCount } from '../bench/browser-rows';
import { NotFinished } from '../bench/map-on-page';
import { helpOf, readOptions } from '../bench/options';
import { pageFault } from '../bench/page-fault';
import { verdictOf } from '../bench/report';
import { type Contender, takeTurns } from '../bench/rounds';
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
    expect(head).toMatch(
      /^\| row +\| unit \| ours +\| against \| which is \| ratio \| at most \| runs \| note +\|$/,
    );
    expect(rule).toMatch(/^(\| -+ )+\|$/);
    expect(lines[0]).toMatch(
      /^\| `load` \| ms +\| 10 \(10–10\) \| – +\| other +\| – +\| 0\.5 +\| 1 +\| +\|$/,
    );
    expect(lines[1]).toMatch(/\| 2 +\| other +\| 1\.50 +\| +\| 1 +\| did not finish \|$/);
  });

  test('are named by their counts', () => {
    expect([1e3, 1e6, 2500].map(countName)).toEqual(['1e3', '1e6', '2500']);
    const names = [...STARTUP_ROWS, ...rowsOfCount(1e5), ...rowsOfCount(1e6)].map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['startup-maplibre', 'load-1e5-maplibre', 'load-1e6-maplibre', 'filter-1e6-ms']),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('have the bars of a million for a million alone', () => {
    const nothing = { ours: [], bare: [], fileBytes: 1, note: undefined };
    const barsOf = (count: number) =>
      rowsOfCount(count).flatMap(({ row }) => {
        const { name, bar } = row(nothing);
        return bar === undefined ? [] : [`${name} ${bar}`];
      });
    expect(barsOf(1e4)).toEqual([]);
    expect(barsOf(1e5)).toEqual(['load-1e5-maplibre 0.5']);
    expect(barsOf(1e6)).toEqual([
      ...['load-1e6-maplibre 0.25', 'memory-1e6-file 2.5', 'filter-1e6-ms 1', 'block-filter-1e6-ms 1'],
    ]);
  });
});

describe('what a run came to', () => {
  const met = compare({ name: 'met', unit: 'ms', against: 'other', bar: 1 }, [1], [2]);
  const missed = compare({ name: 'missed', unit: 'ms', against: 'other', bar: 1 }, [3], [2]);

  test('is good when all was measured', () => {
    expect(verdictOf([met], true)).toEqual({ exitCode: 0, sentences: [] });
  });

  test('says which bars are missed, in words and in the table, and fails for it when that is wanted', () => {
    const sentences = ['Bars that were missed: missed is 1.50, at most 1 is wanted.'];
    expect(verdictOf([met, missed], false)).toEqual({ exitCode: 0, sentences });
    expect(verdictOf([met, missed], true)).toEqual({ exitCode: 1, sentences });
    const [, , ...lines] = tableOf([met, missed]).split('\n');
    expect(lines.map((line) => line.includes('1, missed'))).toEqual([false, true]);
  });

  test('fails for a figure that is lacking, be it of ours or of the other', () => {
    const about = { unit: 'ms', against: 'bare MapLibre', note: 'bare: no tiles' };
    const noPeer = compare({ ...about, name: 'no-peer' }, [1], []);
    const noOurs = compare({ ...about, name: 'no-ours' }, [], 500);
    expect(verdictOf([met, noPeer, noOurs], false)).toEqual({
      exitCode: 1,
      sentences: [
        'Could not be measured: no-peer of bare MapLibre (bare: no tiles); no-ours of ours (bare: no tiles).',
      ],
    });
    expect(verdictOf([], false).exitCode).toBe(1);
  });
});

describe('the benchmark in Node', () => {
  test('writes its rows as JSON, by the names that others look for', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    const file = join(folder, 'rows.json');
    const wanted = ['--only', 'parse,distances', '--count', '1e3', '--runs', '1', '--json', file];
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'tests/bench/node.ts', ...wanted]);
    const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: Record<string, unknown>[] };
    rmSync(folder, { recursive: true });
    expect(rows.map(({ name, unit }) => [name, unit])).toEqual([
      ['parse-1e3-jsonparse', 'ms'],
      ['distances-1e3-turf', 'ms'],
    ]);
    for (const { ours, peer, ratio } of rows) expect(ratio).toBe((ours as number) / (peer as number));
  }, 120_000);
});

describe('visits by turns', () => {
  /** Visits that fail as `outcomes` say, each in its turn. */
  async function turnsOf(outcomes: Partial<Record<Contender, (string | null)[]>>, runs = 3) {
    const order: Contender[] = [];
    const told: string[] = [];
    const rounds = await takeTurns({
      runs,
      contenders: new Set<Contender>(['ours', 'bare']),
      visit: (contender) => {
        order.push(contender);
        const reason = outcomes[contender]?.shift() ?? null;
        if (reason !== null && !reason.startsWith('pan')) return Promise.reject(new NotFinished(reason));
        return Promise.resolve({ number: order.length, failure: reason ?? undefined });
      },
      tell: (which, outcome) => {
        if (typeof outcome === 'string') told.push(`${which}: ${outcome}`);
      },
    });
    return { ...rounds, order, told };
  }

  test('are as many of each, the first one by turns', async () => {
    const { ours, bare, order, note } = await turnsOf({});
    expect([ours.length, bare.length, note]).toEqual([3, 3, undefined]);
    expect(order).toEqual(['ours', 'bare', 'bare', 'ours', 'ours', 'bare']);
  });

  test('one that failed is done once more, and told with its cause', async () => {
    const { ours, bare, note, told } = await turnsOf({ bare: [null, 'the page broke down'] });
    expect([ours.length, bare.length]).toEqual([3, 3]);
    expect(note).toBe('bare: run 2: the page broke down');
    expect(told).toEqual(['run 2 of 3, bare: the page broke down']);
  });

  test('a round that failed twice takes no other with it', async () => {
    const { bare, note } = await turnsOf({ bare: [null, 'late', 'late'] });
    expect([bare.length, note]).toEqual([2, 'bare: run 2, twice: late']);
  });

  test('a contender that fails in its whole first round is given up, and that is said', async () => {
    const { ours, bare, order, note } = await turnsOf({ bare: Array<string>(9).fill('late') });
    expect([ours.length, bare.length]).toEqual([3, 0]);
    expect(order.filter((one) => one === 'bare')).toHaveLength(2);
    expect(note).toBe('bare: run 1, twice: late, not visited again');
  });

  test('what a visit measured before it failed counts where it fails again', async () => {
    const { ours, note } = await turnsOf({ ours: ['pan did not finish', 'late'] }, 1);
    expect([ours.length, note]).toEqual([1, 'ours: run 1: pan did not finish; run 1: late']);
  });
});

describe('an error of a page', () => {
  test('is told with its kind, its message and where it was thrown', () => {
    const error = new TypeError('x is not a function');
    error.stack = 'TypeError: x is not a function\n    at draw (http://localhost/bare.js:12:3)\n    at run';
    expect(pageFault(error)).toBe('TypeError: x is not a function at draw (http://localhost/bare.js:12:3)');
  });

  test('without words, by what was told before it and by its cause', () => {
    const error = new Error('', { cause: new RangeError('too much') });
    error.stack = 'Error';
    (error.cause as Error).stack = '';
    expect(pageFault(error, ['404 of atlas.pmtiles'])).toBe(
      'Error without a message, because of RangeError: too much; before it: 404 of atlas.pmtiles',
    );
  });
});

describe('options of a benchmark', () => {
  test('are read', () => {
    const options = readOptions('bench', [
      '--only',
      'parse,dist',
      '--count',
      '1e3,5',
      '--runs',
      '2',
      '--strict',
    ]);
    expect(options).toMatchObject({ counts: [1000, 5], runs: 2, isStrict: true, timeoutMs: 300_000 });
    expect(['parse-1e3', 'distances', 'one-bad'].map((name) => options?.isWanted(name))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('are all in the help', () => {
    expect(readOptions('bench', ['--help'])).toBeUndefined();
    const optionsIn = (text: string) => new Set(text.match(/(?<=^ {2}--)[a-z]+/gm));
    expect([...optionsIn(helpOf('bench'))].join()).toBe('only,count,runs,json,report,strict,help');
    expect([...optionsIn(helpOf('bench:browser'))].slice(-3).join()).toBe('timeout,pictures,traces');
    expect(helpOf('bench')).toContain('exit status is 1 when');
  });

  test('that cannot be are told', () => {
    expect(() => readOptions('bench', ['--runs', 'many'])).toThrow('--runs many: write a whole number');
    expect(() => readOptions('bench', ['--traces', 'x'])).toThrow("Unknown option '--traces'");
    expect(() => readOptions('bench:browser', ['--traces', 'x'])).not.toThrow();
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
