import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sighting, SourceField } from '../../src/domain/sighting';
import { applyMapping } from '../../src/io/apply-mapping';
import { suggestMapping } from '../../src/io/column-guess';
import { isDayFirst, readDate } from '../../src/io/date-text';
import type { ForeignData } from '../../src/io/foreign';
import { SIGHTING_NAMES, SOURCE_NAMES, wordsOf } from '../../src/io/column-names';
import { readSightings } from '../../src/io/geojson';
import { placeOf } from '../../src/io/place-text';
import { type Mapping, emptyMapping, unusedColumns, unusedNote } from '../../src/io/mapping';
import { readKml } from '../../src/io/markup';
import { readMeters } from '../../src/io/number-text';
import { swapNote } from '../../src/cli/swap-note';
import { SIGHTING_READERS } from '../../src/io/field-text';
import { Gazetteer } from '../../src/io/gazetteer';
import { swappedByName } from '../../src/io/swapped-names';
import { looksSwapped, pairsOfData, swapSentence, swappedShare } from '../../src/io/swapped-places';
import { readTable } from '../../src/io/table-file';
import { formatWkt, parseWkt } from '../../src/io/wkt';
import { anySighting } from './any-sighting';
import { ROOT, geoContext, toBytes, toText } from './fixtures';

const value = (text: string) => ({ from: 'value', value: text }) as const;
const column = (name: string) => ({ from: 'column', column: name }) as const;

/** What somebody gives once for all rows, so that a title, a date and a place are enough. */
function completed(mapping: Mapping): Mapping {
  return {
    ...mapping,
    fields: {
      ...mapping.fields,
      verbatimLocality: value('a park'),
      coordinateUncertaintyInMeters: value('500 m'),
      confidence: value('Low'),
      confidenceBasis: value('One origin.'),
    },
    source: {
      ...mapping.source,
      publisher: value('A paper'),
      publishedDate: value('20 January 2023'),
      origin: value('An origin'),
      claim: value('It reports this.'),
    },
  };
}

function tableOf(text: string): ForeignData {
  return readTable(toBytes(text));
}

function imported(text: string, change: (mapping: Mapping) => Mapping = completed, taken: string[] = []) {
  const data = tableOf(text);
  const result = applyMapping(data, change(suggestMapping(data)), geoContext(), new Set(taken));
  const { features } = JSON.parse(toText(result.bytes)) as { features: Sighting[] };
  expect(features.length).toBe(result.accepted);
  const read = readSightings(result.bytes, geoContext());
  expect([read.accepted, read.rejected]).toEqual([result.accepted, 0]);
  return { ...result, features };
}

