import type { TablePart } from '../../domain/combine-tables';
import { referrersIn, reportersIn, withReferences } from '../../domain/referrers';
import type { Sighting } from '../../domain/sighting';
import type { Change, Layer, RecordEdit } from '../../domain/work';
import { withDigitsOf } from '../../io/long-numbers';
import { plural, saidText } from '../wording';

/** A sighting that reports a distance to another, which it names by its id. */
export interface Referrer {
  layer: string;
  id: string;
  title: string;
  /** as it is now */
  text: string;
}

/** What is asked for who names what. */
export interface DataSets {
  layers: () => readonly Layer[];
  partsOf: (layer: string) => readonly TablePart[];
  textOf: (layer: string, id: string) => string | null;
  /** whether a reference point of the data has an id */
  isPoint: (id: string) => boolean;
}

/** Which sightings name which, by reported distances. */
export class References {
  constructor(private readonly dataSets: DataSets) {}

  /**
   * The sightings that name one of a layer and would name nothing, or something else, without it: those of its own data
   * set, and those of the others where none of these has a sighting of that id. A reference point comes first.
   */
  of(layer: string, id: string): Referrer[] {
    const { layers, partsOf, textOf, isPoint } = this.dataSets;
    if (isPoint(id)) return [];
    const all = layers().map((one) => one.id);
    const isElsewhere = all.some((other) => other !== layer && textOf(other, id) !== null);
    return (isElsewhere ? [layer] : all).flatMap((one) =>
      partsOf(one).flatMap((part) =>
        referrersIn(part, id).map(({ sighting, text }) => {
          return { layer: one, id: sighting.id, title: saidText(sighting.properties.title), text };
        }),
      ),
    );
  }

  /** The sightings of other data sets that name one of a layer, and would name nothing without that layer. */
  ofLayer(layer: string): Referrer[] {
    const { layers, partsOf, textOf, isPoint } = this.dataSets;
    const others = layers().flatMap(({ id }) => (id === layer ? [] : [id]));
    const isIn = (id: string) => (one: string) => textOf(one, id) !== null;
    const isLost = ({ to }: { to: string }) => !isPoint(to) && isIn(to)(layer) && !others.some(isIn(to));
    return others.flatMap((one) =>
      partsOf(one).flatMap((part) =>
        Array.from(reportersIn(part)).flatMap(({ sighting: { id, properties }, text }) =>
          properties.reportedDistances?.some(isLost)
            ? [{ layer: one, id, title: saidText(properties.title), text }]
            : [],
        ),
      ),
    );
  }

  /**
   * What adds a sighting, or puts it in the place of the one with the id `replaces`, and the other sightings whose
   * references follow it to its new id.
   */
  put(layer: string, sighting: Sighting, replaces: string | null): { change: Change; named: Referrer[] } {
    const { textOf } = this.dataSets;
    const { id, properties } = sighting;
    const old = replaces === null || replaces === id ? [] : [replaces];
    const named = old.flatMap((from) => this.of(layer, from));
    const follow = (from: string) => (referrer: Referrer) => {
      return {
        layer: referrer.layer,
        id: referrer.id,
        before: referrer.text,
        after: withDigitsOf(referrer.text, withReferences(referrer.text, from, id)),
      };
    };
    const own = textOf(layer, replaces ?? id) ?? '';
    const records: RecordEdit[] = [
      ...old.map((from) => ({ layer, id: from, before: textOf(layer, from), after: null })),
      { layer, id, before: textOf(layer, id), after: withDigitsOf(own, JSON.stringify(sighting)) },
      ...old.flatMap((from) => named.map(follow(from))),
    ];
    const what = `${replaces === null ? 'Add' : 'Correct'} “${saidText(properties.title)}”`;
    return { change: { note: `${what}${andItsName(named.length)}`, records, layers: [] }, named };
  }
}

/** `, and its name in 2 other sightings`; '' for none */
export function andItsName(count: number): string {
  if (count === 0) return '';
  return `, and its name in ${plural(count, 'other sighting')}`;
}
