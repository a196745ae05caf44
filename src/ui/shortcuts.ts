import type { AppState } from './app-state.svelte';
import { recall, remember } from './browser-memory';

/** Something that a single key does. */
interface Shortcut {
  /** as `KeyboardEvent.key` has it, letters in lower case */
  key: string;
  label: string;
  run: (app: AppState) => void;
}

/** Puts the keyboard on the first element that a selector finds and that is in sight. */
export function focusFirst(selector: string): void {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].find((element) =>
    element.checkVisibility(),
  );
  found?.focus();
}

/** All keys, in the order in which the help lists them. */
export const SHORTCUTS: readonly Shortcut[] = [
  { key: '/', label: 'Search', run: () => focusFirst('input[aria-label="Search sightings"]') },
  {
    key: 'l',
    label: 'Go to the list',
    run: () => focusFirst('[aria-label="Sightings"] button[tabindex="0"]'),
  },
  { key: 'g', label: 'Go to the map', run: () => focusFirst('.maplibregl-canvas') },
  { key: 't', label: 'Go to the timeline', run: () => focusFirst('[aria-label="Timeline"] input') },
  { key: 'j', label: 'Open the next sighting of the list', run: (app) => app.step(1) },
  { key: 'k', label: 'Open the previous sighting of the list', run: (app) => app.step(-1) },
  {
    key: 'm',
    label: 'Measure, or stop measuring',
    run: ({ measure }) => (measure.tool === undefined ? measure.open('ruler', true) : measure.close()),
  },
  {
    key: 'v',
    label: 'Only what the map shows, or all',
    run: (app) => app.find.setInView(!app.find.filter.isInView),
  },
  { key: 'x', label: 'Clear all filters', run: (app) => app.find.clear() },
  { key: 'n', label: 'Add a sighting', run: (app) => void app.record.add() },
  { key: 'e', label: 'Correct the open sighting', run: (app) => void app.record.correct() },
];

const MEMORY_KEY = 'shortcuts';

/** Whether single keys do something; speech input can set them off by chance, so they can be switched off. */
export function areShortcutsOn(): boolean {
  return recall(MEMORY_KEY) !== false;
}

/** Switches single keys on or off, for the next visit too. Returns why that could not be kept, if it could not. */
export function switchShortcuts(isOn: boolean): string | undefined {
  return remember(MEMORY_KEY, isOn);
}

/** Whether a key pressed here is text for a field, or meant for the browser or a dialog. */
export function isForOthers(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing)
    return true;
  const target = event.target as HTMLElement;
  const isTyping = target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])');
  return isTyping || target.isContentEditable || target.closest('dialog') !== null;
}

/** Undoes or redoes a change of the data, if the keys say so; a text field and the ruler have an undo of their own. */
export function undoOrRedo(event: KeyboardEvent, { record, measure }: AppState): boolean {
  const { workspace } = record;
  const isMeant = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z';
  const target = event.target as HTMLElement;
  const isText = target.matches('textarea, select, input:not([type="checkbox"], [type="radio"])');
  if (!isMeant || !workspace || isText || target.closest('dialog') || measure.tool === 'ruler') return false;
  event.preventDefault();
  if (workspace.keeper.isReadOnly) return true; // it says so
  if (event.shiftKey) workspace.redo();
  else workspace.undo();
  return true;
}
