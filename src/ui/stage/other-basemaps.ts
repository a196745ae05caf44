import { isBasemapUrl } from '../../io/address-params';
import { fetchMapStyle } from '../../io/map-style';
import { type TileArchive, openTileArchive } from '../../io/tile-archive';
import type { Base, Labels } from '../../map/base';
import { baseOfStyle, parseAttribution } from '../../map/foreign-base';
import type { Theme } from '../../map/theme';
import { archiveUrl } from './archive-protocol';

/** Makes a base in the colours of a theme, with names as they are wanted. */
export type MakeBase = (theme: Theme, labels: Labels) => Base;

/** OpenFreeMap asks for no key; its terms ask for the credit that its style carries. */
const STREETS_STYLE = {
  light: 'https://tiles.openfreemap.org/styles/positron',
  dark: 'https://tiles.openfreemap.org/styles/dark',
} as const;

async function makerOfStyle(url: string): Promise<MakeBase> {
  const base = baseOfStyle(await fetchMapStyle(url), url);
  return () => base;
}

/** Streets from the internet, which have a style for each theme. Rejects with what is wrong. */
export function makerOfStreets(theme: Theme['id']): Promise<MakeBase> {
  return makerOfStyle(STREETS_STYLE[theme]);
}

/** What is at an address: a .pmtiles archive, or a map style. Rejects with what is wrong. */
export async function makerOfAddress(address: string): Promise<MakeBase> {
  if (!isBasemapUrl(address)) {
    throw new Error('That is no http or https address, or it has a password in it, which cannot be used.');
  }
  const url = new URL(address);
  if (url.pathname.endsWith('.pmtiles')) return await makerOfArchive(await openTileArchive(url.href));
  return await makerOfStyle(url.href);
}

/** An archive in the Protomaps basemap schema. Rejects when it is in another. */
export async function makerOfArchive(archive: TileArchive): Promise<MakeBase> {
  // The style of a foreign archive is only for those who bring one.
  const { PROTOMAPS_LAYERS, protomapsBase } = await import('../../map/protomaps');
  const missing = PROTOMAPS_LAYERS.filter((layer) => !archive.layers.includes(layer));
  if (missing.length > 0) {
    const found = archive.layers.join(', ') || 'none';
    throw new Error(
      `The archive is not in the Protomaps basemap schema: it lacks ${missing.join(', ')} (layers: ${found}).`,
    );
  }
  const url = archiveUrl(archive.key, Promise.resolve(archive));
  const credits = parseAttribution(archive.attribution);
  return (theme, labels) => protomapsBase(theme, labels, { url, layers: archive.layers, credits });
}
