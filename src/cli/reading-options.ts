import type { ReadOptions } from '../io/formats';
import { CommandFault } from './exit-status';

/** Options that say how a table is written, where it does not tell itself. */
export const READING_OPTIONS = ['encoding', 'delimiter', 'sheet', 'header-row'] as const;

const DELIMITERS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
};

/**
 * How a table is to be read.
 * @throws CommandFault that names what an option can be
 */
export function readingOptions(
  values: Readonly<Partial<Record<(typeof READING_OPTIONS)[number], string>>>,
): ReadOptions {
  const { encoding, delimiter, sheet, 'header-row': row } = values;
  const parting =
    delimiter !== undefined && Object.hasOwn(DELIMITERS, delimiter) ? DELIMITERS[delimiter] : delimiter;
  if (encoding !== undefined) checkEncoding(encoding);
  if (parting !== undefined && (parting.length !== 1 || /["\r\n]/.test(parting)))
    throw new CommandFault(
      `--delimiter cannot be "${parting}": give one character, or comma, semicolon, tab or bar.`,
    );
  if (row !== undefined && !/^\d{1,9}$/.test(row))
    throw new CommandFault(
      `--header-row cannot be "${row}": give the number of the row that names the columns, or 0 for none.`,
    );
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(parting === undefined ? {} : { delimiter: parting }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(row === undefined ? {} : { headerRow: Number(row) }),
  };
}

function checkEncoding(encoding: string): void {
  try {
    new TextDecoder(encoding);
  } catch {
    throw new CommandFault(
      `--encoding cannot be "${encoding}": give a name such as utf-8, utf-16le, windows-1250, windows-1251, windows-1252, macintosh, koi8-r or ibm866.`,
    );
  }
}
