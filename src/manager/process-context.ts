/** What a handler sees of the control plane while it runs. */
import { assert, type Instant, type Micros } from '../base/index.ts';
import type { RandomStreams } from '../sim/index.ts';
import type { MemoryStore } from '../store/index.ts';
import { mapOrder, type Races } from './map-order.ts';
import { PHASE } from './phase.ts';
import type { Process, Todo } from './process.ts';
import type { Context, ProcessId, Step, Watch } from './reactor.ts';

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

/** The context of whichever process is running; handlers may be nested while one process's write is served by another. */
export class ProcessContext implements Context {
  readonly #plane: ContextHost;
  readonly #options: ContextOptions;
  readonly #frames: { process: Process; asked: Todo[] }[] = [];

  constructor(plane: ContextHost, options: ContextOptions) {
    this.#plane = plane;
    this.#options = options;
  }

  enter(process: Process): Todo[] {
    const asked: Todo[] = [];
    this.#frames.push({ process, asked });
    return asked;
  }

  leave(): void {
    this.#frames.pop();
  }

  get #frame(): { process: Process; asked: Todo[] } {
    const frame = this.#frames[this.#frames.length - 1];
    assert(frame, 'no process is running');
    return frame;
  }

  get now(): Instant {
    return this.#options.clock.now;
  }

  get store(): MemoryStore {
    return this.#options.store;
  }

  get self(): ProcessId {
    return this.#frame.process.id;
  }

  write(step: Step): void {
    this.#frame.asked.push({ kind: 'write', step });
  }

  batch(step: Step, items: readonly unknown[]): void {
    this.#frame.asked.push({ kind: 'batch', step, items });
  }

  next(step: Step): void {
    this.#frame.asked.push({ kind: 'step', step });
  }

  watch(watch: Watch | undefined): void {
    this.#plane.watch(this.#frame.process, watch);
  }

  waitFor(process: ProcessId): void {
    this.#frame.asked.push({ kind: 'wait', process });
  }

  after(delay: Micros, timer: string, options?: { readonly periodic?: boolean }): void {
    this.#plane.arm(this.#frame.process, delay, timer, options);
  }

  afterSettled(timer: string): void {
    this.#plane.arm(this.#frame.process, 0, timer, { phase: PHASE });
  }

  cancel(timer: string): void {
    this.#plane.disarm(this.#frame.process, timer);
  }

  spawn(reactor: string, args: unknown, watch?: Watch): ProcessId {
    return this.#plane.spawn(reactor, args, watch, this.#frame.process.cause);
  }

  isAlive(process: ProcessId): boolean {
    return this.#plane.isAlive(process);
  }

  stateOf(process: ProcessId): unknown {
    return this.#plane.stateOf(process);
  }

  signal(process: ProcessId, signal: string, data?: unknown): void {
    this.#plane.send(process, { type: 'signal', signal, data, cause: this.#frame.process.cause });
  }

  notifyEnd(process: ProcessId): void {
    this.#plane.notifyEnd(process, this.#frame.process);
  }

  end(): void {
    this.#frame.process.ending = true;
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
