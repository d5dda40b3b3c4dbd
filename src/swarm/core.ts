/**
 * The composition root: machines, managers, the network between them and the kernel that moves it all. Nothing here is
 * for users; `Swarm` is their face of it.
 */
import { ImageWorkload, type TaskIdentity } from '../agent/index.ts';
import { DEFAULT_CLUSTER_SPEC, type Node, type Task, type ToDispatcher } from '../api/index.ts';
import { type Instant, InvariantError, seconds } from '../base/index.ts';
import { type ApiRequest, type PlacementExplanation, phaseOf } from '../manager/index.ts';
import { Network, type NetworkCheckpoint, type Rule, type RuleId } from '../network/index.ts';
import {
  Priority,
  type RandomCheckpoint,
  RandomStreams,
  Simulator,
  type SimulatorCheckpoint,
  Trace,
  type TraceCheckpoint,
} from '../sim/index.ts';
import { MemoryStore, type NewEntity, type StoreCheckpoint } from '../store/index.ts';
import type { Action } from './action.ts';
import { isPeriodic } from './agent-desk.ts';
import { bootstrap } from './bootstrap.ts';
import { type CallEnd, Calls, type CallsState } from './calls.ts';
import { deliver } from './deliveries.ts';
import type { SwarmEvent } from './events.ts';
import { Identities, type IdentitiesState } from './identities.ts';
import { Machine, type MachineState, type Surroundings } from './machine.ts';
import { ManagerHost, type ManagerHostState } from './manager-host.ts';
import type { ManagerProcess } from './manager-process.ts';
import { Members, type MembersState } from './members.ts';
import { type NodeDefinition, type ResolvedOptions, siteRules } from './options.ts';
import type { CallId, CallOutcome, ManagerReading, Parcel } from './parcels.ts';
import { type ActionTarget, perform } from './perform.ts';
import { RaftJournal, type RaftJournalState } from './raft-journal.ts';
import type { SwarmRecords } from './records.ts';
import type { Surroundings as SettlingSurroundings } from './settled.ts';
import { type Cargo, Wire, type WireState } from './wire.ts';
import type { World } from './world.ts';

/** A whole swarm as one plain value. It shares structure with the swarm that it was taken from. */
export interface SwarmCheckpoint {
  readonly options: ResolvedOptions;
  readonly simulator: SimulatorCheckpoint<SwarmEvent>;
  readonly random: RandomCheckpoint;
  readonly network: NetworkCheckpoint<Cargo>;
  readonly wire: WireState;
  readonly cuts: readonly (readonly [string, RuleId])[];
  readonly machines: readonly MachineState[];
  readonly hosts: readonly ManagerHostState[];
  readonly members: MembersState;
  readonly lastStore: StoreCheckpoint;
  readonly calls: CallsState;
  readonly images: ImageWorkload['state'];
  readonly identities: IdentitiesState;
  readonly journal: RaftJournalState;
  readonly trace: TraceCheckpoint<SwarmRecords>;
}

/** The id of the cluster object. */
export const CLUSTER_ID = 'cluster';

/** A node that joins asks again after this long. */
const JOIN_INTERVAL = seconds(1);

export class SwarmCore implements ActionTarget {
  readonly options: ResolvedOptions;
  readonly simulator: Simulator<SwarmEvent>;
  readonly random: RandomStreams;
  readonly trace: Trace<SwarmRecords>;
  readonly network: Network<Cargo>;
  readonly images: ImageWorkload;
  readonly machines = new Map<string, Machine>();
  readonly hosts = new Map<string, ManagerHost>();
  readonly #wire: Wire;
  readonly #world: World;
  readonly #members: Members;
  readonly #calls: Calls;
  readonly #journal: RaftJournal;
  readonly #identities = new Identities();
  readonly #outcomes = new Map<CallId, CallOutcome>();
  /** The cut of each machine that was taken off the network by itself. */
  readonly #cuts: Map<string, RuleId>;
  /** What the last manager knew, for as long as there is none. */
  #lastStore = new MemoryStore();

