import { wrapLng } from '../domain/distance';

/** Where the map looks. */
export interface View {
  lng: number;
  lat: number;
  zoom: number;
}

/** What the address holds. */
export interface Address {
  /** left out: the view that the data asks for */
  view: View | undefined;
  /** id of the selected sighting */
  sighting: string | undefined;
}

interface Param<T> {
  parse(text: string): T | undefined;
  stringify(value: T): string;
}

const view: Param<View> = {
  parse(text) {
    const numbers = text.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
    const [lng = NaN, lat = NaN, zoom = NaN] = numbers;
    const isView =
      numbers.length === 3 && Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && zoom >= 0 && zoom <= 24;
    return isView ? { lng, lat, zoom } : undefined;
  },
  stringify({ lng, lat, zoom }) {
    // As many digits as a pixel is worth at that zoom.
    const digits = Math.max(0, Math.ceil(Math.log10((512 * 2 ** zoom) / 360)));
    const rounded = Number(lng.toFixed(digits));
    const wrapped = wrapLng(rounded);
    return `${Number(wrapped.toFixed(digits))},${Number(lat.toFixed(digits))},${Number(zoom.toFixed(2))}`;
  },
};

const sighting: Param<string> = {
  parse: (text) => (text === '' ? undefined : text),
  stringify: (id) => id,
};

/** Every part of the address: its key, how it is read and written. */
const PARAMS = { view, sighting };

/** Reads a query string. What is not understood is left out; `ignored` names it. */
export function parseAddress(search: string): { address: Address; ignored: string[] } {
  const params = new URLSearchParams(search);
  const ignored: string[] = [];
  const read = <T>(key: string, param: Param<T>): T | undefined => {
    const text = params.get(key);
    if (text === null) return undefined;
    const value = param.parse(text);
    if (value === undefined) ignored.push(`${key}=${text}`);
    return value;
  };
  const address = { view: read('view', PARAMS.view), sighting: read('sighting', PARAMS.sighting) };
  return { address, ignored };
}

/** Writes the query string, `?` included, or '' when there is nothing to say. */
export function stringifyAddress(address: Address): string {
  const parts: string[] = [];
  // A comma needs no escape in a query, and the address is to be read by people.
  const add = (key: string, text: string) =>
    parts.push(`${key}=${encodeURIComponent(text).replaceAll('%2C', ',')}`);
  if (address.view) add('view', PARAMS.view.stringify(address.view));
  if (address.sighting !== undefined) add('sighting', PARAMS.sighting.stringify(address.sighting));
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}