describe('a suggestion', () => {
  test.for(['english.csv', 'russian-windows-1251.csv'])('for %s finds all columns', (name) => {
    const data = readTable(new Uint8Array(readFileSync(join(ROOT, 'tests/fixtures/tables/good', name))));
    const mapping = suggestMapping(data);
    const [title = '', lat = '', lng = '', date = '', source = '', url = ''] = data.columns;
    expect([mapping.fields.title, mapping.fields.eventDate]).toEqual([column(title), column(date)]);
    expect([mapping.source.publisher, mapping.source.url]).toEqual([column(source), column(url)]);
    expect(mapping.place).toEqual({ from: 'columns', lng, lat });
  });

  test.for([
    ['latitude,longitude', { from: 'columns', lat: 'latitude', lng: 'longitude' }],
    ['y,x', { from: 'columns', lat: 'y', lng: 'x' }],
    [
      'decimalLatitude,decimal_longitude',
      { from: 'columns', lat: 'decimalLatitude', lng: 'decimal_longitude' },
    ],
    ['Широта,Долгота', { from: 'columns', lat: 'Широта', lng: 'Долгота' }],
    ['a,b', { from: 'nothing' }],
  ] as const)('for the columns %s', ([names, place]) => {
    expect(suggestMapping(tableOf(`${names}\n55.7,37.6\n`)).place).toEqual(place);
  });

  test('is no column by its name that is nearly empty where another is full', () => {
    const rows = Array.from({ length: 6 }, (_, i) => `Park ${i},${i === 0 ? '2023-01-18' : ''},2023-01-19`);
    const { fields } = suggestMapping(tableOf(`title,date,time\n${rows.join('\n')}\n`));
    expect(fields.eventDate).toEqual(column('time'));
  });

  test('for names of columns has each once, in the form in which they are compared', () => {
    const names = [...Object.values(SIGHTING_NAMES), ...Object.values(SOURCE_NAMES)].flat();
    expect(names.filter((name) => wordsOf(name) !== name)).toEqual([]);
    // A name in Spanish, a number in French: its values tell.
    expect(names.filter((name, i) => names.indexOf(name) < i)).toEqual(['nombre']);
  });

  const FOUND: readonly (keyof Mapping['fields'] | `source.${SourceField}`)[] = [
    ...(['title', 'system', 'quantity', 'eventDate', 'verbatimLocality'] as const),
    ...(['coordinateUncertaintyInMeters', 'confidence', 'confidenceBasis', 'source.publisher'] as const),
    ...(['source.url', 'source.publishedDate', 'source.origin', 'source.claim'] as const),
  ];
  const VALUES =
    'S-400 in a park;s-400;2;2023-01-19;a park;500;_;Why;A paper;https://a.example/;2023-01-20;TASS;It.';
  test.for([
    [
      'Название;Система ПВО;Количество;Дата наблюдения;Место наблюдения;Радиус, м;Уровень достоверности;Обоснование;Издание;Ссылка на источник;Дата публикации;Первоисточник;Утверждение',
      'Высокая;средний;низкая',
    ],
    [
      'Назва;Система ППО;Кількість;Дата спостереження;Місцезнаходження;Похибка (м);Рівень впевненості;Підстава;Видання;Посилання на джерело;Дата публікації;Першоджерело;Твердження',
      'Висока;середня;низький',
    ],
    [
      'Überschrift;Waffensystem;Stückzahl;Beobachtungsdatum;Fundort;Radius in Metern;Gewissheit;Begründung;Zeitung;Quellenlink;Erschienen;Ursprüngliche Quelle;Behauptung',
      'hoch;mittel;niedrig',
    ],
    [
      'Titre;Type de système;Nombre;Date d’observation;Localisation;Rayon d’incertitude (m);Niveau de confiance;Raison;Éditeur;Lien source;Date de parution;Source d’origine;Affirmation',
      'Élevée;moyenne;faible',
    ],
    [
      'Nombre;Sistema de armas;Cantidad;Fecha;Ubicación;Radio de incertidumbre (metros);Confianza;Justificación;Periódico;Enlace;Fecha de publicación;Fuente original;Afirmación',
      'alta;media;baja',
    ],
  ])('for %s finds all columns and reads its words', ([names = '', words = '']) => {
    const rows = words.split(';').map((word) => VALUES.replace('_', word));
    const data = tableOf([names, ...rows, ''].join('\n'));
    const { fields, source } = suggestMapping(data);
    const choices = FOUND.map((field) =>
      field.startsWith('source.')
        ? source[field.slice('source.'.length) as SourceField]
        : fields[field as keyof Mapping['fields']],
    );
    expect(choices).toEqual(names.split(';').map(column));
    const readings = words
      .split(';')
      .map((word) => SIGHTING_READERS.confidence(word, { dayFirst: undefined }));
    expect(readings.map((reading) => reading.value)).toEqual(['high', 'moderate', 'low']);
    expect(readings[0]?.mend).toMatch(/^“.*” was read as high$/);
  });

  test('takes columns named x and y for no place when they are metres', () => {
    expect(suggestMapping(tableOf('x,y\n4187000,7510000\n')).place).toEqual({ from: 'nothing' });
  });

  test.for([
    '55.75, 37.61',
    '55°45′06″N 37°37′04″E',
    '37U DB 13246 79310',
    'geo:55.7,37.6',
    'POINT (37.6 55.7)',
  ])('sees by its values that a column says the place: %s', (text) => {
    expect(suggestMapping(tableOf(`title,spot\nOne,"${text}"\n`)).place).toEqual({
      from: 'one column',
      column: 'spot',
    });
  });

  test.for<[string, string[], [lat: number, lng: number] | undefined]>([
    ['degrees', ['One;55.75;37.61;3', 'Two;55.80;37.70;4'], [2, 3]],
    ['degrees, the longitude first', ['One;137.61;55.75', 'Two;137.70;55.80'], [3, 2]],
    ['letters', ['37°37′E;55°45′N', '37°38′E;55°46′N'], [2, 1]],
    ['decimal commas', ['One;55,75;37,61', 'Two;55,80;37,70'], [2, 3]],
    ['many digits among few', ['One;12.50;55.7512;37.6123', 'Two;13.75;55.8011;37.7099'], [3, 4]],
    ['three numbers alike', ['One;12.50;13.75;14.25', 'Two;13.75;14.25;15.50'], undefined],
    ['numbers apart', ['55.75;One;37.61', '55.80;Two;37.70'], undefined],
    ['whole numbers', ['One;55;37', 'Two;56;38'], undefined],
    ['dates', ['One;19.01.2023;20.01.2023', 'Two;19.01.2023;20.01.2023'], undefined],
    ['metres', ['One;4187000.25;7510000.75', 'Two;4187000.25;7510000.75'], undefined],
  ])('of a table without names sees the place by its values: %s', ([, rows, pair]) => {
    const data = readTable(toBytes(`${rows.join('\n')}\n`), { headerRow: 0, delimiter: ';' });
    const [lat, lng] = (pair ?? []).map((number) => data.columns[number - 1]);
    const { place, fields } = suggestMapping(data);
    expect(place).toEqual(pair ? { from: 'columns', lat, lng } : { from: 'nothing' });
    if (pair) expect(Object.values(fields)).not.toContainEqual(column(lat ?? ''));
  });

  test('takes numbers in columns with other names for no place', () => {
    expect(suggestMapping(tableOf('price,weight\n55.7512,37.6123\n')).place).toEqual({ from: 'nothing' });
  });

  test('takes no column of dates for places', () => {
    const mapping = suggestMapping(tableOf('title,seen\nOne,19.01.2023\n'));
    expect([mapping.place, mapping.fields.eventDate]).toEqual([{ from: 'nothing' }, column('seen')]);
  });

  test('takes the times of Placemarks for the date, and leaves a second time of one alone', () => {
    const [stamp, span] = [
      '<TimeStamp><when>2023-01-19</when></TimeStamp>',
      '<TimeSpan><begin>2023-01-06</begin><end>2023-01-20</end></TimeSpan>',
    ];
    const marks = [stamp, span, stamp + span].map((times) => `<Placemark>${times}</Placemark>`);
    const data = readKml(toBytes(`<kml>${marks.join('')}</kml>`), () => undefined);
    const mapping = suggestMapping(data);
    expect(data.features.map(({ fields }) => fields.get('time'))).toEqual([
      '2023-01-19',
      '2023-01-06/2023-01-20',
      '2023-01-06/2023-01-20',
    ]);
    expect(mapping.fields.eventDate).toEqual(column('time'));
    expect(unusedColumns(data.columns, mapping)).toEqual(['timestamp']);
  });

  test('gives no column two meanings, and makes no value up', () => {
    const data = tableOf('name,title,date,published,source,status,id\na,b,2023-01-19,2023-01-20,c,open,1\n');
    const { fields, source } = suggestMapping(data);
    const choices = [...Object.values(fields), ...Object.values(source)];
    const columns = choices.flatMap((choice) => (choice.from === 'column' ? [choice.column] : []));
    expect(new Set(columns).size).toBe(columns.length);
    expect(choices.filter(({ from }) => from !== 'column' && from !== 'nothing')).toEqual([]);
    expect(fields.status).toEqual({ from: 'nothing' }); // "open" is not one of its words
  });
});

