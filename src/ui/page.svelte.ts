import { tick, untrack } from 'svelte';
import { type Address, type ParamName, changedParams, parseAddress, stringifyAddress } from '../io/url';
import type { Theme } from '../map/theme';
import type { AppState } from './app-state.svelte';
import { focusFirst } from './shortcuts';
import { saidText } from './wording';

/** The service worker that answered for the page as it opened: the parts of another version do not fit. */
export const firstWorker = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  ?.controller;

/** Gives the page the colours of the theme, as custom properties: `textQuiet` is `--text-quiet`, the ring `teal` is `--ring-teal`. */
export function keepTheme(theme: () => Theme): void {
  $effect(() => {
    const { confidence, rings, id, ...colors } = theme();
    const ringColors = Object.fromEntries(
      Object.entries(rings).map(([name, color]) => [`ring-${name}`, color]),
    );
    const { style, dataset } = document.documentElement;
    style.colorScheme = id; // what the browser draws itself: controls, scrollbars
    dataset['theme'] = id;
    for (const [name, color] of Object.entries({ ...colors, ...confidence, ...ringColors })) {
      style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, color);
    }
  });
}

/** Names the page after what it shows. */
export function keepTitle(title: () => string): void {
  $effect(() => {
    document.title = `${saidText(title())} – Sighting Map`;
  });
}

/** Closes a sighting that the filters do not let through any more: what is not shown is not open either. */
export function keepOpenWhatIsShown(getApp: () => AppState): void {
  $effect(() => {
    const app = getApp();
    const { selectedRow } = app;
    if (selectedRow === undefined || app.isLoading || app.find.isPending) return;
    if (app.find.rowsOnMap.includes(selectedRow)) return;
    untrack(() => {
      const title = app.selected?.properties.title ?? '';
      app.deselect();
      app.notice = `“${saidText(title)}” is closed: it does not meet the filters.`;
    });
  });
}

/** Parts of the address that change with every move of the hand: one movement is one step to go back from. */
const FLOWING: readonly ParamName[] = ['q', 'dates', 'near', 'measure', 'measured', 'rings'];

/** A pause as long as this ends a movement, in milliseconds. */
const PAUSE_MS = 3000;

/** A browser that has refused to write the address is asked again after so long, in milliseconds. */
const REFUSED_MS = 3000;

/** Keeps the address bar. What is opened, chosen or filtered is a step to go back from; where the map looks is not. */
export function keepAddress(getApp: () => AppState): void {
  let written: Address | undefined;
  let flowing = '';
  let changedAt = 0;
  let refused: ReturnType<typeof setTimeout> | undefined;
  function write(url: string, isStep: boolean): void {
    clearTimeout(refused);
    try {
      if (isStep) history.pushState(null, '', url);
      else history.replaceState(null, '', url);
    } catch {
      // Some take no more than a hundred in ten seconds. The page goes on, and its address follows.
      refused = setTimeout(() => write(url, isStep), REFUSED_MS);
    }
  }
  $effect(() => {
    const app = getApp();
    const { address } = app;
    if (app.isLoading || app.source.isCancelled) return;
    const before = written ?? address;
    written = address;
    const search = stringifyAddress(address);
    if (search === stringifyAddress(parseAddress(location.search).address)) return; // it came from there
    const changed = changedParams(before, address).filter((name) => name !== 'view');
    const [only = ''] = changed;
    const flows = changed.length === 1 && (FLOWING as readonly string[]).includes(only);
    const goesOn = flows && only === flowing && performance.now() - changedAt < PAUSE_MS;
    flowing = flows ? only : '';
    changedAt = performance.now();
    const url = search === '' ? location.pathname : search;
    // A frame's history is that of the page around it, where nobody expects these steps.
    write(url, changed.length > 0 && !goesOn && !app.isEmbedded);
  });
}

/** A map that takes longer, or is in a tab that nobody sees, holds up nothing else, in milliseconds. */
const DRAWING_TIMEOUT_MS = 10_000;

/** Notes when the map has first drawn the data, or cannot. */
export function noteFirstDrawing(getApp: () => AppState): void {
  $effect(() => {
    const app = getApp();
    const { map } = app;
    if (app.isLoading || app.isDrawn) return;
    const note = () => (app.isDrawn = true);
    if (app.mapFailure) return void note();
    if (!map) return;
    const late = setTimeout(note, DRAWING_TIMEOUT_MS);
    let soon: ReturnType<typeof setTimeout> | undefined;
    // The frame comes before what follows it; one without the data is followed by another.
    const noteSoon = () => {
      clearTimeout(soon);
      soon = setTimeout(() => map.loaded() && note());
    };
    map.on('idle', noteSoon);
    return () => {
      map.off('idle', noteSoon);
      clearTimeout(soon);
      clearTimeout(late);
    };
  });
}

/** Has what measures at hand from when on the map is drawn, and says when it cannot be had. */
export function keepMeasuring(getApp: () => AppState): void {
  $effect(() => {
    const { isDrawn, measuring } = getApp();
    if (isDrawn) measuring.begin();
  });
  $effect(() => {
    const app = getApp();
    if (app.measuring.failure) app.notice = app.measuring.failure;
  });
}

/** Takes over what another tab of the browser does to the data and to the reader's own reference points. */
export function followOtherTabs(getApp: () => AppState): void {
  $effect(() => {
    const { record, isEmbedded } = getApp();
    return isEmbedded ? undefined : record.followOthers();
  });
  $effect(() => {
    const app = getApp();
    return app.places.followOwn((said) => {
      app.renewTargets();
      if (said) app.notice = said;
    });
  });
}

/** Gives the keyboard that was in the measuring tools back to their button when they close. */
export function keepKeyboardFromGettingLost(getApp: () => AppState): void {
  let wasOpen = false;
  $effect(() => {
    const isOpen = getApp().measure.tool !== undefined;
    const hasClosed = wasOpen && !isOpen;
    wasOpen = isOpen;
    if (!hasClosed) return;
    void tick().then(() => {
      if (document.activeElement === document.body) focusFirst('[aria-label="Measure distance"]');
    });
  });
}

/** Puts the keyboard back; where it was may be gone by now, such as a row that was scrolled away. */
function giveBack(back: HTMLElement): void {
  back.focus({ preventScroll: true });
  if (document.activeElement !== back || back === document.body)
    focusFirst('[aria-label="Sightings"] button[tabindex="0"]');
}

/** Moves the keyboard into the popup that it opened, and back to where it was when that closes. */
export function keepKeyboardInPopup(getApp: () => AppState, getPopup: () => HTMLElement | undefined): void {
  let wasOpen = false;
  let openedFrom: HTMLElement | undefined;
  const enter = () => void tick().then(() => getPopup()?.focus({ preventScroll: true }));
  $effect(() => {
    const app = getApp();
    const isOpen = app.selectedRow !== undefined;
    if (isOpen && app.isFocusWanted) enter();
    if (isOpen === wasOpen) return;
    wasOpen = isOpen;
    const { activeElement } = document;
    if (isOpen) {
      const isByKeyboard = activeElement instanceof HTMLButtonElement || app.isFocusWanted;
      openedFrom = isByKeyboard && activeElement instanceof HTMLElement ? activeElement : undefined;
      if (isByKeyboard) enter();
    } else {
      const back = openedFrom;
      openedFrom = undefined;
      if (back) void tick().then(() => giveBack(back));
    }
    app.isFocusWanted = false;
  });
}
