/** The filters set up for one task, and their count of refusals (swarmkit manager/scheduler/pipeline.go). */
import type { Task } from '../../api/index.ts';
import type { Filter, Surroundings } from './filters/index.ts';
import type { NodeInfo } from './node-info.ts';

/** A filter that concerns a task, with what it looks at. */
export interface Check {
  readonly filter: Filter;
  readonly input: unknown;
}

/** The checks of a task, in the order in which they are made. */
export function checksOf(task: Task, filters: readonly Filter[], surroundings: Surroundings): readonly Check[] {
  return filters.flatMap((filter) => {
    const input = filter.inputOf(task, surroundings);
    return input === undefined ? [] : [{ filter, input }];
  });
}

/** The first check that a node fails: the only one that is counted, and the reason to give. */
export function firstRefusal(checks: readonly Check[], info: NodeInfo, surroundings: Surroundings): Check | undefined {
  return checks.find(({ filter, input }) => !filter.passes(input, info, surroundings));
}

export class Pipeline {
  readonly #checks: readonly Check[];
  readonly #surroundings: Surroundings;
  /** Refusals of each check since a node last passed. */
  readonly #refusals: number[];
  #isCounting = false;

  constructor(checks: readonly Check[], surroundings: Surroundings) {
    this.#checks = checks;
    this.#surroundings = surroundings;
    this.#refusals = checks.map(() => 0);
  }

  /** A node that passes clears the counts, so that an explanation tells only of the nodes checked after it. */
  passes(info: NodeInfo): boolean {
    const checks = this.#checks;
    for (let index = 0; index < checks.length; index += 1) {
      const { filter, input } = checks[index]!;
      if (filter.passes(input, info, this.#surroundings)) continue;
      this.#refusals[index]! += 1;
      this.#isCounting = true;
      return false;
    }
    if (this.#isCounting) {
      this.#refusals.fill(0);
      this.#isCounting = false;
    }
    return true;
  }

  /** The filters that refused nodes, most refusals first, joined by `; `. */
  explain(): string {
    return this.#checks
      .map(({ filter }, index) => ({ filter, refusals: this.#refusals[index]! }))
      .filter(({ refusals }) => refusals > 0)
      .sort((a, b) => b.refusals - a.refusals)
      .map(({ filter, refusals }) => filter.explain(refusals))
      .join('; ');
  }
}
