import type { TortureFormat } from './corpus';
import type { TrialReport } from './trial-worker';

interface Row {
  files: number;
  accepted: number;
  refused: number;
  slowestMs: number;
  crashers: number;
}

/** What became of files, by their formats. */
export class Tally {
  readonly #rows = new Map<TortureFormat, Row>();

  add(format: TortureFormat, { end, durationMs }: TrialReport): void {
    const row = this.#rows.get(format) ?? { files: 0, accepted: 0, refused: 0, slowestMs: 0, crashers: 0 };
    row.files++;
    row.slowestMs = Math.max(row.slowestMs, durationMs);
    if (end === 'crashed') row.crashers++;
    else row[end]++;
    this.#rows.set(format, row);
  }

  get files(): number {
    return this.#sum('files');
  }

  get crashers(): number {
    return this.#sum('crashers');
  }

  /** A table for a terminal, a row a format. */
  text(): string {
    const rows = [...this.#rows].map(([format, row]) => [
      format,
      ...[row.files, row.accepted, row.refused, Math.round(row.slowestMs), row.crashers].map(String),
    ]);
    const lines = [['format', 'files', 'accepted', 'refused', 'slowest ms', 'crashers'], ...rows];
    return lines
      .map(([first = '', ...rest]) => first.padEnd(12) + rest.map((cell) => cell.padStart(12)).join(''))
      .join('\n');
  }

  #sum(column: keyof Row): number {
    return [...this.#rows.values()].reduce((sum, row) => sum + row[column], 0);
  }
}