describe('a row', () => {
  test('that has all it needs becomes a sighting, keys in the order of the contract', () => {
    const { features, incomplete } = imported(
      'title,lat,lon,date\nS-400 in a park,"55,87","37,80",19.01.2023\n',
    );
    expect(incomplete).toEqual([]);
    expect(JSON.stringify(features[0])).toBe(
      '{"type":"Feature","id":"s-400-in-a-park-2023-01-19","geometry":{"type":"Point","coordinates":[37.8,55.87]},"properties":{"title":"S-400 in a park","eventDate":"2023-01-19","verbatimLocality":"a park","coordinateUncertaintyInMeters":500,"confidence":"low","confidenceBasis":"One origin.","sources":[{"publisher":"A paper","publishedDate":"2023-01-20","origin":"An origin","claim":"It reports this."}]}}',
    );
  });

  test('that lacks what nobody gave is a draft, in the words of the contract', () => {
    const { incomplete, accepted } = imported(
      'title,lat,lon,date\nOne,55.7,37.6,2023-01-19\n',
      (mapping) => mapping,
    );
    expect(accepted).toBe(0);
    expect(incomplete[0]).toMatchObject({
      place: 'line 2',
      feature: { geometry: { type: 'Point', coordinates: [37.6, 55.7] }, properties: { title: 'One' } },
    });
    expect(incomplete[0]?.reasons).toEqual([
      '$.properties.verbatimLocality: is missing and required',
      '$.properties.confidence: is missing and required',
      '$.properties.confidenceBasis: is missing and required',
      '$.properties.sources: is missing and required',
      '$.properties.coordinateUncertaintyInMeters: is missing: a point needs the radius of the circle that contains the whole place',
    ]);
  });

  test.for([
    ['One,north,37.6,2023-01-19', /^\$\.geometry: .*no known format/, { coordinates: [37.6, 'north'] }],
    [
      'One,95,37.6,2023-01-19',
      /: latitude 95 in column “lat” is outside -90 to 90: correct it there$/,
      { coordinates: [37.6, 95] },
    ],
    ['One,55.7,,2023-01-19', /the longitude is missing/, { coordinates: ['', 55.7] }],
    ['One,55.7,37.6,01/02/2023', /can be read in two ways/, {}],
    ['One,55.7,37.6,soon', /"soon" is not a date/, {}],
    ['One,55.7,37.6,19.01.23', /year of two digits/, {}],
    ['One,55.7,37.6,31.02.2023', /does not exist/, {}],
  ] as const)('%s is a draft that keeps its values', ([row, reason, geometry]) => {
    const { incomplete } = imported(`title,lat,lon,date\n${row}\nTwo,55.7,37.6,2023-01-19\n`);
    expect(incomplete.map(({ reasons }) => reasons)).toEqual([[expect.stringMatching(reason)]]);
    expect(incomplete[0]?.feature).toMatchObject({ geometry });
  });

  test('that says nothing is set aside', () => {
    const { setAside } = imported('title,lat,lon,date,else\nOne,55.7,37.6,2023-01-19,\n,,,,x\n');
    expect(setAside).toEqual([
      { place: 'line 3', reason: 'has nothing in the columns that are used', text: ',,,,x' },
    ]);
  });

  test('without a place is reported without a place', () => {
    expect(
      imported('title,lat,lon,date\nOne,,,2023-01-19\nTwo,1,2,2023-01-19\n').features[0]?.geometry,
    ).toBeNull();
  });

  test('may have the uncertainty that its coordinates leave open, only when the mapping says so', () => {
    const { features } = imported('title,lat,lon,date\nOne,55.7,37.6,2023-01-19\n', (mapping) => {
      const whole = completed(mapping);
      return {
        ...whole,
        fields: { ...whole.fields, coordinateUncertaintyInMeters: { from: 'coordinates' } },
      };
    });
    expect(features[0]?.properties.coordinateUncertaintyInMeters).toBe(6420);
  });

  test('may have what the digits of a geometry leave open, by the one of two numbers that has more', () => {
    const openOf = (coordinates: readonly [number, number]) => {
      const geometry = { type: 'Point', coordinates };
      const feature = { place: 'feature 1', text: '', geometry, fields: new Map() };
      const reading = placeOf(feature, { place: { from: 'geometry' }, order: 'lng lat' });
      return Math.ceil(reading.uncertaintyMeters?.() ?? NaN);
    };
    expect(openOf([37.6, 55.7])).toBe(6420);
    // 55.70 is 55.7 as a number.
    expect(openOf([37.61, 55.7])).toBe(642);
  });

  test('of an area is mended where that changes no place', () => {
    const wkt = 'POLYGON ((37 55 100, 37 56 100, 38 56 100, 38 55 100))';
    const { features, mended } = imported(`title,wkt,date\nOne,"${wkt}",2023-01-19\n`);
    expect(features[0]?.geometry).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [37, 55],
          [38, 55],
          [38, 56],
          [37, 56],
          [37, 55],
        ],
      ],
    });
    expect(mended.map(({ what }) => what)).toEqual([
      'altitudes were dropped',
      'the ring was closed',
      'the ring was turned counter-clockwise',
    ]);
    expect(features[0]?.properties).not.toHaveProperty('coordinateUncertaintyInMeters');
  });
});

