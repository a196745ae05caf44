/**
 * The name of the root that the beginning of an XML text has, without its prefix and in lower case, after whatever may
 * stand before it; `undefined` for what is no XML. Nothing is parsed.
 */
export function rootOf(head: string): string | undefined {
  let at = 0;
  for (;;) {
    while (/\s/.test(head[at] ?? '')) at++;
    if (head.startsWith('<!--', at)) at = after(head, '-->', at);
    else if (head.startsWith('<?', at)) at = after(head, '?>', at);
    else if (head.startsWith('<!', at)) {
      // A document type; its declarations, if it has any, end with a bracket.
      const [bracket, end] = [head.indexOf('[', at), head.indexOf('>', at)];
      at = after(head, '>', bracket >= 0 && bracket < end ? after(head, ']', bracket) : at);
    } else break;
  }
  return /^<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])/.exec(head.slice(at, at + 200))?.[1]?.toLowerCase();
}

function after(head: string, what: string, from: number): number {
  const found = head.indexOf(what, from);
  return found < 0 ? head.length : found + what.length;
}
