const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** A text as the value of an attribute in double quotes. */
function attribute(text: string): string {
  return text.replace(/[&"<>]/g, (character) => ESCAPES[character] ?? character);
}

/** Height of the frame, in CSS pixels; it is as wide as the column that it stands in. */
const FRAME_HEIGHT = 480;

/**
 * The markup that puts a page into a frame in another, for the reader to copy.
 * @param url address of the page, with `embed`
 * @param title what the frame is called, for those who do not see it
 */
export function embedSnippet(url: string, title: string): string {
  const source = `src="${attribute(url)}" title="${attribute(title)}"`;
  return `<iframe ${source} width="100%" height="${FRAME_HEIGHT}" loading="lazy"></iframe>`;
}