describe('ids', () => {
  test('stay when they are slugs, and are made anew with a word about it', () => {
    const { features, mended } = imported(
      'id,title,date\ngood-id,One,2023-01-19\nBad Id,Two,2023-01-19\ngood-id,One,2023-01-19\nтретий,Three,2023-01-19\n,Четыре,2023-01-19\n',
      completed,
      ['taken', 'tretij'],
    );
    expect(features.map(({ id }) => id)).toEqual([
      'bad-id',
      'chetyre-2023-01-19',
      'good-id',
      'good-id-2',
      expect.stringMatching(/^treti/),
    ]);
    expect(mended.map(({ place }) => place).toSorted()).toEqual(['line 3', 'line 4', 'line 5']);
  });

  test('that are sound are not given away to what has none', () => {
    const { features, mended } = imported('id,title,date\nX 1,One,2023-01-19\nx-1,Two,2023-01-19\n');
    const titles = Object.fromEntries(features.map(({ id, properties }) => [id, properties.title]));
    expect(titles).toEqual({ 'x-1': 'Two', 'x-1-2': 'One' });
    expect(mended.map(({ place }) => place)).toEqual(['line 2']);
  });

  test('of many rows alike are all different', () => {
    const { accepted } = imported(`title,date\n${'One,2023-01-19\n'.repeat(500)}`, completed, [
      'one-2023-01-19-7',
    ]);
    expect(accepted).toBe(500);
  });
});

