import type { Theme } from '../map/theme';
import type { AppState } from './app-state.svelte';

/** Gives the page the colours of the theme, as custom properties: `textQuiet` is `--text-quiet`. */
export function keepTheme(theme: () => Theme): void {
  $effect(() => {
    const { confidence, id, ...colors } = theme();
    const { style } = document.documentElement;
    style.colorScheme = id;
    for (const [name, color] of Object.entries({ ...colors, ...confidence })) {
      style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, color);
    }
  });
}

/** Names the page after what it shows. */
export function keepTitle(title: () => string): void {
  $effect(() => {
    document.title = `${title()} – Sighting Map`;
  });
}

/** Keeps the address bar. A sighting opened or closed is a step to go back from; a view is not. */
export function keepAddress(getApp: () => AppState): void {
  let lastSelected: string | undefined;
  $effect(() => {
    const app = getApp();
    const { address, selected } = app;
    const isStep = selected?.id !== lastSelected;
    lastSelected = selected?.id;
    if (app.isLoading || address === location.search) return;
    const url = address === '' ? location.pathname : address;
    if (isStep) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  });
}
