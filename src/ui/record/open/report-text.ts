import type { ImportOutcome } from '../../../io/foreign';
import { alikeMessages, andMore } from '../../../io/alike-messages';
import { plainReason } from './mapping-words';

/** What became of a file that was opened. */
export interface ImportReport {
  fileName: string;
  /** of the format, as menus call it */
  format: string;
  notes: readonly string[];
  result: ImportOutcome;
  /** the data set that was added, if one was */
  layer: { id: string; name: string } | undefined;
  /** how many of the incomplete ones are kept as drafts */
  drafts: number;
  /** whether the data set is saved into the file that was opened */
  isSavedInto: boolean;
}

const counted = (count: number) => count.toLocaleString('en-GB');

/** Lines about sightings, those that are alike as one. */
function linesOf(items: readonly { place: string; id: string; text: string }[]): string[] {
  return alikeMessages(items, ({ text }) => text).map((alike) => {
    const { place, id, text } = alike.first;
    return `${place}, ${id}: ${plainReason(text)}${andMore(alike, (one) => `${one.place}, ${one.id}`)}`;
  });
}

/** What was mended, in lines; what is alike is one of them. */
export function mendedLines(mended: ImportOutcome['mended']): string[] {
  return linesOf(mended.map(({ what, ...where }) => ({ ...where, text: what })));
}

/** The warnings about accepted sightings, in lines; those that are alike are one of them. */
export function warningLines(warnings: ImportOutcome['warnings']): string[] {
  return linesOf(warnings.map(({ message, ...where }) => ({ ...where, text: message })));
}

function section(title: string, lines: readonly string[], count = lines.length): string[] {
  return lines.length === 0 ? [] : ['', `${title}: ${counted(count)}`, ...lines.map((line) => `- ${line}`)];
}

function indented(text: string): string {
  return text.replace(/^/gm, '    ');
}

/**
 * A report as plain text: what was accepted, mended, kept as drafts and set aside, and the texts of all that did not
 * become a sighting, so that nothing is lost.
 * @param at when the file was opened, ISO 8601
 */
export function reportText(
  { fileName, format, notes, result, layer, drafts }: ImportReport,
  at: string,
): string {
  const { accepted, mended, warnings, incomplete, setAside } = result;
  const lines = [
    `Import of ${fileName} (${format}), ${at}`,
    layer ? `Data set: ${layer.name}` : 'No data set was added.',
    '',
    `Accepted: ${counted(accepted)}`,
    `Incomplete: ${counted(incomplete.length)}, of which ${counted(drafts)} are kept as drafts`,
    `Set aside: ${counted(setAside.length)}`,
    `Mended: ${counted(mended.length)}`,
    `Warnings: ${counted(warnings.length)}`,
    ...section('Notes', notes),
    ...section(
      'Incomplete',
      incomplete.map(({ place, feature, reasons }) =>
        [`${place}: ${reasons.map(plainReason).join('; ')}`, indented(JSON.stringify(feature))].join('\n'),
      ),
    ),
    ...section(
      'Set aside',
      setAside.map(({ place, reason, text }) =>
        text === '' ? `${place}: ${reason}` : `${place}: ${reason}\n${indented(text)}`,
      ),
    ),
    ...section('Mended', mendedLines(mended), mended.length),
    ...section('Warnings', warningLines(warnings), warnings.length),
  ];
  return `${lines.join('\n')}\n`;
}
