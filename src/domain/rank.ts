const STEPS = 2 ** 16;

/**
 * The rows with a score above 0, highest score first, of equals the lower row first. Scores are told apart to a
 * 65,536th of the highest, so that counting sorts them: the time does not depend on what they are.
 */
export function orderByScore(scores: Float32Array): Uint32Array<ArrayBuffer> {
  let highest = 0;
  for (const score of scores) if (score > highest) highest = score;
  if (highest === 0) return new Uint32Array();
  const scale = (STEPS - 1) / highest;
  /** how far below the highest a score is, in steps */
  const stepsBelow = (score: number) => STEPS - 1 - Math.floor(score * scale);
  const next = new Uint32Array(STEPS + 1);
  for (const score of scores) {
    if (score > 0) next[stepsBelow(score) + 1] = (next[stepsBelow(score) + 1] ?? 0) + 1;
  }
  for (let step = 1; step < next.length; step++) next[step] = (next[step] ?? 0) + (next[step - 1] ?? 0);
  const rows = new Uint32Array(next[STEPS] ?? 0);
  for (let row = 0; row < scores.length; row++) {
    const score = scores[row] ?? 0;
    if (score <= 0) continue;
    const step = stepsBelow(score);
    const at = next[step] ?? 0;
    next[step] = at + 1;
    rows[at] = row;
  }
  return rows;
}
