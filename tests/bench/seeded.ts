import type { Confidence, Sighting, Source, Status } from '../../src/domain/sighting';

/** A generator of numbers in [0, 1) that gives the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SYSTEMS = ['pantsir-s1', 's-400', 's-300', 'tor', 'buk', 'strela-10'] as const;
const CITIES: readonly [name: string, lng: number, lat: number][] = [
  ['Moscow', 37.6, 55.75],
  ['Khimki', 37.44, 55.89],
  ['Podolsk', 37.55, 55.43],
  ['Балашиха', 37.94, 55.8],
  ['Kaluga', 36.26, 54.51],
  ['Тверь', 35.91, 56.86],
  ['Belgorod', 36.59, 50.6],
  ['Курск', 36.19, 51.73],
  ['Rostov', 39.72, 47.23],
  ['Севастополь', 33.52, 44.6],
  ['Saint Petersburg', 30.31, 59.94],
  ['Kazan', 49.11, 55.8],
  ['Novosibirsk', 82.92, 55.03],
  ['Владивосток', 131.89, 43.12],
  ['Anadyr', 177.5, 64.73],
];
const PLACES = ['roof', 'park', 'field', 'depot', 'airfield', 'school', 'bridge', 'тополь', 'склад', 'завод'];
const SIDES = ['north', 'south', 'east', 'west', 'north-east', 'south-west'];
const VERBS = ['filmed', 'photographed', 'seen', 'reported', 'heard of', 'noticed'];
const PUBLISHERS = Array.from({ length: 60 }, (_, i) => `Publisher ${i + 1}`);
const ORIGINS = Array.from({ length: 40 }, (_, i) => `Channel ${i + 1}`);

const two = (n: number) => String(n).padStart(2, '0');

/** A made-up sighting, the same for the same numbers: about 350 bytes of text, spread as real reports are. */
function seededSighting(index: number, random: () => number): Sighting {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const system = random() < 0.9 ? pick(SYSTEMS) : undefined;
  const [city, cityLng, cityLat] = CITIES[Math.floor(random() ** 2 * CITIES.length)] ?? [
    'Moscow',
    37.6,
    55.75,
  ];
  const spread = 0.6 * random() * random();
  const turn = 2 * Math.PI * random();
  const lng = cityLng + (spread * Math.cos(turn)) / Math.cos((cityLat * Math.PI) / 180);
  const lat = cityLat + spread * Math.sin(turn);
  const round = (value: number) => Math.round(value * 1e4) / 1e4;
  const day = `${2021 + Math.floor(random() * 4)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 14))}`;
  const dateKind = random();
  const eventDate =
    dateKind < 0.85
      ? day
      : dateKind < 0.92
        ? day.slice(0, 7)
        : `${day}/${day.slice(0, 8)}${two(15 + Math.floor(random() * 13))}`;
  const kind = random();
  const size = 0.01 + 0.02 * random();
  const geometry: Sighting['geometry'] =
    kind < 0.03
      ? null
      : kind < 0.04
        ? {
            type: 'Polygon',
            coordinates: [
              [
                [round(lng), round(lat)],
                [round(lng + size), round(lat)],
                [round(lng + size), round(lat + size)],
                [round(lng), round(lat + size)],
                [round(lng), round(lat)],
              ],
            ],
          }
        : { type: 'Point', coordinates: [round(lng), round(lat)] };
  const sources: Source[] = Array.from({ length: 1 + Math.floor(random() * 2.3) }, () => ({
    publisher: pick(PUBLISHERS),
    publishedDate: day,
    origin: pick(ORIGINS),
    claim: `A system ${pick(VERBS)} by a ${pick(PLACES)} ${index % 977}.`,
  }));
  const origins = new Set(sources.map(({ origin }) => origin)).size;
  const confidence: Confidence = origins < 2 ? 'low' : random() < 0.4 ? 'high' : 'moderate';
  const status: Status | undefined = random() < 0.02 ? 'retracted' : undefined;
  return {
    type: 'Feature',
    id: `seeded-${String(index).padStart(7, '0')}`,
    geometry,
    properties: {
      title: `${system ?? 'A system'} ${pick(VERBS)} ${pick(SIDES)} of ${city}`,
      ...(system === undefined ? {} : { system }),
      eventDate,
      verbatimLocality: `${pick(PLACES)} ${pick(SIDES)} of ${city}`,
      ...(geometry?.type === 'Point'
        ? { coordinateUncertaintyInMeters: Math.round(50 * 10 ** (2.5 * random())) }
        : {}),
      confidence,
      confidenceBasis: 'Made up.',
      ...(status === undefined ? {} : { status }),
      sources,
    },
  };
}

/** Made-up sightings, the same for the same seed. */
export function* seededSightings(count: number, seed = 1): Generator<Sighting> {
  const random = seededRandom(seed);
  for (let index = 0; index < count; index++) yield seededSighting(index, random);
}

/** A file of made-up sightings, one feature per line. */
export function seededFile(count: number, seed = 1): Uint8Array {
  const lines: string[] = [];
  for (const sighting of seededSightings(count, seed)) lines.push(JSON.stringify(sighting));
  return new TextEncoder().encode(
    `{"type":"FeatureCollection","title":"${count} seeded sightings","features":[\n${lines.join(',\n')}\n]}\n`,
  );
}

/** The systems that the made-up sightings name, as the text of a systems.json. */
export function seededSystems(): string {
  const shapes = ['circle', 'diamond', 'square', 'triangle', 'hexagon'];
  const entries = SYSTEMS.map((id, i) => [
    id,
    { name: id.toUpperCase(), otherNames: [], description: 'Made up.', markShape: shapes[i % shapes.length] },
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}
