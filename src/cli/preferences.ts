/** Whose a field is where two files contradict each other; `newer` is that of the record with the later source. */
export const PREFERENCES = { ours: true, theirs: true, newer: true } as const;
export type Preference = keyof typeof PREFERENCES;
