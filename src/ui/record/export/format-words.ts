import type { ExportFormat } from '../../../io/export';

/** What each format is for, and what it loses. */
export const FORMAT_WORDS: Readonly<Record<ExportFormat, { isFor: string; loses: string }>> = {
  geojson: {
    isFor: 'The data itself. What nobody changed keeps its very bytes, and saving twice gives the same file.',
    loses: '',
  },
  csv: {
    isFor:
      'A flat table for spreadsheets, a sighting a line. Opened here again, it gives the same sightings.',
    loses: 'The title and licence of the data set have no place in a table.',
  },
  zip: {
    isFor: 'To keep or hand on: GeoJSON, reference points, systems, schema, a README and checksums.',
    loses: '',
  },
  kml: {
    isFor: 'For Google Earth and other globes. Opened here again, it gives the same sightings.',
    loses: 'Circles of uncertainty are not drawn, and the title and licence of the data set have no place.',
  },
  simplestyle: {
    isFor: 'For viewers that know simplestyle, such as GitHub and geojson.io.',
    loses: 'It has titles, descriptions and colours only. It is not the contract: keep the data elsewhere.',
  },
};
