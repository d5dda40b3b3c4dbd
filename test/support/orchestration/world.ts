/** Runs the input of an orchestration vector on the product's control plane, with scripted workers. */
import type { Service } from '../../../src/api/index.ts';
import { DEFAULT_CLUSTER_SPEC, TaskState } from '../../../src/api/index.ts';
import { ApiError, hours, millis } from '../../../src/base/index.ts';
import {
  type ApiOutcome,
  type ApiRequest,
  commitPriority,
  LOST_LEADER,
  Manager,
  type ManagerEvent,
  PHASE,
  type Proposer,
  phaseOf,
  type Reactor,
  rank,
  type Step,
  type Ticket,
} from '../../../src/manager/index.ts';
import { type EventId, Priority, RandomStreams, Simulator } from '../../../src/sim/index.ts';
import { byName, byNodeId, type Change, MemoryStore, type Transaction } from '../../../src/store/index.ts';
import type { VectorInput, VectorNode, VectorService, VectorStep } from './input.ts';
import type { WorkerEvent } from './local-task.ts';
import { REPORT_WRITER, ScriptedWorkers, WORKERS } from './scripted-workers.ts';
import { nodeDescription, nodeObject, serviceSpec } from './specs.ts';

type WorldEvent =
  | ManagerEvent
  | WorkerEvent
  | { readonly kind: 'step'; readonly step: VectorStep }
  | { readonly kind: 'proposal' }
  | { readonly kind: 'node.detected'; readonly nodeId: string; readonly outage: number }
  | { readonly kind: 'node.orphaned'; readonly nodeId: string }
  | { readonly kind: 'agents.back'; readonly nodeIds: readonly string[] }
  | { readonly kind: 'reconnect' };

/** What the world tells of itself. Times are virtual milliseconds, rounded down. */
export interface Listener {
  committed(atMs: number, changes: readonly Change[]): void;
  refused(atMs: number, op: string, message: string): void;
}

/** A write that the vectors make themselves: a node's status, the retention limit, lost tasks. */
interface VectorWrite {
  readonly write: (tx: Transaction, now: number) => void;
  readonly done?: () => void;
}

const VECTOR_WRITE = 'vector-write';

export class OrchestrationWorld {
  readonly store = new MemoryStore();
  readonly #input: VectorInput;
  readonly #listener: Listener;
  readonly #simulator: Simulator<WorldEvent>;
  readonly #manager: Manager;
  readonly #workers: ScriptedWorkers;
  /** Commands under way, by ticket. */
  readonly #commands = new Map<Ticket, string>();
  /** How often each node was lost, so that a detection knows whether it is still about the same outage. */
  readonly #outages = new Map<string, number>();
  readonly #orphanTimers = new Map<string, EventId>();
  /** Specifications as the vectors write them, to which `set` applies. */
  readonly #proposals = { made: 0, underWay: undefined as EventId | undefined };
  #hasStarted = false;
  #reconnectMs = 0;

