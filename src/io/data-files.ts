/** The files of a data set, by their names in geo/. */
export const DATA_FILES = {
  sightings: 'sightings.geojson',
  systems: 'systems.json',
  referencePoints: 'reference-points.geojson',
} as const;
