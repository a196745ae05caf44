import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { describe, expect, test } from 'vitest';
import {
  COORDINATE_FORMATS,
  type CoordinateFormat,
  type ParsedPosition,
  formatCoordinates,
  parseCoordinates,
} from '../../src/io/coordinates';

const FORMATS = Object.keys(COORDINATE_FORMATS) as CoordinateFormat[];

const WGS84 = geodesic.Geodesic.WGS84;

interface LngLat {
  lng: number;
  lat: number;
}

/** The WGS 84 geodesic, in metres. */
function trueDistance(a: LngLat, b: LngLat): number {
  return WGS84.Inverse(a.lat, a.lng, b.lat, b.lng).s12 ?? NaN;
}

function positionOf(text: string): ParsedPosition {
  const reading = parseCoordinates(text);
  if ('problem' in reading) throw new Error(reading.problem);
  return reading.position;
}

function problemOf(text: string): string | undefined {
  const reading = parseCoordinates(text);
  return 'problem' in reading ? reading.problem : undefined;
}

const KREMLIN = { lng: 37.6178, lat: 55.7517 };
const KREMLIN_SECONDS = { lng: 37 + 37 / 60 + 4 / 3600, lat: 55 + 45 / 60 + 6 / 3600 };

describe('decimal degrees', () => {
  test.for([
    ['55.7517, 37.6178', 37.6178, 55.7517],
    ['55.7517 37.6178', 37.6178, 55.7517],
    ['55.7517,37.6178', 37.6178, 55.7517],
    ['55.7517; 37.6178', 37.6178, 55.7517],
    ['(55.7517, 37.6178)', 37.6178, 55.7517],
    [' 55.7517\u00a0/\t37.6178. ', 37.6178, 55.7517],
    ['\u200e55.7517, 37.6178\u200f', 37.6178, 55.7517],
    ['55,7517; 37,6178', 37.6178, 55.7517],
    ['55,7517 37,6178', 37.6178, 55.7517],
    ['55,7517, 37,6178', 37.6178, 55.7517],
    ['55,7517° с.ш. 37,6178° в.д.', 37.6178, 55.7517],
    ['55,7517N 37,6178E', 37.6178, 55.7517],
    ['55,45 37', 37, 55.45],
    ['55,37', 37, 55],
    ['-55.7517, +37.6178', 37.6178, -55.7517],
    ['−55.7517, −37.6178', -37.6178, -55.7517],
    ['55.7517 -37.6178', -37.6178, 55.7517],
    ['55.7517°N 37.6178°E', 37.6178, 55.7517],
    ['18.24S 22.45E', 22.45, -18.24],
    ['N 55.7517 W 37.6178', -37.6178, 55.7517],
    ['N55.7517, E37.6178', 37.6178, 55.7517],
    ['37.6178 e, 55.7517 s', 37.6178, -55.7517],
    ['E 37.6178 N 55.7517', 37.6178, 55.7517],
    ['.5, -.5', -0.5, 0.5],
    ['90, 180', 180, 90],
    ['-90, -180', -180, -90],
  ] as const)('"%s"', ([text, lng, lat]) => {
    expect(positionOf(text)).toMatchObject({ format: 'decimal', lng, lat });
  });
});

