import { writeFileSync } from 'node:fs';
import type { BenchOptions } from './options';
import { type Row, isMissed, tableOf } from './row';

/** What a run of benchmarks came to. */
export interface Verdict {
  exitCode: 0 | 1;
  /** what could not be measured, and which bars were missed, in sentences */
  sentences: readonly string[];
}

/**
 * Whether all was measured, of ours and of what it is compared with, and which bars were missed.
 * @param isStrict whether a missed bar is a failure as well
 */
export function verdictOf(rows: readonly Row[], isStrict: boolean): Verdict {
  if (rows.length === 0) return { exitCode: 1, sentences: ['No row was measured: no name or count fits.'] };
  const lacking = rows.flatMap(({ name, ours, peer, against, note }) => {
    const what = [...(ours === null ? ['ours'] : []), ...(peer === null ? [against] : [])];
    return what.length === 0 ? [] : [`${name} of ${what.join(' and ')} (${note ?? 'no run ended'})`];
  });
  const missed = rows
    .filter(isMissed)
    .map(({ name, ratio, bar }) => `${name} is ${ratio?.toFixed(2)}, at most ${bar} is wanted`);
  const sentences = [
    ...(lacking.length === 0 ? [] : [`Could not be measured: ${lacking.join('; ')}.`]),
    ...(missed.length === 0 ? [] : [`Bars that were missed: ${missed.join('; ')}.`]),
  ];
  return { exitCode: lacking.length > 0 || (isStrict && missed.length > 0) ? 1 : 0, sentences };
}

/** A table beside that of the rows. */
export interface Section {
  title: string;
  /** in Markdown */
  table: string;
}

/** All that was measured, in Markdown. */
export function markdownOf(
  rows: readonly Row[],
  { measuredOn, command, sections }: { measuredOn: string; command: string; sections: readonly Section[] },
): string {
  return [
    `\`${command}\`, on ${measuredOn}. Medians, with least and most of the runs in brackets.`,
    tableOf(rows),
    ...sections.flatMap(({ title, table }) => [`${title}:`, table]),
  ].join('\n\n');
}

/** Prints the rows, writes them where the options say, and sets the exit status. */
export function report(
  rows: readonly Row[],
  about: { measuredOn: string; command: string; sections?: readonly Section[] },
  { json, report: file, isStrict }: BenchOptions,
): void {
  const text = markdownOf(rows, { sections: [], ...about });
  console.log(`\n${text}\n`);
  if (file !== undefined) writeFileSync(file, `${text}\n`);
  if (json !== undefined) {
    writeFileSync(json, `${JSON.stringify({ measuredOn: about.measuredOn, rows }, null, 2)}\n`);
  }
  const { exitCode, sentences } = verdictOf(rows, isStrict);
  for (const sentence of sentences) console.error(sentence);
  if (exitCode !== 0) process.exitCode = exitCode;
}
