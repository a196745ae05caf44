import { cpus, totalmem } from 'node:os';
import { markdownTable } from './markdown';

/** The figures of one contender, one a run, as they were measured. */
export type Samples = readonly number[];

/** One comparison. A figure is `null` when it could not be had; `note` says why. */
export interface Row {
  name: string;
  /** median of our runs */
  ours: number | null;
  /** median of the other's runs, or what is allowed where there is no other */
  peer: number | null;
  /** ours / peer */
  ratio: number | null;
  unit: string;
  /** what `peer` is */
  against: string;
  /** the ratio that is to be reached at most, where one is set */
  bar?: number;
  /** least and most of our runs */
  oursSpread?: [number, number];
  peerSpread?: [number, number];
  /** how many runs of ours were measured */
  runs?: number;
  note?: string;
}

/** The value below which a share of the numbers lies, 0 to 1, between two of them by their distance; NaN of none. */
export function quantile(numbers: Samples, share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [below = NaN, above = NaN] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

/** The middle value; NaN of none. */
export function median(numbers: Samples): number {
  return quantile(numbers, 0.5);
}

/** `1e5` for 100000: how names of rows write counts. */
export function countName(count: number): string {
  const power = Math.log10(count);
  return Number.isInteger(power) ? `1e${power}` : String(count);
}

interface Comparison {
  name: string;
  unit: string;
  against: string;
  bar?: number | undefined;
  note?: string | undefined;
}

/** A row of what was measured. A single number as `peer` is a limit, not a measurement. */
export function compare(
  { name, unit, against, bar, note }: Comparison,
  ours: Samples,
  peer: Samples | number,
): Row {
  const figure = (samples: Samples) => (samples.length === 0 ? null : median(samples));
  const spread = (samples: Samples): [number, number] => [Math.min(...samples), Math.max(...samples)];
  const [own, other] = [figure(ours), typeof peer === 'number' ? peer : figure(peer)];
  return {
    name,
    ours: own,
    peer: other,
    ratio: own === null || other === null ? null : own / other,
    unit,
    against,
    ...(bar === undefined ? {} : { bar }),
    ...(ours.length > 0 ? { oursSpread: spread(ours) } : {}),
    ...(typeof peer !== 'number' && peer.length > 0 ? { peerSpread: spread(peer) } : {}),
    runs: ours.length,
    ...(note === undefined ? {} : { note }),
  };
}

function figureText(value: number | null, spread?: [number, number]): string {
  if (value === null) return '–';
  const short = (number: number) =>
    number >= 100 ? String(Math.round(number)) : String(Number(number.toPrecision(3)));
  return spread === undefined ? short(value) : `${short(value)} (${spread.map(short).join('–')})`;
}

/** Whether a row has a bar that it does not reach. */
export function isMissed({ bar, ratio }: Row): boolean {
  return bar !== undefined && ratio !== null && ratio > bar;
}

/** The rows as an aligned Markdown table: median and, in brackets, least and most. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    `\`${row.name}\``,
    row.unit,
    figureText(row.ours, row.oursSpread),
    figureText(row.peer, row.peerSpread),
    row.against,
    row.ratio === null ? '–' : row.ratio.toFixed(2),
    row.bar === undefined ? '' : `${row.bar}${isMissed(row) ? ', missed' : ''}`,
    row.runs === undefined ? '' : String(row.runs),
    row.note ?? '',
  ]);
  const head = ['row', 'unit', 'ours', 'against', 'which is', 'ratio', 'at most', 'runs', 'note'];
  const used = head.map((_, column) => column < 6 || cells.some((line) => line[column] !== ''));
  const kept = (line: readonly string[]) => line.filter((_, column) => used[column]);
  return markdownTable(kept(head), cells.map(kept));
}

/** What the figures were measured on. */
export function machine(browser?: string): string {
  const processors = cpus();
  const parts = [
    `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `${process.platform} ${process.arch}`,
    browser ?? `Node ${process.version}`,
  ];
  return parts.join(', ');
}
