/** Whether two values of JSON say the same; the order of an object's keys says nothing. */
export function isEqualJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || (a === 0 && b === 0)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => isEqualJson(item, b[i]))
    );
  }
  return Object.keys(a).length === Object.keys(b).length && extendsJson(a, b);
}

/** Whether an object keeps every key of another with its value, and perhaps has more. */
export function extendsJson(object: object, other: object): boolean {
  const values = new Map<string, unknown>(Object.entries(object));
  return Object.entries(other).every(
    ([key, value]) => values.has(key) && isEqualJson(values.get(key), value),
  );
}

/** Whether two objects say the same wherever both say something. */
export function agreesJson(a: object, b: object): boolean {
  const values = new Map<string, unknown>(Object.entries(a));
  return Object.entries(b).every(([key, value]) => !values.has(key) || isEqualJson(values.get(key), value));
}
