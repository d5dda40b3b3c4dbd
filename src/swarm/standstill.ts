/**
 * Machines that stand still: paused, or starved by their host. Nothing is lost and nothing happens on them. What falls
 * due waits, and happens in its order when they go on; their clocks have gone on meanwhile.
 *
 * Departure: what was in the air when a machine stopped waits for it, however long, where a real one's host drops what
 * does not fit into the queue of its network card.
 */
import type { Instant } from '../base/index.ts';
import type { EventId, ScheduleOptions, Simulator } from '../sim/index.ts';
import { machineOf, type SwarmEvent } from './events.ts';
import type { Kernel } from './wire.ts';

interface Waiting {
  readonly id: EventId;
  readonly event: SwarmEvent;
}

/** What is due in the instant itself still happens: it belongs to what came before. */
interface Frozen {
  readonly since: Instant;
  readonly waiting: readonly Waiting[];
}

export type StandstillState = readonly (readonly [machine: string, frozen: Frozen])[];

/** The kernel as machines use it: what waits for one that stands still can be cancelled like all else. */
export class Standstill implements Kernel {
  readonly #simulator: Simulator<SwarmEvent>;
  readonly #frozen: Map<string, Frozen>;
  /** What a machine that goes on has yet to make up for. */
  #overdue: readonly Waiting[] = [];

  constructor(simulator: Simulator<SwarmEvent>, state: StandstillState = []) {
    this.#simulator = simulator;
    this.#frozen = new Map(state);
  }

  get now(): Instant {
    return this.#simulator.now;
  }

  get priority(): number {
    return this.#simulator.priority;
  }

  schedule(at: Instant, event: SwarmEvent, options?: ScheduleOptions): EventId {
    return this.#simulator.schedule(at, event, options);
  }

  cancel(id: EventId): boolean {
    if (this.#simulator.cancel(id)) return true;
    const isIt = (entry: Waiting) => entry.id === id;
    if (this.#overdue.some(isIt)) {
      this.#overdue = this.#overdue.filter((entry) => !isIt(entry));
      return true;
    }
    for (const [machine, { since, waiting }] of this.#frozen) {
      if (!waiting.some(isIt)) continue;
      this.#frozen.set(machine, { since, waiting: waiting.filter((entry) => !isIt(entry)) });
      return true;
    }
    return false;
  }

  isFrozen(machine: string): boolean {
    return this.#frozen.has(machine);
  }

  freeze(machine: string): void {
    if (!this.isFrozen(machine)) this.#frozen.set(machine, { since: this.now, waiting: [] });
  }

  /** Puts an event off that is due on a machine that stands still. False where it may happen. */
  holds(event: SwarmEvent, id: EventId): boolean {
    if (this.#frozen.size === 0) return false;
    const machine = machineOf(event);
    const frozen = machine === undefined ? undefined : this.#frozen.get(machine);
    if (machine === undefined || !frozen || frozen.since === this.now) return false;
    this.#frozen.set(machine, { ...frozen, waiting: [...frozen.waiting, { id, event }] });
    return true;
  }

  /** The machine goes on, with all that has waited: what is due first may cancel what is due later. */
  thaw(machine: string, dispatch: (event: SwarmEvent) => void): void {
    this.#overdue = this.#frozen.get(machine)?.waiting ?? [];
    this.#frozen.delete(machine);
    for (let [next] = this.#overdue; next; [next] = this.#overdue) {
      this.#overdue = this.#overdue.slice(1);
      dispatch(next.event);
    }
  }

  checkpoint(): StandstillState {
    return [...this.#frozen];
  }
}