describe('degrees, minutes, and seconds', () => {
  test.for([
    '55°45′06″N 37°37′04″E',
    '55° 45′ 06″ N, 37° 37′ 04″ E',
    '55 45 06 N, 37 37 04 E',
    '55 45 06 37 37 04',
    '55 45 06, 37 37 04',
    '55°45\'06"N 37°37\'04"E',
    "55°45'06''N 37°37'04''E",
    '55º45’06”N 37º37’04”E',
    '55°45′06″ 37°37′04″',
    '55d45m06s 37d37m04s',
    '55d45m06sN 37d37m04sE',
    '55D45M06N 37D37M04E',
    '55deg 45min 06sec N 37deg 37min 04sec E',
    'N55°45′06″ E37°37′04″',
    '37°37′04″E 55°45′06″N',
    '55°45′06″ с.ш. 37°37′04″ в.д.',
    '55°45′06″ С. Ш., 37°37′04″ В. Д.',
    '55°45′06″ пн. ш. 37°37′04″ сх. д.',
    '55°45′6,0″N 37°37′4,0″E',
    '55°45′06″С 37°37′04″В',
    '55°45\'06,0"С; 37°37\'04,0"В',
    '37°37′04″В 55°45′06″С',
    '55° 45′ 06″ С., 37° 37′ 04″ В.',
    '55:45:06, 37:37:04',
    '55:45:06 37:37:04',
    '55:45:06N 37:37:04E',
    'N55:45:06, E37:37:04',
    '55:45:06,0 N; 37:37:04,0 E',
  ])('"%s"', (text) => {
    const { format, lng, lat } = positionOf(text);
    expect(format).toBe('dms');
    expect(lng).toBeCloseTo(KREMLIN_SECONDS.lng, 12);
    expect(lat).toBeCloseTo(KREMLIN_SECONDS.lat, 12);
  });

  test.for([
    ['55°45.102′N 37°37.068′E', 37.6178, 55.7517],
    ['55 45.102, 37 37.068', 37.6178, 55.7517],
    ['55°45,102′N, 37°37,068′E', 37.6178, 55.7517],
    ['-0°30′, -0°15′', -0.25, -0.5],
    ['55°30′ ю.ш. 37°15′ з.д.', -37.25, -55.5],
    ['55°30′Ю 37°15′З', -37.25, -55.5],
    ['45d30m00S 20d15m00E', 20.25, -45.5],
    ['55 30, 37 15', 37.25, 55.5],
    ['55:45.102, 37:37.068', 37.6178, 55.7517],
    ['-55:45:06.5 -37:37:04.5', -(37 + 37 / 60 + 4.5 / 3600), -(55 + 45 / 60 + 6.5 / 3600)],
  ] as const)('"%s"', ([text, lng, lat]) => {
    const position = positionOf(text);
    expect(position.format).toBe('dms');
    expect(position.lng).toBeCloseTo(lng, 12);
    expect(position.lat).toBeCloseTo(lat, 12);
  });
});

test.for([
  '55°45′06″C 37°37′04″B',
  '55°45′06″С 37°37′04″B',
  '55°45′06″CШ 37°37′04″ВД',
  '55°45′06″С 37°37′04″С',
])(
  'Latin letters that look like Russian ones are no directions, nor is one direction twice: "%s"',
  (text) => {
    expect(problemOf(text)).toBeDefined();
  },
);

test.for(['10:45, 11:30', '10:45–11:30', '55:45:06:01, 37:37', '55:75:06, 37:37:04'])(
  'no position is "%s"',
  (text) => {
    expect(problemOf(text)).toBeDefined();
  },
);

describe('geo: URIs', () => {
  test.for([
    ['geo:55.7517,37.6178', {}],
    ['GEO:55.7517,37.6178,120', {}],
    ['geo:55.7517,37.6178,-3.5;crs=WGS84', {}],
    ['geo:55.7517,37.6178;u=35', { uncertaintyMeters: 35 }],
    ['geo:55.7517,37.6178;crs=wgs84;u=0;name=%D0%9A', { uncertaintyMeters: 0 }],
    ['geo:55.7517,37.6178;flag;U=%31.5', { uncertaintyMeters: 1.5 }],
    ['geo:55.7517%2C37.6178', {}],
    ['geo:55.7517,37.6178;name=%', {}],
    ['geo:55.7517,37.6178?z=11', {}],
  ] as const)('"%s"', ([text, more]) => {
    expect(positionOf(text)).toMatchObject({ format: 'geo', ...KREMLIN, ...more });
  });
});

