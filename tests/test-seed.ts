const text = process.env['TEST_SEED'] ?? '1';
const seed = Number(text);
if (!Number.isSafeInteger(seed) || seed < 0)
  throw new Error(`TEST_SEED ${text}: write a whole number, such as 7.`);

/**
 * The seed of all that tests make up, so that a commit which passes does so again. `TEST_SEED=N` makes up something else,
 * and `npm run torture -- --only properties` does it with one seed after the other.
 */
export const TEST_SEED = seed;
