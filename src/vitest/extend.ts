/** Teaches vitest's `expect` the matchers, and TypeScript on what each of them can be used. */
import { expect, type MatcherState } from 'vitest';
import * as matchers from './matchers/index.ts';
import { messageOf } from './message.ts';
import { type RunningTest, sightOf } from './sight.ts';
import type { Verdict } from './verdict.ts';

/** What `expect(…)` offers. A matcher that is used on something else than it is about says so when it is called. */
export interface DryswarmMatchers {
  /** Of a service or a swarm: every task that is wanted runs, with the specification of today, and nothing is under way. */
  toHaveConverged(): void;
  /** Of a service: the last change of the specification was rolled out to the end. */
  toHaveCompletedUpdate(): void;
  /** Of a service: the last change of the specification was rolled back, by Swarm or by request, to the end. */
  toHaveRolledBack(): void;
  /** Of a service: the rollout of the last change has stopped after a failure, and waits for somebody. */
  toHavePausedUpdate(): void;
  /** Of a service: so many tasks are observed running now, whatever is wanted of them. */
  toHaveRunning(count: number): void;
  /**
   * Of a service: at every moment since it first had so many, at least so many tasks were observed running.
   *
   * @example
   * expect(api).toHaveKeptRunning({ atLeast: 5 });
   */
  toHaveKeptRunning(options: matchers.KeptRunningOptions): void;
  /**
   * Of a service: at every moment since it first had so many, at least this part (0 to 1) of the tasks that are wanted
   * today was observed running: of the replicas, or for a global service of as many as run today.
   *
   * @example
   * expect(api).toHaveStayedAvailable(0.75);
   */
  toHaveStayedAvailable(ratio: number, options?: matchers.StayedAvailableOptions): void;
  /** Of a swarm: a manager leads; with a name: this one. */
  toHaveLeader(name?: string): void;
  /** Of a swarm: so many managers are up and can reach each other that they can elect a leader and accept writes. */
  toHaveQuorum(): void;
  /**
   * Of a service or a swarm: these things happened, in this order, with anything between them. What happened to a
   * service is what happened to it and to the swarm as a whole.
   *
   * @example
   * expect(api).toMatchTimeline(['updating', /failed: .* exit \(1\)/, { kind: 'update.changed', state: 'paused' }]);
   */
  toMatchTimeline(patterns: readonly matchers.TimelinePattern[]): void;
}

// vitest 4 and 5 differ in the type parameters of their own interfaces. Chai's, which both build on, has none.
declare global {
  namespace Chai {
    interface Assertion extends DryswarmMatchers {}
  }
}

type Judge = (received: unknown, ...args: unknown[]) => Verdict;

function matcher(judge: Judge) {
  return function (this: MatcherState, received: unknown, ...args: unknown[]) {
    const verdict = judge(received, ...args);
    // vitest knows the test that an `expect` belongs to, also where several run at once, but its types do not tell.
    const { isNot, task } = this as MatcherState & { readonly task?: RunningTest };
    return { pass: verdict.pass, message: () => messageOf(verdict, { isNot, sight: sightOf(verdict.swarm, task) }) };
  };
}

expect.extend(Object.fromEntries(Object.entries(matchers).map(([name, judge]) => [name, matcher(judge as Judge)])));
