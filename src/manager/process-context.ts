/** What a handler sees of the control plane while it runs. */
import { assert, type Instant, type Micros } from '../base/index.ts';
import type { RandomStreams } from '../sim/index.ts';
import type { MemoryStore } from '../store/index.ts';
import { mapOrder, type Races } from './map-order.ts';
import { PHASE } from './phase.ts';
import type { Process, Todo } from './process.ts';
import type { Context, Note, ProcessId, Step, Watch } from './reactor.ts';

/** The control plane, as far as a context passes requests on. */
export interface ContextHost {
  spawn(reactor: string, args: unknown, watch?: Watch, cause?: number): ProcessId;
  isAlive(id: ProcessId): boolean;
  stateOf(id: ProcessId): unknown;
  send(
    id: ProcessId,
    input: {
      readonly type: 'signal';
      readonly signal: string;
      readonly data?: unknown;
      readonly cause: number | undefined;
    },
  ): void;
  arm(
    process: Process,
    delay: Micros,
    timer: string,
    options?: { readonly phase?: number; readonly periodic?: boolean },
  ): void;
  disarm(process: Process, timer: string): void;
  watch(process: Process, watch: Watch | undefined): void;
  kill(id: ProcessId): boolean;
  notifyEnd(id: ProcessId, listener: Process): void;
}

export interface ContextOptions {
  readonly clock: { readonly now: Instant };
  readonly store: MemoryStore;
  readonly random: RandomStreams;
  readonly races: Races;
  readonly newId: () => string;
}

/** A handler that runs: whose it is, and what it has asked for so far. */
export interface Frame {
  readonly process: Process;
  readonly outer: Frame | undefined;
  asked: readonly Todo[];
  /** What it says about objects that it writes; by the object's id. */
  notes: Map<string, Note> | undefined;
}

const NOTHING: readonly Todo[] = [];

/** The context of whichever process is running; handlers may be nested while one process's write is served by another. */
export class ProcessContext implements Context {
  readonly #plane: ContextHost;
  readonly #options: ContextOptions;
  #frame: Frame | undefined;

  constructor(plane: ContextHost, options: ContextOptions) {
    this.#plane = plane;
    this.#options = options;
  }

  /** From here on the process runs, until `leave` gives the place back to the one that was running before. */
  enter(process: Process): Frame {
    const frame: Frame = { process, outer: this.#frame, asked: NOTHING, notes: undefined };
    this.#frame = frame;
    return frame;
  }

  leave(frame: Frame): void {
    this.#frame = frame.outer;
  }

  get #running(): Frame {
    const frame = this.#frame;
    assert(frame, 'no process is running');
    return frame;
  }

  #ask(todo: Todo): void {
    const frame = this.#running;
    // Most handlers ask for nothing: the list is made for the first request.
    if (frame.asked === NOTHING) frame.asked = [todo];
    else (frame.asked as Todo[]).push(todo);
  }

  get now(): Instant {
    return this.#options.clock.now;
  }

  get store(): MemoryStore {
    return this.#options.store;
  }

  get self(): ProcessId {
    return this.#running.process.id;
  }

  write(step: Step): void {
    this.#ask({ kind: 'write', step });
  }

  batch(step: Step, items: readonly unknown[]): void {
    this.#ask({ kind: 'batch', step, items });
  }

  next(step: Step): void {
    this.#ask({ kind: 'step', step });
  }

  note(id: string, note: Note): void {
    const frame = this.#running;
    frame.notes ??= new Map();
    frame.notes.set(id, note);
  }

  watch(watch: Watch | undefined): void {
    this.#plane.watch(this.#running.process, watch);
  }

  waitFor(process: ProcessId): void {
    this.#ask({ kind: 'wait', process });
  }

  after(delay: Micros, timer: string, options?: { readonly periodic?: boolean }): void {
    this.#plane.arm(this.#running.process, delay, timer, options);
  }

  afterSettled(timer: string): void {
    this.#plane.arm(this.#running.process, 0, timer, { phase: PHASE });
  }

  cancel(timer: string): void {
    this.#plane.disarm(this.#running.process, timer);
  }

  spawn(reactor: string, args: unknown, watch?: Watch): ProcessId {
    return this.#plane.spawn(reactor, args, watch, this.#running.process.cause);
  }

  isAlive(process: ProcessId): boolean {
    return this.#plane.isAlive(process);
  }

  stateOf(process: ProcessId): unknown {
    return this.#plane.stateOf(process);
  }

  signal(process: ProcessId, signal: string, data?: unknown): void {
    this.#plane.send(process, { type: 'signal', signal, data, cause: this.#running.process.cause });
  }

  notifyEnd(process: ProcessId): void {
    this.#plane.notifyEnd(process, this.#running.process);
  }

  end(): void {
    this.#running.process.ending = true;
  }

  kill(process: ProcessId): boolean {
    return this.#plane.kill(process);
  }

  shuffle<T>(stream: string, items: readonly T[]): T[] {
    return items.length < 2 ? [...items] : this.#options.random.stream(stream).shuffle(items);
  }

  mapOrder<T>(stream: string, items: readonly T[]): T[] {
    return mapOrder(this.#options.random.stream(stream), this.#options.races, items);
  }

  draw(stream: string, bound: number): number {
    return bound < 2 ? 0 : this.#options.random.stream(stream).integer(bound);
  }

  newId(): string {
    return this.#options.newId();
  }
}
