import { quoteValue } from '../domain/issue';
import { isObject } from '../domain/rules';
import { crsFault } from './crs';
import { FileFault } from './file-fault';
import type { ForeignData, ForeignFeature, Progress, SetAside } from './foreign';
import { type GeoJsonLayout, layoutOf, readFeatures } from './geojson-layout';
import { isOtherFeature, tellsSighting } from './holds-sightings';
import { withExactNumbers } from './long-numbers';
import { paced } from './pace';
import { ownBytesOf } from './set-aside';
import { membersTwice } from './twice-members';

const GEOMETRY_TYPES: ReadonlySet<unknown> = new Set([
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]);

/** Members of a Feature that are no fields. */
const FEATURE_MEMBERS: ReadonlySet<string> = new Set(['type', 'id', 'geometry', 'properties', 'bbox', 'crs']);

const LAYOUT_NOTES: Readonly<Partial<Record<GeoJsonLayout, string>>> = {
  list: 'It is a list of features without a FeatureCollection around it.',
  lines: 'It has one feature a line (newline-delimited GeoJSON).',
  sequence: 'It is a GeoJSON text sequence (RFC 8142).',
};

/** Makes the text of something when it is asked for: of what is used nobody does, and the bytes are there already. */
type TextMaker = () => string;

/** Features, or what is set aside, as they are found. */
class Found {
  readonly features: ForeignFeature[] = [];
  readonly setAside: SetAside[] = [];
  /** names of what features have that are no sightings yet */
  readonly columns = new Set<string>();
  /** how many features are sightings of the contract */
  sightings = 0;

  /** @param mapsOthers as of `ReadOptions` */
  constructor(private readonly mapsOthers: boolean) {}

  refuse(place: string, textIn: TextMaker, reason: string): void {
    this.setAside.push({ place, reason, text: textIn() });
  }

  /** Adds what a JSON value holds: a Feature, a geometry, or those of a collection inside. */
  add(value: unknown, place: string, textIn: TextMaker): void {
    const type = isObject(value) && Object.hasOwn(value, 'type') ? value['type'] : undefined;
    if (!isObject(value)) this.refuse(place, textIn, `is no GeoJSON Feature, but ${quoteValue(value)}`);
    else if (type === 'Feature') this.#addFeature(value, place, textIn);
    else if (type === 'FeatureCollection' && Array.isArray(value['features'])) {
      const fault = crsFault(value['crs']);
      for (const [i, feature] of value['features'].entries()) {
        const own = () => JSON.stringify(feature);
        const ownPlace = `feature ${i + 1} of the collection in ${place}`;
        if (fault === undefined) this.add(feature, ownPlace, own);
        else this.refuse(ownPlace, own, fault);
      }
    } else if (type === 'GeometryCollection' && Array.isArray(value['geometries'])) {
      const fault = crsFault(value['crs']);
      const ofMany = value['geometries'].length > 1;
      if (fault !== undefined || !ofMany) this.#addGeometry(value, place, textIn);
      else {
        for (const [i, geometry] of value['geometries'].entries())
          this.add(geometry, `geometry ${i + 1} of ${place}`, () => JSON.stringify(geometry));
      }
    } else if (GEOMETRY_TYPES.has(type)) this.#addGeometry(value, place, textIn);
    else if (Object.hasOwn(value, 'attributes'))
      this.refuse(place, textIn, 'is a feature of Esri JSON: save the layer as GeoJSON');
    else if (type === undefined) this.refuse(place, textIn, 'has no “type”: a feature has "Feature"');
    else this.refuse(place, textIn, `its type is ${quoteValue(type)}, not "Feature"`);
  }

  #addGeometry(geometry: Record<string, unknown>, place: string, textIn: TextMaker): void {
    const fault = crsFault(geometry['crs']);
    if (fault !== undefined) this.refuse(place, textIn, fault);
    else {
      this.features.push({
        place,
        get text() {
          return textIn();
        },
        geometry,
        fields: new Map(),
      });
    }
  }

  #addFeature(feature: Record<string, unknown>, place: string, textIn: TextMaker): void {
    const { id, geometry, properties, crs } = feature;
    const fault = crsFault(crs) ?? (isObject(geometry) ? crsFault(geometry['crs']) : undefined);
    if (fault !== undefined) return this.refuse(place, textIn, fault);
    if (properties !== null && properties !== undefined && !isObject(properties))
      return this.refuse(place, textIn, `its properties must be an object, not ${quoteValue(properties)}`);
    const fields = new Map<string, unknown>(Object.entries(properties ?? {}));
    for (const [key, value] of Object.entries(feature)) {
      if (!FEATURE_MEMBERS.has(key) && !fields.has(key)) fields.set(key, value);
    }
    const isId = typeof id === 'string' || typeof id === 'number';
    if (id !== undefined && id !== null && !isId && !fields.has('id')) fields.set('id', id);
    // Among sightings one that lacks something is one, too.
    const isSighting =
      isObject(properties) && (this.mapsOthers ? !isOtherFeature(feature) : tellsSighting(properties));
    if (isSighting) this.sightings++;
    else for (const key of fields.keys()) this.columns.add(key);
    this.features.push({
      place,
      get text() {
        return textIn();
      },
      ...(isId ? { id } : {}),
      ...(geometry === undefined || geometry === null ? {} : { geometry }),
      ...(isSighting ? { sighting: feature } : {}),
      fields,
    });
  }
}

