/**
 * The composition root: machines, the manager, the network between them and the kernel that moves it all. Nothing here
 * is for users; `Swarm` is their face of it.
 */
import { ImageWorkload, type TaskIdentity } from '../agent/index.ts';
import {
  type Availability,
  DEFAULT_CLUSTER_SPEC,
  type FromDispatcher,
  type Node,
  type Task,
  type ToDispatcher,
} from '../api/index.ts';
import { ApiError, type Instant, InvariantError } from '../base/index.ts';
import {
  type ApiOutcome,
  type ApiRequest,
  dispatcher,
  Manager,
  type ManagerState,
  type PlacementExplanation,
  phaseOf,
  type Reactor,
  type Ticket,
} from '../manager/index.ts';
import {
  Priority,
  type RandomCheckpoint,
  RandomStreams,
  Simulator,
  type SimulatorCheckpoint,
  Trace,
  type TraceCheckpoint,
} from '../sim/index.ts';
import { type Change, MemoryStore, type NewEntity, type StoreCheckpoint, type Transaction } from '../store/index.ts';
import type { Action } from './action.ts';
import type { SwarmEvent } from './events.ts';
import { Identities, type IdentitiesState } from './identities.ts';
import { Machine, type MachineState, type Surroundings } from './machine.ts';
import type { NodeDefinition, ResolvedOptions } from './options.ts';
import type { SwarmRecords } from './records.ts';
import { Tracer } from './tracer.ts';

/** A whole swarm as one plain value. It shares structure with the swarm that it was taken from. */
export interface SwarmCheckpoint {
  readonly options: ResolvedOptions;
  readonly simulator: SimulatorCheckpoint<SwarmEvent>;
  readonly random: RandomCheckpoint;
  readonly store: StoreCheckpoint;
  readonly manager: ManagerState;
  readonly machines: readonly MachineState[];
  readonly images: ImageWorkload['state'];
  readonly identities: IdentitiesState;
  readonly trace: TraceCheckpoint<SwarmRecords>;
}

/** The id of the cluster object. */
export const CLUSTER_ID = 'cluster';

export class SwarmCore {
  readonly options: ResolvedOptions;
  readonly simulator: Simulator<SwarmEvent>;
  readonly random: RandomStreams;
  readonly trace: Trace<SwarmRecords>;
  readonly store = new MemoryStore();
  readonly images: ImageWorkload;
  readonly machines = new Map<string, Machine>();
  readonly #manager: Manager;
  readonly #managerName: string;
  readonly #identities = new Identities();
  readonly #outcomes = new Map<Ticket, ApiOutcome>();

