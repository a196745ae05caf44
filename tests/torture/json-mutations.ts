import { RAW, TWIN, HUGE_VALUES, NASTY_KEYS, NASTY_VALUES } from './nasty-values';
import type { Chance } from './chance';

/** A change of a text. */
export type TextMutation = (text: string, chance: Chance) => string;

type Parent = Record<string, unknown> | unknown[];
interface Slot {
  parent: Parent;
  key: string | number;
}

/** Places in a value, found by going down from its root: high ones are found as often as low ones. */
function someSlot(root: unknown, chance: Chance): Slot | undefined {
  let slot: Slot | undefined;
  let value = root;
  while (typeof value === 'object' && value !== null) {
    const parent = value as Parent;
    const key = Array.isArray(parent) ? chance.below(parent.length) : chance.pick(Object.keys(parent));
    if (key === undefined || (Array.isArray(parent) && parent.length === 0)) break;
    slot = { parent, key };
    if (chance.is(0.25)) break;
    value = (parent as Record<string | number, unknown>)[key];
  }
  return slot;
}

function setOwn(parent: Parent, key: string | number, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

function nasty(chance: Chance): unknown {
  return (chance.is(0.01) ? chance.pick(HUGE_VALUES) : chance.pick(NASTY_VALUES))();
}

type Change = (slot: Slot, chance: Chance, root: unknown) => void;

const CHANGES: Readonly<Record<string, Change>> = {
  replace: ({ parent, key }, chance) => setOwn(parent, key, nasty(chance)),
  addKey: ({ parent }, chance) => {
    if (Array.isArray(parent)) parent.splice(chance.below(parent.length + 1), 0, nasty(chance));
    else setOwn(parent, chance.pick(NASTY_KEYS), nasty(chance));
  },
  rename: ({ parent, key }, chance) => {
    if (Array.isArray(parent)) return;
    const value = parent[key];
    Reflect.deleteProperty(parent, key);
    setOwn(parent, chance.pick(NASTY_KEYS), value);
  },
  remove: ({ parent, key }) => {
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else Reflect.deleteProperty(parent, key);
  },
  duplicateKey: ({ parent, key }, chance) => {
    if (Array.isArray(parent)) parent.push(parent[Number(key)]);
    else setOwn(parent, `${String(key)}${TWIN}`, chance.is(0.5) ? nasty(chance) : parent[key]);
  },
  swap: ({ parent, key }, chance, root) => {
    const other = someSlot(root, chance);
    if (other === undefined) return;
    // A copy, so that nothing comes to lie in itself.
    const copy = structuredClone((other.parent as Record<string | number, unknown>)[other.key]);
    setOwn(parent, key, copy);
  },
  asText: ({ parent, key }) =>
    setOwn(parent, key, JSON.stringify((parent as Record<string | number, unknown>)[key])),
  wrap: ({ parent, key }, chance) => {
    let value = (parent as Record<string | number, unknown>)[key];
    for (let i = chance.length(200); i > 0; i--) value = chance.is(0.5) ? [value] : { a: value };
    setOwn(parent, key, value);
  },
  repeat: ({ parent, key }, chance) => {
    if (!Array.isArray(parent)) return;
    const value: unknown = parent[Number(key)];
    for (let i = chance.length(chance.is(0.05) ? 2000 : 20); i > 0; i--) parent.push(value);
  },
};

/** The text of a value, with what is marked as raw as it is. */
export function written(value: unknown): string {
  return JSON.stringify(value ?? null)
    .replaceAll(TWIN, '')
    .replace(
      new RegExp(`"${RAW}((?:[^"\\\\${RAW}]|\\\\.)*)${RAW}"`, 'g'),
      (_, text: string) => JSON.parse(`"${text}"`) as string,
    );
}

/** Changes a JSON value here and there. @throws SyntaxError for a text that is none */
function mutateValue(text: string, chance: Chance): string {
  const root = { value: JSON.parse(text) as unknown };
  for (let i = chance.length(4); i > 0; i--) {
    const slot = chance.is(0.03) ? { parent: root, key: 'value' } : someSlot(root.value, chance);
    if (slot !== undefined) chance.pick(Object.values(CHANGES))(slot, chance, root.value);
  }
  return written(root.value);
}

/** Changes the structure of a JSON text, or of one line of several; a text that is no JSON stays as it is. */
export const mutateJson: TextMutation = (text, chance) => {
  try {
    return mutateValue(text, chance);
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
  }
  const lines = text.split('\n');
  const at = chance.below(lines.length);
  try {
    return lines.with(at, mutateValue(lines[at] ?? '', chance)).join('\n');
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    return text;
  }
};
