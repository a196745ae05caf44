import { gpx, kml } from '@tmcw/togeojson';
import type { Document, Element } from '@xmldom/xmldom';
import { unzipWithin } from './archive';
import { FileFault, roughSize } from './file-fault';
import type { ForeignData, ForeignFeature, Progress, SetAside } from './foreign';
import { gpxFields, gpxFault } from './gpx-fields';
import { kmlFault, kmlFields, kmlGeometry, writtenFields } from './kml-fields';
import { paced, partOf } from './pace';
import { skipEnd } from './xml-declaration';
import { FolderPaths } from './xml-folders';
import { parseFragment } from './xml-fragment';
import { type XmlUnit, endOfTag, localName, outlineXml, shortName } from './xml-outline';
import { decodeXml } from './xml-text';

/** A KML file in a KMZ may be so large at most. */
const MAX_KML_BYTES = 50e6;

/** What may stand before the name of the root. It is looked for in every tag, so that it is short. */
const PREFIX = /^(?:[\p{L}_][\p{L}\p{N}._-]{0,99}:)?$/u;

/** How the files of one markup are read. */
interface Markup {
  name: string;
  roots: readonly string[];
  /** what is read, and what is set aside with a reason */
  units: Readonly<Record<string, string | undefined>>;
  /** why togeojson would lose or change some of the geometry, which it does in silence */
  fault: (element: Element) => string | undefined;
  geometry: (document: Document, element: Element) => unknown;
  fields: (element: Element) => Map<string, string>;
}

const KML: Markup = {
  name: 'KML',
  roots: ['kml', 'Document', 'Folder', 'Placemark'],
  units: {
    Placemark: undefined,
    NetworkLink: 'links to other data, which is never fetched: open that file by itself',
    GroundOverlay: 'is a picture laid over the map, and no place of a sighting',
    ScreenOverlay: 'is a picture laid over the screen, and no place of a sighting',
    PhotoOverlay: 'is a photograph, and no place of a sighting',
  },
  fault: kmlFault,
  geometry: (document, element) => kmlGeometry(kml(document).features[0]?.geometry, element),
  fields: kmlFields,
};

const GPX: Markup = {
  name: 'GPX',
  roots: ['gpx'],
  units: { wpt: undefined, rte: undefined, trk: undefined },
  fault: gpxFault,
  geometry: (document) => gpx(document).features[0]?.geometry,
  fields: gpxFields,
};

/** Reads one unit by itself: a feature, or why it is none. */
function readUnit(
  markup: Markup,
  xml: string,
  unit: XmlUnit,
  namespaces: ReadonlyMap<string, string>,
  folders: FolderPaths,
): Omit<ForeignFeature, 'place' | 'text'> | { fault: string } {
  const refused = markup.units[unit.name];
  if (refused !== undefined) return { fault: refused };
  const parsed = parseFragment(xml, unit.line, namespaces);
  if ('fault' in parsed) return parsed;
  const { document, element } = parsed;
  const fault = markup.fault(element);
  if (fault !== undefined) return { fault };
  const geometry = markup.geometry(document, element);
  const fields = markup.fields(element);
  const folder = folders.of(unit.folder);
  if (folder !== '' && !fields.has('folder')) fields.set('folder', folder);
  const written = markup === KML ? writtenFields(element) : undefined;
  const id = element.getAttribute('id') ?? fields.get('id') ?? '';
  return {
    ...(id === '' ? {} : { id }),
    ...(geometry === undefined || geometry === null ? {} : { geometry }),
    fields,
    ...(written === undefined ? {} : { written }),
  };
}