describe('MGRS', () => {
  test.for([
    // the example of the mgrs package
    ['33UXP0500444998', 16.4145, 48.24949],
    // of Wikipedia: Honolulu
    ['4QFJ1234567890', -157.91608, 21.40979],
    // Bergen and Svalbard, where the zones are wider
    ['32VKN9723000510', 5.32, 60.39],
    ['33XWG0000058369', 15, 78],
    ['37U DB 13246 79310', undefined, undefined],
    ['37udb 13246 79310', undefined, undefined],
    ['37 U DB 1324679310', undefined, undefined],
  ] as const)('"%s"', ([text, lng = KREMLIN.lng, lat = KREMLIN.lat]) => {
    const position = positionOf(text);
    expect(position.format).toBe('mgrs');
    expect(trueDistance(position, { lng, lat })).toBeLessThan(20);
  });

  test('on a central meridian, against the length of the meridian', () => {
    const northing = 0.9996 * (WGS84.Inverse(0, 15, 48, 15).s12 ?? NaN);
    const rest = String(Math.floor(northing) % 100_000).padStart(5, '0');
    expect(formatCoordinates({ lng: 15.000001, lat: 48 }, 'mgrs')).toBe(`33U WP 00000 ${rest}`);
  });

  test.for([
    ['37U DB 13246 79310', 1],
    ['37U DB 1324 7931', 10],
    ['37U DB 132 793', 100],
    ['37U DB 13 79', 1000],
    ['37U DB 1 7', 10_000],
    ['37U DB', 100_000],
  ] as const)('"%s" is known to %i m', ([text, meters]) => {
    const { uncertaintyMeters, ...center } = positionOf(text);
    expect(uncertaintyMeters / (meters * Math.SQRT1_2)).toBeCloseTo(1.0056, 6);
    const inside = positionOf('37U DB 13246 79310');
    expect(trueDistance(center, inside)).toBeLessThanOrEqual(uncertaintyMeters);
  });
});

describe('Plus Codes', () => {
  test.for([
    // of the published test data of Open Location Code
    ['8FVC9G8F+6X', 47.3655625, 8.5249375],
    ['7FG49Q00+', 20.375, 2.775],
    ['7FG49QCJ+2VX', 20.3701125, 2.782234375],
    ['CFX3X2X2+X2', 89.9999375, 1.0000625],
    ['62H20000+', 1.5, -179.5],
    // the Kremlin
    ['9G7VQJ29+M4', 55.7516875, 37.6178125],
    ['9g7vqj29+m4', 55.7516875, 37.6178125],
    ['9G7V0000+', 55.5, 37.5],
  ] as const)('"%s"', ([text, lat, lng]) => {
    const position = positionOf(text);
    expect(position.format).toBe('plus-code');
    expect(position.lat).toBeCloseTo(lat, 6);
    expect(position.lng).toBeCloseTo(lng, 6);
  });

  test.for([
    [1, 180, '62H22222+222'],
    [0, 0, '6FG22222+222'],
    [90, 1, 'CFX3X2X2+X2R'],
    [20.3701125, 2.782234375, '7FG49QCJ+2VX'],
    [47.36559, 8.524997, '8FVC9G8F+6XQ'],
  ] as const)('at %f, %f', ([lat, lng, code]) => {
    expect(formatCoordinates({ lng, lat }, 'plus-code')).toBe(code);
  });
});

