import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

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

/** The rows as an aligned Markdown table: median and, in brackets, least and most. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    `\`${row.name}\``,
    row.unit,
    figureText(row.ours, row.oursSpread),
    figureText(row.peer, row.peerSpread),
    row.against,
    row.ratio === null ? '–' : row.ratio.toFixed(2),
    row.bar === undefined ? '' : String(row.bar),
    row.note ?? '',
  ]);
  const head = ['row', 'unit', 'ours', 'against', 'which is', 'ratio', 'at most', 'note'];
  const used = head.map((_, column) => column < 6 || cells.some((line) => line[column] !== ''));
  const lines = [head, ...cells].map((line) => line.filter((_, column) => used[column]));
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const written = lines.map(
    (line) => `| ${line.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [written[0], rule, ...written.slice(1)].join('\n');
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

/** Prints the rows and writes them where `jsonFile` says. Sets the exit status to 1 where a figure of ours is missing. */
export function report(rows: readonly Row[], measuredOn: string, jsonFile: string | undefined): void {
  console.log(`\nMedians, with least and most of the runs in brackets. ${measuredOn}.\n\n${tableOf(rows)}`);
  if (jsonFile !== undefined) {
    writeFileSync(jsonFile, `${JSON.stringify({ measuredOn, rows }, null, 2)}\n`);
  }
  const missing = rows.filter(({ ours }) => ours === null);
  if (rows.length > 0 && missing.length === 0) return;
  process.exitCode = 1;
  const what = missing.map(({ name, note }) => `${name} (${note ?? 'no run ended'})`).join(', ');
  console.error(rows.length === 0 ? 'No row was measured.' : `Could not be measured: ${what}.`);
}
