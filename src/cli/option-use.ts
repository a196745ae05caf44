import { FORMATS, type Format, type FormatName } from '../io/formats';
import { CommandFault } from './exit-status';
import type { InputOptions } from './input-options';

/** A file that was read, and what of a command line may be for it. */
export interface ReadFile {
  file: string;
  format: FormatName;
  /** whether it is data of others, which a mapping made sightings of */
  isForeign: boolean;
}

/** What is said for files of one sort alone. */
interface Use {
  isSaid: boolean;
  isFor: (read: ReadFile) => boolean;
  /** why not for one file, behind its name, and why not for several */
  one: (read: ReadFile) => string;
  several: string;
}

const isText = ({ format }: ReadFile) => (FORMATS[format] as Format).isTable ?? false;
const isSheet = ({ format }: ReadFile) => format === 'xlsx';

function usesOf({ mapping, reading = {} }: InputOptions): Use[] {
  const { encoding, delimiter, sheet, headerRow } = reading;
  const other = (what: string) => ({
    one: ({ format }: ReadFile) => `is ${FORMATS[format].label}: ${what}`,
    several: `none is one of these: ${what}`,
  });
  return [
    {
      isSaid: encoding !== undefined || delimiter !== undefined,
      isFor: isText,
      ...other('--encoding and --delimiter are for CSV and TSV.'),
    },
    { isSaid: sheet !== undefined, isFor: isSheet, ...other('--sheet is for Excel workbooks.') },
    {
      isSaid: headerRow !== undefined,
      isFor: (read) => isText(read) || isSheet(read),
      ...other('--header-row is for tables.'),
    },
    {
      isSaid: mapping?.isGiven ?? false,
      isFor: ({ isForeign }) => isForeign,
      one: () => 'has sightings already: --map, --set and --dates are not for it.',
      several: 'have sightings already: --map, --set and --dates are for none of them.',
    },
  ];
}

/** @throws CommandFault that names what was said and is for none of the files */
export function checkUse(files: readonly ReadFile[], options: InputOptions): void {
  const [first] = files;
  if (first === undefined) return;
  const vain = usesOf(options).find(({ isSaid, isFor }) => isSaid && !files.some(isFor));
  if (vain === undefined) return;
  if (files.length === 1) throw new CommandFault(`${first.file}: ${vain.one(first)}`);
  throw new CommandFault(`${files.map(({ file }) => file).join(', ')}: ${vain.several}`);
}
