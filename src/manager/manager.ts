/**
 * A manager: a copy of the store and, while it leads, the control plane over it (swarmkit manager/manager.go,
 * becomeLeader and becomeFollower). Everything but the store is lost with the leadership.
 */
import type { Task } from '../api/index.ts';
import { ApiError, type Instant } from '../base/index.ts';
import { hashInteger, type RandomStreams } from '../sim/index.ts';
import type { Change, MemoryStore, Transaction } from '../store/index.ts';
import { allocator } from './allocator.ts';
import {
  type ApiOutcome,
  CONTROL_API,
  controlApi,
  type RequestArguments,
  type Ticket,
} from './control-api/control-api.ts';
import type { Membership } from './control-api/nodes.ts';
import type { ApiRequest } from './control-api/requests.ts';
import { type Clock, ControlPlane, type ControlPlaneState, type ManagerEvent } from './control-plane.ts';
import { AGENT_MESSAGE, type AgentMessage, DISPATCHER, orphanWriter, statusWriter } from './dispatcher/index.ts';
import type { Races } from './map-order.ts';
import { constraintEnforcer } from './orchestrator/constraint-enforcer.ts';
import { globalOrchestrator } from './orchestrator/global.ts';
import { jobsOrchestrator } from './orchestrator/jobs/orchestrator.ts';
import { replicatedOrchestrator } from './orchestrator/replicated.ts';
import { delayedStart } from './orchestrator/restart/delayed-start.ts';
import { postponedRestart } from './orchestrator/restart/postponed-restart.ts';
import { taskReaper } from './orchestrator/task-reaper.ts';
import { updater } from './orchestrator/update/updater.ts';
import { updaterWorker } from './orchestrator/update/worker.ts';
import { rank } from './rank.ts';
import type { ProcessId, Reactor } from './reactor.ts';
import { explainPlacement, type PlacementExplanation } from './scheduler/explain.ts';
import { type SchedulerComponent, scheduler } from './scheduler/scheduler.ts';
import type { Observer, Proposer } from './write-slot.ts';

/**
 * What every leader runs, in the order in which it is started: that of becomeLeader. Who places, checks and deletes
 * tasks looks at the store, and watches it from then on, before the orchestrators make the first new ones.
 */
const COMPONENTS = [
  'allocator',
  'scheduler',
  'constraint-enforcer',
  'task-reaper',
  'replicated',
  'jobs',
  'global',
] as const;

export interface ManagerOptions {
  readonly name: string;
  /** How often a manager of this name has been started, this time included: each makes ids of its own. Default 1. */
  readonly life?: number;
  readonly clock: Clock;
  readonly store: MemoryStore;
  readonly proposer: Proposer;
  readonly observer: Observer;
  readonly random: RandomStreams;
  readonly membership: Membership;
  /** Default `dominant`. */
  readonly races?: Races;
  /** Components beside those of the orchestrators, such as the dispatcher; started last, without arguments. */
  readonly components?: readonly Reactor<never>[];
  /** Reactors that are started on demand only, with `spawn`. */
  readonly reactors?: readonly Reactor<never>[];
  /** The first write of every leadership, before the components start. Nothing, where all exists already. */
  readonly initialise?: (tx: Transaction, at: Instant) => void;
  /** Told when the components of a new leadership have been started. */
  readonly started?: () => void;
  /** Told how each request ended, in the instant in which it did. */
  readonly answered: (ticket: Ticket, outcome: ApiOutcome) => void;
}

export interface ManagerState {
  readonly isLeader: boolean;
  readonly nextId: number;
  readonly nextTicket: Ticket;
  readonly controlPlane: ControlPlaneState;
}

const LEADERSHIP = 'leadership';

/** What a write that was under way is answered when its leader steps down. It may still take effect. */
export const LOST_LEADER = 'raft: failed to process the request: node lost leader status';

export class Manager {
  readonly #options: ManagerOptions;
  readonly #controlPlane: ControlPlane;
  #isLeader = false;
  #nextId = 1;
  #nextTicket: Ticket = 1;

