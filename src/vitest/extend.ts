/** Teaches vitest's `expect` the matchers, and TypeScript on what each of them can be used. */
import { expect, type MatcherState } from 'vitest';
import type { ServiceHandle, Swarm } from '../swarm/index.ts';
import * as matchers from './matchers/index.ts';
import { messageOf } from './message.ts';
import { type RunningTest, sightOf } from './sight.ts';
import type { Verdict } from './verdict.ts';

/** A matcher of something else does not exist: to call it is an error of types. */
type On<T, Subject, Matcher> = T extends Subject ? Matcher : never;

export interface DryswarmMatchers<T> {
  /** Every task that is wanted runs, with the specification of today, and nothing is under way. */
  toHaveConverged: On<T, ServiceHandle | Swarm, () => void>;
  /** The last change of the specification was rolled out to the end. */
  toHaveCompletedUpdate: On<T, ServiceHandle, () => void>;
  /** The last change of the specification was rolled back, by Swarm or by request, to the end. */
  toHaveRolledBack: On<T, ServiceHandle, () => void>;
  /** The rollout of the last change of the specification has stopped after a failure, and waits for somebody. */
  toHavePausedUpdate: On<T, ServiceHandle, () => void>;
  /** So many tasks are observed running now, whatever is wanted of them. */
  toHaveRunning: On<T, ServiceHandle, (count: number) => void>;
  /**
   * At every moment since it first had so many, at least so many tasks were observed running.
   *
   * @example
   * expect(api).toHaveKeptRunning({ atLeast: 5 });
   */
  toHaveKeptRunning: On<T, ServiceHandle, (options: matchers.KeptRunningOptions) => void>;
  /**
   * At every moment since it first had so many, at least this part (0 to 1) of the tasks that are wanted today was
   * observed running: the replicas, or for a global service as many as run today.
   *
   * @example
   * expect(api).toHaveStayedAvailable(0.75);
   */
  toHaveStayedAvailable: On<T, ServiceHandle, (ratio: number, options?: matchers.StayedAvailableOptions) => void>;
  /** A manager leads; with a name: this one. */
  toHaveLeader: On<T, Swarm, (name?: string) => void>;
  /** So many managers are up and can reach each other that they can elect a leader and accept writes. */
  toHaveQuorum: On<T, Swarm, () => void>;
  /**
   * These things happened, in this order, with anything between them. On a service: to it, and to the swarm as a whole.
   *
   * @example
   * expect(api).toMatchTimeline(['updating', /failed: .* exit \(1\)/, { kind: 'update.changed', state: 'paused' }]);
   */
  toMatchTimeline: On<T, ServiceHandle | Swarm, (patterns: readonly matchers.TimelinePattern[]) => void>;
}

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: the declaration that it extends has this default.
  interface Matchers<T = any> extends DryswarmMatchers<T> {}
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
