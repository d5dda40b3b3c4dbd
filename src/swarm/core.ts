/**
 * The composition root: machines, managers, the network between them and the kernel that moves it all. Nothing here is
 * for users; `Swarm` is their face of it.
 */
import { ImageWorkload, type TaskIdentity } from '../agent/index.ts';
import type { Task, ToDispatcher } from '../api/index.ts';
import { type Instant, InvariantError, type Micros } from '../base/index.ts';
import { type ApiRequest, type PlacementExplanation, phaseOf } from '../manager/index.ts';
import type { MemberId } from '../raft/index.ts';
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
import { type CallEnd, Calls, type CallsState, targetOf } from './calls.ts';
import { CatchUpKernel } from './catch-up.ts';
import { deliver } from './deliveries.ts';
import type { SwarmEvent } from './events.ts';
import { Heartbeats, type HeartbeatsState } from './heartbeats.ts';
import { Hosts } from './hosts.ts';
import { Identities, type IdentitiesState } from './identities.ts';
import type { Surroundings } from './machine.ts';
import { Machines, type MachinesState } from './machines.ts';
import type { ManagerProcess } from './manager-process.ts';
import { Members, type MembersState } from './members.ts';
import type { ResolvedOptions } from './options.ts';
import type { CallId, CallOutcome, Parcel } from './parcels.ts';
import { type ActionTarget, perform } from './perform.ts';
import { Quiet } from './quiet.ts';
import { RaftJournal, type RaftJournalState } from './raft-journal.ts';
import type { SwarmRecords } from './records.ts';
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
  readonly machines: MachinesState;
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
  readonly machines: Machines;
  readonly hosts: Hosts;
  readonly standstill: Standstill;
  readonly #kernel: CatchUpKernel;
  readonly #quiet: Quiet;
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
    this.machines = new Machines(
      {
        hosts: this.hosts,
        kernel: this.standstill,
        world: () => this.#world,
        surroundings: () => this.#surroundings(),
        place: (machine, site) => this.cabling.place(machine, site),
      },
      checkpoint?.machines.nodeIds,
    );
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
        machineOf: (node) => this.machines.as(node),
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

  isUp(machine: string): boolean {
    return this.machines.isUp(machine);
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

  explainPlacement(task: Task): PlacementExplanation | undefined {
    return this.leader?.explainPlacement(task);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Doing

  /** Calls the daemon on a machine, to write or (without a request) to read, and runs until there is an answer. */
  call(request: ApiRequest | undefined, on?: string, limit?: Micros): CallOutcome {
    const call = this.#makeCall(request, on, { isAwaited: true, ...(limit !== undefined && { limit }) });
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

  request(request: ApiRequest, on: string | undefined): void {
    this.#makeCall(request, on, { isAwaited: false });
  }

  crash(name: string): void {
    const machine = this.machines.get(name);
    if (!machine?.isUp) return;
    this.#disturb();
    machine.crash();
    this.#calls.machineDown(name);
    this.hosts.crash(name);
    this.#goOn(name);
  }

  boot(name: string): void {
    const machine = this.machines.get(name);
    if (!machine || machine.isUp) return;
    this.#disturb();
    machine.boot();
    if (machine.hasJoined) this.hosts.get(name)?.boot();
  }

  unlock(name: string): void {
    if (!this.hosts.get(name)?.isLocked) return;
    this.#disturb();
    this.machines.unlock(name);
  }

  /** Nobody is told: to the others the node is one that has gone silent. */
  departed(name: string): void {
    if (!this.isAwake(name) || this.machines.nodeAt(name) === undefined) return;
    this.#disturb();
    this.machines.leave(name);
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
    for (const machine of this.machines.all()) if (this.isAwake(machine.name) && machine.exitTask(task, code)) return;
  }

  forceNewCluster(machine: string): void {
    this.#disturb();
    const known = this.isAwake(machine) ? this.hosts.get(machine)?.forceNewCluster() : undefined;
    if (known === undefined || !this.trace.enabled) return;
    const lost = this.#members.appliedAfter(known);
    this.trace.record('manager.forced', { node: machine, lost }, { by: `${machine}/raft` });
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
      machines: this.machines.checkpoint(),
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
    this.machines.restore(checkpoint.machines);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Making

  #populate(): void {
    const { nodes } = this.options;
    const managers = nodes.filter(({ role }) => role === 'manager').map(({ name }) => name);
    for (const definition of nodes) this.machines.add(definition, managers);
    bootstrap(
      managers.map((name) => this.hosts.get(name)!),
      (node) => this.#members.newMember(node),
      (tx) => {
        writeCluster(tx, this.options);
        for (const node of this.machines.nodeObjects()) tx.nodes.create(node);
      },
    );
    for (const machine of this.machines.all()) machine.start();
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
      nodeAt: (machine) => this.machines.nodeAt(machine),
      machineOf: (node) => this.machines.nameOf(node),
      nodeOf: (member) => this.#members.nodeOf(member),
      addressOf: (member) => this.#addressOf(member),
      newMember: (node) => this.#members.newMember(node),
      isFirstToApply: (by, place) => this.#members.isFirstToApply(by, place),
      committed: (changes) => this.#identities.note(changes),
      endQuiet: () => this.#quiet.end(),
      callAnswered: (call, outcome) => this.#calls.end(call, outcome),
      joined: (node) => this.machines.joined(node),
    };
  }

  #createQuiet(): Quiet {
    return new Quiet({
      kernel: this.#kernel,
      network: this.cabling.network,
      longestLatency: () => this.cabling.longestLatency,
      groupOf: ({ member }) => {
        const group = this.hosts.groupOf(member.members, (id) => this.#addressOf(id));
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
          isUp: (machine) => this.isUp(machine),
          isFrozen: (machine) => this.standstill.isFrozen(machine),
          isInSwarm: (machine) => this.machines.nodeAt(machine) !== undefined,
          isLocked: (machine) => this.hosts.get(machine)?.isLocked === true,
          isManager: (machine) => this.hosts.get(machine)?.isManager === true,
          process: (machine) => this.hosts.get(machine)?.process,
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
      nodeAt: (machine) => this.machines.nodeAt(machine),
      isLocked: (machine) => this.hosts.get(machine)?.lock !== undefined,
      selectManager: (from) => this.hosts.get(from)?.selectManager(),
      sessionEnded: (from, manager) => this.hosts.get(from)?.noteSessionEnd(manager),
      send: (from, manager, message, cause) => this.#sendToManager(from, manager, message, cause),
      disturb: (from) => this.#heartbeats.disturb(this.machines.nodeAt(from) ?? from),
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
        return this.machines.ask(event.node);
      case 'action':
        return perform(this, event.action);
    }
  }

  #tick(node: string): void {
    const process = this.hosts.get(node)?.process;
    if (!process || (this.options.quietTime === 'skip' && this.#quiet.begins(process.raft))) return;
    process.handleRaft({ kind: 'raft.tick', node });
  }

  #addressOf(member: MemberId): string {
    return this.machines.nameOf(this.#members.nodeOf(member));
  }

  #makeCall(
    request: ApiRequest | undefined,
    on: string | undefined,
    options: { readonly isAwaited: boolean; readonly limit?: Micros },
  ): CallId {
    const cause =
      request && this.trace.enabled
        ? this.trace.record('api.requested', { op: request.op, target: targetOf(request) }, { by: 'client' })
        : undefined;
    const machine = on === undefined ? this.hosts.defaultFor((name) => this.isAwake(name)) : this.machines.nameOf(on);
    return this.#calls.make(machine, { request, cause }, options);
  }

  #callEnded({ call, on, request, isAwaited, outcome }: CallEnd): void {
    if ('status' in outcome && request && this.trace.enabled)
      this.trace.record(
        'api.refused',
        { op: request.op, target: targetOf(request), message: outcome.message },
        { by: on },
      );
    if (isAwaited) this.#outcomes.set(call, outcome);
  }

  #sendToManager(from: string, manager: string, message: ToDispatcher, cause: number | undefined): void {
    const node = this.machines.nodeAt(from) ?? from;
    this.#wire.send({
      from,
      to: manager,
      channel: 'agent',
      parcel: { kind: 'agent.said', node, message, cause },
      priority: phaseOf(this.simulator),
      periodic: isPeriodic(message.kind),
      lane: laneOf(node, message.kind),
    });
  }

  /** An agent that has begun another session has closed the connections of the one before. */
  #isGivenUp(parcel: Parcel): boolean {
    if (parcel.kind !== 'agent.said' && parcel.kind !== 'agent.forwarded') return false;
    const { node, message } = parcel;
    return message.kind !== 'close-session' && message.session !== this.machines.as(node)?.session;
  }

  #identify(task: Task): TaskIdentity {
    return { ...this.#identities.of(task.id), node: task.nodeId };
  }

  #networkDriver(networkId: string): { readonly driver: string; readonly name: string } | undefined {
    const network = this.store.networks.get(networkId);
    return network && { driver: network.spec.driver?.name ?? 'overlay', name: network.spec.name };
  }
}