  constructor(options: ManagerOptions) {
    this.#options = options;
    const { random, membership, answered } = options;
    const reactors = [
      replicatedOrchestrator,
      globalOrchestrator,
      jobsOrchestrator,
      updater,
      updaterWorker,
      delayedStart,
      postponedRestart,
      allocator,
      constraintEnforcer,
      scheduler,
      taskReaper,
      statusWriter,
      orphanWriter,
      controlApi(membership, answered),
      this.#leadership(),
      ...(options.components ?? []),
      ...(options.reactors ?? []),
    ] as unknown as readonly Reactor<never>[];
    this.#controlPlane = new ControlPlane({
      name: options.name,
      clock: options.clock,
      store: options.store,
      proposer: options.proposer,
      observer: options.observer,
      reactors: new Map(reactors.map((reactor) => [reactor.name, reactor])),
      random,
      races: options.races ?? 'dominant',
      newId: () => this.#newId(),
    });
  }

  get isLeader(): boolean {
    return this.#isLeader;
  }

  get store(): MemoryStore {
    return this.#options.store;
  }

  /** Starts every component over the store as it is, after the leadership's first write. */
  becomeLeader(cause?: number): void {
    this.#isLeader = true;
    this.#controlPlane.spawn(LEADERSHIP, undefined, undefined, cause);
  }

  /** Stops every component but those that outlive it. Requests under way are answered that leadership was lost. */
  becomeFollower(): void {
    this.#isLeader = false;
    const open = this.#controlPlane
      .processesOf(CONTROL_API)
      .map((id) => this.#controlPlane.argumentsOf(id) as RequestArguments);
    for (const component of this.#options.components ?? []) this.#announceStop(component);
    this.#controlPlane.stop();
    for (const { ticket } of open) this.#options.answered(ticket, { error: new ApiError('Unknown', LOST_LEADER) });
  }

  /** The manager is gone, and whoever has outlived its leaderships. */
  end(): void {
    if (this.#isLeader) this.becomeFollower();
    this.#controlPlane.end();
  }

  /** What another manager has written is in the store: of interest to those who have outlived a leadership. */
  absorb(changes: readonly Change[]): void {
    if (!this.#controlPlane.isEmpty) this.#controlPlane.deliver(changes, []);
  }

  /** Hands a request to the control API; `answered` is told of its end. */
  submit(request: ApiRequest, cause?: number): Ticket {
    const ticket = this.#nextTicket;
    this.#nextTicket += 1;
    if (this.#isLeader)
      this.#controlPlane.spawn(CONTROL_API, { ticket, request } satisfies RequestArguments, undefined, cause);
    else this.#options.answered(ticket, { error: new ApiError('Unknown', LOST_LEADER) });
    return ticket;
  }

  /** Hands an agent's message to the dispatcher. False where there is none: this manager does not lead, or not yet. */
  receive(message: AgentMessage, cause?: number): boolean {
    const process = this.processOf(DISPATCHER);
    if (process !== undefined) this.signal(process, AGENT_MESSAGE, message, cause);
    return process !== undefined;
  }

  /** What each node says to a task now; undefined without leadership, for then there is no scheduler to ask. */
  explainPlacement(task: Task): PlacementExplanation | undefined {
    const process = this.processOf(scheduler.name);
    const state =
      process === undefined ? undefined : (this.#controlPlane.stateOf(process) as SchedulerComponent | undefined);
    return state && explainPlacement(state.picture, task, this.store, this.now);
  }

  handle(event: ManagerEvent): void {
    this.#controlPlane.handle(event);
  }

  /** Starts a process of one of the `components` beside those that every leadership starts. */
  spawn(component: string, args: unknown, cause?: number): ProcessId {
    return this.#controlPlane.spawn(component, args, undefined, cause);
  }

  /** The one process of a component that `components` added. */
  processOf(component: string): ProcessId | undefined {
    return this.#controlPlane.processOf(component);
  }

  signal(process: ProcessId, signal: string, data: unknown, cause?: number): void {
    this.#controlPlane.send(process, { type: 'signal', signal, data, cause });
  }

  proposalCommitted(): void {
    this.#controlPlane.proposalCommitted();
  }

  proposalFailed(error: Error): void {
    this.#controlPlane.proposalFailed(error);
  }

  get now(): Instant {
    return this.#options.clock.now;
  }

  checkpoint(): ManagerState {
    return {
      isLeader: this.#isLeader,
      nextId: this.#nextId,
      nextTicket: this.#nextTicket,
      controlPlane: this.#controlPlane.checkpoint(),
    };
  }

  restore(state: ManagerState): void {
    this.#isLeader = state.isLeader;
    this.#nextId = state.nextId;
    this.#nextTicket = state.nextTicket;
    this.#controlPlane.restore(state.controlPlane);
  }

  #announceStop({ name, stopped }: Reactor<never>): void {
    if (!stopped) return;
    for (const id of this.#controlPlane.processesOf(name)) {
      const state = this.#controlPlane.stateOf(id);
      if (state !== undefined) stopped(state as never);
    }
  }

  #leadership(): Reactor<undefined> {
    const { initialise, started, components = [] } = this.#options;
    return {
      name: LEADERSHIP,
      rank: rank.controlApi,
      start(ctx) {
        if (initialise) ctx.write({ do: 'initialise' });
        ctx.next({ do: 'start components' });
        return undefined;
      },
      receive() {},
      steps: {
        'start components'(ctx) {
          for (const name of [...COMPONENTS, ...components.map((component) => component.name)])
            ctx.spawn(name, undefined);
          started?.();
          ctx.end();
        },
      },
      writes: {
        initialise: (ctx, _state, tx) => initialise?.(tx, ctx.now),
      },
    };
  }

  /** 25 characters of base 36 drawn by counting, so that ids depend on nothing but how many were made before. */
  #newId(): string {
    const { name: manager, life = 1 } = this.#options;
    const name = life === 1 ? `id/${manager}` : `id/${manager}/${life}`;
    const { seed } = this.#options.random;
    const base = this.#nextId * 5;
    this.#nextId += 1;
    let id = '';
    for (let part = 0; part < 5; part += 1)
      id += hashInteger(seed, name, base + part, 36 ** 5)
        .toString(36)
        .padStart(5, '0');
    return id;
  }
}
