const SKIPPED = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Offset after a comment, a CDATA section or a processing instruction; -1 when it has no end. */
export function skipEnd(text: string, start: number): number | undefined {
  for (const [opens, closes] of SKIPPED) {
    if (!text.startsWith(opens, start)) continue;
    const end = text.indexOf(closes, start + opens.length);
    return end < 0 ? -1 : end + closes.length;
  }
  return undefined;
}

/** Why an XML file that declares entities, or may do so, is refused. @param where `on line 2` */
export function declarationReason(where: string): string {
  return `declares a document type or entities ${where}, which can make a small file huge: remove that declaration`;
}

/** Offset of the first declaration of a document type or entities in an XML text, -1 when there is none. */
export function declarationIn(text: string): number {
  const opening = /<[!?]/g;
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const end = skipEnd(text, found.index);
    if (end === undefined) return found.index;
    if (end < 0) return -1;
    opening.lastIndex = end;
  }
  return -1;
}
