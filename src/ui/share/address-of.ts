import { type Address, stringifyAddress } from '../../io/url';
import type { AppState } from '../app-state.svelte';

/** The address of exactly what is shown, with some of it changed. */
export function addressOf(app: AppState, changes: Partial<Address> = {}): string {
  const search = stringifyAddress({ ...app.address, ...changes });
  return new URL(search === '' ? location.pathname : search, location.href).href;
}
