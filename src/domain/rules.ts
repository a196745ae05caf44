import { parseDate, parseEventDate } from './dates';
import { type IssueList, childPath, quoteValue } from './issue';

/** Checks one value at a path and reports what is wrong with it. Never throws. */
export type Rule = (value: unknown, path: string, report: IssueList) => void;

/** The fields of an object, in the order in which they are written. */
export type Fields = Readonly<Record<string, { rule: Rule; required?: true }>>;

/** Whether a value is a JSON object (no array, not null). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const text: Rule = (value, path, report) => {
  if (typeof value !== 'string') report.error(path, `must be text, not ${quoteValue(value)}`);
  else if (value.trim() === '')
    report.error(path, 'is empty: write it, or leave the field out if it may be left out');
  else if (value !== value.trim()) report.error(path, `has spaces around it: ${quoteValue(value)}`);
};

/** Control characters (C0, C1) and the line and paragraph separators of Unicode. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

export const oneLine: Rule = (value, path, report) => {
  text(value, path, report);
  if (typeof value === 'string' && CONTROL.test(value)) {
    report.error(path, 'must be one line: remove line breaks and control characters');
  }
};

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const slug: Rule = (value, path, report) => {
  if (typeof value === 'string' && SLUG.test(value)) return;
  report.error(
    path,
    value === undefined
      ? 'is missing: give a kebab-case slug such as "losiny-ostrov-s400"'
      : `${quoteValue(value)} is no kebab-case slug: use lower-case letters, digits and single hyphens`,
  );
};

/** One of the keys of a vocabulary. */
export function oneOf(vocabulary: Readonly<Record<string, unknown>>): Rule {
  return (value, path, report) => {
    if (typeof value === 'string' && Object.hasOwn(vocabulary, value)) return;
    const known = Object.keys(vocabulary)
      .map((key) => `"${key}"`)
      .join(', ');
    report.error(path, `${quoteValue(value)} is not one of ${known}`);
  };
}

export const positiveInteger: Rule = (value, path, report) => {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return;
  report.error(path, `must be a whole number of at least 1, not ${quoteValue(value)}`);
};

export const positiveMeters: Rule = (value, path, report) => {
  if (typeof value === 'number' && Number.isFinite(value) && value > 0) return;
  report.error(path, `must be a number of metres above 0, not ${quoteValue(value)}`);
};

export const eventDate: Rule = (value, path, report) => {
  if (typeof value !== 'string')
    return report.error(path, `must be an ISO 8601 date, not ${quoteValue(value)}`);
  const parsed = parseEventDate(value);
  if ('error' in parsed) report.error(path, parsed.error);
};

export const date: Rule = (value, path, report) => {
  if (typeof value !== 'string')
    return report.error(path, `must be an ISO 8601 date, not ${quoteValue(value)}`);
  const parsed = parseDate(value);
  if ('error' in parsed) report.error(path, parsed.error);
};

export const webLink: Rule = (value, path, report) => {
  if (typeof value === 'string' && /^https?:\/\/\S+$/i.test(value) && URL.canParse(value)) return;
  report.error(path, `${quoteValue(value)} is no http or https link`);
};

/** A list, each item of which obeys a rule. */
export function listOf(item: Rule, { atLeast }: { atLeast: number }): Rule {
  return (value, path, report) => {
    if (!Array.isArray(value)) return report.error(path, `must be a list, not ${quoteValue(value)}`);
    if (value.length < atLeast)
      report.error(path, `must have at least ${atLeast} item${atLeast === 1 ? '' : 's'}`);
    value.forEach((entry, i) => item(entry, `${path}[${i}]`, report));
  };
}

/** An object with the given fields; other keys and another order of keys are warned of. */
export function objectOf(fields: Fields): Rule {
  const order = Object.keys(fields);
  return (value, path, report) => {
    if (!isObject(value)) return report.error(path, `must be an object, not ${quoteValue(value)}`);
    for (const [key, { rule, required }] of Object.entries(fields)) {
      if (Object.hasOwn(value, key)) rule(value[key], childPath(path, key), report);
      else if (required) report.error(childPath(path, key), 'is missing and required');
    }
    const keys = Object.keys(value);
    for (const key of keys) {
      if (!Object.hasOwn(fields, key)) report.warn(childPath(path, key), 'is not a field of the contract');
    }
    const known = keys.filter((key) => Object.hasOwn(fields, key));
    const sorted = order.filter((key) => Object.hasOwn(value, key));
    const misplaced = known.findIndex((key, i) => key !== sorted[i]);
    if (misplaced >= 0) {
      report.warn(
        path,
        `keys are out of order: "${known[misplaced]}" stands where "${sorted[misplaced]}" belongs`,
      );
    }
  };
}
