import { benchBadFeatures } from './bad-features';
import { runAndCleanUp } from './cleanup';
import { benchDistances } from './distances';
import { commandOf, withOptions } from './options';
import { benchParse } from './parse';
import { report } from './report';
import { type Row, countName, machine } from './row';

/** What a bench tells of a count: medians, and how far its runs were apart. */
type Figures = Pick<Row, 'ours' | 'peer' | 'ratio' | 'unit'> &
  Partial<Pick<Row, 'oursSpread' | 'peerSpread' | 'runs'>>;

interface Bench {
  nameOf: (count: string) => string;
  against: string;
  /** the ratio that is to be reached at most, with so many sightings */
  bar: number;
  barCount?: number;
  measure: (count: number, runs?: number) => Figures | Promise<Figures>;
}

/** What needs no browser, each in one run with what it is compared with. `npm run bench`. */
const BENCHES: readonly Bench[] = [
  { nameOf: (count) => `parse-${count}-jsonparse`, against: 'JSON.parse', bar: 1.2, measure: benchParse },
  { nameOf: (count) => `distances-${count}-turf`, against: 'Turf loop', bar: 1, measure: benchDistances },
  ...(['one', 'all'] as const).map((bad) => ({
    nameOf: (count: string) => `${bad}-bad-${count}-good`,
    against: 'all good',
    bar: 1.5,
    barCount: 1e5,
    measure: (count: number, runs?: number) => benchBadFeatures(count, bad, runs),
  })),
];

/** The figures of a bench; of one that fails, why. */
async function figuresOf(measure: Bench['measure'], count: number, runs: number | undefined) {
  try {
    return await measure(count, runs);
  } catch (error) {
    const note = error instanceof Error ? error.message : String(error);
    return { ours: null, peer: null, ratio: null, unit: '', note };
  }
}

await runAndCleanUp(() =>
  withOptions('bench', async (options) => {
    const { isWanted, runs, counts } = options;
    const rows: Row[] = [];
    for (const { nameOf, against, bar, barCount = 1e6, measure } of BENCHES) {
      for (const count of counts) {
        const name = nameOf(countName(count));
        if (!isWanted(name)) continue;
        const figures = await figuresOf(measure, count, runs);
        rows.push({ ...figures, name, against, ...(count === barCount ? { bar } : {}) });
        console.error(`${name}: ${figures.ours === null ? 'failed' : 'measured'}`);
      }
    }
    report(rows, { measuredOn: machine(), command: commandOf('bench') }, options);
  }),
);
