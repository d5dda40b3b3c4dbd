/**
 * The running control plane of a leader: its processes, who is woken by what, and the write slot they share.
 *
 * swarmkit's components run in parallel and are woken by the same commit; here they take turns. Everyone woken by
 * one commit takes a turn before anyone woken by what those turns cause: generations, not chains. Within a
 * generation the order is that of waking, and within one commit that of the reactors' ranks. This is the dominant
 * order of the real components, and it is the same on every run.
 */
import { type Instant, InvariantError, type Micros } from '../base/index.ts';
import type { EventId, RandomStreams } from '../sim/index.ts';
import type { Change, MemoryStore } from '../store/index.ts';
import type { Races } from './map-order.ts';
import { phaseOf } from './phase.ts';
import { copyProcess, type Process, type Todo } from './process.ts';
import { ProcessContext } from './process-context.ts';
import type { Context, Input, ProcessId, Reactor, Watch } from './reactor.ts';
import { WatchTable } from './watch-table.ts';
import { type Observer, type Proposer, type WriteHost, WriteSlot, type WriteSlotState } from './write-slot.ts';

/** What a control plane puts into the kernel's queue. */
export type ManagerEvent =
  | { readonly kind: 'manager.turn'; readonly manager: string }
  | { readonly kind: 'manager.timer'; readonly manager: string; readonly process: ProcessId; readonly timer: string };

/** The kernel as the control plane sees it. */
export interface Clock {
  readonly now: Instant;
  readonly priority: number;
  schedule(
    at: Instant,
    event: ManagerEvent,
    options?: { readonly priority?: number; readonly periodic?: boolean },
  ): EventId;
  cancel(id: EventId): boolean;
}

export interface ControlPlaneOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly store: MemoryStore;
  readonly proposer: Proposer;
  readonly observer: Observer;
  readonly reactors: ReadonlyMap<string, Reactor<never>>;
  readonly random: RandomStreams;
  readonly races: Races;
  readonly newId: () => string;
}

/** How often a race ends otherwise than usual, as measured for the restart of a failed task and the updater. */
const RARE_ORDER_RATIO = 0.05;

export interface ControlPlaneState {
  readonly processes: readonly Process[];
  readonly ready: readonly ProcessId[];
  readonly turnScheduled: boolean;
  readonly nextProcess: ProcessId;
  readonly slot: WriteSlotState;
}

export class ControlPlane {
  readonly #options: ControlPlaneOptions;
  readonly #processes = new Map<ProcessId, Process>();
  readonly #watches = new WatchTable();
  readonly #slot: WriteSlot;
  readonly #context: ProcessContext;
  readonly #turnEvent: ManagerEvent;
  #ready: ProcessId[] = [];
  #turnScheduled = false;
  #nextProcess: ProcessId = 1;
  /** The process whose turn it is: it goes on by itself when its write returns. */
  #running: ProcessId | undefined;

  constructor(options: ControlPlaneOptions) {
    this.#options = options;
    this.#turnEvent = { kind: 'manager.turn', manager: options.name };
    this.#context = new ProcessContext(this, options);
    this.#slot = new WriteSlot(this.#writeHost(), options);
  }

  /** Starts a process; it takes its first turn after those that are ready already. */
  spawn(reactorName: string, args: unknown, watch?: Watch, cause?: number): ProcessId {
    const reactor = this.#reactor(reactorName);
    const id = this.#nextProcess;
    this.#nextProcess += 1;
    const process: Process = {
      id,
      reactor: reactorName,
      rank: reactor.rank,
      state: undefined,
      watch,
      inbox: [],
      todo: [],
      blocked: undefined,
      args,
      isStarted: false,
      ending: false,
      cause,
      timers: new Map(),
      listeners: [],
    };
    this.#processes.set(id, process);
    this.#watches.add(id, reactor, watch);
    this.#wake(process);
    return id;
  }

