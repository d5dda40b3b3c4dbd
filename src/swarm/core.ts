/**
 * The composition root: machines, managers, the network between them and the kernel that moves it all. Nothing here is
 * for users; `Swarm` is their face of it.
 */
import { ImageWorkload, type TaskIdentity } from '../agent/index.ts';
import type { Task, ToDispatcher } from '../api/index.ts';
import { type Instant, InvariantError } from '../base/index.ts';
import { type ApiRequest, type PlacementExplanation, phaseOf } from '../manager/index.ts';
import {
  type EventId,
  Priority,
  type RandomCheckpoint,
  RandomStreams,
  Simulator,
  type SimulatorCheckpoint,
  Trace,
  type TraceCheckpoint,
} from '../sim/index.ts';
import type { MemoryStore, StoreCheckpoint } from '../store/index.ts';
import type { Action } from './action.ts';
import { isPeriodic, laneOf } from './agent-desk.ts';
import { bootstrap, writeCluster } from './bootstrap.ts';
import { Cabling, type CablingState } from './cabling.ts';
import { type CallEnd, Calls, type CallsState } from './calls.ts';
import { CatchUpKernel } from './catch-up.ts';
import { deliver } from './deliveries.ts';
import type { SwarmEvent } from './events.ts';
import { Heartbeats, type HeartbeatsState } from './heartbeats.ts';
import { Hosts } from './hosts.ts';
import { Identities, type IdentitiesState } from './identities.ts';
import { nodeObject } from './join.ts';
import { Machine, type MachineState, type Surroundings } from './machine.ts';
import { ManagerHost, type ManagerHostState } from './manager-host.ts';
import type { ManagerProcess } from './manager-process.ts';
import { Members, type MembersState } from './members.ts';
import { Newcomers } from './newcomers.ts';
import type { NodeDefinition, ResolvedOptions } from './options.ts';
import type { CallId, CallOutcome, Parcel } from './parcels.ts';
import { type ActionTarget, perform } from './perform.ts';
import { Quiet } from './quiet.ts';
import { RaftJournal, type RaftJournalState } from './raft-journal.ts';
import type { SwarmRecords } from './records.ts';
import type { Surroundings as SettlingSurroundings } from './settled.ts';
import { Standstill, type StandstillState } from './standstill.ts';
import { Wire, type WireState } from './wire.ts';
import type { World } from './world.ts';

/** A whole swarm as one plain value. It shares structure with the swarm that it was taken from. */
export interface SwarmCheckpoint {
  readonly options: ResolvedOptions;
  readonly simulator: SimulatorCheckpoint<SwarmEvent>;
  readonly random: RandomCheckpoint;
  readonly cabling: CablingState;
  readonly wire: WireState;
  readonly standstill: StandstillState;
  readonly machines: readonly MachineState[];
  readonly hosts: readonly ManagerHostState[];
  readonly members: MembersState;
  readonly heartbeats: HeartbeatsState;
  readonly lastStore: StoreCheckpoint;
  readonly calls: CallsState;
  readonly images: ImageWorkload['state'];
  readonly identities: IdentitiesState;
  readonly journal: RaftJournalState;
  readonly trace: TraceCheckpoint<SwarmRecords>;
}

export class SwarmCore implements ActionTarget {
  readonly options: ResolvedOptions;
  readonly simulator: Simulator<SwarmEvent>;
  readonly random: RandomStreams;
  readonly trace: Trace<SwarmRecords>;
  readonly cabling: Cabling;
  readonly images: ImageWorkload;
  readonly machines = new Map<string, Machine>();
  readonly hosts: Hosts;
  readonly standstill: Standstill;
  readonly #kernel: CatchUpKernel;
  readonly #quiet: Quiet;
  readonly #newcomers: Newcomers;
  readonly #wire: Wire;
  readonly #world: World;
  readonly #members: Members;
  readonly #heartbeats: Heartbeats;
  readonly #calls: Calls;
  readonly #journal: RaftJournal;
  readonly #identities = new Identities();
  readonly #outcomes = new Map<CallId, CallOutcome>();