describe('dates', () => {
  test.each([
    ['2023-01-19/..', 'without an end'],
    ['../2023-01-19', 'without a start'],
  ])('an interval that is open as %s is said to be', (date, said) => {
    const { incomplete } = imported(`title,date\nOne,${date}\nTwo,2023-01-19\n`);
    expect(incomplete.map(({ reasons }) => reasons.join())).toEqual([expect.stringContaining(said)]);
  });

  test.for([
    ['2023-01-19', '2023-01-19'],
    ['2023-01', '2023-01'],
    ['2023-01-06/2023-01-20', '2023-01-06/2023-01-20'],
    ['2023-01-19T23:59:00+03:00', '2023-01-19'],
    ['2023-01-19 12:30', '2023-01-19'],
    ['2023-01-06T21:00:00Z/2023-01-20T02:30:00Z', '2023-01-06/2023-01-20'],
    ['2023-01-19T21:00:00Z/2023-01-19T22:00:00Z', '2023-01-19'],
    ['2023/01/19', '2023-01-19'],
    ['2023-1-9', '2023-01-09'],
    ['19.01.2023', '2023-01-19'],
    ['1.2.2023', '2023-02-01'],
    ['19/01/2023', '2023-01-19'],
    ['01/19/2023', '2023-01-19'],
    ['05/05/2023', '2023-05-05'],
    ['19 January 2023', '2023-01-19'],
    ['January 19th, 2023', '2023-01-19'],
    ['Jan 2023', '2023-01'],
    ['19 января 2023 г.', '2023-01-19'],
    ['Май 2023', '2023-05'],
    ['3 марта 2023', '2023-03-03'],
  ])('%s is %s', ([text = '', iso]) => {
    expect(readDate(text, undefined)).toEqual({ iso });
  });

  test.for(['', 'soon', '2023', '44945', '19', '13/13/2023', '0/1/2023', '55.75, 37.61'])(
    '%s is none',
    (text) => {
      expect(readDate(text, true) ?? { problem: '' }).toHaveProperty('problem');
    },
  );

  test('01/02/2023 is read as the whole column tells', () => {
    expect([isDayFirst(['01/02/2023', '13/02/2023']), isDayFirst(['01/02/2023', '01/13/2023'])]).toEqual([
      true,
      false,
    ]);
    expect([isDayFirst(['01/02/2023']), isDayFirst(['13/02/2023', '01/13/2023'])]).toEqual([
      undefined,
      undefined,
    ]);
    const { features } = imported('title,date\nOne,01/02/2023\nTwo,13/02/2023\n');
    expect(features.map(({ properties }) => properties.eventDate)).toEqual(['2023-02-01', '2023-02-13']);
  });
});

test.for([
  ['500', 500],
  ['0,5 km', 500],
  ['1 500 м', 1500],
  ['1,500', undefined],
  ['about 500', undefined],
  ['', undefined],
] as const)('%s is %s metres', ([text, meters]) => {
  expect(readMeters(text)).toBe(meters);
});

test.for([
  ['1,500', true],
  ['12,000 m', true],
  ['12,000 м.', true],
  ['1,500,000 km', true],
  ['12,000 miles', false],
  ['about 12,000 m', false],
] as const)('%s metres can be read in two ways: %s', ([text, canBeTwo]) => {
  const { value, problem } = SIGHTING_READERS.coordinateUncertaintyInMeters(text, { dayFirst: undefined });
  expect([value, problem]).toEqual([
    text,
    canBeTwo ? `"${text}" can be read in two ways: write it without a comma` : undefined,
  ]);
});

