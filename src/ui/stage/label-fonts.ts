import cyrillicExtMedium from '@fontsource/noto-sans/files/noto-sans-cyrillic-ext-500-normal.woff2?url';
import cyrillicExtRegular from '@fontsource/noto-sans/files/noto-sans-cyrillic-ext-400-normal.woff2?url';
import cyrillicExtItalic from '@fontsource/noto-sans/files/noto-sans-cyrillic-ext-400-italic.woff2?url';
import cyrillicItalic from '@fontsource/noto-sans/files/noto-sans-cyrillic-400-italic.woff2?url';
import latinExtItalic from '@fontsource/noto-sans/files/noto-sans-latin-ext-400-italic.woff2?url';
import latinItalic from '@fontsource/noto-sans/files/noto-sans-latin-400-italic.woff2?url';
import cyrillicMedium from '@fontsource/noto-sans/files/noto-sans-cyrillic-500-normal.woff2?url';
import cyrillicRegular from '@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff2?url';
import latinExtMedium from '@fontsource/noto-sans/files/noto-sans-latin-ext-500-normal.woff2?url';
import latinExtRegular from '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff2?url';
import latinMedium from '@fontsource/noto-sans/files/noto-sans-latin-500-normal.woff2?url';
import latinRegular from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url';
import unicodeRanges from '@fontsource/noto-sans/unicode.json';
import type { FontFacesSpecification } from '@maplibre/maplibre-gl-style-spec';

type Subset = 'latin' | 'latin-ext' | 'cyrillic' | 'cyrillic-ext';

function faces(files: Readonly<Record<Subset, string>>) {
  return Object.entries(files).map(([subset, url]) => ({
    url: new URL(url, document.baseURI).href,
    'unicode-range': unicodeRanges[subset as Subset].split(','),
  }));
}

/** The fonts of the map's labels, which MapLibre loads for the characters that a label has. */
export const LABEL_FONTS: FontFacesSpecification = {
  'Noto Sans Regular': faces({
    latin: latinRegular,
    'latin-ext': latinExtRegular,
    cyrillic: cyrillicRegular,
    'cyrillic-ext': cyrillicExtRegular,
  }),
  'Noto Sans Medium': faces({
    latin: latinMedium,
    'latin-ext': latinExtMedium,
    cyrillic: cyrillicMedium,
    'cyrillic-ext': cyrillicExtMedium,
  }),
  'Noto Sans Italic': faces({
    latin: latinItalic,
    'latin-ext': latinExtItalic,
    cyrillic: cyrillicItalic,
    'cyrillic-ext': cyrillicExtItalic,
  }),
};
