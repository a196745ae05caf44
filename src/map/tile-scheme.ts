/** From this zoom on a mark stands for one sighting, unless several coincide or crowd. */
export const SINGLE_ZOOM = 8;

/** Zoom past which tiles are not made: a cell is then finer than any report. */
export const MAX_TILE_ZOOM = 18;

/** Size of a tile in its own units: an eighth of a pixel each. */
export const EXTENT = 4096;