  constructor(options: ResolvedOptions, checkpoint?: SwarmCheckpoint) {
    this.options = options;
    this.simulator = new Simulator<SwarmEvent>({
      dispatch: (event, id) => this.#due(event, id),
      limits: options.limits,
    });
    this.random = new RandomStreams(options.seed);
    this.trace = new Trace<SwarmRecords>({ clock: this.simulator, sink: options.trace });
    this.standstill = new Standstill(this.simulator, checkpoint?.standstill);
    this.#kernel = new CatchUpKernel(this.standstill);
    this.cabling = new Cabling(
      {
        ...options,
        kernel: this.simulator,
        beforeTouched: () => this.#disturb(),
        released: (messages) => this.#wire.release(messages),
      },
      checkpoint?.cabling,
    );
    this.hosts = new Hosts(checkpoint?.lastStore);
    this.#newcomers = new Newcomers(this.machines, this.hosts, this.standstill);
    this.images = new ImageWorkload({
      seed: options.seed,
      ...(checkpoint && { state: new Map(checkpoint.images) }),
      identify: (task) => this.#identify(task),
    });
    this.#wire = new Wire(
      {
        network: this.cabling.network,
        kernel: this.#kernel,
        isUp: (machine) => this.isUp(machine),
        isFrozen: (machine) => this.standstill.isFrozen(machine),
        isGivenUp: (parcel) => this.#isGivenUp(parcel),
      },
      checkpoint?.wire,
    );
    this.#members = new Members(checkpoint?.members);
    this.#journal = new RaftJournal(this.trace, checkpoint?.journal);
    this.#calls = this.#createCalls(checkpoint?.calls);
    this.#heartbeats = new Heartbeats(
      {
        kernel: this.simulator,
        network: this.cabling.network,
        wire: this.#wire,
        patience: options.latencies.callTimeout,
        machines: this.machines,
        managers: this.hosts,
      },
      checkpoint?.heartbeats,
    );
    this.#world = this.#createWorld();
    this.#quiet = this.#createQuiet();
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

  /** Up, and not standing still. */
  isAwake(node: string): boolean {
    return this.isUp(node) && !this.standstill.isFrozen(node);
  }

  get leader(): ManagerProcess | undefined {
    return this.hosts.leader;
  }

  get store(): MemoryStore {
    return this.hosts.store;
  }

  surroundings(): SettlingSurroundings {
    const { leader, cabling } = this;
    const areInTouch = (one: string, other: string) =>
      this.isAwake(one) && this.isAwake(other) && cabling.areConnected(one, other);
    return {
      hasLeader: leader !== undefined && this.isAwake(leader.name),
      canElect: this.hosts.canElect(areInTouch),
      isReachable: (node) => leader !== undefined && areInTouch(node, leader.name),
    };
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
    this.#newcomers.ask(definition.name);
    return machine;
  }

  request(request: ApiRequest, on: string | undefined): void {
    this.#makeCall(request, on, false);
  }

  crash(node: string): void {
    const machine = this.machines.get(node);
    if (!machine?.isUp) return;
    this.#disturb();
    machine.crash();
    this.#calls.machineDown(node);
    this.hosts.crash(node);
    this.#goOn(node);
  }

  boot(node: string): void {
    const machine = this.machines.get(node);
    if (!machine || machine.isUp) return;
    this.#disturb();
    machine.boot();
    this.hosts.get(node)?.boot();
  }

  freeze(node: string): void {
    if (!this.isAwake(node)) return;
    this.#disturb();
    this.standstill.freeze(node);
  }

  thaw(node: string): void {
    if (!this.standstill.isFrozen(node)) return;
    this.#disturb();
    this.#goOn(node);
  }

  exitTask(task: string, code: number): void {
    for (const machine of this.machines.values())
      if (this.isAwake(machine.name) && machine.exitTask(task, code)) return;
  }

  forceNewCluster(node: string): void {
    this.#disturb();
    if (this.isAwake(node)) this.hosts.get(node)?.forceNewCluster();
  }

  /** What has waited for a machine that stood still happens; one that has crashed meanwhile ignores it. */
  #goOn(node: string): void {
    this.standstill.thaw(node, (event) => this.#dispatch(event));
  }

  /** Before anything is done to machines, or to what is between them: what was left out of quiet time is made up for. */
  #disturb(): void {
    this.#quiet.end();
    this.#heartbeats.disturbAll();
  }

  noteFault(fault: string, target: string): void {
    if (this.trace.enabled)
      this.#journal.noteFault(this.trace.record('fault.injected', { fault, target }, { by: 'world' }));
  }

  /** Ends a quiet time, if it is one, which changes nothing but what is under way. */
  checkpoint(): SwarmCheckpoint {
    this.#quiet.end();
    return {
      options: this.options,
      simulator: this.simulator.checkpoint(),
      random: this.random.checkpoint(),
      cabling: this.cabling.checkpoint(),
      wire: this.#wire.checkpoint(),
      standstill: this.standstill.checkpoint(),
      machines: [...this.machines.values()].map((machine) => machine.checkpoint()),
      hosts: this.hosts.all().map((host) => host.checkpoint()),
      members: this.#members.checkpoint(),
      heartbeats: this.#heartbeats.checkpoint(),
      lastStore: this.hosts.lastStore(),
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
    this.#identities.restore(checkpoint.identities);
    this.trace.restore(checkpoint.trace);
    checkpoint.machines.forEach((state, index) => {
      const { name, role = 'worker' } = state.definition;
      const host = { name, role, world: this.#world, managers: [] };
      this.machines.set(name, new Machine(state.definition, this.#surroundings(), state));
      this.hosts.add(new ManagerHost(host, checkpoint.hosts[index]));
    });
  }

  // -------------------------------------------------------------------------------------------------------------
  // Making

  #populate(): void {
    const { nodes } = this.options;
    const managers = nodes.filter(({ role }) => role === 'manager').map(({ name }) => name);
    for (const definition of nodes) this.#addMachine(definition, managers);
    bootstrap(
      managers.map((name) => this.hosts.get(name)!),
      (node) => this.#members.newMember(node),
      (tx) => {
        writeCluster(tx, this.options);
        for (const machine of this.machines.values()) tx.nodes.create(nodeObject(machine));
      },
    );
    for (const machine of this.machines.values()) machine.start();
  }

  #addMachine(definition: NodeDefinition, managers: readonly string[]): Machine {
    const { name, role = 'worker' } = definition;
    const machine = new Machine(definition, this.#surroundings());
    this.machines.set(name, machine);
    this.hosts.add(new ManagerHost({ name, role, world: this.#world, managers }));
    return machine;
  }

  #createWorld(): World {
    return {
      options: this.options,
      kernel: this.#kernel,
      wire: this.#wire,
      random: this.random,
      trace: this.trace,
      journal: this.#journal,
      heartbeats: this.#heartbeats,
      addressOf: (member) => this.#members.addressOf(member),
      newMember: (node) => this.#members.newMember(node),
      isFirstToApply: (by, place) => this.#members.isFirstToApply(by, place),
      committed: (changes) => this.#identities.note(changes),
      endQuiet: () => this.#quiet.end(),
      callAnswered: (call, outcome) => this.#calls.end(call, outcome),
      joined: (node) => this.#newcomers.joined(node),
    };
  }

  #createQuiet(): Quiet {
    return new Quiet({
      kernel: this.#kernel,
      network: this.cabling.network,
      longestLatency: () => this.cabling.longestLatency,
      groupOf: ({ member }) => {
        const group = this.hosts.groupOf(member.members, (id) => this.#members.addressOf(id));
        return group?.every(({ name }) => this.isAwake(name)) ? group : undefined;
      },
      dispatch: (event) => this.#dispatch(event),
    });
  }

  #createCalls(state: CallsState | undefined): Calls {
    return new Calls(
      {
        kernel: this.simulator,
        wire: this.#wire,
        machines: {
          isUp: (node) => this.isUp(node),
          isFrozen: (node) => this.standstill.isFrozen(node),
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
      kernel: this.standstill,
      selectManager: (from) => this.hosts.get(from)?.selectManager(),
      sessionFailed: (from, manager) => this.hosts.get(from)?.noteSession(manager, 'failed'),
      send: (from, manager, message, cause) => this.#sendToManager(from, manager, message, cause),
      disturb: (from) => this.#heartbeats.disturb(from),
      networkDriver: (networkId) => this.#networkDriver(networkId),
    };
  }

  // -------------------------------------------------------------------------------------------------------------
  // Moving

  #due(event: SwarmEvent, id: EventId): void {
    if (!this.standstill.holds(event, id)) this.#dispatch(event);
  }

  #dispatch(event: SwarmEvent): void {
    switch (event.kind) {
      case 'manager.turn':
      case 'manager.timer':
        return this.hosts.get(event.manager)?.process?.handleManager(event);
      case 'raft.tick':
        return this.#tick(event.node);
      case 'raft.written':
      case 'raft.redial':
      case 'raft.timeout':
      case 'raft.change-timeout':
        return this.hosts.get(event.node)?.process?.handleRaft(event);
      case 'host.due':
        return this.hosts.get(event.node)?.handle(event.what);
      case 'delivery':
        if (event.parcel.kind.startsWith('raft.') && !this.#kernel.isCatchingUp) this.#quiet.end();
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
        return this.#newcomers.ask(event.node);
      case 'action':
        return perform(this, event.action);
    }
  }

  #tick(node: string): void {
    const process = this.hosts.get(node)?.process;
    if (!process || (this.options.quietTime === 'skip' && this.#quiet.begins(process.raft))) return;
    process.handleRaft({ kind: 'raft.tick', node });
  }

  #makeCall(request: ApiRequest | undefined, on: string | undefined, isAwaited: boolean): CallId {
    const cause =
      request && this.trace.enabled
        ? this.trace.record('api.requested', { op: request.op, target: targetOf(request) }, { by: 'client' })
        : undefined;
    return this.#calls.make(on ?? this.hosts.defaultFor((node) => this.isAwake(node)), { request, cause }, isAwaited);
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
      lane: laneOf(from, message.kind),
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

function targetOf(request: ApiRequest): string {
  if ('id' in request) return request.id;
  return request.spec.name;
}
