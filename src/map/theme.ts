import type { Confidence } from '../domain/sighting';

/** Colours by meaning, for the map and for the page around it. */
export interface Theme {
  id: 'light' | 'dark';
  /** the base under everything */
  water: string;
  land: string;
  border: string;
  place: string;
  placeHalo: string;
  /** what is written and drawn on the map by us */
  ink: string;
  /** what ink stands out from: halos, casings, the inside of hollow marks */
  paper: string;
  confidence: Readonly<Record<Confidence, string>>;
  selection: string;
  /** the page: panels from back to front, text, lines */
  panel: string;
  panelRaised: string;
  text: string;
  textQuiet: string;
  rule: string;
  link: string;
  error: string;
  agree: string;
}

export const LIGHT: Theme = {
  id: 'light',
  water: '#ccd9df',
  land: '#f3f0e8',
  border: '#a79f90',
  place: '#5b574e',
  placeHalo: '#f7f5ef',
  ink: '#23282f',
  paper: '#fffdf8',
  confidence: { high: '#9b1c31', moderate: '#b9501a', low: '#80661a' },
  selection: '#1f5fbf',
  panel: '#fbf9f4',
  panelRaised: '#ffffff',
  text: '#1d2126',
  textQuiet: '#5c6067',
  rule: '#ddd8cc',
  link: '#1c56ad',
  error: '#a3241c',
  agree: '#23693f',
};

export const DARK: Theme = {
  id: 'dark',
  water: '#11161a',
  land: '#23282d',
  border: '#5d646b',
  place: '#a9adb1',
  placeHalo: '#1c2125',
  ink: '#e9e7e1',
  paper: '#15191d',
  confidence: { high: '#ff8088', moderate: '#ffab66', low: '#e2c86b' },
  selection: '#7db4ff',
  panel: '#171b1f',
  panelRaised: '#20252a',
  text: '#eceae4',
  textQuiet: '#a7abb0',
  rule: '#343a41',
  link: '#8fbcff',
  error: '#ff9a90',
  agree: '#7fd09f',
};

/** Fonts of the map's labels, by the names that the style's `font-faces` give them. */
export const FONT = { regular: ['Noto Sans Regular'], medium: ['Noto Sans Medium'] };

/** Sizes on the map, in CSS pixels. */
export const SIZE = { mark: 22, referencePoint: 14, group: 15, selectionRing: 17 } as const;