  constructor(input: VectorInput, options: { readonly seed: number; readonly listener: Listener }) {
    this.#input = input;
    this.#listener = options.listener;
    this.#simulator = new Simulator<WorldEvent>({ dispatch: (event) => this.#dispatch(event) });
    this.#workers = new ScriptedWorkers(this.#simulator, input.images, input.commitMs !== undefined, (report) => {
      const process = this.#manager.processOf(input.commitMs === undefined ? WORKERS : REPORT_WRITER);
      if (process !== undefined) this.#manager.signal(process, 'report', report);
    });
    this.#manager = new Manager({
      name: 'm1',
      clock: this.#simulator,
      store: this.store,
      proposer: this.#proposer(),
      observer: {
        committed: (changes) => {
          this.#workers.noteCommitted(changes);
          this.#listener.committed(this.#nowMs, changes);
          return [];
        },
      },
      random: new RandomStreams(options.seed),
      membership: { isMember: () => false, canRemove: () => true },
      components: this.#workers.reactors() as unknown as readonly Reactor<never>[],
      reactors: [vectorWrite as unknown as Reactor<never>],
      initialise: (tx) => {
        if (this.#hasStarted) markUnknown(tx);
      },
      started: () => this.#started(),
      answered: (ticket, outcome) => this.#answered(ticket, outcome),
    });
  }

  run(): void {
    this.#populate();
    for (const step of this.#input.steps)
      this.#simulator.schedule(millis(step.at), { kind: 'step', step }, { priority: Priority.late });
    this.#manager.becomeLeader();
    this.#simulator.run({ until: millis(this.#input.untilMs) });
  }

  get #nowMs(): number {
    return Math.floor(this.#simulator.now / 1000);
  }

  #populate(): void {
    const tx = this.store.begin(0);
    const spec = { ...DEFAULT_CLUSTER_SPEC, orchestration: { taskHistoryRetentionLimit: this.#input.retentionLimit } };
    tx.clusters.create({ id: 'cluster', spec });
    for (const node of this.#input.nodes) tx.nodes.create(nodeObject(node));
    this.store.commit(tx);
  }

  #dispatch(event: WorldEvent): void {
    switch (event.kind) {
      case 'manager.turn':
      case 'manager.timer':
        return this.#manager.handle(event);
      case 'worker.step':
        return this.#workers.step(event);
      case 'step':
        return this.#step(event.step);
      case 'proposal':
        this.#proposals.underWay = undefined;
        return this.#manager.proposalCommitted();
      case 'node.detected':
        return this.#detected(event.nodeId, event.outage);
      case 'node.orphaned':
        return this.#write({ write: (tx, now) => orphanTasks(tx, event.nodeId, now) });
      case 'agents.back':
        for (const nodeId of event.nodeIds) this.#workers.reconnect(nodeId, this.store);
        return;
      case 'reconnect':
        return this.#readyAgain(this.#reachableNodes(), []);
    }
  }

  // -------------------------------------------------------------------------------------------------------------
  // Writes that take time

  #proposer(): Proposer {
    return {
      propose: () => {
        const { commitMs } = this.#input;
        if (!this.#manager.isLeader) return new ApiError('Unknown', LOST_LEADER);
        const cost =
          typeof commitMs === 'number' ? commitMs : (commitMs?.[this.#proposals.made % commitMs.length] ?? 0);
        this.#proposals.made += 1;
        if (cost === 0) return 'committed';
        const priority = commitPriority(this.#simulator);
        this.#proposals.underWay = this.#simulator.schedule(
          this.#simulator.now + millis(cost),
          { kind: 'proposal' },
          { priority },
        );
        return 'pending';
      },
    };
  }

  #later(afterMs: number, event: WorldEvent, phase = 0): EventId {
    const priority = phaseOf(this.#simulator) + phase;
    return this.#simulator.schedule(this.#simulator.now + millis(afterMs), event, { priority });
  }

  #write(write: VectorWrite): void {
    this.#manager.spawn(VECTOR_WRITE, write);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Steps

  #step(step: VectorStep): void {
    switch (step.op) {
      case 'createService':
        return this.#command(step.op, () => ({ op: 'createService', spec: remember(step.service) }));
      case 'update':
        return this.#command(step.op, () => this.#update(step.service, step.set));
      case 'rollback':
        return this.#command(step.op, () => this.#rollback(step.service));
      case 'removeService':
        return this.#command(step.op, () => ({ op: 'removeService', id: this.#service(step.service).id }));
      case 'nodeAvailability':
        return this.#command(step.op, () => this.#updateNode(step.node, { availability: step.availability }));
      case 'nodeLabels':
        return this.#command(step.op, () => this.#updateNode(step.node, { labels: step.labels }));
      case 'nodeRemove':
        this.#workers.remove(step.node);
        return this.#command(step.op, () => ({ op: 'removeNode', id: step.node, force: step.force ?? false }));
      case 'nodeResources':
        return this.#write({ write: (tx) => describe(tx, step.node, step) });
      case 'nodeJoin':
        return this.#write({ write: (tx) => void tx.nodes.create(nodeObject(step.node as VectorNode)) });
      case 'setRetention':
        return this.#write({ write: (tx) => retain(tx, step.limit) });
      case 'nodeDown':
        return this.#nodeDown(step.node, step.detectMs ?? 0, step.crash ?? false);
      case 'nodeUp':
        return this.#nodeUp(step.node);
      case 'leaderLost':
        return this.#leaderLost();
      case 'leaderElected':
        this.#reconnectMs = step.reconnectMs ?? 0;
        return this.#manager.becomeLeader();
    }
  }

  #command(op: string, request: () => ApiRequest): void {
    if (!this.#manager.isLeader) return this.#listener.refused(this.#nowMs, op, 'no leader');
    try {
      const made = request();
      this.#commands.set(this.#manager.submit(made), op);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#listener.refused(this.#nowMs, op, error.message);
    }
  }

  #answered(ticket: Ticket, outcome: ApiOutcome): void {
    const op = this.#commands.get(ticket);
    this.#commands.delete(ticket);
    if (op !== undefined && 'error' in outcome)
      this.#listener.refused(this.#nowMs, op, this.#withNames(outcome.error.message));
  }

  #withNames(message: string): string {
    let text = message;
    for (const service of this.store.services.all()) text = text.replaceAll(service.id, `<${service.spec.name}>`);
    return text;
  }

  #service(name: string): Service {
    const [service] = this.store.services.find(byName(name));
    if (!service) throw new ApiError('NotFound', 'service not found');
    return service;
  }

  #update(name: string, set: Readonly<Record<string, unknown>>): ApiRequest {
    const service = this.#service(name);
    const present = vectorServices.get(service.spec) ?? missing(name);
    const wanted = { ...present, ...set } as Record<string, unknown>;
    for (const key of Object.keys(set)) if (set[key] === null) delete wanted[key];
    return {
      op: 'updateService',
      id: service.id,
      version: service.version,
      spec: remember(wanted as unknown as VectorService),
    };
  }

  #rollback(name: string): ApiRequest {
    const { id, version, spec } = this.#service(name);
    return { op: 'updateService', id, version, spec, rollback: 'previous' };
  }

  #updateNode(
    name: string,
    change: {
      readonly availability?: 'active' | 'pause' | 'drain';
      readonly labels?: Readonly<Record<string, string>>;
    },
  ): ApiRequest {
    const node = this.store.nodes.get(name);
    if (!node) throw new ApiError('NotFound', `node ${name} not found`);
    return { op: 'updateNode', id: node.id, version: node.version, spec: { ...node.spec, ...change } };
  }

  // -------------------------------------------------------------------------------------------------------------
  // Nodes

  #nodeDown(nodeId: string, detectMs: number, crash: boolean): void {
    const outage = (this.#outages.get(nodeId) ?? 0) + 1;
    this.#outages.set(nodeId, outage);
    this.#workers.lose(nodeId, crash);
    this.#later(detectMs, { kind: 'node.detected', nodeId, outage });
  }

  #detected(nodeId: string, outage: number): void {
    if (this.#outages.get(nodeId) !== outage || this.#workers.isReachable(nodeId) || !this.#manager.isLeader) return;
    this.#write({
      write: (tx) => setStatus(tx, nodeId, 'down', 'heartbeat failure'),
      done: () => this.#armOrphans(nodeId),
    });
  }

  #armOrphans(nodeId: string): void {
    this.#disarmOrphans(nodeId);
    this.#orphanTimers.set(nodeId, this.#later(hours(24) / 1000, { kind: 'node.orphaned', nodeId }));
  }

  #disarmOrphans(nodeId: string): void {
    const timer = this.#orphanTimers.get(nodeId);
    if (timer !== undefined) this.#simulator.cancel(timer);
    this.#orphanTimers.delete(nodeId);
  }

  #nodeUp(nodeId: string): void {
    this.#outages.set(nodeId, (this.#outages.get(nodeId) ?? 0) + 1);
    this.#workers.find(nodeId);
    this.#disarmOrphans(nodeId);
    if (!this.#manager.isLeader) return;
    if (this.store.nodes.get(nodeId)?.status.state === 'ready') this.#agentsBack([nodeId]);
    else this.#readyAgain([nodeId], []);
  }

  /** Writes READY for one node after the other, then lets their agents report and receive. */
  #readyAgain([nodeId, ...rest]: readonly string[], back: readonly string[]): void {
    if (nodeId === undefined) return this.#agentsBack(back);
    this.#write({
      write: (tx) => setStatus(tx, nodeId, 'ready', ''),
      done: () => this.#readyAgain(rest, [...back, nodeId]),
    });
  }

  #agentsBack(nodeIds: readonly string[]): void {
    const phase = this.#input.commitMs === undefined ? 0 : PHASE;
    this.#later(0, { kind: 'agents.back', nodeIds }, phase);
  }

  #reachableNodes(): string[] {
    return this.store.nodes
      .all()
      .filter((node) => node.status.state !== 'down' && this.#workers.isReachable(node.id))
      .map((node) => node.id)
      .sort();
  }

  // -------------------------------------------------------------------------------------------------------------
  // The leader

  #leaderLost(): void {
    if (this.#proposals.underWay !== undefined) this.#simulator.cancel(this.#proposals.underWay);
    this.#proposals.underWay = undefined;
    // Another manager will lead.
    this.#manager.end();
    this.#workers.silence(this.store.nodes.all().map((node) => node.id));
    for (const nodeId of [...this.#orphanTimers.keys()]) this.#disarmOrphans(nodeId);
  }

  #started(): void {
    if (!this.#hasStarted) {
      this.#hasStarted = true;
      return;
    }
    for (const node of this.store.nodes.all()) if (node.status.state === 'down') this.#armOrphans(node.id);
    this.#later(this.#reconnectMs, { kind: 'reconnect' }, this.#input.commitMs === undefined ? 0 : PHASE);
  }
}

