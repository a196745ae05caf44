import { type Issue, IssueList } from '../domain/issue';
import { type ContractContext, isSighting } from '../domain/validate';
import { type FeatureText, writeCollection } from './collection-file';
import { inFileOrder, partsOfPlace } from './file-issue';
import { joinBytes } from './join-bytes';
import type { ForeignData, ImportResult, Incomplete, Mend, Progress, SetAside } from './foreign';
import { ImportValidator } from './import-validator';
import { withDigitsOf, withQuotedNumbers } from './long-numbers';
import { type LostTarget, type Measuring, lostReason, withoutTarget } from './lost-targets';
import { PlacesInDoubt } from './places-in-doubt';

/** What a row or a feature of a file became, before it is checked. */
export interface Candidate {
  place: string;
  /** a Feature in the form of the contract as far as it goes */
  feature: unknown;
  /** what is wrong with it beyond the contract, by JSONPath: said in place of the contract's words for that path */
  problems: ReadonlyMap<string, string>;
  /** why something was left out, by JSONPath: said in place of the contract's words where these miss it, else as a mend */
  lacking?: ReadonlyMap<string, string>;
  /** what was changed of it, in words */
  mends: readonly string[];
  /** JSON that parts of it were read from, which has all the digits of their numbers */
  json?: string;
}

/** Collects what a file gives and sorts it into sightings, incomplete ones and the rest. */
export class ImportBuilder {
  readonly #candidates: { id: string; order: number; candidate: Candidate }[] = [];
  readonly #setAside: SetAside[];

  constructor(
    private readonly context: ContractContext,
    data: ForeignData,
  ) {
    this.#setAside = [...data.setAside];
  }

  add(id: string, candidate: Candidate): void {
    this.#candidates.push({ id, order: this.#candidates.length, candidate });
  }

  setAside(aside: SetAside): void {
    this.#setAside.push(aside);
  }

  /** Checks all that was added against the contract. Sightings are sorted by id, what is said of them by the file. */
  build(progress?: Progress): ImportResult {
    const validator = new ImportValidator(this.context);
    const sorted = this.#candidates.toSorted((a, b) =>
      a.id < b.id ? -1 : a.id > b.id ? 1 : a.order - b.order,
    );
    const issues = sorted.map(({ candidate }, index) => {
      if (index % 4096 === 0) progress?.(index / sorted.length);
      return validator.checkFeature(candidate.feature, index);
    });
    for (const issue of validator.finish()) issues[issue.index ?? 0]?.push(issue);

    const lost = this.#lost(sorted.map(({ candidate }, i) => [candidate, issues[i] ?? []]));
    const places = new PlacesInDoubt();
    for (const { candidate } of sorted) places.add(candidate.feature);
    const doubts = places.find();
    const encoder = new TextEncoder();
    const accepted: FeatureText[] = [];
    const mended: Mend[] = [];
    const warnings: ImportResult['warnings'][number][] = [];
    const incomplete: Incomplete[] = [];
    const inOrder = [...sorted.entries()].sort(([, a], [, b]) => a.order - b.order);
    for (const [i, { id, candidate }] of inOrder) {
      const { place, feature, problems, mends, json = '', lacking = new Map<string, string>() } = candidate;
      const found = issues[i] ?? [];
      const doubt = doubts.get(i);
      if (doubt !== undefined) warnings.push({ place, id, message: doubt });
      const lostTarget = lost.get(i);
      if (lostTarget === undefined && problems.size === 0 && isSighting(feature, found)) {
        accepted.push({ id, bytes: encoder.encode(withDigitsOf(json, JSON.stringify(feature))) });
        for (const what of mends) mended.push({ place, id, what });
        for (const [path, why] of lacking) mended.push({ place, id, what: `${path}: was left out: ${why}` });
        for (const { path, message } of found) warnings.push({ place, id, message: `${path}: ${message}` });
        continue;
      }
      const report = new IssueList(null, null);
      const told = new Map([...problems, ...lacking]);
      for (const [path, message] of told) report.error(path, message);
      const errors = found.filter(({ path, severity }) => severity === 'error' && !isTold(path, told));
      const own = [...report.issues, ...errors].map(({ path, message }) => `${path}: ${message}`);
      const reasons = lostTarget === undefined ? own : [...own, lostReason(lostTarget)];
      incomplete.push({ place, feature: json === '' ? feature : exact(feature, json), reasons });
    }
    return {
      bytes: joinBytes(writeCollection({}, accepted)),
      accepted: accepted.length,
      mended,
      warnings,
      incomplete,
      setAside: asidesInOrder(this.#setAside),
    };
  }

  /** What measures to one that is not accepted, and to which. */
  #lost(checked: readonly (readonly [Candidate, readonly Issue[]])[]): ReadonlyMap<number, LostTarget> {
    const { referencePointIds } = this.context;
    if (referencePointIds === undefined) return new Map();
    const measuring = checked.flatMap(([{ feature, problems }, issues], index): Measuring[] => {
      if (problems.size > 0 || !isSighting(feature, issues)) return [];
      const refersTo = (feature.properties.reportedDistances ?? []).map(({ to }) => to);
      return [{ index, id: feature.id, refersTo }];
    });
    return withoutTarget(measuring, (id) => referencePointIds.has(id));
  }
}

/** What was set aside as the file was read, and what was later, in the order of the file. */
function asidesInOrder(asides: readonly SetAside[]): SetAside[] {
  return inFileOrder(asides.map((aside) => ({ ...partsOfPlace(aside.place), aside }))).map(
    ({ aside }) => aside,
  );
}

/** A feature with texts for the numbers that a draft, which is a value, would round. */
function exact(feature: unknown, json: string): unknown {
  const text = JSON.stringify(feature);
  const quoted = withQuotedNumbers(withDigitsOf(json, text));
  return quoted === text ? feature : JSON.parse(quoted);
}

/** Whether a problem says already what the contract says of a path. */
function isTold(path: string, problems: ReadonlyMap<string, string>): boolean {
  return [...problems.keys()].some(
    (told) => path === told || path.startsWith(`${told}.`) || path.startsWith(`${told}[`),
  );
}
