import { agreesJson, isEqualJson } from './equal-json';
import { type ReportedDistance, SOURCE_FIELDS, type Sighting, type Source } from './sighting';

/** Keys of a source in the order in which they are written. */
const SOURCE_KEYS: readonly string[] = SOURCE_FIELDS;

/** What two lists say that the other does not, and whether they contradict each other. */
export interface ListDifference {
  isSame: boolean;
  oursHasMore: boolean;
  theirsHasMore: boolean;
  isContradiction: boolean;
}

/** Sources of two lists that are one and the same. */
export interface SourceMatch {
  /** by index into theirs: the index into ours, `undefined` for a source that only theirs has */
  inOurs: readonly (number | undefined)[];
  /** by index into ours: the index into theirs */
  inTheirs: readonly (number | undefined)[];
}

/** A source with what it means where it does not say so: who does not dispute supports. */
function plain({ stance = 'supports', ...rest }: Source): Source {
  return { ...rest, stance };
}

const isSamePublication = (a: Source, b: Source) =>
  a.publisher === b.publisher && a.publishedDate === b.publishedDate;
const isSameIdentity = (a: Source, b: Source) => isSamePublication(a, b) && a.url === b.url;

/** Surest first: what makes two sources one and the same. */
const RULES: readonly ((a: Source, b: Source) => boolean)[] = [
  (a, b) => isEqualJson(plain(a), plain(b)),
  (a, b) => isSameIdentity(a, b) && agreesJson(plain(a), plain(b)),
  isSameIdentity,
  // One of them lacks the link that the other has.
  (a, b) =>
    isSamePublication(a, b) && (a.url === undefined || b.url === undefined) && agreesJson(plain(a), plain(b)),
  // Who published it, or when, was corrected.
  (a, b) => a.url !== undefined && a.url === b.url,
];

/**
 * Finds the sources that both lists have: same publisher, date and link, or, of those that are left, same link. Each
 * has one partner at most.
 */
export function matchSources(ours: readonly Source[], theirs: readonly Source[]): SourceMatch {
  const inOurs = new Array<number | undefined>(theirs.length).fill(undefined);
  const inTheirs = new Array<number | undefined>(ours.length).fill(undefined);
  for (const isSame of RULES) {
    for (const [at, their] of theirs.entries()) {
      if (inOurs[at] !== undefined) continue;
      const match = ours.findIndex((our, i) => inTheirs[i] === undefined && isSame(our, their));
      if (match < 0) continue;
      inOurs[at] = match;
      inTheirs[match] = at;
    }
  }
  return { inOurs, inTheirs };
}

/** Whether two lists of sources say the same, in whatever order. */
export function compareSources(ours: readonly Source[], theirs: readonly Source[]): ListDifference {
  const { inOurs, inTheirs } = matchSources(ours, theirs);
  let oursHasMore = inTheirs.includes(undefined);
  let theirsHasMore = inOurs.includes(undefined);
  let isContradiction = false;
  for (const [at, their] of theirs.entries()) {
    const our = ours[inOurs[at] ?? -1];
    if (!our) continue;
    const [a, b] = [plain(our), plain(their)];
    isContradiction ||= !agreesJson(a, b);
    oursHasMore ||= Object.keys(a).some((key) => !Object.hasOwn(b, key));
    theirsHasMore ||= Object.keys(b).some((key) => !Object.hasOwn(a, key));
  }
  return {
    isSame: !oursHasMore && !theirsHasMore && !isContradiction,
    oursHasMore,
    theirsHasMore,
    isContradiction,
  };
}

/** Whether ours has all sources of theirs, and at least one more. */
export function hasMoreSources(ours: readonly Source[], theirs: readonly Source[]): boolean {
  const { inOurs, inTheirs } = matchSources(ours, theirs);
  return !inOurs.includes(undefined) && inTheirs.includes(undefined);
}

/** One of both sources with what the other has besides; where they contradict each other, ours stands. */
function uniteSource(our: Source, their: Source): Source {
  const rank = (key: string) => (SOURCE_KEYS.includes(key) ? SOURCE_KEYS.indexOf(key) : SOURCE_KEYS.length);
  const entries = Object.entries({ ...their, ...our }).toSorted(([a], [b]) => rank(a) - rank(b));
  const isOurs = our.stance !== undefined || their.stance === 'supports';
  return Object.fromEntries(entries.filter(([key]) => key !== 'stance' || isOurs)) as unknown as Source;
}