function readMarkup(markup: Markup, bytes: Uint8Array, progress: Progress): ForeignData {
  const text = decodeXml(bytes);
  const names = new Set(Object.keys(markup.units));
  const { root, namespaces, units, broken } = outlineXml(text, names, partOf(progress, 0, 0.3));
  // Elements are found by the names that they have in the standard, without the prefix that a file gives them.
  const prefix = root.slice(0, root.length - localName(root).length);
  if (!markup.roots.includes(localName(root)) || !PREFIX.test(prefix)) {
    throw new FileFault(
      `The file is no ${markup.name}: its root is <${shortName(root)}>, not <${markup.roots[0] ?? ''}>. Choose another.`,
    );
  }
  const plain = withoutPrefix(prefix);
  const folders = new FolderPaths(namespaces);
  const tell = paced(partOf(progress, 0.3, 1));
  const features: ForeignFeature[] = [];
  const setAside: SetAside[] = [];
  const columns = new Set<string>();
  const counts = new Map<string, number>();
  const placeOf = ({ name, line }: { name: string; line: number }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return `${name} ${count} (line ${line})`;
  };
  for (const unit of units) {
    const place = placeOf(unit);
    const own = text.slice(unit.start, unit.end);
    const read = readUnit(markup, plain(own), unit, namespaces, folders);
    if ('fault' in read) setAside.push({ place, reason: read.fault, text: own });
    else {
      features.push({ place, text: own, ...read });
      for (const name of read.fields.keys()) columns.add(name);
    }
    tell(unit.end / text.length);
  }
  const notes: string[] = [];
  if (broken !== undefined) {
    const { where, start, line, name } = broken;
    const place = name === undefined ? `line ${line}` : placeOf({ name, line });
    // Also where no place is cut in two: more of them may have followed.
    const rest = text.slice(start);
    setAside.push({ place, reason: `breaks off or is damaged ${where}`, text: rest });
    notes.push(`The file breaks off or is damaged ${where}: get a complete copy.`);
  }
  if (units.length === 0) notes.push(`It has no ${Object.keys(markup.units).slice(0, 3).join(', ')}.`);
  const links = counts.get('NetworkLink') ?? 0;
  if (links > 0) notes.push(`It links to other data (${links}), which is never fetched.`);
  notes.push(...folders.notes());
  return { columns: [...columns], features, setAside, notes };
}

/**
 * What takes a prefix, with its colon, away from the names of elements. Each part of a text is gone through once: in
 * the values of attributes may stand what looks like the beginning of a comment.
 */
function withoutPrefix(prefix: string): (xml: string) => string {
  if (prefix === '') return (xml) => xml;
  return (xml) => {
    const parts: string[] = [];
    let from = 0;
    for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at)) {
      const skip = skipEnd(xml, at);
      const name = at + (xml[at + 1] === '/' ? 2 : 1);
      if (skip === undefined && xml.startsWith(prefix, name)) {
        parts.push(xml.slice(from, name));
        from = name + prefix.length;
      }
      at = skip ?? endOfTag(xml, at);
      if (at < 0) break; // no text of an outline has such an end
    }
    return parts.join('') + xml.slice(from);
  };
}

/**
 * Reads a KML file. Names, descriptions (as the text they are, HTML or not), times and extended data are fields;
 * styles and views are not. Nothing is fetched. Of a file that breaks off, what is whole is read and the rest set aside.
 * @throws FileFault when its tags do not match, or nothing of it is whole, with the line, or it declares a document type
 */
export function readKml(bytes: Uint8Array, progress: Progress): ForeignData {
  return readMarkup(KML, bytes, progress);
}

/** Reads a GPX file: its waypoints, and its routes and tracks, which are lines. @throws FileFault as {@link readKml} */
export function readGpx(bytes: Uint8Array, progress: Progress): ForeignData {
  return readMarkup(GPX, bytes, progress);
}

/**
 * Reads the KML file in a KMZ: `doc.kml`, or the first there is, as Google Earth does.
 * @throws FileFault as {@link readKml}, and when the archive is damaged or too large
 */
export function readKmz(bytes: Uint8Array, progress: Progress): ForeignData {
  const files = unzipWithin(bytes, {}, partOf(progress, 0, 0.2), (name) => /\.kml$/i.test(name));
  const names = [...files.keys()];
  const name = names.includes('doc.kml') ? 'doc.kml' : names[0];
  const main = name === undefined ? undefined : files.get(name);
  if (name === undefined || main === undefined)
    throw new FileFault('The KMZ has no KML file in it: get a complete copy.');
  if (main.length > MAX_KML_BYTES) {
    throw new FileFault(
      `“${name}” in the KMZ has ${roughSize(main.length)}; at most ${roughSize(MAX_KML_BYTES)} are read: split it.`,
    );
  }
  const data = readKml(main, partOf(progress, 0.2, 1));
  const others = names.filter((one) => one !== name).map((one) => `“${one}”`);
  const note = `It has other KML files, which were not read: ${others.slice(0, 5).join(', ')}.`;
  return others.length === 0 ? data : { ...data, notes: [...data.notes, note] };
}