describe('bad texts', () => {
  test.for([
    ['', 'There is no position.'],
    [' \n', 'There is no position.'],
    ['hello', '"hello" is in no known format. Write it as 55.7517, 37.6178 or'],
    ['Moscow 55.75, 37.61', 'is in no known format'],
    ['[37.6178, 55.7517]', 'is in no known format'],
    ['55.7517-37.6178', 'is in no known format'],
    ['°', 'is in no known format'],
    ['1'.repeat(300), 'is too long for a position'],
    ['95.1, 37.6', '"95.1" is no latitude: it goes from -90 to 90. Did you mean 37.6, 95.1?'],
    ['95,1; 37,6', '"95.1" is no latitude'],
    ['95.1 N, 37.6 E', /^"95.1" is no latitude: it goes from -90 to 90.$/],
    ['95.1, 95.1', /^"95.1" is no latitude: it goes from -90 to 90.$/],
    ['90°00′01″N 37°00′00″E', '"90° 00′ 01″" is no latitude'],
    ['55.7, 180.1', '"180.1" is no longitude: it goes from -180 to 180.'],
    ['55.7', '"55.7" is one angle.'],
    ['55°45′06″N', 'is one angle.'],
    ['1 2 3', 'is one angle.'],
    ['1, 2, 3', 'has 3 angles where a position has two.'],
    ['55,7517,37,6178', 'Part the two with a semicolon'],
    ['55, 45 37', 'can be read in two ways'],
    ['55.7N 37.6N', 'has two latitudes'],
    ['55.7E 37.6W', 'has two longitudes'],
    ['55.7, 37.6E', 'has a letter for one of its angles'],
    ['-55.7S 37.6E', '"-55.7" has a sign and a letter.'],
    ['55°60′00″N 37°37′04″E', '"60" is no number of minutes: it goes from 0 to less than 60.'],
    ['55 45 60 N, 37 37 04 E', '"60" is no number of seconds'],
    ['55.5°45′N 37°37′E', '"55.5° 45′" is no angle.'],
    ['45′06″N 37′04″E', '"45′ 06″" is no angle.'],
    ['55 45 06 07 N, 37 37 04 E', 'is no angle.'],
    ['geo:55.7517', '"geo:55.7517" is no geo: URI.'],
    ['geo:', 'is no geo: URI.'],
    ['geo:1,2,3,4', 'is no geo: URI.'],
    ['geo:95,37', '"95" is no latitude'],
    ['geo:55.7517,37.6178;crs=nad27', '"nad27" is no reference system'],
    ['geo:55.7517,37.6178;u=-5', '"-5" is no uncertainty'],
    ['geo:55.7517,37.6178;u=', '"" is no uncertainty'],
    ['geo:0,0?q=55.7517,37.6178', 'says where in a search'],
    ['37U DB 1324 79310', '"132479310" does not part into an easting and a northing'],
    ['37U DB 1324 793108', 'does not part'],
    ['37U DB 132467 793100', 'does not part'],
    ['0U DB 13246 79310', '"0U" is no zone and band of MGRS.'],
    ['61U DB 13246 79310', '"61U" is no zone and band'],
    ['37I DB 13246 79310', '"37I" is no zone and band'],
    ['37O DB 13246 79310', '"37O" is no zone and band'],
    ['32X MG 00000 00000', '"32X" is no zone and band'],
    ['37U IB 13246 79310', 'Zone and band 37U have no "IB 1324679310".'],
    ['37U DO 13246 79310', 'Zone and band 37U have no "DO'],
    ['37U DW 13246 79310', 'Zone and band 37U have no "DW'],
    // J is a column of the zones beside
    ['37U JB 13246 79310', 'Zone and band 37U have no "JB'],
    // the rows of band U are T to C here
    ['37U DM 13246 79310', 'Zone and band 37U have no "DM'],
    ['37N DB 13246 79310 x', 'is in no known format'],
    ['ZAH 12345 67890', 'near a pole'],
    ['QJ29+M4', 'is a short Plus Code'],
    ['QJ29+M4 Moscow', '"QJ29+M4 Moscow" is a short Plus Code'],
    ['9G7VQJ29+M', 'is no Plus Code'],
    ['9G7VQJ29+M4 Moscow', 'is no Plus Code'],
    ['9G7V0000+22', 'is no Plus Code'],
    ['XX7VQJ29+M4', 'is no Plus Code'],
    ['9G0V0000+', 'is no Plus Code'],
  ] as const)('"%s"', ([text, problem]) => {
    expect(problemOf(text)).toMatch(problem);
  });

  test('throw nothing, whatever they are', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        'geo:',
        '55.75',
        '37',
        ' ',
        ',',
        ';u=',
        '%',
        '°',
        '′',
        '″',
        "''",
        'N',
        'S',
        'в.д.',
        's',
        'm',
      ),
      fc.constantFrom('-', '−', '37U', 'DB', '32X', '12345', '9G7VQJ29+', 'M4', '?q=', '9'.repeat(310), '.'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const reading = parseCoordinates(pieces.join(''));
        if ('problem' in reading) return reading.problem.length > 0;
        const { lng, lat, uncertaintyMeters } = reading.position;
        return Math.abs(lng) <= 180 && Math.abs(lat) <= 90 && uncertaintyMeters >= 0;
      }),
      { numRuns: 3000 },
    );
  });
});

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const lng = fc.oneof(
  { weight: 4, arbitrary: double(-180, 180) },
  double(-180, -179.9999),
  double(179.9999, 180),
  // the seams of MGRS
  fc.integer({ min: -29, max: 29 }).chain((zone) => double(zone * 6 - 0.001, zone * 6 + 0.001)),
  fc.constantFrom(-180, 180, 179.99999999999997, 0, -0.000001, 3, 12, 9, 21, 33, 42),
);
const lat = fc.oneof(
  { weight: 4, arbitrary: double(-90, 90) },
  double(89.999, 90),
  double(-90, -89.999),
  fc.integer({ min: -10, max: 10 }).chain((band) => double(band * 8 - 0.001, band * 8 + 0.001)),
  fc.constantFrom(-90, 90, 89.99999999999999, 0, -0.000001, -80, 83.999999, 84, 56, 64, 72),
);

