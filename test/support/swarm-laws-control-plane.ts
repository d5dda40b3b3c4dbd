/**
 * A leader's control plane whose every write takes its time, with workers that are a component like the others: all of it,
 * proposals under way included, is in the checkpoint.
 */
import { DEFAULT_CLUSTER_SPEC, type Task, TaskState } from '../../src/api/index.ts';
import { ApiError, type Instant, millis } from '../../src/base/index.ts';
import {
  type ApiRequest,
  commitPriority,
  LOST_LEADER,
  Manager,
  type ManagerEvent,
  type ManagerState,
  type Reactor,
  rank,
  type Step,
} from '../../src/manager/index.ts';
import {
  type EventId,
  Priority,
  type RandomCheckpoint,
  RandomStreams,
  Simulator,
  type SimulatorCheckpoint,
} from '../../src/sim/index.ts';
import { byName, MemoryStore, type StoreCheckpoint, type Transaction } from '../../src/store/index.ts';
import type { VectorService } from './orchestration/input.ts';
import { nodeObject, serviceSpec } from './orchestration/specs.ts';

/** What is done to the one service, or to its leader. */
export type ControlPlaneStep =
  | { readonly do: 'define'; readonly service: VectorService }
  | { readonly do: 'rollback' | 'lose leader' | 'elect leader' };

type WorldEvent =
  | ManagerEvent
  | { readonly kind: 'proposal' }
  | { readonly kind: 'step'; readonly step: ControlPlaneStep };

export interface ControlPlaneCheckpoint {
  readonly simulator: SimulatorCheckpoint<WorldEvent>;
  readonly random: RandomCheckpoint;
  readonly store: StoreCheckpoint;
  readonly manager: ManagerState;
  readonly proposal: EventId | undefined;
}

/** A commit or an answer, when it came. */
export type Happening = readonly [at: Instant, what: unknown];

export class ControlPlaneWorld {
  readonly happened: Happening[] = [];
  readonly #simulator: Simulator<WorldEvent>;
  readonly #random: RandomStreams;
  readonly #store = new MemoryStore();
  readonly #manager: Manager;
  /** When the proposal under way is to be committed. */
  #proposal: EventId | undefined;

