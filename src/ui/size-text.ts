/** `17 kB`, `about 3.2 MB` */
export function sizeText({ bytes, isExact }: { bytes: number; isExact: boolean }): string {
  const [amount, unit] =
    bytes < 1000 ? [bytes, 'bytes'] : bytes < 999_500 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  const digits = amount < 10 && unit !== 'bytes' ? 2 : 3;
  const number = amount.toLocaleString('en-GB', {
    maximumSignificantDigits: Math.max(digits, String(Math.round(amount)).length),
  });
  return `${isExact ? '' : 'about '}${number} ${unit}`;
}
