/** The name of the file at an address. */
export function fileNameAt(url: string): string {
  const { pathname, host } = new URL(url);
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last) || host;
  } catch {
    return last; // percent signs that are no escapes
  }
}
