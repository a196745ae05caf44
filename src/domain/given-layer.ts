/** The id of the layer that the page opens with. */
export const GIVEN_LAYER = 'given';
