import { centerOf } from '../../domain/distance';
import type { DataSetMark } from '../../map/legend';
import type { Selection } from '../../map/selection-layers';
import type { MapState } from '../../map/style';
import type { AppState } from '../app-state.svelte';
import { contains } from './camera';
import { LABEL_FONTS } from './label-fonts';
import { TILES_URL } from './sighting-protocol';

function selectionOf(app: AppState): Selection | undefined {
  const { selectedRow: row, selectedPlace, extent } = app;
  if (row === undefined || selectedPlace === undefined) return undefined;
  const center = centerOf(selectedPlace);
  const lines = app.distances.map(({ referencePoint, interval }) => ({
    from: center,
    to: referencePoint,
    interval,
    label: app.measuring.part?.formatDistance(interval, app.measure.units).distance ?? '',
    isEndInView: extent === undefined || contains(extent, referencePoint),
  }));
  const disc = 'area' in selectedPlace ? {} : { uncertaintyMeters: selectedPlace.uncertaintyMeters };
  return { row, center, lines, ...disc };
}

/** The data sets that the table has rows of, by the index of their layer. */
export function shownDataSets({ table, record }: AppState): DataSetMark[] {
  const layers = record.workspace?.layers ?? [];
  return table.layers.map((id) => {
    const { name = id, ring = 'none' } = layers.find((layer) => layer.id === id) ?? {};
    return { name, ring };
  });
}

/**
 * What the map shows, of all that the app has.
 * @param areas the sightings that are areas, which take a look at each row
 */
export function mapStateOf(app: AppState, areas: MapState['areas']): MapState {
  const { find, measure } = app;
  const { published } = app.source;
  const found = find.isPending && find.wantsAll ? app.table : find.rowsOnMap;
  return {
    theme: app.theme,
    base: app.basemap.base,
    graticule: app.isPastDetail ? app.extent : undefined,
    tilesUrl: TILES_URL,
    fontFaces: LABEL_FONTS,
    systems: app.systems,
    referencePoints: app.referencePoints,
    shownCount: published?.placedCount ?? found.length,
    layerRings: shownDataSets(app).map(({ ring }) => ring),
    areas,
    rings: [...(find.nearRing ? [find.nearRing] : []), ...measure.drawnRings],
    measured: measure.drawn,
    draft: app.record.drawn,
    selected: selectionOf(app),
  };
}
