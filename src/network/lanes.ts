import { compareText, DryswarmError, type Instant } from '../base/index.ts';
import { type Lane, laneKey } from './lane.ts';
import type { Plan } from './plan.ts';

/** What is known of a lane. Plain data. */
export interface LaneState extends Lane {
  /** How many messages were sent: the number of the next one. */
  sent: number;
  /** No ordered message arrives earlier. */
  lastArrival: Instant;
}

/** A lane in use; changed in place. */
export interface LiveLane extends LaneState {
  /** The rules as they concern this lane, where that was worked out already. */
  plan: Plan | undefined;
}

/** All lanes by name, made on first use. */
export class Lanes {
  readonly #lanes = new Map<string, LiveLane>();

  /** @throws DryswarmError (`invalid-machine`) for a name with a slash. */
  of(from: string, to: string, channel: string): LiveLane {
    const key = laneKey({ from, to, channel });
    let lane = this.#lanes.get(key);
    if (lane === undefined) {
      requireName(from);
      requireName(to);
      lane = { from, to, channel, sent: 0, lastArrival: 0, plan: undefined };
      this.#lanes.set(key, lane);
    }
    return lane;
  }

  /** Sorted by sender, receiver and channel; lanes that were only asked about are left out. */
  states(): readonly Readonly<LaneState>[] {
    return [...this.#lanes.values()]
      .filter(({ sent }) => sent > 0)
      .map(({ from, to, channel, sent, lastArrival }) => ({ from, to, channel, sent, lastArrival }))
      .sort(compareLanes);
  }

  restore(states: readonly Readonly<LaneState>[]): void {
    this.#lanes.clear();
    for (const state of states) this.#lanes.set(laneKey(state), { ...state, plan: undefined });
  }

  /** The rules have changed. */
  forgetPlans(): void {
    for (const lane of this.#lanes.values()) lane.plan = undefined;
  }
}

function compareLanes(a: Lane, b: Lane): number {
  return compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.channel, b.channel);
}

/** Or `a/b` to `c` and `a` to `b/c` would be one lane, with the same luck. */
function requireName(machine: string): void {
  if (machine.includes('/')) throw new DryswarmError('invalid-machine', `a machine's name holds no slash: ${machine}`);
}
