import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readReferencePoints } from '../domain/reference-data';
import type { ForeignData } from '../io/foreign';
import { GAZETTEER_FILE, Gazetteer } from '../io/gazetteer';
import type { Mapping } from '../io/mapping';
import { REFERENCE_POINTS_FILE } from '../io/reference-points';
import { swappedByName } from '../io/swapped-names';
import {
  type Pair,
  boundsOfPoints,
  looksSwapped,
  pairsOfData,
  swapNoteOf,
  swapSentence,
  swappedShare,
} from '../io/swapped-places';
import { PROJECT_DATA, companionOf, jsonOf } from './companions';

/** The reference points of a file; none when they cannot be read, which is said where sightings are checked. */
async function pointsOf(file: string) {
  try {
    const { read } = await companionOf(file, REFERENCE_POINTS_FILE);
    return readReferencePoints(jsonOf(await read())).referencePoints;
  } catch {
    return [];
  }
}

const NEAR_WHAT = 'the reference points';

/** @param isSwapAsked whether --swap-axes was given: it swaps what is right then */
function withRemedy(sentence: string | undefined, isSwapAsked: boolean): string | undefined {
  if (sentence === undefined) return undefined;
  return `${sentence} ${isSwapAsked ? 'They lie so by --swap-axes: leave it out.' : 'To swap them, try --swap-axes.'}`;
}

/**
 * Why latitude and longitude of a table seem to be swapped, and what to do; `undefined` when they do not.
 * @param isSwapAsked whether the mapping swaps them already
 */
export async function swapNote(
  file: string,
  data: ForeignData,
  mapping: Mapping,
  isSwapAsked = false,
): Promise<string | undefined> {
  const share = swappedShare(pairsOfData(data, mapping), boundsOfPoints(await pointsOf(file)));
  const sentence = looksSwapped(share)
    ? swapSentence(share, NEAR_WHAT)
    : share.outOfRange === 0 && share.near === 0
      ? await byNames(data, mapping)
      : undefined;
  return withRemedy(sentence, isSwapAsked);
}

/** Whether most places of a table lie near the reference points as they stand, and would not if they were swapped. */
export async function liesInPlace(file: string, data: ForeignData, mapping: Mapping): Promise<boolean> {
  const bounds = boundsOfPoints(await pointsOf(file));
  const { total, near } = swappedShare(pairsOfData(data, mapping), bounds);
  const turned = mapping.order === 'lng lat' ? 'lat lng' : 'lng lat';
  const { near: nearIfSwapped } = swappedShare(pairsOfData(data, { ...mapping, order: turned }), bounds);
  return near > total / 2 && nearIfSwapped < near;
}

/**
 * Why latitude and longitude seem to be swapped of sightings that a file has already, by where they lie.
 * @param isSwapAsked whether these are what a swap has made of them
 */
export async function swapNoteOfSightings(
  file: string,
  places: Iterable<Pair>,
  isSwapAsked = false,
): Promise<string | undefined> {
  const sentence = swapNoteOf(places, boundsOfPoints(await pointsOf(file)), NEAR_WHAT);
  return withRemedy(sentence, isSwapAsked);
}

async function byNames(data: ForeignData, mapping: Mapping): Promise<string | undefined> {
  if (mapping.fields.verbatimLocality.from !== 'column') return undefined;
  const text = await readFile(join(PROJECT_DATA, GAZETTEER_FILE), 'utf8').catch(() => undefined);
  const share = text === undefined ? undefined : swappedByName(data, mapping, Gazetteer.parse(text));
  return share && looksSwapped(share) ? swapSentence(share, 'the towns that they name') : undefined;
}