/** The text of bytes, all of it, for a list of what was set aside, whatever they are. */
export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

/**
 * Reads any GeoJSON: RFC 7946 and the text of 2008, newline-delimited, RFC 8142 sequences, a bare Feature or geometry,
 * a GeometryCollection, a list of features. What cannot be used is set aside, and takes nothing else with it.
 * @throws FileFault when it is no GeoJSON at all
 */
export function readForeignGeoJson(
  bytes: Uint8Array,
  progress: Progress,
  { mapsOthers = false }: { mapsOthers?: boolean } = {},
): ForeignData {
  const layout = layoutOf(bytes);
  const found = new Found(mapsOthers);
  const tell = paced(progress);
  const raw = readFeatures(bytes, layout);
  let next = raw.next();
  let isLastBroken = false;
  const twice: string[] = [];
  for (; !next.done; next = raw.next()) {
    const { place, bytes: own, end } = next.value;
    isLastBroken = 'fault' in next.value;
    if ('fault' in next.value) found.refuse(place, () => textOf(ownBytesOf(own)), next.value.fault);
    else {
      refuseOthers(next.value.value, layout);
      found.add(withExactNumbers(next.value.value, own), place, () => textOf(own));
      twice.push(...membersTwice(new TextDecoder().decode(own)).map((path) => `${path} of ${place}`));
    }
    tell(end / bytes.length);
  }
  const { members, faults, lastLine } = next.value;
  // Where no feature is cut in two, more of them may have followed.
  if (lastLine !== undefined && !isLastBroken)
    found.refuse(`line ${lastLine}`, () => '', 'the file breaks off here');
  const fault = crsFault(members.get('crs'));
  if (fault !== undefined) {
    for (const feature of found.features.splice(0)) found.refuse(feature.place, () => feature.text, fault);
  }
  const note = LAYOUT_NOTES[layout];
  const { length: count } = found.features;
  const sightingsNote =
    found.sightings > 0
      ? [`${found.sightings} of its ${count} features are sightings already: no column is asked for these.`]
      : [];
  const crsNote = members.has('crs') && fault === undefined ? ['Its “crs” names WGS 84.'] : [];
  return {
    columns: [...found.columns],
    features: found.features,
    setAside: found.setAside,
    notes: [
      ...(note === undefined ? [] : [note]),
      ...crsNote,
      ...sightingsNote,
      ...twiceNote(twice),
      ...faults,
    ],
  };
}

/** So many members that stand twice are named. */
const MOST_NAMED = 5;

/** That JSON.parse took the last of members that stand twice, in a sentence; none where none does. */
function twiceNote(twice: readonly string[]): string[] {
  if (twice.length === 0) return [];
  const others = twice.length - MOST_NAMED;
  const more = others > 0 ? ` and ${others.toLocaleString('en-GB')} more` : '';
  const named = twice.slice(0, MOST_NAMED).join(', ');
  return [`Members that stand twice, the last of which is taken: ${named}${more}. Remove the others.`];
}

/** @throws FileFault for one JSON value that is something else: what to do with it can be said */
function refuseOthers(value: unknown, layout: GeoJsonLayout): void {
  if (layout !== 'values' || !isObject(value)) return;
  const { type } = value;
  if (type === 'Topology')
    throw new FileFault('The file is TopoJSON: convert it to GeoJSON, for example with mapshaper.');
  if (type === 'FeatureCollection' && !Array.isArray(value['features']))
    throw new FileFault('The file is a FeatureCollection without a list of features: get a complete copy.');
  if (type === undefined)
    throw new FileFault(
      'The file is JSON, but no GeoJSON: open a FeatureCollection, a Feature or a geometry.',
    );
}
