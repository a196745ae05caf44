import type { Issue } from '../domain/issue';

/** Text as it may stand on a line of its own: control characters are escaped. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => JSON.stringify(character).slice(1, -1));
}

export function messageOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}

/** `FILE:feature-id-or-index:path: message` */
export function issueLine(file: string, { id, index, path, message, severity }: Issue): string {
  const feature = (id === null ? index : /^[\w-]+$/.test(id) ? id : JSON.stringify(id)) ?? 'collection';
  return oneLine(`${file}:${feature}:${path}: ${severity === 'warning' ? 'warning: ' : ''}${message}`);
}

export function hasErrors(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === 'error');
}
