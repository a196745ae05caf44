import { openAsBlob, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { REGION, REGION_ZOOM, WORLD_ZOOM } from '../../geo/basemap/extent';
import { gazetteerText } from '../../geo/basemap/gazetteer';
import { readPlaces } from '../../geo/basemap/places';
import { npmFiles } from '../../geo/basemap/sources';
import { type TileRange, tileRange } from '../../geo/basemap/tiles';
import { GAZETTEER_FILE, Gazetteer, estimateReachMeters, loadGazetteer } from '../../src/io/gazetteer';
import { openTileArchiveFile } from '../../src/io/tile-archive';
import { ROOT } from './fixtures';

const GEO = join(ROOT, 'geo');
const FILE = join(GEO, GAZETTEER_FILE);
const TEXT = readFileSync(FILE, 'utf8');
const HEADER = 'name_latin\tname_ru\tname_local\tlng\tlat\tpopulation\tcountry';

const shipped = Gazetteer.parse(TEXT);

/** A gazetteer of lines with the shipped file's columns. */
function gazetteerOf(...lines: readonly string[]): Gazetteer {
  return Gazetteer.parse([HEADER, ...lines, ''].join('\n'));
}

/** A gazetteer of places of which the name and the population matter. */
function gazetteerOfNames(...places: readonly (readonly [name: string, population: number])[]): Gazetteer {
  return gazetteerOf(...places.map(([name, population]) => `${name}\t\t\t10\t50\t${population}\tDE`));
}

function namesFound(gazetteer: Gazetteer, query: string): string[] {
  return gazetteer.find(query, 100).map(({ name }) => name);
}

const TILES = await openTileArchiveFile(
  new File([await openAsBlob(join(GEO, 'basemap/atlas.pmtiles'))], 'atlas.pmtiles'),
);

/** Names and populations of the places in a range of tiles of the atlas. */
async function placesInTiles({ z, minX, maxX, minY, maxY }: TileRange): Promise<string[]> {
  const keys: string[] = [];
  for (let x = minX; x <= maxX; x++) {
    for (let y = minY; y <= maxY; y++) {
      const bytes = await TILES.tile(z, x, y);
      const layer = bytes && new VectorTile(new PbfReader(new Uint8Array(bytes))).layers['places'];
      for (let i = 0; i < (layer?.length ?? 0); i++) {
        const { name_latin, name_ru, population } = layer?.feature(i).properties ?? {};
        keys.push([name_latin, name_ru ?? '', population].join('\t'));
      }
    }
  }
  return keys;
}

describe('the shipped gazetteer', () => {
  const lines = TEXT.trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const [header = [], ...rows] = lines;

  test('has its columns, and no line that is skipped', () => {
    expect(header.join('\t')).toBe(HEADER);
    expect([shipped.size, shipped.skippedLines]).toEqual([rows.length, 0]);
  });

  test('is at most 1.5 MB, and 0.75 MB gzipped', () => {
    expect(statSync(FILE).size).toBeLessThan(1_500_000);
    expect(gzipSync(TEXT, { level: 9 }).length).toBeLessThan(750_000);
  });

  test('has the most populous first', () => {
    const populations = rows.map((cells) => Number(cells[5]));
    expect(populations).toEqual(populations.toSorted((a, b) => b - a));
  });

  test('writes the local name only where it is another, and no more than 4 decimals', () => {
    const repeated = rows.filter(([latin, russian, local]) => local === latin || local === russian);
    const tooFine = rows.filter(([, , , lng, lat]) => /\.\d{5}/.test(`${lng} ${lat}`));
    expect([repeated.filter(([, , local]) => local !== ''), tooFine]).toEqual([[], []]);
  });

  test('is what the build makes of GeoNames', () => {
    const places = readPlaces(npmFiles.places(), join(GEO, 'basemap/name-overrides.json'));
    expect(gazetteerText(places) === TEXT).toBe(true); // a difference of 1.4 MB is no help
  }, 30_000);

  test('has exactly the places in the tiles of the atlas', async () => {
    const ranges = [tileRange(WORLD_ZOOM), tileRange(REGION_ZOOM, REGION)];
    const inTiles = new Set((await Promise.all(ranges.map(placesInTiles))).flat());
    const inFile = new Set(rows.map(([latin, russian, , , , people]) => [latin, russian, people].join('\t')));
    expect(inTiles.size).toBeGreaterThan(25_000);
    expect([...inTiles].filter((key) => !inFile.has(key))).toEqual([]);
    expect([...inFile].filter((key) => !inTiles.has(key))).toEqual([]);
  }, 30_000);

  test.for([
    ['Moscow', 'Moscow', 'RU'],
    ['Москва', 'Moscow', 'RU'],
    ['москва', 'Moscow', 'RU'],
    ['москв', 'Moscow', 'RU'],
    ['moskva', 'Moscow', 'RU'],
    ['valdai', 'Valday', 'RU'],
    ['Валдай', 'Valday', 'RU'],
    ['barvikha', 'Barvikha', 'RU'],
    ['Лыткарино', 'Lytkarino', 'RU'],
    ['lytkarno', 'Lytkarino', 'RU'],
    ['одинц', 'Odintsovo', 'RU'],
    ['nizhniy nov', 'Nizhniy Novgorod', 'RU'],
    ['Paris', 'Paris', 'FR'],
    ['Париж', 'Paris', 'FR'],
    ['Kyiv', 'Kyiv', 'UA'],
    ['Kiev', 'Kyiv', 'UA'],
    ['Киев', 'Kyiv', 'UA'],
    ['Київ', 'Kyiv', 'UA'],
    ['Харьков', 'Kharkiv', 'UA'],
    ['sao paulo', 'São Paulo', 'BR'],
    ['上海', 'Shanghai', 'CN'],
    ['funafuti', 'Funafuti', 'TV'],
  ] as const)('"%s" finds %s, %s first', ([query, name, country]) => {
    expect(shipped.find(query, 1)).toMatchObject([{ name, country }]);
  });

  test('knows the names, place and size of Kyiv', () => {
    expect(shipped.find('Kyiv', 1)).toEqual([
      {
        name: 'Kyiv',
        otherNames: ['Киев', 'Київ'],
        country: 'UA',
        lng: 30.5238,
        lat: 50.4547,
        population: 2797553,
        uncertaintyMeters: 17200,
      },
    ]);
  });
});

describe('find', () => {
  test('ranks the name, other romanisations, beginnings, later words, then typos', () => {
    const gazetteer = gazetteerOfNames(
      ['Sheremetyevka', 9_000_000],
      ['New Sheremetyevo', 8_000_000],
      ['Old Sheremetyevokoye', 7_000_000],
      ['Sheremetyovo', 60_000],
      ['Sheremetyevo', 500],
      ['Sheremetyevodar', 4_000],
      ['Sheremetevo', 300],
    );
    expect(namesFound(gazetteer, 'sheremetyevo')).toEqual([
      'Sheremetyevo',
      'Sheremetyovo',
      'Sheremetevo',
      'Sheremetyevodar',
      'New Sheremetyevo',
      'Old Sheremetyevokoye',
      'Sheremetyevka',
    ]);
  });

  test.for(['novo-oga', 'Novo Oga', 'novooga', 'НОВО-ОГА', 'ново-огарёво', 'ogaryovo', 'novo-ogaryvo'])(
    '"%s" finds Novo-Ogaryovo',
    (query) => {
      expect(namesFound(gazetteerOfNames(['Novo-Ogaryovo', 100], ['Novgorod', 100]), query)).toEqual([
        'Novo-Ogaryovo',
      ]);
    },
  );

  test.for([
    ['münchen', 'München'],
    ['munchen', 'München'],
    ['muenchen', 'München'],
    ['zarechye', 'Zarech’ye'],
    ["zarech'ye", 'Zarech’ye'],
    ['Заречье', 'Zarech’ye'],
    ['laquila', 'L’Aquila'],
    ['aquila', 'L’Aquila'],
  ] as const)('"%s" finds %s', ([query, name]) => {
    expect(namesFound(gazetteerOfNames(['München', 1], ['Zarech’ye', 1], ['L’Aquila', 1]), query)).toEqual([
      name,
    ]);
  });

  test('takes no end of a word for a word', () => {
    expect(namesFound(gazetteerOfNames(['Zarech’ye', 1]), 'ye')).toEqual([]);
  });

  test('finds a place once, by whichever of its names fits best', () => {
    const gazetteer = gazetteerOf('Abcde\tЭфгхи\tAbcd\t1\t2\t10\tDE', 'Abcd Town\t\t\t1\t2\t900\tDE');
    expect(namesFound(gazetteer, 'abcd')).toEqual(['Abcde', 'Abcd Town']);
  });

  test('has the more populous first, of equals the first in the file', () => {
    const gazetteer = gazetteerOfNames(['Aa One', 20], ['Aa Two', 90], ['Aa Three', 20], ['Aa Four', 3000]);
    expect(namesFound(gazetteer, 'aa')).toEqual(['Aa Four', 'Aa Two', 'Aa One', 'Aa Three']);
  });

  const sameNames = gazetteerOf(
    'Aa\t\t\t179.9\t0\t9000\tFJ',
    'Aa\t\t\t10\t50\t5000\tDE',
    'Aa\t\t\t-60\t0\t1200\tBR',
    'Aa\t\t\t20\t50\t800\tPL',
  );

  test.for([
    ['nothing', undefined, ['FJ', 'DE', 'BR', 'PL']],
    ['Germany', { lng: 11, lat: 50 }, ['DE', 'BR', 'FJ', 'PL']],
    ['Poland, which has a smaller one', { lng: 20, lat: 50 }, ['DE', 'BR', 'FJ', 'PL']],
    ['Fiji, across the antimeridian', { lng: -179.9, lat: 0 }, ['FJ', 'BR', 'DE', 'PL']],
  ] as const)('near %s orders those of about the same population', ([, near, countries]) => {
    expect(sameNames.find('aa', 9, near).map(({ country }) => country)).toEqual(countries);
  });

  test.for([0, 1, 3])('gives at most %i', (limit) => {
    expect(sameNames.find('aa', limit)).toHaveLength(limit);
  });

  test.for(['', ' ', '-', '…', '!?'])('finds nothing for "%s"', (query) => {
    expect(shipped.find(query, 10)).toEqual([]);
  });

  test.for(['xyzzyplugh', 'abcdefghij'.repeat(30), '$&', '\\', '.*'])('finds nothing for "%s"', (query) => {
    expect(shipped.find(query, 10)).toEqual([]);
  });
});

describe('parse', () => {
  const GOOD = 'Aa\tАа\t\t10.5\t-50\t20\tDE';

  test.for([
    ['no name', '\tАа\t\t10.5\t-50\t20\tDE'],
    ['no longitude', 'Aa\tАа\t\t\t-50\t20\tDE'],
    ['a longitude beyond 180', 'Aa\tАа\t\t180.5\t-50\t20\tDE'],
    ['a latitude beyond 90', 'Aa\tАа\t\t10.5\t-90.5\t20\tDE'],
    ['a latitude in words', 'Aa\tАа\t\t10.5\tnorth\t20\tDE'],
    ['a number of another kind', 'Aa\tАа\t\t0x10\t-50\t20\tDE'],
    ['a negative population', 'Aa\tАа\t\t10.5\t-50\t-20\tDE'],
    ['no population', 'Aa\tАа\t\t10.5\t-50\t\tDE'],
    ['no country', 'Aa\tАа\t\t10.5\t-50\t20\t'],
    ['too few cells', 'Aa\tАа'],
    ['something else', '<html>'],
  ] as const)('skips a line with %s', ([, line]) => {
    const { size, skippedLines } = gazetteerOf(GOOD, line, GOOD);
    expect([size, skippedLines]).toEqual([2, 1]);
  });

  test('reads columns by their names', () => {
    const gazetteer = Gazetteer.parse(
      'code\tcountry\tlat\tlng\tpopulation\tname_latin\nPPL\tDE\t1\t2\t3\tAa\n',
    );
    expect(gazetteer.find('aa', 1)).toMatchObject([{ name: 'Aa', otherNames: [], lng: 2, lat: 1 }]);
  });

  test.for(['', '\n', HEADER, `${HEADER}\n`])('has no places, and none skipped, in "%s"', (text) => {
    const { size, skippedLines } = Gazetteer.parse(text);
    expect([size, skippedLines]).toEqual([0, 0]);
  });

  test('reads lines that end in CR LF', () => {
    expect(Gazetteer.parse(`${HEADER}\r\n${GOOD}\r\n`).find('aa', 1)).toMatchObject([{ country: 'DE' }]);
  });

  test('reads the same in slices', async () => {
    const text = `${TEXT.split('\n').slice(0, 2500).join('\n')}\nbroken\n`;
    const [whole, sliced] = [Gazetteer.parse(text), await Gazetteer.parseInSlices(text)];
    expect([sliced.size, sliced.skippedLines]).toEqual([whole.size, whole.skippedLines]);
    expect([sliced.size, sliced.skippedLines]).toEqual([2499, 1]);
    expect(sliced.find('s', 5000)).toEqual(whole.find('s', 5000));
  });
});

describe('how far a place reaches', () => {
  test.for([
    [0, 1000],
    [9_000, 1000],
    [100_000, 3300],
    [1_000_000, 10_300],
    [10_381_222, 33_200],
  ] as const)('is estimated from %i people as %i m', ([population, meters]) => {
    expect(estimateReachMeters(population)).toBe(meters);
  });
});

describe('loading', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  /** Answers every request so; returns the addresses that were asked for. */
  function answer(respond: () => Response): string[] {
    const asked: string[] = [];
    vi.stubGlobal('fetch', async (url: string) => {
      asked.push(url);
      return respond();
    });
    return asked;
  }

  test('fetches the file from the folder of the data', async () => {
    const asked = answer(() => new Response(`${HEADER}\nAa\t\t\t1\t2\t3\tDE\n`));
    expect((await loadGazetteer('https://example.org/geo/')).size).toBe(1);
    expect(asked).toEqual(['https://example.org/geo/basemap/gazetteer.tsv']);
  });

  test('names the file, the answer and the remedy when it is missing', async () => {
    answer(() => new Response('', { status: 404, statusText: 'Not Found' }));
    await expect(loadGazetteer('./')).rejects.toThrow(
      /^basemap\/gazetteer\.tsv is missing: .*"404 Not Found".*npm run basemap -- --gazetteer/,
    );
  });

  test('names the file and the reason when the network fails', async () => {
    answer(() => {
      throw new TypeError('offline');
    });
    await expect(loadGazetteer('./')).rejects.toThrow(/^basemap\/gazetteer\.tsv cannot be fetched.*offline/);
  });

  test('does not take a page for the file', async () => {
    answer(() => new Response('<!doctype html>\n<title>Home</title>\n'));
    await expect(loadGazetteer('./')).rejects.toThrow(/^basemap\/gazetteer\.tsv .*has no places/);
  });
});
