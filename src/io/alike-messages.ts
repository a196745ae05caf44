/** Messages that say the same of several things: the first of them, and of how many it is said. */
export interface AlikeMessages<T> {
  first: T;
  all: readonly T[];
}

/** From so many on, messages that are alike are told as one. */
const MANY = 4;

/** What two messages have in common that say the same of different values: neither quoted ones nor numbers count. */
function kindOf(message: string): string {
  return message.replace(/"(?:[^"\\]|\\.)*"|“[^”]*”|\d+(?:[.,]\d+)*/g, '#');
}

/**
 * Messages with those that are alike told once, where the first of them stands; a few that are alike stay apart.
 * @param messageOf its text, which says where it is of as far as that is one kind
 */
export function alikeMessages<T>(items: readonly T[], messageOf: (item: T) => string): AlikeMessages<T>[] {
  const kinds = new Map<string, T[]>();
  for (const item of items) {
    const kind = kindOf(messageOf(item));
    const known = kinds.get(kind);
    if (known) known.push(item);
    else kinds.set(kind, [item]);
  }
  return [...kinds.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    return all.length < MANY ? all.map((one) => ({ first: one, all: [one] })) : [{ first, all }];
  });
}

/** Places that are named where a message is said of many. */
const PLACES = 5;

/** `, and 29,999 more like it: line 3, line 4, …`; nothing where there is one only. */
export function andMore<T>({ all }: AlikeMessages<T>, placeOf: (item: T) => string): string {
  const others = all.slice(1);
  if (others.length === 0) return '';
  const places = others.slice(0, PLACES).map(placeOf);
  const rest = others.length > PLACES ? ', …' : '';
  return ` (and ${others.length.toLocaleString('en-GB')} more like it: ${places.join(', ')}${rest})`;
}
