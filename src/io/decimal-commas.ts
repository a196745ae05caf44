import type { ForeignFeature } from './foreign';
import { type Mapping, textOf } from './mapping';

/** Degrees with a decimal comma, alone or two of them: no degrees have thousands. */
const DEGREES = /^[-+−]?\d{1,3},\d+°?(?:\s*[;\s/]\s*[-+−]?\d{1,3},\d+°?)?$/;
/** Another number whose comma cannot part thousands, or whose points do. */
const NUMBER = /^[-+−]?(?:\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,})(?!\d)/;

/** A number that is another where points part thousands, as they do beside decimal commas: `1.500`. */
const POINTED = /^[-+−]?[1-9]\d{0,2}\.\d{3}(?![\d.,])/;

/** The columns of a table that have numbers. */
export interface NumberColumns {
  degrees: readonly string[];
  others: readonly string[];
}

/** Those that a mapping takes numbers from. */
export function numberColumns({ place, fields }: Mapping): NumberColumns {
  const degrees =
    place.from === 'columns' ? [place.lat, place.lng] : place.from === 'one column' ? [place.column] : [];
  const others = [fields.coordinateUncertaintyInMeters, fields.quantity].flatMap((choice) =>
    choice.from === 'column' ? [choice.column] : [],
  );
  return { degrees, others };
}

/** Tells whether numbers of a table have decimal commas; it is gone through when that is first asked. */
export function decimalCommas(
  features: readonly ForeignFeature[],
  { degrees, others }: NumberColumns,
): () => boolean {
  let known: boolean | undefined;
  return () =>
    (known ??= features.some(
      ({ fields }) =>
        degrees.some((column) => DEGREES.test(textOf(fields.get(column)))) ||
        others.some((column) => NUMBER.test(textOf(fields.get(column)))),
    ));
}

/**
 * Why a number of a table cannot be told, as it may be a thousand times as much; `undefined` when it can.
 * @param hasDecimalCommas as of {@link decimalCommas}
 */
export function pointProblem(
  text: string,
  hasDecimalCommas: (() => boolean) | undefined,
): string | undefined {
  if (!POINTED.test(text) || hasDecimalCommas?.() !== true) return undefined;
  return `"${text}" can be read in two ways, as other numbers of the file have decimal commas: write it without a point`;
}
