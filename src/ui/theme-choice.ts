import type { Theme } from '../map/theme';
import { recall, remember } from './browser-memory';

const KEY = 'theme';

/** The theme that the reader chose at the last visit; `undefined` for the one that the system has. */
export function recallTheme(): Theme['id'] | undefined {
  const id = recall(KEY);
  return id === 'light' || id === 'dark' ? id : undefined;
}

/** Keeps a choice for the next visit. Returns why that cannot be, if it cannot. */
export function rememberTheme(choice: Theme['id'] | undefined): string | undefined {
  return remember(KEY, choice ?? null);
}
