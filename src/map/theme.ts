import type { Confidence } from '../domain/sighting';
import type { RingColor } from '../domain/work';

/** Colours by meaning, for the map and for the page around it. */
export interface Theme {
  id: 'light' | 'dark';
  /** the base under everything */
  water: string;
  land: string;
  urban: string;
  /** the core of Moscow, inside its ring road */
  urbanCore: string;
  river: string;
  border: string;
  /** a line that is not an internationally recognised border */
  disputedBorder: string;
  /** the border of a region inside a country */
  regionBorder: string;
  place: string;
  minorPlace: string;
  placeHalo: string;
  graticule: string;
  /** what is written and drawn on the map by us */
  ink: string;
  /** what ink stands out from: halos, casings, the inside of hollow marks */
  paper: string;
  confidence: Readonly<Record<Confidence, string>>;
  /** around the marks of a data set */
  rings: Readonly<Record<RingColor, string>>;
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
  land: '#f4f1e9',
  urban: '#ece7dc',
  urbanCore: '#e0d9cb',
  river: '#aec6d2',
  border: '#8f877a',
  disputedBorder: '#8f6a45',
  regionBorder: '#c0b8a9',
  place: '#45423b',
  minorPlace: '#6b675d',
  placeHalo: '#f7f5ef',
  graticule: '#b7b0a2',
  ink: '#23282f',
  paper: '#fffdf8',
  confidence: { high: '#9b1c31', moderate: '#b9501a', low: '#80661a' },
  rings: {
    none: 'transparent',
    teal: '#0b7a75',
    violet: '#6d3fb3',
    olive: '#4f6b0f',
    rose: '#b0307e',
    slate: '#4a5a6e',
  },
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
  water: '#12191f',
  land: '#20252a',
  urban: '#2a3036',
  urbanCore: '#343c44',
  river: '#3b5e77',
  border: '#727a82',
  disputedBorder: '#b08d63',
  regionBorder: '#474e55',
  place: '#c3c6c8',
  minorPlace: '#979ca1',
  placeHalo: '#1a1f23',
  graticule: '#4a5158',
  ink: '#e9e7e1',
  paper: '#15191d',
  confidence: { high: '#ff8088', moderate: '#ffab66', low: '#e2c86b' },
  rings: {
    none: 'transparent',
    teal: '#4fd1c0',
    violet: '#b79cff',
    olive: '#b5cf5a',
    rose: '#ff8fc7',
    slate: '#a9bccf',
  },
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
export const FONT = {
  regular: ['Noto Sans Regular'],
  medium: ['Noto Sans Medium'],
  italic: ['Noto Sans Italic'],
};

/** Sizes on the map, in CSS pixels. */
export const SIZE = {
  mark: 22,
  referencePoint: 14,
  ownPoint: 16,
  group: 15,
  layerRing: 13,
  selectionRing: 17,
} as const;
