import { assert, type Instant, InvariantError, type Micros } from '../base/index.ts';
import { type EventId, EventQueue, type EventQueueCheckpoint, type QueueEntry } from './event-queue.ts';
import { DEFAULT_LIMITS, type Limits, limitError } from './limits.ts';

/**
 * What waits in the queue: plain data, told apart by `kind`, and never changed once it is scheduled. Not a closure,
 * or a run could be neither copied nor compared nor explained.
 */
export interface QueuedEvent {
  readonly kind: string;
}

/**
 * The order of what is due at one instant. Any whole number may be used: small ones order the phases of an
 * instant, and these three say who comes after whom.
 */
export const Priority = {
  /** Where nothing else is said. */
  normal: 0,
  /** Faults and user actions: they meet a cluster that has done all that the instant asked of it. */
  late: 1_000_000_000,
  /** Observers: they see what the instant led to. */
  probe: 2_000_000_000,
} as const;

export interface SimulatorOptions<E extends QueuedEvent> {
  /** Handles one event, which was scheduled under `id`. It may schedule and cancel, but neither `step` nor `run`. */
  readonly dispatch: (event: E, id: EventId) => void;
  readonly limits?: Partial<Limits>;
}

export interface ScheduleOptions {
  /** A whole number, {@link Priority.normal} unless told. */
  readonly priority?: number;
  /** It will come again for ever (a heartbeat, a probe): waiting for it does not keep a run from being settled. */
  readonly periodic?: boolean;
}

/** How far to run. With neither `until` nor `for`, until nothing is pending. */
export interface RunOptions {
  /** Handles all that is due at or before this instant, and leaves the clock there. */
  readonly until?: Instant;
  /** The same, counted from now. */
  readonly for?: Micros;
  /** Asked before each event; the first `false` stops the run, and the clock stays at the last event. */
  readonly while?: () => boolean;
}

/** A simulator's whole state as one plain value. Events are shared, columns copied. */
export interface SimulatorCheckpoint<E> {
  readonly now: Instant;
  readonly handledAtNow: number;
  readonly queue: EventQueueCheckpoint<E>;
}

/**
 * Virtual time: a clock that jumps from one event to the next, in the order `(at, priority, order of scheduling)`.
 *
 * An event that a handler schedules for the present instant is handled in this instant, before anything of a higher
 * priority: what a `late` fault sets off at priority 0 is over when the next `late` one comes.
 *
 * @example
 * const simulator = new Simulator<{ kind: 'ring'; left: number }>({
 *   dispatch(event) {
 *     if (event.left > 0) simulator.schedule(simulator.now + seconds(1), { kind: 'ring', left: event.left - 1 });
 *   },
 * });
 * simulator.schedule(0, { kind: 'ring', left: 3 });
 * simulator.run({});   // simulator.now is 3 seconds
 */
export class Simulator<E extends QueuedEvent> {
  readonly #dispatch: (event: E, id: EventId) => void;
  readonly #limits: Limits;
  readonly #queue = new EventQueue<E>();
  #now: Instant = 0;
  #priority = 0;
  /** Events handled since the clock last moved. */
  #handledAtNow = 0;
  #isHandling = false;

  constructor({ dispatch, limits }: SimulatorOptions<E>) {
    this.#dispatch = dispatch;
    this.#limits = { ...DEFAULT_LIMITS, ...limits };
  }

  /** The present instant, in microseconds since the start. */
  get now(): Instant {
    return this.#now;
  }

  /** The priority of the event that is being handled, 0 outside of a handler. */
  get priority(): number {
    return this.#priority;
  }

  /** How many events wait. */
  get pending(): number {
    return this.#queue.length;
  }

  /** How many events wait that are not periodic: while there are any, something is still going on. */
  get pendingAperiodic(): number {
    return this.#queue.length - this.#queue.periodicCount;
  }

