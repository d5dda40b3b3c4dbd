/** The one way in which the machines of this folder reach time: they ask to be woken with a piece of data. */
import type { Instant } from '../base/index.ts';
import type { EventId } from '../sim/index.ts';

/** What the kernel's queue gave for a timer; kept in state, so that it survives a checkpoint. */
export type TimerId = EventId;

export interface WakeOptions {
  /** Among what is due at one instant, lower phases come first. Default 0. */
  readonly phase?: number;
  /** Comes again for ever (a probe, a heartbeat), so it does not keep a cluster from being settled. Default false. */
  readonly periodic?: boolean;
}

export interface Timers<E> {
  readonly now: Instant;
  /** Hands `event` back at `at`, which is not in the past. */
  wake(at: Instant, event: E, options?: WakeOptions): TimerId;
  cancel(timer: TimerId): void;
}