  constructor(options: ResolvedOptions, checkpoint?: SwarmCheckpoint) {
    this.options = options;
    this.simulator = new Simulator<SwarmEvent>({ dispatch: (event) => this.#dispatch(event), limits: options.limits });
    this.random = new RandomStreams(options.seed);
    this.trace = new Trace<SwarmRecords>({ clock: this.simulator, sink: options.trace });
    this.network = createNetwork(options);
    this.images = new ImageWorkload({
      seed: options.seed,
      ...(checkpoint && { state: new Map(checkpoint.images) }),
      identify: (task) => this.#identify(task),
    });
    this.#wire = new Wire(
      {
        network: this.network,
        kernel: this.simulator,
        isUp: (machine) => this.isUp(machine),
        isGivenUp: (parcel) => this.#isGivenUp(parcel),
      },
      checkpoint?.wire,
    );
    this.#members = new Members(checkpoint?.members);
    this.#journal = new RaftJournal(this.trace, checkpoint?.journal);
    this.#cuts = new Map(checkpoint?.cuts);
    this.#calls = this.#createCalls(checkpoint?.calls);
    this.#world = this.#createWorld();
    if (checkpoint) this.#restore(checkpoint);
    else this.#populate();
  }

  // -------------------------------------------------------------------------------------------------------------
  // Looking

  get now(): Instant {
    return this.simulator.now;
  }

  isUp(node: string): boolean {
    return this.machines.get(node)?.isUp === true;
  }

  /** The manager that leads; of two that think so, the one of the later term. */
  get leader(): ManagerProcess | undefined {
    let leader: ManagerProcess | undefined;
    for (const { process } of this.hosts.values())
      if (process?.isLeader && process.raft.member.term > (leader?.raft.member.term ?? -1)) leader = process;
    return leader;
  }

  /** The leader, or else of the managers that are there the one that has applied most. */
  get bestInformed(): ManagerProcess | undefined {
    const { leader } = this;
    if (leader) return leader;
    let best: ManagerProcess | undefined;
    for (const { process } of this.hosts.values())
      if (process && process.raft.member.appliedIndex > (best?.raft.member.appliedIndex ?? -1)) best = process;
    return best;
  }

  /** The objects as {@link bestInformed} has them; without any manager, as the last one had them. */
  get store(): MemoryStore {
    return this.bestInformed?.store ?? this.#lastStore;
  }

  /** The members of the raft group as {@link bestInformed} sees them. */
  managers(): readonly ManagerReading[] {
    return this.bestInformed?.managers() ?? [];
  }

  /** Changes with everything that may let a swarm settle. */
  get stamp(): string {
    const { bestInformed, leader } = this;
    return `${bestInformed?.name} ${bestInformed?.store.index} ${leader?.raft.member.term}`;
  }

  surroundings(): SettlingSurroundings {
    const { leader } = this;
    return {
      hasLeader: leader !== undefined,
      canElect: [...this.hosts.values()].some(({ process }) => process && this.#canElect(process)),
      isReachable: (node) => this.isUp(node) && leader !== undefined && this.network.isConnected(node, leader.name),
    };
  }

  /** Whether enough of a manager's peers are there for an election. */
  #canElect({ name, memberNodes }: ManagerProcess): boolean {
    const reachable = memberNodes.filter(
      (node) =>
        this.hosts.get(node)?.process && this.network.isConnected(name, node) && this.network.isConnected(node, name),
    );
    return reachable.length > memberNodes.length / 2;
  }

  explainPlacement(task: Task): PlacementExplanation | undefined {
    return this.leader?.explainPlacement(task);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Doing

  /** Calls the daemon on a machine, to write or (without a request) to read, and runs until there is an answer. */
  call(request: ApiRequest | undefined, on?: string): CallOutcome {
    const call = this.#makeCall(request, on, true);
    this.simulator.run({ while: () => !this.#outcomes.has(call) });
    const outcome = this.#outcomes.get(call);
    if (!outcome) throw new InvariantError(`nobody ever answered ${request?.op ?? 'a reader'}`);
    this.#outcomes.delete(call);
    return outcome;
  }

  /** Does something now, once all that the present instant asks for has settled; or at a later instant. */
  act(action: Action, at: Instant = this.now): void {
    this.simulator.schedule(at, { kind: 'action', action }, { priority: Priority.late });
  }

  /** A new machine joins. It keeps asking until a leader has taken it. */
  join(definition: NodeDefinition): Machine {
    const machine = this.#addMachine(definition, this.leader?.memberNodes ?? []);
    this.#askToJoin(definition.name);
    return machine;
  }

  request(request: ApiRequest, on: string | undefined): void {
    this.#makeCall(request, on, false);
  }

  crash(node: string): void {
    const machine = this.machines.get(node);
    if (!machine?.isUp) return;
    const { store } = this;
    machine.crash();
    this.#calls.machineDown(node);
    this.hosts.get(node)?.crash();
    if (!this.bestInformed) this.#lastStore = store;
  }

  boot(node: string): void {
    const machine = this.machines.get(node);
    if (!machine || machine.isUp) return;
    machine.boot();
    this.hosts.get(node)?.boot();
  }

  exitTask(task: string, code: number): void {
    for (const machine of this.machines.values()) if (machine.exitTask(task, code)) return;
  }

  connect(node: string, isConnected: boolean): boolean {
    const cut = this.#cuts.get(node);
    if (!this.machines.has(node) || (cut === undefined) === isConnected) return false;
    if (cut === undefined) this.#cuts.set(node, this.network.install({ kind: 'partition', from: [node] }));
    else {
      this.network.uninstall(cut, this.now);
      this.#cuts.delete(node);
    }
    return true;
  }

  partition(groups: readonly (readonly string[])[]): void {
    this.network.partition(groups);
  }

  heal(): void {
    this.network.heal();
    this.#cuts.clear();
  }

  install(rule: Rule): RuleId {
    return this.network.install(rule);
  }

  uninstall(id: RuleId): void {
    this.#wire.release(this.network.uninstall(id, this.now));
  }

  forceNewCluster(node: string): void {
    if (this.isUp(node)) this.hosts.get(node)?.forceNewCluster();
  }

  noteFault(fault: string, target: string): void {
    if (this.trace.enabled)
      this.#journal.noteFault(this.trace.record('fault.injected', { fault, target }, { by: 'world' }));
  }

  checkpoint(): SwarmCheckpoint {
    return {
      options: this.options,
      simulator: this.simulator.checkpoint(),
      random: this.random.checkpoint(),
      network: this.network.checkpoint(),
      wire: this.#wire.checkpoint(),
      cuts: [...this.#cuts],
      machines: [...this.machines.values()].map((machine) => machine.checkpoint()),
      hosts: [...this.hosts.values()].map((host) => host.checkpoint()),
      members: this.#members.checkpoint(),
      lastStore: this.#lastStore.checkpoint(),
      calls: this.#calls.checkpoint(),
      images: new Map(this.images.state),
      identities: this.#identities.checkpoint(),
      journal: this.#journal.checkpoint(),
      trace: this.trace.checkpoint(),
    };
  }

  #restore(checkpoint: SwarmCheckpoint): void {
    this.simulator.restore(checkpoint.simulator);
    this.random.restore(checkpoint.random);
    this.network.restore(checkpoint.network);
    this.#lastStore.restore(checkpoint.lastStore);
    this.#identities.restore(checkpoint.identities);
    this.trace.restore(checkpoint.trace);
    checkpoint.machines.forEach((state, index) => {
      const { name, role = 'worker' } = state.definition;
      const host = { name, role, world: this.#world, managers: [] };
      this.machines.set(name, new Machine(state.definition, this.#surroundings(), state));
      this.hosts.set(name, new ManagerHost(host, checkpoint.hosts[index]));
    });
  }

  // -------------------------------------------------------------------------------------------------------------
  // Making

  #populate(): void {
    const { nodes, taskHistoryLimit } = this.options;
    const managers = nodes.filter(({ role }) => role === 'manager').map(({ name }) => name);
    for (const definition of nodes) this.#addMachine(definition, managers);
    const orchestration = { taskHistoryRetentionLimit: taskHistoryLimit };
    bootstrap(
      managers.map((name) => this.hosts.get(name)!),
      (node) => this.#members.newMember(node),
      (tx) => {
        tx.clusters.create({
          id: CLUSTER_ID,
          spec: {
            ...DEFAULT_CLUSTER_SPEC,
            orchestration,
            raft: { ...DEFAULT_CLUSTER_SPEC.raft, ...this.options.raft },
          },
        });
        for (const machine of this.machines.values()) tx.nodes.create(nodeObject(machine));
      },
    );
    for (const machine of this.machines.values()) machine.start();
  }

  #addMachine(definition: NodeDefinition, managers: readonly string[]): Machine {
    const { name, role = 'worker' } = definition;
    const machine = new Machine(definition, this.#surroundings());
    this.machines.set(name, machine);
    this.hosts.set(name, new ManagerHost({ name, role, world: this.#world, managers }));
    return machine;
  }

  #askToJoin(name: string): void {
    const machine = this.machines.get(name);
    if (!machine || machine.hasJoined) return;
    if (machine.isUp) this.leader?.addNode(nodeObject(machine));
    const { simulator } = this;
    simulator.schedule(simulator.now + JOIN_INTERVAL, { kind: 'join-due', node: name }, { periodic: true });
  }

  #joined({ id }: NewEntity<Node>): void {
    const machine = this.machines.get(id);
    if (!machine || machine.hasJoined) return;
    machine.start();
    this.hosts.get(id)?.join();
  }

  #createWorld(): World {
    return {
      options: this.options,
      kernel: this.simulator,
      wire: this.#wire,
      random: this.random,
      trace: this.trace,
      journal: this.#journal,
      addressOf: (member) => this.#members.addressOf(member),
      newMember: (node) => this.#members.newMember(node),
      isFirstToApply: (by, place) => this.#members.isFirstToApply(by, place),
      committed: (changes) => this.#identities.note(changes),
      callAnswered: (call, outcome) => this.#calls.end(call, outcome),
      joined: (node) => this.#joined(node),
    };
  }

  #createCalls(state: CallsState | undefined): Calls {
    return new Calls(
      {
        kernel: this.simulator,
        wire: this.#wire,
        machines: {
          isUp: (node) => this.isUp(node),
          isManager: (node) => this.hosts.get(node)?.isManager === true,
          process: (node) => this.hosts.get(node)?.process,
        },
        ended: (end) => this.#callEnded(end),
      },
      state,
    );
  }

  #surroundings(): Surroundings {
    return {
      seed: this.options.seed,
      latencies: this.options.latencies,
      trace: this.trace,
      images: this.images,
      kernel: this.simulator,
      selectManager: (from) => this.hosts.get(from)?.selectManager(),
      sessionFailed: (from, manager) => this.hosts.get(from)?.noteSession(manager, 'failed'),
      send: (from, manager, message, cause) => this.#sendToManager(from, manager, message, cause),
      networkDriver: (networkId) => this.#networkDriver(networkId),
    };
  }

  // -------------------------------------------------------------------------------------------------------------
  // Moving

  #dispatch(event: SwarmEvent): void {
    switch (event.kind) {
      case 'manager.turn':
      case 'manager.timer':
        return this.hosts.get(event.manager)?.process?.handleManager(event);
      case 'raft.tick':
      case 'raft.written':
      case 'raft.redial':
      case 'raft.timeout':
      case 'raft.change-timeout':
        return this.hosts.get(event.node)?.process?.handleRaft(event);
      case 'host.due':
        return this.hosts.get(event.node)?.handle(event.what);
      case 'delivery':
        return deliver(
          { machines: this.machines, hosts: this.hosts, calls: this.#calls, kernel: this.simulator, wire: this.#wire },
          event.from,
          event.to,
          event.parcel,
        );
      case 'agent':
        return this.machines.get(event.node)?.handle(event.timer);
      case 'agent.poll':
        return this.hosts.get(event.manager)?.process?.agents.poll(event.said, event.until);
      case 'call.poll':
        return this.#calls.poll(event.call);
      case 'call.timeout':
        return this.#calls.timedOut(event.call);
      case 'wire.retry':
        return this.#wire.retry(event.connection);
      case 'join-due':
        return this.#askToJoin(event.node);
      case 'action':
        return perform(this, event.action);
    }
  }

  #makeCall(request: ApiRequest | undefined, on: string | undefined, isAwaited: boolean): CallId {
    const cause =
      request && this.trace.enabled
        ? this.trace.record('api.requested', { op: request.op, target: targetOf(request) }, { by: 'client' })
        : undefined;
    return this.#calls.make(on ?? this.#defaultManager, { request, cause }, isAwaited);
  }

  /** Where a client calls that has no preference: the leader, else the first manager whose machine is up. */
  get #defaultManager(): string {
    const { leader } = this;
    if (leader) return leader.name;
    const managers = [...this.hosts.values()].filter(({ isManager }) => isManager).map(({ name }) => name);
    return managers.find((name) => this.isUp(name)) ?? managers[0] ?? '';
  }

  #callEnded({ call, on, request, isAwaited, outcome }: CallEnd): void {
    if ('status' in outcome && request && this.trace.enabled)
      this.trace.record('api.refused', { op: request.op, message: outcome.message }, { by: on });
    if (isAwaited) this.#outcomes.set(call, outcome);
  }

  #sendToManager(from: string, manager: string, message: ToDispatcher, cause: number | undefined): void {
    this.#wire.send({
      from,
      to: manager,
      channel: 'agent',
      parcel: { kind: 'agent.said', node: from, message, cause },
      priority: phaseOf(this.simulator),
      periodic: isPeriodic(message.kind),
    });
  }

  /** An agent that has begun another session has closed the connections of the one before. */
  #isGivenUp(parcel: Parcel): boolean {
    if (parcel.kind !== 'agent.said' && parcel.kind !== 'agent.forwarded') return false;
    const { node, message } = parcel;
    return message.kind !== 'close-session' && message.session !== this.machines.get(node)?.session;
  }

  #identify(task: Task): TaskIdentity {
    return { ...this.#identities.of(task.id), node: task.nodeId };
  }

  #networkDriver(networkId: string): { readonly driver: string; readonly name: string } | undefined {
    const network = this.store.networks.get(networkId);
    return network && { driver: network.spec.driver?.name ?? 'overlay', name: network.spec.name };
  }
}

function createNetwork({ seed, latencies, sites }: ResolvedOptions): Network<Cargo> {
  const places = Object.fromEntries(Object.entries(sites).map(([site, { nodes }]) => [site, nodes]));
  return new Network({ seed, latency: latencies.network, sites: places, rules: siteRules(sites) });
}

function nodeObject(machine: Machine): NewEntity<Node> {
  const { name, role = 'worker', availability = 'active', labels = {} } = machine.definition;
  return {
    id: name,
    spec: { labels, role, availability },
    description: machine.describe(),
    status: { state: 'unknown', message: '', addr: '' },
    role,
  };
}

function targetOf(request: ApiRequest): string {
  if ('id' in request) return request.id;
  return request.spec.name;
}
