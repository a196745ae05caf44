import type { Box } from './geometry';

/** Last zoom of the tiles of the world; beyond it they are drawn larger. */
export const WORLD_ZOOM = 6;
/** Last zoom of the tiles of the region. */
export const REGION_ZOOM = 8;
/** Where zooms above the world's last one exist. */
export const REGION: Box = [18, 43, 62, 70];
/** A little more than the region, so that its outermost tiles are whole. */
export const REGION_WITH_MARGIN: Box = [16, 41.5, 64, 71];
