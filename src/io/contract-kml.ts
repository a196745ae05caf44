import { isObject } from '../domain/rules';
import type { Sighting } from '../domain/sighting';
import { SightingValidator, isSighting } from '../domain/validate';
import { type ReadingContext, SIGHTING_READERS } from './field-text';
import type { ForeignData, ForeignFeature, ImportResult, Progress } from './foreign';
import { type Candidate, ImportBuilder } from './import-builder';
import { eventDays } from './kml';
import { MEMBERS, membersBeside, xmlText } from './kml-json';
import { PROPERTY_ORDER, textOf } from './mapping';
import { type MendOptions, isSwappedOf } from './mend-geometry';
import { placeOf } from './place-text';
import { plainDescription } from './plain-description';
import { jsonOf } from './shallow-json';
import type { NamedContext } from './system-names';

type Written = NonNullable<ForeignFeature['written']>;
type Read = { id: string; candidate: Candidate; written: ReadonlyMap<string, string> };

const LISTS: readonly string[] = ['sources', 'reportedDistances'];

function isRead(name: string): name is keyof typeof SIGHTING_READERS {
  return Object.hasOwn(SIGHTING_READERS, name);
}

/** What a Feature has beside its id, place and properties; the last data of that name say it. */
function membersIn(given: Written): { rest: Written; members: Record<string, unknown> } {
  const at = given.findLastIndex(([name]) => name === MEMBERS);
  const value = jsonOf(given[at]?.[1] ?? '');
  if (!isObject(value)) return { rest: given, members: {} };
  return { rest: given.toSpliced(at, 1), members: membersBeside(value) };
}

/** The sighting that a Placemark has among its extended data. */
function sightingIn(feature: ForeignFeature, given: Written, context: ReadingContext): Read {
  const problems = new Map<string, string>();
  const { rest, members } = membersIn(given);
  const [first, ...others] = rest;
  const hasId = first?.[0] === 'id';
  const id = hasId ? first[1].trim() : String(feature.id ?? '');
  const properties = new Map<string, unknown>();
  const written = new Map<string, string>();
  const jsonTexts =
    Object.keys(members).length > 0 ? [given.findLast(([name]) => name === MEMBERS)?.[1] ?? ''] : [];
  const place = placeOf(feature, {
    place: { from: 'geometry' },
    order: isSwappedOf(context, id) ? 'lat lng' : 'lng lat',
  });
  const mends = [...place.mends];
  if (place.problem !== undefined) problems.set('$.geometry', place.problem);
  for (const [name, text] of hasId ? others : rest) {
    if (written.has(name)) continue; // is set aside as a field of its own
    written.set(name, text);
    const path = `$.properties.${name}`;
    if (isRead(name)) {
      const { value, problem, mend } = SIGHTING_READERS[name](text, context);
      if (problem !== undefined) problems.set(path, problem);
      if (mend !== undefined) mends.push(`${path}: ${mend}`);
      properties.set(name, value);
    } else {
      const value = jsonOf(text);
      if (value !== undefined) jsonTexts.push(text);
      if (value === undefined && LISTS.includes(name)) problems.set(path, 'is no JSON that can be read');
      properties.set(name, value === undefined ? text : value);
    }
  }
  const known = PROPERTY_ORDER.filter((name) => properties.has(name));
  const unknown = [...properties.keys()].filter((name) => !PROPERTY_ORDER.includes(name));
  const ordered = [...known, ...unknown].map((name) => [name, properties.get(name)] as const);
  const { geometry } = place;
  const sighting = { type: 'Feature', id, geometry, properties: Object.fromEntries(ordered), ...members };
  return {
    id,
    written,
    candidate: { place: feature.place, feature: sighting, problems, mends, json: jsonTexts.join() },
  };
}

/** A description without the name of the system, which only the list of systems tells. */
function withoutSystem(description: string): string {
  return description.replace(/^System: .*$\n?/m, '').trim();
}

/** What the elements of a Placemark say that were made of its sighting; `undefined` where that cannot be told. */
function derivedFrom(sighting: Sighting): Readonly<Record<string, string | undefined>> {
  const { title, eventDate } = sighting.properties;
  const days = new Set(eventDays(eventDate));
  return {
    name: xmlText(title).trim(),
    description: withoutSystem(xmlText(plainDescription(sighting, []))),
    time: [...days].join('/'),
  };
}

/**
 * Reads the sightings of a KML file that this map wrote. Its extended data are what counts. What else a Placemark says
 * that does not follow from them, since somebody changed or added it, is set aside; so is one without such data.
 * @throws what `progress` throws, and nothing else
 */
export function readContractKml(
  data: ForeignData,
  context: NamedContext,
  progress?: Progress,
  options: MendOptions = {},
): ImportResult {
  const builder = new ImportBuilder(context, data);
  const validator = new SightingValidator(context);
  const further = new Map<string, string[]>();
  for (const [i, feature] of data.features.entries()) {
    if (i % 1024 === 0) progress?.((i / data.features.length) * 0.7);
    const { place, fields, text, written: given } = feature;
    if (given === undefined) {
      const reason =
        'has no fields of a sighting, as the others have: put it into a file of its own to say what it means';
      builder.setAside({ place, reason, text });
      continue;
    }
    const { id, candidate, written } = sightingIn(feature, given, {
      ...context,
      ...options,
      dayFirst: undefined,
    });
    builder.add(id, candidate);
    const issues = validator.checkFeature(candidate.feature, i);
    const derived = isSighting(candidate.feature, issues) ? derivedFrom(candidate.feature) : {};
    for (const [name, value] of fields) {
      const said = textOf(value);
      const plainName = name.replace(/ \(\d+\)$/, '');
      if (said === '' || [name, plainName].some((one) => written.get(one)?.trim() === said)) continue;
      if ((name === 'id' && said === id) || plainName === MEMBERS) continue;
      if (!['name', 'description', 'time'].includes(name)) {
        const texts = further.get(name);
        if (texts) texts.push(said);
        else further.set(name, [said]);
      } else if ((name === 'description' ? withoutSystem(said) : said) !== derived[name]) {
        const reason = `its ${name} is not that of the sighting in its extended data, which counts: correct the sighting where the ${name} is right`;
        builder.setAside({ place, reason, text: said });
      }
    }
  }
  for (const [name, texts] of further) {
    const reason = 'is no field of a sighting: nothing was read from it';
    builder.setAside({ place: `field “${name}”`, reason, text: texts.join('\n') });
  }
  return builder.build((share) => progress?.(0.7 + share * 0.3));
}