const vectorWrite: Reactor<VectorWrite> = {
  name: VECTOR_WRITE,
  rank: rank.controlApi,
  start(ctx, args) {
    ctx.write({ do: 'write' });
    ctx.next({ do: 'done' });
    return args as VectorWrite;
  },
  receive() {},
  steps: {
    done(ctx, { done }: VectorWrite) {
      done?.();
      ctx.end();
    },
  },
  writes: {
    write: (ctx, { write }: VectorWrite, tx: Transaction, _step: Step) => write(tx, ctx.now),
  },
};

/** Vectors change services in their own form: each specification remembers the one it was made from. */
const vectorServices = new WeakMap<object, VectorService>();

function remember(service: VectorService): ReturnType<typeof serviceSpec> {
  const spec = serviceSpec(service);
  vectorServices.set(spec, service);
  return spec;
}

function missing(name: string): never {
  throw new Error(`no vector form of service ${name}`);
}

function markUnknown(tx: Transaction): void {
  for (const node of tx.nodes.all()) {
    if (node.status.state === 'down') continue;
    const message = 'Node moved to "unknown" state due to leadership change in cluster';
    tx.nodes.put({ ...node, status: { ...node.status, state: 'unknown', message } });
  }
}

function setStatus(tx: Transaction, nodeId: string, state: 'ready' | 'down', message: string): void {
  const node = tx.nodes.get(nodeId);
  if (node) tx.nodes.put({ ...node, status: { ...node.status, state, message } });
}

function describe(tx: Transaction, nodeId: string, size: { readonly cpus: number; readonly memoryMb: number }): void {
  const node = tx.nodes.get(nodeId);
  if (node) tx.nodes.put({ ...node, description: nodeDescription(nodeId, size) });
}

function retain(tx: Transaction, limit: number): void {
  const cluster = tx.clusters.get('cluster');
  if (cluster)
    tx.clusters.put({ ...cluster, spec: { ...cluster.spec, orchestration: { taskHistoryRetentionLimit: limit } } });
}

function orphanTasks(tx: Transaction, nodeId: string, now: number): void {
  for (const task of tx.tasks.find(byNodeId(nodeId))) {
    const { state } = task.status;
    if (state < TaskState.ASSIGNED || state > TaskState.RUNNING) continue;
    tx.tasks.put({ ...task, status: { ...task.status, state: TaskState.ORPHANED, timestamp: now } });
  }
}