  constructor(options: ResolvedOptions, checkpoint?: SwarmCheckpoint) {
    this.options = options;
    this.simulator = new Simulator<SwarmEvent>({ dispatch: (event) => this.#dispatch(event), limits: options.limits });
    this.random = new RandomStreams(options.seed);
    this.trace = new Trace<SwarmRecords>({ clock: this.simulator, sink: options.trace });
    this.images = new ImageWorkload({
      seed: options.seed,
      ...(checkpoint && { state: new Map(checkpoint.images) }),
      identify: (task) => this.#identify(task),
    });
    this.#managerName = options.nodes.find(({ role }) => role === 'manager')?.name ?? '';
    this.#manager = this.#createManager(this.#managerName);
    if (checkpoint) this.#restore(checkpoint);
    else this.#populate();
  }

  get now(): Instant {
    return this.simulator.now;
  }

  // -------------------------------------------------------------------------------------------------------------
  // Doing

  /** Asks the control API and runs until it has answered. */
  request(request: ApiRequest): ApiOutcome {
    const ticket = this.#submit(request);
    this.simulator.run({ while: () => !this.#outcomes.has(ticket) });
    const outcome = this.#outcomes.get(ticket);
    if (!outcome) throw new InvariantError(`the control API never answered ${request.op}`);
    this.#outcomes.delete(ticket);
    return outcome;
  }

  /** Does something now, once all that the present instant asks for has settled; or at a later instant. */
  act(action: Action, at: Instant = this.now): void {
    this.simulator.schedule(at, { kind: 'action', action }, { priority: Priority.late });
  }

  /** A new machine joins. Its agent opens a session as soon as the swarm runs on. */
  join(definition: NodeDefinition): Machine {
    const machine = this.#addMachine(definition);
    this.#manager.spawn(JOIN, { node: nodeObject(definition, machine) });
    machine.start();
    return machine;
  }

  explainPlacement(task: Task): PlacementExplanation | undefined {
    return this.#manager.explainPlacement(task);
  }

  checkpoint(): SwarmCheckpoint {
    return {
      options: this.options,
      simulator: this.simulator.checkpoint(),
      random: this.random.checkpoint(),
      store: this.store.checkpoint(),
      manager: this.#manager.checkpoint(),
      machines: [...this.machines.values()].map((machine) => machine.checkpoint()),
      images: new Map(this.images.state),
      identities: this.#identities.checkpoint(),
      trace: this.trace.checkpoint(),
    };
  }

  #restore(checkpoint: SwarmCheckpoint): void {
    this.simulator.restore(checkpoint.simulator);
    this.random.restore(checkpoint.random);
    this.store.restore(checkpoint.store);
    this.#manager.restore(checkpoint.manager);
    this.#identities.restore(checkpoint.identities);
    this.trace.restore(checkpoint.trace);
    for (const state of checkpoint.machines) {
      this.machines.set(state.definition.name, new Machine(state.definition, this.#surroundings(), state));
    }
  }

  // -------------------------------------------------------------------------------------------------------------
  // Making

  #populate(): void {
    const tx = this.store.begin(0);
    const orchestration = { taskHistoryRetentionLimit: this.options.taskHistoryLimit };
    tx.clusters.create({ id: CLUSTER_ID, spec: { ...DEFAULT_CLUSTER_SPEC, orchestration } });
    for (const definition of this.options.nodes) tx.nodes.create(nodeObject(definition, this.#addMachine(definition)));
    this.store.commit(tx);
    this.#manager.becomeLeader();
    if (this.trace.enabled) this.trace.record('leader.elected', { node: this.#managerName }, { by: this.#managerName });
    for (const machine of this.machines.values()) machine.start();
  }

  #addMachine(definition: NodeDefinition): Machine {
    const machine = new Machine(definition, this.#surroundings());
    this.machines.set(machine.name, machine);
    return machine;
  }

  #createManager(name: string): Manager {
    const { latencies, races } = this.options;
    const tracer = new Tracer(this.trace, this.store, name);
    return new Manager({
      name,
      clock: this.simulator,
      store: this.store,
      proposer: { propose: () => 'committed' },
      observer: {
        committed: (changes, origin) => this.#committed(changes, tracer.committed(changes, origin)),
      },
      random: this.random,
      races,
      membership: { isMember: (nodeId) => nodeId === this.#managerName, canRemove: () => false },
      components: [
        dispatcher({
          seed: this.options.seed,
          latencies: { batchInterval: latencies.reportBatch, assignmentDelay: latencies.assignmentBatch },
          send: (node, message) => this.#sendToAgent(node, message),
        }) as unknown as Reactor<never>,
      ],
      reactors: [join as unknown as Reactor<never>],
      answered: (ticket, outcome) => this.#answered(ticket, outcome),
    });
  }

  #surroundings(): Surroundings {
    return {
      seed: this.options.seed,
      latencies: this.options.latencies,
      trace: this.trace,
      images: this.images,
      kernel: this.simulator,
      selectManager: () => this.#managerName,
      send: (from, manager, message, cause) => this.#sendToDispatcher(from, manager, message, cause),
      networkDriver: (networkId) => this.#network(networkId),
    };
  }

  // -------------------------------------------------------------------------------------------------------------
  // Moving

  #dispatch(event: SwarmEvent): void {
    switch (event.kind) {
      case 'manager.turn':
      case 'manager.timer':
        return this.#manager.handle(event);
      case 'agent':
        return this.machines.get(event.node)?.handle(event.timer);
      case 'to-agent':
        return this.machines.get(event.node)?.receive(event.message);
      case 'to-dispatcher':
        this.#manager.receive({ from: event.from, message: event.message }, event.cause);
        return;
      case 'action':
        return this.#perform(event.action);
    }
  }

  #perform(action: Action): void {
    switch (action.action) {
      case 'request':
        this.#submit(action.request);
        return;
      case 'availability':
        return this.#setAvailability(action.node, action.availability);
      case 'crash':
        this.#fault('crash', action.node);
        return this.machines.get(action.node)?.crash();
      case 'boot':
        this.#fault('boot', action.node);
        return this.machines.get(action.node)?.boot();
      case 'disconnect':
      case 'reconnect':
        return this.#connect(action.node, action.action === 'reconnect');
      case 'exit':
        this.#fault(`exit ${action.code}`, action.task);
        for (const machine of this.machines.values()) if (machine.exitTask(action.task, action.code)) return;
    }
  }

  #setAvailability(id: string, availability: Availability): void {
    const node = this.store.nodes.get(id);
    if (node) this.#submit({ op: 'updateNode', id, version: node.version, spec: { ...node.spec, availability } });
  }

  #connect(node: string, isConnected: boolean): void {
    const machine = this.machines.get(node);
    if (!machine || machine.isConnected === isConnected) return;
    this.#fault(isConnected ? 'reconnect' : 'disconnect', node);
    machine.isConnected = isConnected;
  }

  #fault(fault: string, target: string): void {
    if (this.trace.enabled) this.trace.record('fault.injected', { fault, target }, { by: 'world' });
  }

  #submit(request: ApiRequest): Ticket {
    const cause = this.trace.enabled
      ? this.trace.record('api.requested', { op: request.op, target: targetOf(request) }, { by: 'client' })
      : undefined;
    return this.#manager.submit(request, cause);
  }

  #answered(ticket: Ticket, outcome: ApiOutcome): void {
    if ('error' in outcome && this.trace.enabled) {
      this.trace.record(
        'api.refused',
        { op: String(ticket), message: outcome.error.message },
        { by: this.#managerName },
      );
    }
    this.#outcomes.set(ticket, outcome);
  }

  #committed(changes: readonly Change[], seqs: readonly (number | undefined)[]): readonly (number | undefined)[] {
    this.#identities.note(changes);
    return seqs;
  }

