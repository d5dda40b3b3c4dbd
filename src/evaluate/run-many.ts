/** Many rehearsals: each variant in each scenario with each seed. */
import type { Seed } from '../sim/index.ts';
import { measureRehearsal, type Run } from './rehearsal.ts';
import type { Release } from './release.ts';
import type { Scenario } from './scenario/scenario.ts';

export interface Variant {
  readonly label: string;
  readonly release: Release;
}

/** What is rehearsed with what. */
export interface Plan {
  readonly variants: readonly Variant[];
  readonly scenarios: readonly Scenario[];
  readonly seeds: readonly Seed[];
}

/** Told after each rehearsal how many of all are done. */
export type Progress = (done: number, total: number) => void;

/** Does all rehearsals of a plan, in whatever order; the answer is in the order of {@link runNumber}. */
export type RunAll = (plan: Plan, progress?: Progress) => readonly Run[];

export function countOf({ variants, scenarios, seeds }: Plan): number {
  return variants.length * scenarios.length * seeds.length;
}

/** The rehearsals of a plan are numbered from 0: seeds change fastest, then variants, then scenarios. */
export function runNumber({ variants, scenarios, seeds }: Plan, number: number): Run {
  const group = Math.floor(number / seeds.length);
  const { release } = variants[group % variants.length]!;
  const scenario = scenarios[Math.floor(group / variants.length)]!;
  return measureRehearsal(release, scenario, seeds[number % seeds.length]!);
}

/** One after the other. */
export const runHere: RunAll = (plan, progress) => {
  const total = countOf(plan);
  return Array.from({ length: total }, (_, number) => {
    const run = runNumber(plan, number);
    progress?.(number + 1, total);
    return run;
  });
};
