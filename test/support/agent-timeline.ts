/** Virtual time for a machine of src/agent on its own: the kernel's queue behind the {@link Timers} port. */
import type { Timers } from '../../src/agent/timers.ts';
import { millis } from '../../src/base/index.ts';
import { Priority, type QueuedEvent, Simulator } from '../../src/sim/index.ts';

export interface Act extends QueuedEvent {
  readonly kind: 'act';
  readonly index: number;
}

export class Timeline<E extends QueuedEvent> {
  readonly simulator: Simulator<E | Act>;
  readonly timers: Timers<E>;
  readonly #acts: (() => void)[] = [];

  /** `handle` gets every timer of the machine; `after` is called after each of them, and after each act. */
  constructor(handle: (event: E) => void, after: () => void = () => {}) {
    const simulator = new Simulator<E | Act>({
      dispatch: (event) => {
        if (event.kind === 'act') this.#acts[(event as Act).index]!();
        else handle(event as E);
        after();
      },
    });
    this.simulator = simulator;
    this.timers = {
      get now() {
        return simulator.now;
      },
      wake: (at, event, { phase = Priority.normal, periodic = false } = {}) =>
        simulator.schedule(at, event, { priority: phase, periodic }),
      cancel: (timer) => {
        simulator.cancel(timer);
      },
    };
  }

  /** Something that is done to the machine, after the instant has settled. */
  at(milliseconds: number, act: () => void): void {
    this.#acts.push(act);
    const event: Act = { kind: 'act', index: this.#acts.length - 1 };
    this.simulator.schedule(millis(milliseconds), event, { priority: Priority.late });
  }

  runUntil(milliseconds: number): void {
    this.simulator.run({ until: millis(milliseconds) });
  }
}

/** Kernel time as the vectors write it. */
export function inMillis(instant: number): number {
  return instant / 1000;
}