describe('what is written is read back', () => {
  test.for(FORMATS)('as %s', (format) => {
    fc.assert(
      fc.property(lng, lat, (ownLng, ownLat) => {
        const p = { lng: ownLng, lat: ownLat };
        const text = formatCoordinates(p, format);
        if (text === undefined) {
          expect([format, ownLat < -80 || ownLat > 84 - 1e-9]).toEqual(['mgrs', true]);
          return;
        }
        const position = positionOf(text);
        expect(position.format).toBe(format);
        expect(trueDistance(p, position)).toBeLessThanOrEqual(position.uncertaintyMeters);
        expect(position.uncertaintyMeters).toBeLessThan(3.2);
      }),
      { numRuns: 3000 },
    );
  });

  test('in MGRS of fewer digits, also where a zone cuts the cell', () => {
    fc.assert(
      fc.property(lng, lat, fc.integer({ min: 0, max: 5 }), (ownLng, ownLat, digits) => {
        const p = { lng: ownLng, lat: ownLat };
        const [zone, square, easting = '', northing = ''] = formatCoordinates(p, 'mgrs')?.split(' ') ?? [];
        fc.pre(zone !== undefined);
        const text = [zone, square, easting.slice(0, digits), northing.slice(0, digits)].join(' ');
        const position = positionOf(text);
        expect(trueDistance(p, position)).toBeLessThanOrEqual(position.uncertaintyMeters);
      }),
      { numRuns: 3000 },
    );
  });

  test.for([
    ['decimal', '55.75170, 37.61780'],
    ['dms', '55°45′06.1″N 37°37′04.1″E'],
    ['geo', 'geo:55.75170,37.61780'],
    ['plus-code', '9G7VQJ29+M4M'],
  ] as const)('the Kremlin as %s', ([format, text]) => {
    expect(formatCoordinates(KREMLIN, format)).toBe(text);
  });

  test('rounding carries, and leaves no minus on a zero', () => {
    const p = { lng: -0.000001, lat: 59.99999999 };
    expect(formatCoordinates(p, 'dms')).toBe('60°00′00.0″N 0°00′00.0″E');
    expect(formatCoordinates(p, 'decimal')).toBe('60.00000, 0.00000');
  });

  test.for([
    [{ lng: 197.5, lat: 1 }, '1.00000, -162.50000'],
    [{ lng: 0, lat: 90.1 }, undefined],
    [{ lng: NaN, lat: 0 }, undefined],
    [{ lng: 0, lat: NaN }, undefined],
  ] as const)('%o', ([p, text]) => {
    expect(formatCoordinates(p, 'decimal')).toBe(text);
  });
});

