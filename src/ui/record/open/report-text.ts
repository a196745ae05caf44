import type { ImportResult } from '../../../io/foreign';
import { plainReason } from './mapping-words';

/** What became of a file that was opened. */
export interface ImportReport {
  fileName: string;
  /** of the format, as menus call it */
  format: string;
  notes: readonly string[];
  result: Omit<ImportResult, 'bytes'>;
  /** the data set that was added, if one was */
  layer: { id: string; name: string } | undefined;
  /** how many of the incomplete ones are kept as drafts */
  drafts: number;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${title}: ${lines.length}`, ...lines.map((line) => `- ${line}`)];
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
    `Accepted: ${accepted}`,
    `Mended: ${mended.length}`,
    `Incomplete: ${incomplete.length}, of which ${drafts} are kept as drafts`,
    `Set aside: ${setAside.length}`,
    `Warnings: ${warnings.length}`,
    ...section('Notes', notes),
    ...section(
      'Mended',
      mended.map(({ place, id, what }) => `${place}, ${id}: ${plainReason(what)}`),
    ),
    ...section(
      'Warnings',
      warnings.map(({ place, id, message }) => `${place}, ${id}: ${plainReason(message)}`),
    ),
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
  ];
  return `${lines.join('\n')}\n`;
}