  #sendToDispatcher(from: string, manager: string, message: ToDispatcher, cause: number | undefined): void {
    if (!this.#canTalk(from)) return;
    this.#later({ kind: 'to-dispatcher', from, manager, message, cause }, isPeriodic(message.kind));
  }

  #sendToAgent(node: string, message: FromDispatcher): void {
    if (!this.#canTalk(node)) return;
    this.#later({ kind: 'to-agent', node, message }, isPeriodic(message.kind));
  }

  #canTalk(node: string): boolean {
    const machine = this.machines.get(node);
    return (
      machine !== undefined &&
      machine.isUp &&
      machine.isConnected &&
      this.machines.get(this.#managerName)?.isUp === true
    );
  }

  #later(event: SwarmEvent, periodic: boolean): void {
    const { simulator } = this;
    simulator.schedule(simulator.now + this.options.latencies.network, event, {
      priority: phaseOf(simulator),
      periodic,
    });
  }

  #identify(task: Task): TaskIdentity {
    return { ...this.#identities.of(task.id), node: task.nodeId };
  }

  #network(networkId: string): { readonly driver: string; readonly name: string } | undefined {
    const network = this.store.networks.get(networkId);
    return network && { driver: network.spec.driver?.name ?? 'overlay', name: network.spec.name };
  }
}

const JOIN = 'join';

/** Writes the object of a machine that joins. */
const join: Reactor<{ readonly node: NewEntity<Node> }> = {
  name: JOIN,
  rank: 0,
  start(ctx, args) {
    ctx.write({ do: 'create' });
    ctx.next({ do: 'end' });
    return args as { readonly node: NewEntity<Node> };
  },
  receive() {},
  steps: { end: (ctx) => ctx.end() },
  writes: {
    create: (_ctx, { node }: { readonly node: NewEntity<Node> }, tx: Transaction) => void tx.nodes.create(node),
  },
};

function nodeObject(definition: NodeDefinition, machine: Machine): NewEntity<Node> {
  const { name, role = 'worker', availability = 'active', labels = {} } = definition;
  return {
    id: name,
    spec: { labels, role, availability },
    description: machine.describe(),
    status: { state: 'unknown', message: '', addr: '' },
    role,
  };
}

function isPeriodic(kind: string): boolean {
  return kind === 'heartbeat' || kind === 'heartbeat-answered';
}

function targetOf(request: ApiRequest): string {
  if ('id' in request) return request.id;
  return request.spec.name;
}

/** The answer of an outcome, or its refusal thrown. */
export function answerOf<A>(outcome: ApiOutcome): A {
  if ('error' in outcome)
    throw outcome.error instanceof ApiError ? outcome.error : new InvariantError(String(outcome.error));
  return outcome.answer as A;
}
