/** The filters set up for one task, and their count of refusals (swarmkit manager/scheduler/pipeline.go). */
import type { Task } from '../../api/index.ts';
import type { Filter, Surroundings } from './filters/index.ts';
import type { NodeInfo } from './node-info.ts';

/** A filter set up for a task that it concerns. */
export interface Check {
  readonly filter: Filter;
  readonly input: unknown;
  readonly passes: (info: NodeInfo) => boolean;
}

/** The filters that concern a task, in the order in which they are asked. */
export function checksOf(task: Task, filters: readonly Filter[], surroundings: Surroundings): readonly Check[] {
  return checksFrom(inputsOf(task, filters, surroundings), filters, surroundings);
}

/** What each filter looks at of the task; undefined for those that it does not concern. */
export function inputsOf(task: Task, filters: readonly Filter[], surroundings: Surroundings): readonly unknown[] {
  return filters.map((filter) => filter.inputOf(task, surroundings));
}

export function checksFrom(
  inputs: readonly unknown[],
  filters: readonly Filter[],
  surroundings: Surroundings,
): readonly Check[] {
  return filters.flatMap((filter, index) => {
    const input = inputs[index];
    return input === undefined ? [] : [{ filter, input, passes: filter.check(input, surroundings) }];
  });
}

/** The first check that a node fails: the only one that is counted, and the reason to give. */
export function firstRefusal(checks: readonly Check[], info: NodeInfo): Check | undefined {
  // A loop, for this is asked for every task.
  for (const check of checks) if (!check.passes(info)) return check;
  return undefined;
}

/** The checks that a node which passed all of them may fail later in the same pass. */
export function checksOfBookings(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ filter }) => filter.looksAtBookings);
}

export class Pipeline {
  readonly #checks: readonly Check[];
  readonly #checksOfBookings: readonly Check[];
  /** How many nodes each check has refused since a node last passed. */
  readonly #refusals = new Map<Check, number>();

  constructor(checks: readonly Check[]) {
    this.#checks = checks;
    this.#checksOfBookings = checksOfBookings(checks);
  }

  /** A node that passes clears the counts, so that an explanation tells only of the nodes checked after it. */
  passes(info: NodeInfo): boolean {
    return this.#count(firstRefusal(this.#checks, info));
  }

  /** The same for a node that has passed already in this pass. */
  stillPasses(info: NodeInfo): boolean {
    return this.#count(firstRefusal(this.#checksOfBookings, info));
  }

  /** The filters that refused nodes, most refusals first, joined by `; `. */
  explain(): string {
    return this.#checks
      .map((check) => ({ filter: check.filter, refusals: this.#refusals.get(check) ?? 0 }))
      .filter(({ refusals }) => refusals > 0)
      .sort((a, b) => b.refusals - a.refusals)
      .map(({ filter, refusals }) => filter.explain(refusals))
      .join('; ');
  }

  #count(refusal: Check | undefined): boolean {
    if (refusal) this.#refusals.set(refusal, (this.#refusals.get(refusal) ?? 0) + 1);
    else if (this.#refusals.size > 0) this.#refusals.clear();
    return refusal === undefined;
  }
}
