import type { DaySpan } from './dates';
import { type Period, periodOf } from './period';
import { type Filter, ORIGIN_VALUES } from './query';
import { CONFIDENCES, STATUSES, type SightingColumns } from './table';

/**
 * What filters ask of a sighting with a place, as one number: ((confidence × 3 + status) × 5 + origins) × systems +
 * system, each by its index in {@link CONFIDENCES}, {@link STATUSES}, {@link ORIGIN_VALUES} and the ids of systems.
 */
export interface Combination {
  confidence: number;
  status: number;
  origins: number;
  system: number;
}

const ORIGINS = ORIGIN_VALUES.length;

export function combinationOf(
  { confidence, status, origins, system }: Combination,
  systemCount: number,
): number {
  return ((confidence * STATUSES.length + status) * ORIGINS + origins) * systemCount + system;
}

export function partsOf(combination: number, systemCount: number): Combination {
  const rest = Math.floor(combination / systemCount);
  const levels = Math.floor(rest / ORIGINS);
  return {
    system: combination % systemCount,
    origins: rest % ORIGINS,
    status: levels % STATUSES.length,
    confidence: Math.floor(levels / STATUSES.length),
  };
}

export function combinationCount(systemCount: number): number {
  return CONFIDENCES.length * STATUSES.length * ORIGINS * systemCount;
}

/** The combination of each row of a table. */
export function combinationsOf(
  columns: Pick<SightingColumns, 'confidence' | 'status' | 'origins' | 'system'>,
  systemCount: number,
): Uint32Array {
  const { confidence, status, origins, system } = columns;
  return Uint32Array.from(confidence, (level, row) => {
    const parts = {
      confidence: level,
      status: status[row] ?? 0,
      origins: Math.min(ORIGINS - 1, origins[row] ?? 0),
      system: system[row] ?? 0,
    };
    return combinationOf(parts, systemCount);
  });
}

/** 1 for each combination that has one of the values wanted, of each facet that asks for some. */
export function wantedCombinations(
  facets: Pick<Filter['facets'], 'confidence' | 'system' | 'status' | 'origins'>,
  systemIds: readonly string[],
): Uint8Array {
  const isWanted = (name: keyof typeof facets, value: string | undefined) =>
    facets[name]?.has(value ?? '') ?? true;
  return Uint8Array.from({ length: combinationCount(systemIds.length) }, (_, combination) => {
    const { confidence, status, origins, system } = partsOf(combination, systemIds.length);
    return Number(
      isWanted('confidence', CONFIDENCES[confidence]) &&
        isWanted('status', STATUSES[status]) &&
        isWanted('origins', ORIGIN_VALUES[origins]) &&
        isWanted('system', systemIds[system]),
    );
  });
}

/** Whether dates from one period to another have a day among some days that are whole periods. */
export function periodTest(
  days: DaySpan | undefined,
  period: Period,
): (first: number, last: number) => boolean {
  if (days === undefined || period === 'none') return () => true;
  const [from, to] = [periodOf(days.firstDay, period), periodOf(days.lastDay, period)];
  return (first, last) => first <= to && last >= from;
}
