import { IssueList } from '../domain/issue';
import { type ContractContext, SightingValidator, isSighting } from '../domain/validate';
import type { ForeignData, ImportResult, Incomplete, Mend, Progress, SetAside } from './foreign';

/** What a row or a feature of a file became, before it is checked. */
export interface Candidate {
  place: string;
  /** a Feature in the form of the contract as far as it goes */
  feature: unknown;
  /** what is wrong with it beyond the contract, by JSONPath: said in place of the contract's words for that path */
  problems: ReadonlyMap<string, string>;
  /** what was changed of it, in words */
  mends: readonly string[];
}

const HEAD = '{"type":"FeatureCollection","features":[\n';
const TAIL = '\n]}\n';

/** A GeoJSON file of features that are texts already, one a line. */
export function collectionBytes(features: readonly string[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [encoder.encode(HEAD)];
  // In pieces, as a text of all features may be longer than a text can be.
  for (let i = 0; i < features.length; i += 10_000) {
    const lines = features.slice(i, i + 10_000).join(',\n');
    parts.push(encoder.encode(i === 0 ? lines : `,\n${lines}`));
  }
  parts.push(encoder.encode(TAIL));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
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

  /** Checks all that was added against the contract. */
  build(progress?: Progress): ImportResult {
    const validator = new SightingValidator(this.context);
    const sorted = this.#candidates.toSorted((a, b) =>
      a.id < b.id ? -1 : a.id > b.id ? 1 : a.order - b.order,
    );
    const issues = sorted.map(({ candidate }, index) => {
      if (index % 4096 === 0) progress?.(index / sorted.length);
      return validator.checkFeature(candidate.feature, index);
    });
    for (const issue of validator.finish()) issues[issue.index ?? 0]?.push(issue);

    const lines: string[] = [];
    const mended: Mend[] = [];
    const warnings: ImportResult['warnings'][number][] = [];
    const incomplete: (Incomplete & { order: number })[] = [];
    for (const [i, { id, order, candidate }] of sorted.entries()) {
      const { place, feature, problems, mends } = candidate;
      const found = issues[i] ?? [];
      if (problems.size === 0 && isSighting(feature, found)) {
        lines.push(JSON.stringify(feature));
        for (const what of mends) mended.push({ place, id, what });
        for (const { path, message } of found) warnings.push({ place, id, message: `${path}: ${message}` });
        continue;
      }
      const report = new IssueList(null, null);
      for (const [path, message] of problems) report.error(path, message);
      const errors = found.filter(({ path, severity }) => severity === 'error' && !isTold(path, problems));
      const reasons = [...report.issues, ...errors].map(({ path, message }) => `${path}: ${message}`);
      incomplete.push({ place, feature, reasons, order });
    }
    return {
      bytes: collectionBytes(lines),
      accepted: lines.length,
      mended,
      warnings,
      incomplete: incomplete
        .toSorted((a, b) => a.order - b.order)
        .map(({ place, feature, reasons }) => ({ place, feature, reasons })),
      setAside: this.#setAside,
    };
  }
}

/** Whether a problem says already what the contract says of a path. */
function isTold(path: string, problems: ReadonlyMap<string, string>): boolean {
  return [...problems.keys()].some(
    (told) => path === told || path.startsWith(`${told}.`) || path.startsWith(`${told}[`),
  );
}
