/**
 * The kernel, with a past: what was left out of a quiet time is made up for by letting it happen after all, at the
 * instants at which it would have happened, before time goes on.
 */
import type { Instant } from '../base/index.ts';
import { type EventId, EventQueue, type ScheduleOptions } from '../sim/index.ts';
import type { SwarmEvent } from './events.ts';
import type { Kernel } from './wire.ts';

export class CatchUpKernel implements Kernel {
  readonly #present: Kernel;
  readonly #past = new EventQueue<SwarmEvent>();
  #moment: { now: Instant; priority: number } | undefined;

  constructor(present: Kernel) {
    this.#present = present;
  }

  get now(): Instant {
    return this.#moment?.now ?? this.#present.now;
  }

  get priority(): number {
    return this.#moment?.priority ?? this.#present.priority;
  }

  get isCatchingUp(): boolean {
    return this.#moment !== undefined;
  }

  /** Ids of the past are negative: all of them are over when the present is reached. */
  schedule(at: Instant, event: SwarmEvent, options: ScheduleOptions = {}): EventId {
    if (!this.#moment || at > this.#present.now) return this.#present.schedule(at, event, options);
    return -1 - this.#past.push(at, options.priority ?? 0, event, options.periodic ?? false);
  }

  cancel(id: EventId): boolean {
    return id < 0 ? this.#past.cancel(-1 - id) : this.#present.cancel(id);
  }

  /** Goes back to an instant, where `prepare` says what is to come, and lets all of it happen up to the present. */
  catchUp(from: Instant, prepare: () => void, dispatch: (event: SwarmEvent) => void): void {
    this.#moment = { now: from, priority: 0 };
    prepare();
    while (this.#past.length > 0) {
      this.#moment = { now: this.#past.nextAt, priority: this.#past.nextPriority };
      dispatch(this.#past.pop()!);
    }
    this.#moment = undefined;
  }
}
