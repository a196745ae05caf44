import { type ParsedDate, parseDate, parseEventDate } from './dates';
import { type IssueList, childPath, quoteValue } from './issue';

/**
 * What a value has to be. Most values of most files are sound, so that is asked first, without a word about where; the
 * words are found for those that are not.
 */
export interface Rule {
  /** Whether nothing is wrong with a value. Never throws. */
  holds: (value: unknown) => boolean;
  /** Reports what is wrong with the value at a path, nothing when it holds. Never throws. */
  check: (value: unknown, path: string, report: IssueList) => void;
}

/** The fields of an object, in the order in which they are written. */
export type Fields = Readonly<Record<string, { rule: Rule; required?: true }>>;

/** A rule for values that have no others in them, with the message about one that breaks it. */
export function ruleOf(holds: (value: unknown) => boolean, fault: (value: unknown) => string): Rule {
  return {
    holds,
    check: (value, path, report) => {
      if (!holds(value)) report.error(path, fault(value));
    },
  };
}

/** Whether a value is a JSON object (no array, not null). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a character is a visible one of ASCII. */
function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

function isTrimmed(value: string): boolean {
  // Where both ends are plain there is no need to ask what Unicode takes for a space.
  return (
    (isPlain(value.charCodeAt(0)) && isPlain(value.charCodeAt(value.length - 1))) || value === value.trim()
  );
}

export const text = ruleOf(
  (value) => typeof value === 'string' && value !== '' && isTrimmed(value),
  (value) => {
    if (typeof value !== 'string') return `must be text, not ${quoteValue(value)}`;
    return value.trim() === ''
      ? 'is empty: write it, or leave the field out if it may be left out'
      : `has spaces around it: ${quoteValue(value)}`;
  },
);

/** Whether there are control characters (C0, C1) or a line or paragraph separator of Unicode. */
function hasControl(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code < 0x20 || (code > 0x7e && (code < 0xa0 || code === 0x2028 || code === 0x2029))) return true;
  }
  return false;
}

export const oneLine: Rule = {
  holds: (value) => text.holds(value) && !hasControl(value as string),
  check: (value, path, report) => {
    text.check(value, path, report);
    if (typeof value === 'string' && hasControl(value))
      report.error(path, 'must be one line: remove line breaks and control characters');
  },
};

const HYPHEN = 0x2d;

/** Lower-case letters and digits of ASCII, with single hyphens between them. */
function isSlug(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  let previous = HYPHEN;
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    const isLetter = (code > 0x60 && code < 0x7b) || (code > 0x2f && code < 0x3a);
    if (!isLetter && (code !== HYPHEN || previous === HYPHEN)) return false;
    previous = code;
  }
  return previous !== HYPHEN;
}

export const slug = ruleOf(isSlug, (value) =>
  value === undefined
    ? 'is missing: give a kebab-case slug such as "losiny-ostrov-s400"'
    : `${quoteValue(value)} is no kebab-case slug: use lower-case letters, digits and single hyphens`,
);

/** One of the keys of a vocabulary. */
export function oneOf(vocabulary: Readonly<Record<string, unknown>>): Rule {
  const words = Object.keys(vocabulary);
  const known = new Set<unknown>(words);
  return ruleOf(
    (value) => known.has(value),
    (value) => `${quoteValue(value)} is not one of ${words.map((word) => `"${word}"`).join(', ')}`,
  );
}

export const positiveInteger = ruleOf(
  (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  (value) => `must be a whole number of at least 1, not ${quoteValue(value)}`,
);

export const positiveMeters = ruleOf(
  (value) => typeof value === 'number' && value > 0 && value < Infinity,
  (value) => `must be a number of metres above 0, not ${quoteValue(value)}`,
);

function dateRule(parse: (text: string) => ParsedDate): Rule {
  return ruleOf(
    (value) => typeof value === 'string' && 'span' in parse(value),
    (value) => {
      const parsed = typeof value === 'string' ? parse(value) : undefined;
      return parsed && 'error' in parsed
        ? parsed.error
        : `must be an ISO 8601 date, not ${quoteValue(value)}`;
    },
  );
}

export const eventDate = dateRule(parseEventDate);
export const date = dateRule(parseDate);

export const webLink = ruleOf(
  (value) => typeof value === 'string' && /^https?:\/\/\S+$/i.test(value) && URL.canParse(value),
  (value) => `${quoteValue(value)} is no http or https link`,
);

/** A list, each item of which obeys a rule. */
export function listOf(item: Rule, { atLeast }: { atLeast: number }): Rule {
  return {
    holds: (value) => Array.isArray(value) && value.length >= atLeast && value.every(item.holds),
    check: (value, path, report) => {
      if (!Array.isArray(value)) return report.error(path, `must be a list, not ${quoteValue(value)}`);
      if (value.length < atLeast)
        report.error(path, `must have at least ${atLeast} item${atLeast === 1 ? '' : 's'}`);
      value.forEach((entry, i) => item.check(entry, `${path}[${i}]`, report));
    },
  };
}

/** An object with the given fields; other keys and another order of keys are warned of. */
export function objectOf(fields: Fields): Rule {
  const order = Object.keys(fields);
  const list = Object.entries(fields);
  const rules = list.map(([, { rule }]) => rule);
  const isRequired = list.map(([, { required }]) => required === true);
  return {
    holds: (value) => {
      if (!isObject(value)) return false;
      let at = 0;
      for (const key of Object.keys(value)) {
        for (; order[at] !== key; at++) if (at >= order.length || isRequired[at]) return false;
        if (!rules[at]?.holds(value[key])) return false;
        at++;
      }
      for (; at < order.length; at++) if (isRequired[at]) return false;
      return true;
    },
    check: (value, path, report) => {
      if (!isObject(value)) return report.error(path, `must be an object, not ${quoteValue(value)}`);
      for (const [key, { rule, required }] of list) {
        if (Object.hasOwn(value, key)) {
          if (!rule.holds(value[key])) rule.check(value[key], childPath(path, key), report);
        } else if (required) report.error(childPath(path, key), 'is missing and required');
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
    },
  };
}
