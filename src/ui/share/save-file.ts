/** A file name made of a title in Latin letters and an end: `air-defence-systems` and `-2026-11-25.png` */
export function fileName(latinTitle: string, end: string): string {
  const words = latinTitle.toLowerCase().match(/[a-z\d]+/g) ?? ['map'];
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word.slice(0, 72) : `${name}-${word}`;
    if (longer.length > 72) break;
    name = longer;
  }
  return `${name}${end}`;
}

/** Offers a file for download. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // the download may start late
}
