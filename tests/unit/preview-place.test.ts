import { expect, test } from 'vitest';
import { placeInWords } from '../../src/ui/record/open/preview-place';

test.each([
  [undefined, '–'],
  [null, '–'],
  [{ type: 'Point', coordinates: [37.6, 55.7] }, '55.7, 37.6'],
  [{ type: 'Point', coordinates: 'here' }, 'here'],
  [{ type: 'Polygon', coordinates: [] }, 'Area'],
  [{ type: 'MultiPolygon', coordinates: [] }, 'Area'],
  [{ type: 'LineString', coordinates: [] }, 'Line'],
  [{ type: 'MultiLineString', coordinates: [] }, 'Lines'],
  [{ type: 'MultiPoint', coordinates: [] }, 'Points'],
  [{ type: 'GeometryCollection', geometries: [] }, 'Several shapes'],
  [{ type: 'Circle' }, 'No known shape'],
])('the place of a row in the preview: %j', (geometry, words) => {
  expect(placeInWords(geometry)).toBe(words);
});