describe('a point in a number', () => {
  const HEADER = 'title;lat;lon;date;radius;quantity\n';
  const row = (lat: string, lon: string, radius: string, quantity = '') =>
    `A;${lat};${lon};2023-01-19;${radius};${quantity}\n`;
  const unclear = (text: string) =>
    `"${text}" can be read in two ways, as other numbers of the file have decimal commas: write it without a point`;
  const read = (rows: string) => {
    const { features, incomplete } = imported(HEADER + rows, (suggested) => {
      const mapping = completed(suggested);
      const fields = { ...mapping.fields, coordinateUncertaintyInMeters: column('radius') };
      return { ...mapping, fields: { ...fields, quantity: column('quantity') } };
    });
    return [
      features.map(({ properties }) => properties.coordinateUncertaintyInMeters),
      incomplete.map(({ place, reasons }) => [place, ...reasons]),
    ];
  };
  const radius = '$.properties.coordinateUncertaintyInMeters: ';

  test.for([
    row('55,7', '37,6', '500'),
    row('55.7', '37.6', '2,5 km'),
    row('55.7', '37.6', '1.200,5'),
    row('55.7', '37.6', '1.200.300'),
  ])('may part thousands where numbers of the file have decimal commas: %j', (other) => {
    const [, drafts = []] = read(row('55.8', '37.6', '1.500') + other);
    expect(drafts[0]).toEqual(['line 2', radius + unclear('1.500')]);
  });

  test('may do so in a quantity, and before a unit', () => {
    const rows = row('55,8', '37,6', '1.500 m') + row('55,8', '37,6', '500', '1.000');
    expect(read(rows)).toEqual([
      [],
      [
        ['line 2', radius + unclear('1.500 m')],
        ['line 3', `$.properties.quantity: ${unclear('1.000')}`],
      ],
    ]);
  });

  test('is a decimal one where nothing else can be told, and of numbers that are no thousands', () => {
    expect(read(row('55.8', '37.6', '1.500') + row('55.8', '37.6', '1.25'))).toEqual([[1.5, 1.25], []]);
    expect(read(row('55,8', '37,6', '0.500') + row('55,8', '37,6', '1.5'))).toEqual([[0.5, 1.5], []]);
  });
});

