import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../src/domain/sighting';
import { applyMapping } from '../../src/io/apply-mapping';
import { suggestMapping } from '../../src/io/column-guess';
import { isDayFirst, readDate } from '../../src/io/date-text';
import type { ForeignData } from '../../src/io/foreign';
import { readSightings } from '../../src/io/geojson';
import { type Mapping, emptyMapping } from '../../src/io/mapping';
import { readMeters } from '../../src/io/number-text';
import { looksSwapped, swappedShare } from '../../src/io/swapped-places';
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

  test('takes no column of dates for places', () => {
    const mapping = suggestMapping(tableOf('title,seen\nOne,19.01.2023\n'));
    expect([mapping.place, mapping.fields.eventDate]).toEqual([{ from: 'nothing' }, column('seen')]);
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
    ['One,95,37.6,2023-01-19', /latitude 95 is outside/, { coordinates: [37.6, 95] }],
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

  test('of many rows alike are all different', () => {
    const { accepted } = imported(`title,date\n${'One,2023-01-19\n'.repeat(500)}`, completed, [
      'one-2023-01-19-7',
    ]);
    expect(accepted).toBe(500);
  });
});

describe('dates', () => {
  test.for([
    ['2023-01-19', '2023-01-19'],
    ['2023-01', '2023-01'],
    ['2023-01-06/2023-01-20', '2023-01-06/2023-01-20'],
    ['2023-01-19T23:59:00+03:00', '2023-01-19'],
    ['2023-01-19 12:30', '2023-01-19'],
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

describe('swapped latitude and longitude', () => {
  const text = 'title,lat,lon,date\nOne,137.6,55.7,2023-01-19\nTwo,37.6,55.8,2023-01-19\n';
  const data = tableOf(text);
  const mapping = suggestMapping(data);

  test('is noticed where latitudes are off the Earth', () => {
    const share = swappedShare(data, mapping);
    expect(share).toEqual({ total: 2, outOfRange: 1, swappedFits: 1, near: 0, swappedNear: 0 });
    expect(looksSwapped(share)).toBe(true);
    expect(looksSwapped(swappedShare(data, { ...mapping, order: 'lat lng' }))).toBe(false);
  });

  test('is noticed where all is far from what is known', () => {
    const near = tableOf('lat,lon\n37.6,55.7\n37.5,55.8\n');
    const bounds = [36, 55, 38, 56] as const;
    expect(looksSwapped(swappedShare(near, suggestMapping(near), bounds))).toBe(true);
    expect(looksSwapped(swappedShare(near, suggestMapping(near)))).toBe(false);
    const right = tableOf('lat,lon\n55.7,37.6\n');
    expect(looksSwapped(swappedShare(right, suggestMapping(right), bounds))).toBe(false);
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
        swappedShare(data, mapping);
      }
    }),
  );
});
