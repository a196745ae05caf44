/** What is promised of hostile input and faults, and how far it holds. */
export interface Bar {
  /** what was done */
  what: string;
  /** what is promised of it */
  promise: string;
  /** what was found */
  reached: string;
  isMet: boolean;
  seconds: number;
  /** what broke the promise, a line each */
  faults: readonly string[];
}

/** More lines of what went wrong are not written. */
const MOST_FAULTS = 20;

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');

/**
 * A report in Markdown.
 * @param command that it can be made again with
 */
export function reportOf(bars: readonly Bar[], command: string): string {
  const rows = bars.map(({ what, promise, reached, isMet, seconds }) =>
    [what, promise, reached, isMet ? 'yes' : 'NO', String(Math.round(seconds))].map(cell),
  );
  const table = [['what', 'bar', 'reached', 'met', 'seconds'], ['---', '---', '---', '---', '---:'], ...rows];
  const faults = bars
    .filter((bar) => bar.faults.length > 0)
    .flatMap((bar) => [
      '',
      `## ${bar.what}`,
      '',
      ...bar.faults.slice(0, MOST_FAULTS).map((fault) => `- ${cell(fault).slice(0, 300)}`),
      ...(bar.faults.length > MOST_FAULTS ? [`- and ${bar.faults.length - MOST_FAULTS} more`] : []),
    ]);
  return [
    '# Torture',
    '',
    `\`${command}\`, ${new Date().toISOString().slice(0, 10)}`,
    '',
    ...table.map((row) => `| ${row.join(' | ')} |`),
    ...faults,
    '',
  ].join('\n');
}