describe('swapped latitude and longitude', () => {
  const text = 'title,lat,lon,date\nOne,137.6,55.7,2023-01-19\nTwo,37.6,55.8,2023-01-19\n';
  const data = tableOf(text);
  const mapping = suggestMapping(data);

  test('is noticed where latitudes are off the Earth', () => {
    const share = swappedShare(pairsOfData(data, mapping));
    expect(share).toEqual({ total: 2, outOfRange: 1, swappedFits: 1, near: 0, swappedNear: 0 });
    expect(looksSwapped(share)).toBe(true);
    expect(looksSwapped(swappedShare(pairsOfData(data, { ...mapping, order: 'lat lng' })))).toBe(false);
  });

  test('names the column that a latitude off the Earth is taken from', () => {
    const swapped = (given: Mapping): Mapping => ({ ...completed(given), order: 'lat lng' });
    const { incomplete } = imported('title,lat,lon,date\nOne,55.7,137.6,2023-01-19\n', swapped);
    expect(incomplete[0]?.reasons).toEqual([
      '$.geometry: latitude 137.6 in column “lon” is outside -90 to 90: correct it there',
    ]);
  });

  test('is not noticed where one place of many is off the Earth', () => {
    const slip = tableOf(`lat,lon\n95.7,37.6\n${'55.7,37.6\n'.repeat(20)}`);
    expect(looksSwapped(swappedShare(pairsOfData(slip, suggestMapping(slip))))).toBe(false);
    const few = tableOf('lat,lon\n95.7,37.6\n55.7,37.6\n');
    expect(looksSwapped(swappedShare(pairsOfData(few, suggestMapping(few)), [[36, 55, 38, 56]]))).toBe(false);
  });

  test('is noticed where all is far from what is known', () => {
    const near = tableOf('lat,lon\n37.6,55.7\n37.5,55.8\n');
    const bounds = [36, 55, 38, 56] as const;
    expect(looksSwapped(swappedShare(pairsOfData(near, suggestMapping(near)), [bounds]))).toBe(true);
    expect(looksSwapped(swappedShare(pairsOfData(near, suggestMapping(near))))).toBe(false);
    const right = tableOf('lat,lon\n55.7,37.6\n');
    expect(looksSwapped(swappedShare(pairsOfData(right, suggestMapping(right)), [bounds]))).toBe(false);
  });

  test('is noticed though a few places lie near as they are', () => {
    const bounds = [36, 55, 38, 56] as const;
    const rows = (count: number) => tableOf(`lat,lon\n55.7,37.6\n${'37.6,55.7\n'.repeat(count)}`);
    const share = swappedShare(pairsOfData(rows(9), suggestMapping(rows(9))), [bounds]);
    expect(looksSwapped(share)).toBe(true);
    expect(swapSentence(share, 'the office')).toBe(
      '1 of 10 places lie near the office. With latitude and longitude swapped, 9 do.',
    );
    expect(looksSwapped(swappedShare(pairsOfData(rows(3), suggestMapping(rows(3))), [bounds]))).toBe(false);
  });

  test('is noticed by the towns that places are named after', () => {
    const towns = [
      'name_latin,name_ru,name_local,lng,lat,population,country',
      'Perm,Пермь,,56.25,58.01,1000,RU',
    ];
    const gazetteer = Gazetteer.parse(towns.join('\n').replaceAll(',', '\t'));
    const shareOf = (rows: string) => {
      const table = tableOf(`place,lat,lon\n${rows}`);
      return swappedByName(table, suggestMapping(table), gazetteer);
    };
    expect(looksSwapped(shareOf('Perm,56.2,58.1\nNowhere,1,2\n'))).toBe(true);
    expect(looksSwapped(shareOf('Perm,58.1,56.2\n'))).toBe(false);
    expect(looksSwapped(shareOf('Nowhere,56.2,58.1\n'))).toBe(false);
  });

  test('is said on the command line, by the reference points, and by the places that rows name', async () => {
    const noteOf = (text: string) => {
      const table = tableOf(text);
      return swapNote('geo/x.csv', table, suggestMapping(table));
    };
    expect(await noteOf('name,lat,lon\nA,37.61,55.75\nB,37.5,55.7\n')).toBe(
      'None of 2 places lies near the reference points. With latitude and longitude swapped, 2 do. To swap them, try --swap-axes.',
    );
    expect(await noteOf('place,lat,lon\nPerm,56.2,58.1\n')).toMatch(
      /^Its only place lies far from the towns/,
    );
    expect(await noteOf('place,lat,lon\nMoscow,55.75,37.61\n')).toBeUndefined();
  });

  test('is mended when the mapping says so, never in silence', () => {
    const asIs = imported(text);
    expect([asIs.accepted, asIs.mended]).toEqual([1, []]);
    const { features, mended } = imported(text, (guess) => ({ ...completed(guess), order: 'lat lng' }));
    expect(features.map(({ geometry }) => geometry)).toEqual([
      { type: 'Point', coordinates: [137.6, 55.7] },
      { type: 'Point', coordinates: [37.6, 55.8] },
    ]);
    expect(mended.map(({ what }) => what)).toEqual(Array(2).fill('latitude and longitude were swapped'));
  });

  test('is mended in one column, too', () => {
    const pairs = 'title,place,date\nOne,"137.61, 55.75",2023-01-19\nTwo,POINT (55.7 37.6),2023-01-19\n';
    const { features } = imported(pairs, (guess) => ({ ...completed(guess), order: 'lat lng' }));
    expect(features.map(({ geometry }) => geometry)).toEqual([
      { type: 'Point', coordinates: [137.61, 55.75] },
      { type: 'Point', coordinates: [37.6, 55.7] },
    ]);
  });
});

test('WKT comes back as it was', () => {
  fc.assert(
    fc.property(anySighting(), ({ geometry }) => {
      if (geometry !== null)
        expect(JSON.stringify(parseWkt(formatWkt(geometry)))).toBe(JSON.stringify(geometry));
    }),
    { numRuns: 30 },
  );
});

test('no data and no mapping make it throw, and nothing gets lost', () => {
  const anyValue = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('POINT (', '{"type":"Point"}', '01/02/2023', '-'),
  );
  fc.assert(
    fc.property(fc.array(fc.array(anyValue, { minLength: 3, maxLength: 3 }), { maxLength: 5 }), (rows) => {
      const columns = ['title', '__proto__', 'where'];
      const features = rows.map((row, i) => ({
        place: `feature ${i}`,
        text: '',
        geometry: row[2],
        fields: new Map(columns.map((name, c) => [name, row[c]])),
      }));
      const data: ForeignData = { columns, features, setAside: [], notes: [] };
      for (const mapping of [
        suggestMapping(data),
        completed({ ...emptyMapping(), place: { from: 'one column', column: 'where' } }),
        completed({ ...emptyMapping(), place: { from: 'geometry' }, order: 'lat lng' }),
      ]) {
        const { accepted, incomplete, setAside } = applyMapping(data, mapping, {}, new Set());
        expect(accepted + incomplete.length + setAside.length).toBe(rows.length);
        swappedShare(pairsOfData(data, mapping));
      }
    }),
  );
});

