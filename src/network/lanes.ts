import { compareText, DryswarmError, type Instant } from '../base/index.ts';
import type { Lane } from './lane.ts';
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

/** All lanes, made on first use. */
export class Lanes {
  /** By sender, receiver and channel: a message costs no new name. */
  readonly #lanes = new Map<string, Map<string, Map<string, LiveLane>>>();

  /** @throws DryswarmError (`invalid-machine`) for a name with a slash. */
  of(from: string, to: string, channel: string): LiveLane {
    return (
      this.#lanes.get(from)?.get(to)?.get(channel) ??
      this.#add({ from, to, channel, sent: 0, lastArrival: 0, plan: undefined })
    );
  }

  #add(lane: LiveLane): LiveLane {
    const { from, to, channel } = lane;
    requireName(from);
    requireName(to);
    const receivers = this.#lanes.get(from) ?? new Map<string, Map<string, LiveLane>>();
    const channels = receivers.get(to) ?? new Map<string, LiveLane>();
    this.#lanes.set(from, receivers.set(to, channels.set(channel, lane)));
    return lane;
  }

  #all(): LiveLane[] {
    return [...this.#lanes.values()].flatMap((receivers) =>
      [...receivers.values()].flatMap((channels) => [...channels.values()]),
    );
  }

  /** Sorted by sender, receiver and channel; lanes that were only asked about are left out. */
  states(): readonly Readonly<LaneState>[] {
    return this.#all()
      .filter(({ sent }) => sent > 0)
      .map(({ from, to, channel, sent, lastArrival }) => ({ from, to, channel, sent, lastArrival }))
      .sort(compareLanes);
  }

  restore(states: readonly Readonly<LaneState>[]): void {
    this.#lanes.clear();
    for (const state of states) this.#add({ ...state, plan: undefined });
  }

  /** The rules have changed. */
  forgetPlans(): void {
    for (const lane of this.#all()) lane.plan = undefined;
  }
}

function compareLanes(a: Lane, b: Lane): number {
  return compareText(a.from, b.from) || compareText(a.to, b.to) || compareText(a.channel, b.channel);
}

/** Or `a/b` to `c` and `a` to `b/c` would be one lane, with the same luck. */
function requireName(machine: string): void {
  if (machine.includes('/')) throw new DryswarmError('invalid-machine', `a machine's name holds no slash: ${machine}`);
}
