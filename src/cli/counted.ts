/** A number in a sentence for people, `300,000`; what programs read has its digits alone. */
export function counted(count: number): string {
  return count.toLocaleString('en-GB');
}