  /**
   * Leadership is lost, and the proposal under way with it. Everything ends but the processes of reactors that outlive
   * it: what they were writing has failed.
   */
  stop(): void {
    const survivors = [...this.#processes.values()].filter(({ reactor }) => this.#reactor(reactor).outlivesLeadership);
    this.end();
    for (const process of survivors) {
      this.#processes.set(process.id, process);
      this.#watches.add(process.id, this.#reactor(process.reactor), process.watch);
      process.blocked = undefined;
      this.#wake(process);
    }
  }

  /** Everything ends. Nothing is published; the proposal under way is dropped. */
  end(): void {
    for (const process of this.#processes.values()) this.#cancelTimers(process);
    this.#processes.clear();
    this.#watches.clear();
    this.#ready = [];
    this.#slot.clear();
  }

  /** Whether a leadership that is over has left anybody behind. */
  get isEmpty(): boolean {
    return this.#processes.size === 0;
  }

  isAlive(id: ProcessId): boolean {
    return this.#processes.has(id);
  }

  stateOf(id: ProcessId): unknown {
    return this.#processes.get(id)?.state;
  }

  /** What a process was started with. */
  argumentsOf(id: ProcessId): unknown {
    return this.#processes.get(id)?.args;
  }

  /** Every process of a reactor, oldest first. */
  processesOf(reactor: string): readonly ProcessId[] {
    return [...this.#processes.values()].filter((process) => process.reactor === reactor).map((process) => process.id);
  }

  /** The oldest process of a reactor. */
  processOf(reactor: string): ProcessId | undefined {
    for (const process of this.#processes.values()) if (process.reactor === reactor) return process.id;
    return undefined;
  }

  send(id: ProcessId, input: Input): void {
    const process = this.#processes.get(id);
    if (!process || process.ending) return;
    process.inbox.push(input);
    this.#wake(process);
  }

  handle(event: ManagerEvent): void {
    if (event.kind === 'manager.turn') return this.#generation();
    const process = this.#processes.get(event.process);
    if (!process?.timers.delete(event.timer)) return;
    this.send(event.process, { type: 'timer', timer: event.timer, cause: process.cause });
  }

  // -------------------------------------------------------------------------------------------------------------
  // Turns

  #wake(process: Process): void {
    if (!this.#ready.includes(process.id)) this.#ready.push(process.id);
    if (this.#turnScheduled) return;
    this.#turnScheduled = true;
    const { clock } = this.#options;
    clock.schedule(clock.now, this.#turnEvent, { priority: this.#priority() });
  }

  #priority(): number {
    return phaseOf(this.#options.clock);
  }

  #generation(): void {
    this.#turnScheduled = false;
    const generation = this.#ready;
    this.#ready = [];
    for (const id of generation) {
      const process = this.#processes.get(id);
      if (!process) continue;
      this.#running = id;
      this.#turn(process);
    }
    this.#running = undefined;
  }

  #turn(process: Process): void {
    const reactor = this.#reactor(process.reactor);
    if (!process.isStarted) this.#start(process, reactor);
    let inputs = process.inbox.length;
    while (!process.blocked && !process.ending) {
      const todo = process.todo.shift();
      if (todo) {
        this.#perform(process, reactor, todo);
        continue;
      }
      if (inputs === 0) break;
      inputs -= 1;
      const input = process.inbox.shift();
      if (!input) break;
      process.cause = input.cause ?? process.cause;
      this.#run(process, reactor.receive, input);
    }
    if (process.ending) this.#remove(process);
    else if (!process.blocked && process.inbox.length > 0) this.#wake(process);
  }

  #perform(process: Process, reactor: Reactor<never>, todo: Todo): void {
    switch (todo.kind) {
      case 'step': {
        const handler = reactor.steps?.[todo.step.do];
        if (!handler) throw new InvariantError(`${reactor.name} has no step ${todo.step.do}`);
        return this.#run(process, handler, todo.step as never);
      }
      case 'wait':
        if (!this.#processes.has(todo.process)) return;
        process.blocked = 'wait';
        this.#processes.get(todo.process)?.listeners.push(process.id);
        return;
      default:
        process.blocked = 'write';
        this.#slot.request(process.id, todo.step, todo.kind === 'batch' ? todo.items : undefined);
    }
  }

  /** Runs a handler; what it asks for comes before everything that the process had still to do. */
  #run<A>(process: Process, handler: (ctx: Context, state: never, argument: A) => void, argument: A): void {
    const frame = this.#context.enter(process);
    try {
      handler(this.#context, process.state as never, argument);
    } finally {
      this.#context.leave(frame);
    }
    this.#prepend(process, frame.asked);
  }

  /** Starts a process whose turn has come for the first time. */
  #start(process: Process, reactor: Reactor<never>): void {
    process.isStarted = true;
    const frame = this.#context.enter(process);
    try {
      process.state = reactor.start(this.#context, process.args);
    } finally {
      this.#context.leave(frame);
    }
    this.#prepend(process, frame.asked);
  }

  #prepend(process: Process, asked: readonly Todo[]): void {
    if (asked.length > 0) process.todo = process.todo.length > 0 ? [...asked, ...process.todo] : [...asked];
  }

  #writeHost(): WriteHost {
    return {
      context: this.#context,
      processOf: (id) => this.#processes.get(id),
      reactorOf: ({ reactor }) => this.#reactor(reactor),
      run: (process, handler, argument) => this.#run(process, handler, argument),
      prepend: (process, asked) => this.#prepend(process, asked),
      resume: (process) => {
        if (process.id !== this.#running) this.#wake(process);
      },
      deliver: (changes, causes) => this.deliver(changes, causes),
    };
  }

  /** The proposal under way is committed: it becomes visible, and the slot is passed on. */
  proposalCommitted(): void {
    this.#slot.proposalCommitted();
  }

  /** The proposal under way has failed: nothing of it is kept, and its writer goes on. */
  proposalFailed(error: Error): void {
    this.#slot.proposalFailed(error);
  }

  #remove(process: Process): void {
    this.#cancelTimers(process);
    this.#processes.delete(process.id);
    this.#watches.remove(process.id, process.watch);
    const reactor = this.#reactor(process.reactor);
    if (reactor.ended) this.#run(process, reactor.ended, undefined);
    for (const id of process.listeners) {
      const listener = this.#processes.get(id);
      if (!listener) continue;
      if (listener.blocked === 'wait') {
        listener.blocked = undefined;
        this.#wake(listener);
      } else this.send(id, { type: 'ended', process: process.id, cause: process.cause });
    }
  }

  #cancelTimers(process: Process): void {
    for (const id of process.timers.values()) this.#options.clock.cancel(id);
    process.timers.clear();
  }

  /** Hands committed changes to everybody who watches, in the order of the reactors' ranks. */
  deliver(changes: readonly Change[], causes: readonly (number | undefined)[]): void {
    const woken: Process[] = [];
    for (const [index, change] of changes.entries()) {
      const input: Input = { type: 'change', change, cause: causes[index] };
      for (const id of this.#watches.broad) {
        const process = this.#processes.get(id);
        if (process?.isStarted && this.#reactor(process.reactor).wants?.(process.state as never, change))
          put(process, input, woken);
      }
      for (const id of this.#watches.of(change)) {
        const process = this.#processes.get(id);
        if (process) put(process, input, woken);
      }
    }
    const commit: Input = { type: 'commit', cause: causes[causes.length - 1] };
    for (const id of this.#watches.ofCommits) {
      const process = this.#processes.get(id);
      if (process?.isStarted) put(process, commit, woken);
    }
    for (const process of this.#inOrder(woken)) this.#wake(process);
  }

  #inOrder(woken: Process[]): Process[] {
    const { races, random } = this.#options;
    if (races === 'explore' && woken.length > 1 && random.stream('races').next() < RARE_ORDER_RATIO)
      return random.stream('races').shuffle(woken);
    return inOrder(woken);
  }

  // -------------------------------------------------------------------------------------------------------------
  // For the context

  /** @internal */
  arm(process: Process, delay: Micros, timer: string, { phase = 0, periodic = false } = {}): void {
    const { clock, name } = this.#options;
    this.disarm(process, timer);
    const event: ManagerEvent = { kind: 'manager.timer', manager: name, process: process.id, timer };
    process.timers.set(
      timer,
      clock.schedule(clock.now + delay, event, { priority: this.#priority() + phase, periodic }),
    );
  }

  /** @internal A timer that has gone off but was not looked at yet is taken back too. */
  disarm(process: Process, timer: string): void {
    const armed = process.timers.get(timer);
    if (armed !== undefined) {
      this.#options.clock.cancel(armed);
      process.timers.delete(timer);
      return;
    }
    const stale = process.inbox.findIndex((input) => input.type === 'timer' && input.timer === timer);
    if (stale >= 0) process.inbox.splice(stale, 1);
  }

  /** @internal */
  watch(process: Process, watch: Watch | undefined): void {
    this.#watches.remove(process.id, process.watch);
    process.watch = watch;
    this.#watches.add(process.id, this.#reactor(process.reactor), watch);
  }

  /** @internal */
  kill(id: ProcessId): boolean {
    const process = this.#processes.get(id);
    if (!process) return true;
    if (process.blocked === 'write') return false;
    this.#remove(process);
    return true;
  }

  /** @internal */
  notifyEnd(id: ProcessId, listener: Process): void {
    const process = this.#processes.get(id);
    if (process) process.listeners.push(listener.id);
    else this.send(listener.id, { type: 'ended', process: id, cause: listener.cause });
  }

  #reactor(name: string): Reactor<never> {
    const reactor = this.#options.reactors.get(name);
    if (!reactor) throw new InvariantError(`there is no reactor ${name}`);
    return reactor;
  }

  checkpoint(): ControlPlaneState {
    return {
      processes: [...this.#processes.values()].map((process) => copyProcess(process, this.#reactor(process.reactor))),
      ready: [...this.#ready],
      turnScheduled: this.#turnScheduled,
      nextProcess: this.#nextProcess,
      slot: this.#slot.checkpoint(),
    };
  }

  restore(state: ControlPlaneState): void {
    this.#processes.clear();
    this.#watches.clear();
    for (const saved of state.processes) {
      const reactor = this.#reactor(saved.reactor);
      this.#processes.set(saved.id, copyProcess(saved, reactor));
      this.#watches.add(saved.id, reactor, saved.watch);
    }
    this.#ready = [...state.ready];
    this.#turnScheduled = state.turnScheduled;
    this.#nextProcess = state.nextProcess;
    this.#slot.restore(state.slot);
  }
}

/** Sorts by insertion: they are few and almost in order, and V8's own sort begins by making room for many. */
function inOrder(woken: Process[]): Process[] {
  for (let index = 1; index < woken.length; index += 1) {
    const process = woken[index]!;
    let place = index;
    for (; place > 0 && isBefore(process, woken[place - 1]!); place -= 1) woken[place] = woken[place - 1]!;
    woken[place] = process;
  }
  return woken;
}

function isBefore(a: Process, b: Process): boolean {
  return a.rank !== b.rank ? a.rank < b.rank : a.id < b.id;
}

/** Puts news into an inbox, and the process among those that are to be woken. */
function put(process: Process, input: Input, woken: Process[]): void {
  process.inbox.push(input);
  if (!woken.includes(process)) woken.push(process);
}