describe('the stated uncertainty', () => {
  test.for([
    ['0, 0', 0.5 * Math.SQRT2 * 111_195],
    ['0.0, 0.0', 0.05 * Math.SQRT2 * 111_195],
    ['0.00, 0.0', 0.05 * 111_195 * Math.hypot(1, 0.1)],
    ['60.0000, 0.0000', 0.00005 * 111_195 * Math.hypot(1, 0.5)],
    ['0°00′N 0°00′E', (0.5 / 60) * Math.SQRT2 * 111_195],
    ['0°00′00.0″N 0°00′00.0″E', (0.05 / 3600) * Math.SQRT2 * 111_195],
    ['6FG22222+22', 0.0000625 * Math.SQRT2 * 111_195],
  ] as const)('of "%s"', ([text, meters]) => {
    expect(positionOf(text).uncertaintyMeters / meters).toBeCloseTo(1.0056, 4);
  });

  test('covers every position that rounds to the text in degrees', () => {
    const digits = fc.integer({ min: 0, max: 8 });
    fc.assert(
      fc.property(lng, lat, digits, digits, (ownLng, ownLat, lngDigits, latDigits) => {
        const position = positionOf(`${ownLat.toFixed(latDigits)}, ${ownLng.toFixed(lngDigits)}`);
        expect(trueDistance({ lng: ownLng, lat: ownLat }, position)).toBeLessThanOrEqual(
          position.uncertaintyMeters,
        );
      }),
      { numRuns: 3000 },
    );
  });

  test('covers every position that rounds to the text in minutes', () => {
    const minutesOf = (degrees: number, letters: string, digits: number) => {
      const units = Math.round(Math.abs(degrees) * 60 * 10 ** digits);
      const minutes = ((units % (60 * 10 ** digits)) / 10 ** digits).toFixed(digits);
      return `${Math.floor(units / 60 / 10 ** digits)}°${minutes}′${letters.charAt(degrees < 0 ? 1 : 0)}`;
    };
    fc.assert(
      fc.property(lng, lat, fc.integer({ min: 0, max: 5 }), (ownLng, ownLat, digits) => {
        const text = `${minutesOf(ownLat, 'NS', digits)} ${minutesOf(ownLng, 'EW', digits)}`;
        const position = positionOf(text);
        expect(trueDistance({ lng: ownLng, lat: ownLat }, position)).toBeLessThanOrEqual(
          position.uncertaintyMeters,
        );
      }),
      { numRuns: 3000 },
    );
  });

  test('covers the whole cell of a Plus Code of any length', () => {
    const PAIRS = [20, 1, 0.05, 0.0025, 0.000125];
    const share = double(0, 1);
    fc.assert(
      fc.property(lng, lat, fc.constantFrom(2, 4, 6, 8, 10), share, share, (ownLng, ownLat, length, x, y) => {
        const code = formatCoordinates({ lng: ownLng, lat: ownLat }, 'plus-code') ?? '';
        const text =
          length < 8 ? `${code.slice(0, length).padEnd(8, '0')}+` : code.slice(0, length === 8 ? 9 : 11);
        const position = positionOf(text);
        const side = PAIRS[length / 2 - 1] ?? NaN;
        const p = { lng: position.lng + (x - 0.5) * side, lat: position.lat + (y - 0.5) * side };
        expect(trueDistance(p, position)).toBeLessThanOrEqual(position.uncertaintyMeters);
      }),
      { numRuns: 2000 },
    );
  });
});