  /**
   * Queues an event for an instant that is not in the past.
   * @throws InvariantError for a past or fractional instant, or a fractional priority.
   */
  schedule(at: Instant, event: E, { priority = Priority.normal, periodic = false }: ScheduleOptions = {}): EventId {
    if (!(at >= this.#now && Number.isSafeInteger(at))) {
      throw new InvariantError(`event ${event.kind} was scheduled for ${at} µs at ${this.#now} µs`);
    }
    if (!Number.isSafeInteger(priority)) {
      throw new InvariantError(`event ${event.kind} was scheduled with priority ${priority}`);
    }
    return this.#queue.push(at, priority, event, periodic);
  }

  /** Takes an event back; false where it was handled or cancelled before. */
  cancel(id: EventId): boolean {
    return this.#queue.cancel(id);
  }

  /** When the next event is due, or undefined where none waits. */
  peek(): Instant | undefined {
    return this.#queue.peek();
  }

  /**
   * Handles the next event and moves the clock to it; false where none waits.
   * @throws LimitError when the instant's budget ran out. Nothing is lost: the event still waits.
   */
  step(): boolean {
    this.#assertOutside('step');
    if (this.#queue.length === 0) return false;
    this.#handleNext();
    return true;
  }

  /**
   * Handles events until a bound is reached, see {@link RunOptions}.
   * @throws LimitError when a budget ran out. Nothing is lost: what was pending still is.
   */
  run(options: RunOptions = {}): void {
    this.#assertOutside('run');
    const end = this.#endOf(options);
    const goOn = options.while;
    for (let handled = 0; goOn === undefined || goOn(); handled += 1) {
      if (this.#queue.length === 0 || this.#queue.nextAt > end) {
        if (end !== Number.POSITIVE_INFINITY) this.#moveTo(end);
        return;
      }
      if (handled === this.#limits.eventsPerRun) throw this.#exhausted('eventsPerRun');
      this.#handleNext();
    }
  }

  /** The first `limit` pending events in order. */
  pendingEvents(limit: number): readonly QueueEntry<E>[] {
    return this.#queue.entries(limit);
  }

  /** The state as a value; not from inside a handler, whose event is neither pending nor done. */
  checkpoint(): SimulatorCheckpoint<E> {
    this.#assertOutside('checkpoint');
    return { now: this.#now, handledAtNow: this.#handledAtNow, queue: this.#queue.checkpoint() };
  }

  /**
   * Goes back (or over: the checkpoint may be another simulator's) to a checkpoint. Running on from here is the
   * same as running on from where it was taken, and event ids from before it are valid again.
   */
  restore(checkpoint: SimulatorCheckpoint<E>): void {
    this.#assertOutside('restore');
    this.#now = checkpoint.now;
    this.#handledAtNow = checkpoint.handledAtNow;
    this.#queue.restore(checkpoint.queue);
  }

  #handleNext(): void {
    this.#moveTo(this.#queue.nextAt);
    if (this.#handledAtNow === this.#limits.eventsPerInstant) throw this.#exhausted('eventsPerInstant');
    this.#handledAtNow += 1;
    this.#priority = this.#queue.nextPriority;
    const id = this.#queue.nextId!;
    const event = this.#queue.pop()!;
    this.#isHandling = true;
    try {
      this.#dispatch(event, id);
    } finally {
      this.#isHandling = false;
      this.#priority = 0;
    }
  }

  #moveTo(at: Instant): void {
    if (at === this.#now) return;
    this.#now = at;
    this.#handledAtNow = 0;
  }

  #endOf({ until, for: span }: RunOptions): Instant {
    assert(until === undefined || span === undefined, 'a run is bounded by `until` or by `for`, not by both');
    const end = span === undefined ? until : this.#now + span;
    if (end === undefined) return Number.POSITIVE_INFINITY;
    assert(Number.isSafeInteger(end) && end >= this.#now, `cannot run until ${end} µs at ${this.#now} µs`);
    return end;
  }

  #exhausted(limit: keyof Limits): Error {
    return limitError(limit, this.#limits[limit], this.#now, this.#queue.entries());
  }

  #assertOutside(call: string): void {
    if (this.#isHandling) throw new InvariantError(`${call} was called from inside an event's handler`);
  }
}
