/** Whether a character is one of a number of JSON, wherever in it. */
function isOfNumber(code: number): boolean {
  return (code > 0x2f && code < 0x3a) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].includes(code); // + - . E e
}

/** Where a text of JSON ends whose first quote stands at a place, behind its last one. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** JSON in which the whole numbers that no double holds are texts, so that all of their digits stay. */
export function withQuotedNumbers(json: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < json.length;) {
    if (json[at] === '"') {
      at = endOfText(json, at);
      continue;
    }
    let end = at;
    let isWhole = true;
    for (; end < json.length && isOfNumber(json.charCodeAt(end)); end++)
      if (end > at && !/\d/.test(json[end] ?? '')) isWhole = false;
    if (isWhole && end - at > 15 && !Number.isSafeInteger(Number(json.slice(at, end)))) {
      parts.push(json.slice(from, at), `"${json.slice(at, end)}"`);
      from = end;
    }
    at = Math.max(end, at + 1);
  }
  return [...parts, json.slice(from)].join('');
}