  constructor(seed: number, commitMs: number) {
    this.#simulator = new Simulator<WorldEvent>({ dispatch: (event) => this.#dispatch(event) });
    this.#random = new RandomStreams(seed);
    this.#manager = new Manager({
      name: 'm1',
      clock: this.#simulator,
      store: this.#store,
      proposer: { propose: () => this.#propose(millis(commitMs)) },
      observer: {
        committed: (changes) => {
          this.happened.push([this.#simulator.now, changes]);
          return [];
        },
      },
      random: this.#random,
      membership: { isMember: () => false, canRemove: () => true },
      components: [workers as unknown as Reactor<never>],
      answered: (ticket, outcome) => {
        const refusal = 'error' in outcome ? outcome.error.message : 'done';
        this.happened.push([this.#simulator.now, [ticket, refusal]]);
      },
    });
  }

  /** The beginning of a run: two nodes, and the steps at their instants. */
  start(steps: readonly (readonly [atMs: number, ControlPlaneStep])[]): void {
    const tx = this.#store.begin(0);
    tx.clusters.create({ id: 'cluster', spec: DEFAULT_CLUSTER_SPEC });
    for (const name of ['n1', 'n2']) tx.nodes.create(nodeObject({ name, cpus: 4, memoryMb: 4096 }));
    this.#store.commit(tx);
    for (const [atMs, step] of steps)
      this.#simulator.schedule(millis(atMs), { kind: 'step', step }, { priority: Priority.late });
    this.#manager.becomeLeader();
  }

  get isProposing(): boolean {
    return this.#proposal !== undefined;
  }

  /** Handles some events, at most up to an instant. */
  handle(events: number, untilMs: number): void {
    let handled = 0;
    this.#simulator.run({ until: millis(untilMs), while: () => handled++ < events });
  }

  /** Runs until a proposal is under way. */
  runToProposal(untilMs: number): void {
    this.#simulator.run({ until: millis(untilMs), while: () => !this.isProposing });
  }

  run(untilMs: number): void {
    this.#simulator.run({ until: millis(untilMs) });
  }

  checkpoint(): ControlPlaneCheckpoint {
    return {
      simulator: this.#simulator.checkpoint(),
      random: this.#random.checkpoint(),
      store: this.#store.checkpoint(),
      manager: this.#manager.checkpoint(),
      proposal: this.#proposal,
    };
  }

  restore({ simulator, random, store, manager, proposal }: ControlPlaneCheckpoint): void {
    this.#simulator.restore(simulator);
    this.#random.restore(random);
    this.#store.restore(store);
    this.#manager.restore(manager);
    this.#proposal = proposal;
  }

  /** All that is stored, in order. */
  get objects(): unknown {
    return [this.#store.index, this.#store.services.all(), this.#store.tasks.all(), this.#store.nodes.all()];
  }

  #dispatch(event: WorldEvent): void {
    switch (event.kind) {
      case 'proposal':
        this.#proposal = undefined;
        return this.#manager.proposalCommitted();
      case 'step':
        return this.#take(event.step);
      default:
        return this.#manager.handle(event);
    }
  }

  #propose(latency: number): 'pending' | Error {
    if (!this.#manager.isLeader) return new ApiError('Unknown', LOST_LEADER);
    const { now } = this.#simulator;
    const priority = commitPriority(this.#simulator);
    this.#proposal = this.#simulator.schedule(now + latency, { kind: 'proposal' }, { priority });
    return 'pending';
  }

  #take(step: ControlPlaneStep): void {
    switch (step.do) {
      case 'define':
        return void this.#manager.submit(this.#defining(step.service));
      case 'rollback': {
        const [service] = this.#store.services.find(byName('web'));
        if (service) this.#manager.submit({ op: 'updateService', ...service, rollback: 'previous' });
        return;
      }
      case 'lose leader':
        if (this.#proposal !== undefined) this.#simulator.cancel(this.#proposal);
        this.#proposal = undefined;
        // Another manager will lead.
        return this.#manager.end();
      case 'elect leader':
        if (!this.#manager.isLeader) this.#manager.becomeLeader();
    }
  }

  #defining(service: VectorService): ApiRequest {
    const spec = serviceSpec(service);
    const [known] = this.#store.services.find(byName(service.name));
    return known ? { op: 'updateService', id: known.id, version: known.version, spec } : { op: 'createService', spec };
  }
}

const REPORTS = {
  pulled: TaskState.READY,
  started: TaskState.RUNNING,
  failed: TaskState.FAILED,
  stopped: TaskState.SHUTDOWN,
};

interface ReportStep extends Step {
  readonly task: string;
  readonly state: TaskState;
}

/** Agents in one: each step of a task is a timer, named after both, and ends in a report. */
const workers: Reactor<null> = {
  name: 'workers',
  rank: rank.dispatcher,
  wants: (_state, change) => change.table === 'tasks' && change.kind === 'update',
  start: () => null,
  receive(ctx, _state, input) {
    if (input.type === 'timer') {
      const [report, task] = input.timer.split(' ') as [keyof typeof REPORTS, string];
      ctx.write<ReportStep>({ do: 'report', task, state: REPORTS[report] });
    } else if (input.type === 'change' && input.change.table === 'tasks' && input.change.kind === 'update') {
      const { before, after } = input.change;
      if (before.status.state === after.status.state && before.desiredState === after.desiredState) return;
      const next = nextOf(after);
      if (!next) return;
      for (const report of Object.keys(REPORTS)) ctx.cancel(`${report} ${after.id}`);
      ctx.after(millis(next.afterMs), `${next.report} ${after.id}`);
    }
  },
  writes: {
    report(ctx, _state: null, tx: Transaction, { task: id, state }: ReportStep) {
      const task = tx.tasks.get(id);
      if (!task || task.status.state >= state) return;
      tx.tasks.put({ ...task, status: { ...task.status, state, timestamp: ctx.now, appliedAt: ctx.now } });
    },
  },
};

function nextOf({
  status,
  desiredState,
  spec,
}: Task): { readonly report: keyof typeof REPORTS; readonly afterMs: number } | undefined {
  const { state } = status;
  if (state < TaskState.ASSIGNED || state > TaskState.RUNNING) return undefined;
  if (desiredState >= TaskState.SHUTDOWN) return { report: 'stopped', afterMs: 700 };
  if (state === TaskState.ASSIGNED) return { report: 'pulled', afterMs: 300 };
  if (state === TaskState.READY)
    return desiredState > TaskState.READY ? { report: 'started', afterMs: 1_200 } : undefined;
  return spec.container.image === 'bad' ? { report: 'failed', afterMs: 900 } : undefined;
}
