/** Addresses with more characters are no links. */
const MAX_CHARACTERS = 2048;

/** An address that may be a link on the page. */
export interface WebLink {
  href: string;
  /** host with its port, in ASCII: letters that only look like others are seen (`xn--…`) */
  host: string;
}

/** The link that a text out of data may become: http or https, without name and password; else none. */
export function webLinkOf(text: string): WebLink | undefined {
  if (text.length > MAX_CHARACTERS || !URL.canParse(text)) return undefined;
  const { href, host, protocol, username, password } = new URL(text);
  const isPlain = /^https?:$/.test(protocol) && username === '' && password === '';
  return isPlain && href.length <= MAX_CHARACTERS ? { href, host } : undefined;
}
