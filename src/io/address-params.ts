import { type DaySpan, formatIsoDays, parseEventDate } from '../domain/dates';
import { wrapLng } from '../domain/distance';

/** Where the map looks. */
export interface View {
  lng: number;
  lat: number;
  zoom: number;
}

/** The base of the map: built in, streets, or the http address of an archive or a style. */
export type BasemapName = 'atlas' | 'streets' | (string & {});

/** One part of the address. */
export interface Param<T> {
  /** what is meant when the address does not have it */
  default: T;
  /** Reads it; whatever is not understood is given to `ignore`, and the rest is kept. */
  parse(text: string, ignore: (text: string) => void): T;
  /** Writes it; `undefined` for the default, which is left out. */
  stringify(value: T): string | undefined;
}

/** Digits that a pixel is worth at a zoom. */
function digitsAt(zoom: number): number {
  return Math.max(0, Math.ceil(Math.log10((512 * 2 ** zoom) / 360)));
}

export function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}

export function isLngLat(lng: number, lat: number): boolean {
  return Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
}

export function formatLngLat(lng: number, lat: number, digits: number): string {
  const wrapped = wrapLng(Number(lng.toFixed(digits)));
  return `${Number(wrapped.toFixed(digits))},${Number(lat.toFixed(digits))}`;
}

export const view: Param<View | undefined> = {
  default: undefined,
  parse(text, ignore) {
    const numbers = text.split(',').map(numberOf);
    const [lng = NaN, lat = NaN, zoom = NaN] = numbers;
    if (numbers.length === 3 && isLngLat(lng, lat) && zoom >= 0 && zoom <= 24) return { lng, lat, zoom };
    ignore(text);
    return undefined;
  },
  stringify(value) {
    if (value === undefined) return undefined;
    const { lng, lat, zoom } = value;
    return `${formatLngLat(lng, lat, digitsAt(zoom))},${Number(zoom.toFixed(2))}`;
  },
};

export const anyText: Param<string> = {
  default: '',
  parse: (text) => text,
  stringify: (text) => (text === '' ? undefined : text),
};

export const slug: Param<string | undefined> = {
  default: undefined,
  parse(text, ignore) {
    if (text === '') ignore(text);
    return text === '' ? undefined : text;
  },
  stringify: (id) => id,
};

/** A comma parts the values of a list, so one in a value is `~.`, a tilde is `~~`, and an empty value `~-`. */
function escapeItem(value: string): string {
  return value === '' ? '~-' : value.replaceAll('~', '~~').replaceAll(',', '~.');
}

function unescapeItem(text: string): string {
  return text === '~-' ? '' : text.replace(/~([~.])/g, (_, code) => (code === '~' ? '~' : ','));
}

/** The chosen values of a facet, or any of them; `known` are those that there can be, if that is sure. */
export function facet(known?: readonly string[]): Param<ReadonlySet<string> | undefined> {
  return {
    default: undefined,
    parse(text, ignore) {
      const values = text.split(',').map(unescapeItem);
      const good = values.filter((value) => known?.includes(value) ?? true);
      if (text === '') ignore(text);
      else for (const value of values) if (!good.includes(value)) ignore(value);
      return good.length > 0 && text !== '' ? new Set(good) : undefined;
    },
    stringify(values) {
      if (values === undefined || values.size === 0) return undefined;
      return [...values].map(escapeItem).sort().join(',');
    },
  };
}

export const days: Param<DaySpan | undefined> = {
  default: undefined,
  parse(text, ignore) {
    const parsed = parseEventDate(text);
    if ('span' in parsed) return parsed.span;
    ignore(text);
    return undefined;
  },
  stringify: (span) => span && formatIsoDays(span),
};

/** Whether a text is an address that a basemap can be asked from. */
export function isBasemapUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

export const basemap: Param<BasemapName> = {
  default: 'atlas',
  parse(text, ignore) {
    if (text === 'atlas' || text === 'streets' || isBasemapUrl(text)) return text;
    ignore(text);
    return 'atlas';
  },
  stringify: (name) => (name === 'atlas' ? undefined : name),
};

/** Whether a text is an address that data can be fetched from: whole, or as seen from the page. */
export function isDataAddress(text: string): boolean {
  const page = 'http://page.invalid/';
  if (text.trim() === '' || !URL.canParse(text, page)) return false;
  const { protocol, username, password } = new URL(text, page);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

/** The address of a file of data, as it was given; left out: the data that came with the page. */
export const dataAddress: Param<string | undefined> = {
  default: undefined,
  parse(text, ignore) {
    if (isDataAddress(text)) return text;
    ignore(text);
    return undefined;
  },
  stringify: (address) => address,
};

/** One of a few words, or none. */
export function choice<T extends string>(words: readonly T[]): Param<T | undefined> {
  return {
    default: undefined,
    parse(text, ignore) {
      const word = words.find((known) => known === text);
      if (word === undefined) ignore(text);
      return word;
    },
    stringify: (word) => word,
  };
}

/** On when the key is there by itself. */
export const flag: Param<boolean> = {
  default: false,
  parse(text, ignore) {
    const isOn = ['', 'yes', 'true', '1'].includes(text);
    if (!isOn && !['no', 'false', '0'].includes(text)) ignore(text);
    return isOn;
  },
  stringify: (isOn) => (isOn ? '' : undefined),
};
