import type { BasemapName } from '../../io/address-params';
import { LABELS, type Labels } from '../../map/base';
import { recall, remember } from '../browser-memory';

/** What the reader can choose to have under the sightings. */
export type BasemapChoice =
  | { kind: 'atlas' }
  | { kind: 'streets' }
  /** a .pmtiles archive or a MapLibre style */
  | { kind: 'address'; url: string }
  /** a file, which no page can open again by itself */
  | { kind: 'file'; name: string };

export const ATLAS = { kind: 'atlas' } as const satisfies BasemapChoice;

/** What the address calls a choice; a file cannot be had from an address. */
export function basemapNameOf(choice: BasemapChoice): BasemapName {
  if (choice.kind === 'file') return 'atlas';
  return choice.kind === 'address' ? choice.url : choice.kind;
}

/** The choice that an address names. */
export function choiceOfName(name: BasemapName): Exclude<BasemapChoice, { kind: 'file' }> {
  if (name === 'atlas') return ATLAS;
  return name === 'streets' ? { kind: 'streets' } : { kind: 'address', url: name };
}

/** What a choice is called in a sentence, at its start. */
export function nameOfChoice(choice: BasemapChoice): string {
  switch (choice.kind) {
    case 'atlas':
      return 'The built-in atlas';
    case 'streets':
      return 'The street map';
    case 'address':
      return URL.canParse(choice.url)
        ? `The base map of ${new URL(choice.url).host || choice.url}`
        : `“${choice.url}”`;
    case 'file':
      return `“${choice.name}”`;
  }
}

const MEMORY_KEY = 'basemap';

interface Remembered {
  choice: BasemapChoice;
  labels: Labels;
}

function isChoice(value: unknown): value is BasemapChoice {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'address') return 'url' in value && typeof value.url === 'string';
  if (value.kind === 'file') return 'name' in value && typeof value.name === 'string';
  return value.kind === 'atlas' || value.kind === 'streets';
}

/** The choice of the last visit; the atlas when there is none that can be read. */
export function recallBasemap(): Remembered {
  const remembered: Remembered = { choice: ATLAS, labels: 'latin' };
  const stored = recall(MEMORY_KEY);
  if (typeof stored !== 'object' || stored === null) return remembered;
  if ('choice' in stored && isChoice(stored.choice)) remembered.choice = stored.choice;
  if ('labels' in stored && typeof stored.labels === 'string' && Object.hasOwn(LABELS, stored.labels)) {
    remembered.labels = stored.labels as Labels;
  }
  return remembered;
}

/** Keeps the choice for the next visit. Returns why it could not, if it could not. */
export function rememberBasemap(remembered: Remembered): string | undefined {
  return remember(MEMORY_KEY, remembered);
}