/** All sources of both lists: ours in their order, each with what theirs has besides, then those that only theirs has. */
export function uniteSources(ours: readonly Source[], theirs: readonly Source[]): Source[] {
  const { inOurs, inTheirs } = matchSources(ours, theirs);
  const united = ours.map((our, i) => {
    const their = theirs[inTheirs[i] ?? -1];
    if (!their || isEqualJson(plain(our), plain(their))) return our;
    const both = uniteSource(our, their);
    // It would be another of ours once more.
    return ours.some((other) => isEqualJson(plain(other), plain(both))) ? our : both;
  });
  return [...united, ...theirs.filter((_, at) => inOurs[at] === undefined)];
}

type Reporting = Pick<Sighting, 'properties'>;

/** By the sources of each list: a number that all those share which say the same or were matched. */
function groupSources(ours: readonly Source[], theirs: readonly Source[]) {
  const { inTheirs } = matchSources(ours, theirs);
  const groups = [...ours, ...theirs].map((_, i) => i);
  const unite = (a: number, b: number) => {
    const [kept, gone] = [groups[a], groups[b]];
    if (kept === undefined || gone === undefined) return;
    for (const [i, group] of groups.entries()) if (group === gone) groups[i] = kept;
  };
  for (const [list, offset] of [
    [ours, 0],
    [theirs, ours.length],
  ] as const) {
    for (const [i, source] of list.entries())
      unite(offset + list.findIndex((other) => isEqualJson(plain(other), plain(source))), offset + i);
  }
  for (const [i, at] of inTheirs.entries()) if (at !== undefined) unite(i, ours.length + at);
  return { ours: groups.slice(0, ours.length), theirs: groups.slice(ours.length) };
}

/** Whether two sightings report the same distances on the word of the same sources, in whatever order. */
export function compareDistances(
  { properties: ours }: Reporting,
  { properties: theirs }: Reporting,
): ListDifference {
  const groups = groupSources(ours.sources, theirs.sources);
  const grouped = (distances: readonly ReportedDistance[] = [], group: readonly number[]) =>
    distances.map((distance) => ({ ...distance, source: group[distance.source] ?? -1 }));
  const onlyOurs = grouped(ours.reportedDistances, groups.ours);
  const onlyTheirs = grouped(theirs.reportedDistances, groups.theirs).filter((distance) => {
    const at = onlyOurs.findIndex((our) => isEqualJson(our, distance));
    if (at >= 0) onlyOurs.splice(at, 1);
    return at < 0;
  });
  const isContradiction = onlyTheirs.some((their) =>
    onlyOurs.some((our) => our.to === their.to && our.source === their.source),
  );
  const [oursHasMore, theirsHasMore] = [onlyOurs.length > 0, onlyTheirs.length > 0];
  return { isSame: !oursHasMore && !theirsHasMore, oursHasMore, theirsHasMore, isContradiction };
}

/** Whose list is taken; `both` unites them. */
export type ListChoice = 'ours' | 'theirs' | 'both';

/**
 * The sources and reported distances of two sightings as one. A distance keeps the source that reports it: one that
 * was not chosen comes along with its distance.
 */
export function mergeReporting(
  { properties: ours }: Reporting,
  { properties: theirs }: Reporting,
  choice: { sources: ListChoice; reportedDistances: ListChoice },
): { sources: Source[]; reportedDistances: ReportedDistance[] } {
  const match = matchSources(ours.sources, theirs.sources);
  const sources =
    choice.sources === 'both'
      ? uniteSources(ours.sources, theirs.sources)
      : [...(choice.sources === 'ours' ? ours : theirs).sources];
  const partner = (side: typeof ours, i: number) =>
    choice.sources === 'theirs'
      ? side === theirs
        ? i
        : match.inTheirs[i]
      : side === ours
        ? i
        : match.inOurs[i];
  const placed = (side: typeof ours): ReportedDistance[] =>
    (side.reportedDistances ?? []).flatMap((distance) => {
      const source = side.sources[distance.source];
      if (!source) return []; // it obeys no contract
      let at = partner(side, distance.source) ?? sources.indexOf(source);
      if (at < 0) at = sources.push(source) - 1;
      return [{ ...distance, source: at }];
    });
  if (choice.reportedDistances !== 'both') {
    return { sources, reportedDistances: placed(choice.reportedDistances === 'ours' ? ours : theirs) };
  }
  const reportedDistances = placed(ours);
  const known = [...reportedDistances];
  for (const distance of placed(theirs)) {
    const at = known.findIndex((other) => isEqualJson(other, distance));
    if (at < 0) reportedDistances.push(distance);
    else known.splice(at, 1);
  }
  return { sources, reportedDistances };
}
