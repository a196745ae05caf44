import { FORMATS, type FormatName, type ReadOptions } from '../io/formats';
import type { MappingOptions } from './mapping-options';
import { type OptionValues, oneOfOption } from './options';
import { READING_OPTIONS, readingOptions } from './reading-options';

/** How a file is read, where its content and name are not to tell. */
export interface InputOptions {
  format?: FormatName | undefined;
  /** what columns of foreign data mean; left out: what they seem to mean, and no more is asked for */
  mapping?: MappingOptions | undefined;
  /** how a table is written */
  reading?: ReadOptions;
  /**
   * whether the file is checked, maybe beside others: fields that come from nowhere are told in a note, and what is said
   * does not have to be for this file
   */
  isChecked?: boolean;
}

/** Options that say how foreign data is read. */
export const INPUT_OPTIONS = ['map', 'set', 'swap-axes', 'exchange', 'dates', ...READING_OPTIONS] as const;

/**
 * How files are read by what a command line says.
 * @throws CommandFault that names what an option can be
 */
export function inputOptions(values: OptionValues): InputOptions & { mapping: MappingOptions } {
  const { map = [], set = [], 'swap-axes': swapAxes = false, exchange = [], dates, from } = values;
  const order =
    dates === undefined ? dates : oneOfOption('dates', dates, { 'day-first': true, 'month-first': true });
  const dayFirst = order === undefined ? order : order === 'day-first';
  const isGiven = map.length > 0 || set.length > 0 || dates !== undefined;
  return {
    format: from === undefined ? undefined : oneOfOption('from', from, FORMATS),
    mapping: { map, set, swapAxes, exchanged: new Set(exchange), dayFirst, isGiven },
    reading: readingOptions(values),
  };
}