test.for([
  ['Breite', 'Länge', 'Datum', 'Ort', 'Quelle', 'Titel'],
  ['latitude', 'longitude', 'date', 'lieu', 'source', 'titre'],
  ['широта', 'довгота', 'дата', 'місце', 'джерело', 'назва'],
  ['szerokość', 'długość', 'data', 'miejsce', 'źródło', 'tytuł'],
  ['Latitude (deg)', 'Longitude (deg)', 'Date', 'Place', 'Source', 'Name'],
  ['GPS_Lat', 'GPS_Lon', 'date', 'place', 'source', 'name'],
  ['lat_wgs84', 'lng_wgs84', 'date', 'place', 'source', 'name'],
])('columns called %s, %s, … are understood', (names) => {
  const [lat = '', lng = '', date = '', place = '', source = '', title = ''] = names;
  const cells = ['55.7', '37.6', '2023-01-01', 'p', 's', 't'];
  const fields = new Map(names.map((name, i) => [name, cells[i]]));
  const data = { columns: names, features: [{ place: 'line 2', text: '', fields }], setAside: [], notes: [] };
  const mapping = suggestMapping(data);
  expect(mapping.place).toEqual({ from: 'columns', lng, lat });
  expect([
    mapping.fields.eventDate,
    mapping.fields.verbatimLocality,
    mapping.source.publisher,
    mapping.fields.title,
  ]).toEqual([date, place, source, title].map((column) => ({ from: 'column', column })));
});

test.for([
  ['a\nb', 'line breaks became spaces'],
  ['a\tb', 'tabs became spaces'],
  ['a\t\nb', 'line breaks and tabs became spaces'],
  [' a b\u00a0', 'spaces around it were removed'],
  ['a\x8fb', 'control characters became spaces: look whether the file was read in the right encoding'],
] as const)('%j is mended, for what it is', ([title, what]) => {
  expect(SIGHTING_READERS.title(title, { dayFirst: undefined })).toEqual({ value: 'a b', mend: what });
});

test.for([
  ['2023-01-19T14:05:00Z', true],
  ['19.01.2023 14:05', true],
  ['2023-01-19 0:05', true],
  ['2023-01-19T00:00:00Z', false],
  ['2023-01-19 00:00', false],
  ['2023-01-19', false],
] as const)('the time of day in %j is told to be left out, unless it is none', ([text, hasTime]) => {
  const mended = hasTime ? { mend: 'the time of day was left out' } : {};
  expect(SIGHTING_READERS.eventDate(text, { dayFirst: undefined })).toEqual({
    value: '2023-01-19',
    ...mended,
  });
});

test('spaces around a text are removed and told of, around numbers, dates and words of the contract they are not', () => {
  const { features, mended } = imported(
    'title,lat,lon,date,place,claim\n" One ", 55.7 , 37.6 , 19.01.2023 ,"a park","  Seen.\n"\nTwo,55.7,37.6,2023-01-19,a park,Seen.\n',
    (mapping) => ({
      ...completed(mapping),
      source: { ...completed(mapping).source, claim: column('claim') },
      fields: { ...completed(mapping).fields, confidence: value(' Low ') },
    }),
  );
  expect(features.map(({ properties }) => [properties.title, properties.sources[0]?.claim])).toEqual([
    ['One', 'Seen.'],
    ['Two', 'Seen.'],
  ]);
  expect(mended.map(({ place, what }) => `${place}: ${what}`)).toEqual([
    'line 2: $.properties.title: spaces around it were removed',
    'line 2: $.properties.sources[0].claim: spaces around it were removed',
  ]);
});

test('columns that nothing is taken from are known', () => {
  const data = tableOf('title,lat,lon,date,note,__proto__\nOne,55.7,37.6,2023-01-19,x,y\n');
  expect(unusedColumns(data.columns, suggestMapping(data))).toEqual(['note', '__proto__']);
  expect(
    unusedColumns(['a', 'b', 'c'], { ...emptyMapping(), place: { from: 'one column', column: 'b' } }),
  ).toEqual(['a', 'c']);
});

test('of many columns that nothing is taken from, the first are named', () => {
  const columns = Array.from({ length: 1052 }, (_, i) => `c${i}`);
  expect(unusedNote([], emptyMapping())).toBeUndefined();
  expect(unusedNote(columns.slice(0, 2), emptyMapping())).toBe('Not used, and not taken over: “c0”, “c1”.');
  expect(unusedNote(columns, emptyMapping())).toMatch(/“c48”, “c49”, and 1,002 others\.$/);
});
