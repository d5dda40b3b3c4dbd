/**
 * A manager process on a machine: its store, its part in raft and, while it leads, the control plane. All of it is
 * gone when the process ends; what is on the machine's disk is for the next one (swarmkit manager/manager.go).
 */
import type { Node, Task } from '../api/index.ts';
import { ApiError, assert } from '../base/index.ts';
import {
  type ApiOutcome,
  DISPATCHER,
  dispatcher,
  HEARTBEATS_RESUMED,
  LOST_LEADER,
  Manager,
  type ManagerDisk,
  type ManagerEvent,
  type ManagerState,
  MEMBERS_CHANGED,
  type PlacementExplanation,
  phaseOf,
  type RaftGroup,
  type Reactor,
  type Resumption,
  ROLE_MANAGER,
  removalRefusal,
  roleManager,
  type Start,
  type Ticket,
} from '../manager/index.ts';
import type { ConfChange, MemberId } from '../raft/index.ts';
import {
  type Change,
  MemoryStore,
  type NewEntity,
  type SealedTransaction,
  type StoreCheckpoint,
  type Transaction,
} from '../store/index.ts';
import { AgentDesk, type AgentDeskState } from './agent-desk.ts';
import type { RaftEvent } from './events.ts';
import { JOIN, joinReactor } from './join.ts';
import type { LeaderLookUp } from './leader-look-up.ts';
import { MachineRaft, type MachineRaftState, type RaftClient } from './machine-raft.ts';
import { type JoinOutcome, MemberDesk, type MemberDeskState } from './member-desk.ts';
import type {
  CallContent,
  CallId,
  CallOutcome,
  ManagerReading,
  MembershipQuestion,
  Parcel,
  RaftParcel,
} from './parcels.ts';
import { Tracer } from './tracer.ts';
import type { World } from './world.ts';

export interface ManagerProcessOptions {
  /** The machine. */
  readonly name: string;
  /** The node that the machine is. */
  readonly node: string;
  /** How often a manager was started on this machine. */
  readonly life: number;
  readonly world: World;
  /** The raft group has thrown this manager out. */
  readonly removed: () => void;
}

interface OpenCall {
  readonly call: CallId;
  /** The manager that the client asked. */
  readonly via: string;
}

export interface ManagerProcessState {
  readonly life: number;
  readonly store: StoreCheckpoint;
  readonly manager: ManagerState;
  readonly raft: MachineRaftState;
  readonly agents: AgentDeskState;
  readonly membership: MemberDeskState;
  readonly calls: readonly (readonly [Ticket, OpenCall])[];
}

export class ManagerProcess {
  readonly name: string;
  readonly store = new MemoryStore();
  readonly raft: MachineRaft;
  readonly agents: AgentDesk;
  readonly #options: ManagerProcessOptions;
  readonly #manager: Manager;
  readonly #tracer: Tracer;
  readonly #membership: MemberDesk;
  readonly #calls = new Map<Ticket, OpenCall>();
  /** What it writes before time begins. */
  #founding: SealedTransaction | undefined;

  constructor(options: ManagerProcessOptions, start: Start | ManagerProcessState) {
    const { name, life, world } = options;
    const state = 'store' in start ? start : undefined;
    this.name = name;
    this.#options = options;
    if (state) this.store.restore(state.store);
    this.#tracer = new Tracer(world.trace, this.store, name);
    this.raft = new MachineRaft(
      { name, life, store: this.store, world, client: this.#raftClient() },
      state?.raft ?? (start as Start),
    );
    this.agents = new AgentDesk(this.#agentDeskManager(), world, state?.agents);
    this.#membership = this.#memberDesk(state?.membership);
    this.#manager = this.#createManager();
    if (!state) return;
    this.#manager.restore(state.manager);
    for (const [ticket, call] of state.calls) this.#calls.set(ticket, call);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Looking

  /** Leads, and accepts writes. */
  get isLeader(): boolean {
    return this.#manager.isLeader;
  }

  get disk(): ManagerDisk {
    return this.raft.member.disk;
  }

  /** The unlock key with which its data on disk is encrypted (swarmkit manager/manager.go, updateKEK). */
  get lock(): number | undefined {
    const [cluster] = this.store.clusters.all();
    return cluster?.spec.autoLockManagers ? (cluster.rotations?.unlockKey ?? 0) : undefined;
  }

  get memberNodes(): readonly string[] {
    return this.raft.member.members.map((member) => this.#options.world.nodeOf(member));
  }

  /** Their machines. */
  get memberAddresses(): readonly string[] {
    return this.raft.member.members.map((member) => this.#options.world.addressOf(member));
  }

  /** The members as they look from here. */
  managers(): readonly ManagerReading[] {
    const { member: self } = this.raft;
    return self.members.map((member) => ({
      node: this.#options.world.nodeOf(member),
      member,
      isLeader: member === self.leader,
      isReachable: this.raft.isActive(member),
    }));
  }

  findLeader(): LeaderLookUp {
    return this.raft.findLeader();
  }

  explainPlacement(task: Task): PlacementExplanation | undefined {
    return this.#manager.explainPlacement(task);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Doing

  handleManager(event: ManagerEvent): void {
    this.#manager.handle(event);
  }

  handleRaft(event: RaftEvent): void {
    if (event.kind === 'raft.change-timeout') this.#membership.timedOut();
    else this.raft.handle(event);
  }

  /** A call that was made here, or forwarded by `via`. */
  execute({ call, request, cause }: CallContent, via: string): void {
    if (!request)
      this.#reply({ call, via }, { reading: { store: this.store.checkpoint(), managers: this.managers() } });
    else if (!this.#manager.isLeader) this.#reply({ call, via }, { status: 'Unknown', message: LOST_LEADER });
    else this.#calls.set(this.#manager.submit(request, cause), { call, via });
  }

  /** The dispatcher has to await a node's heartbeats again. */
  resumeHeartbeats(resumption: Resumption): void {
    const process = this.#manager.processOf(DISPATCHER);
    if (process !== undefined) this.#manager.signal(process, HEARTBEATS_RESUMED, resumption);
  }

  /** A node asks to join, or for its role. A manager that does not lead passes it on. */
  ask(from: string, question: MembershipQuestion): void {
    const { node, attempt, kind } = question;
    const leader = this.findLeader();
    if (leader.kind === 'peer') return this.#post(leader.node, question);
    const refuse = (message: string) =>
      this.#post(from, { kind: kind === 'role.asked' ? 'role.refused' : 'join.refused', node, attempt, message });
    if (leader.kind === 'none' || !this.isLeader) return refuse(LOST_LEADER);
    const removal = removalRefusal(this.store, node);
    if (removal !== undefined) return refuse(removal);
    if (kind === 'join.asked') return this.#membership.add(node, from, attempt);
    const role = this.store.nodes.get(node)?.role;
    if (role) this.#post(from, { kind: 'role.answered', node, attempt, role });
    else refuse(`node ${node} not found`);
  }

  /** A machine answers whether it is there. */
  reached({ life, exchange, isThere }: Extract<RaftParcel, { kind: 'raft.checked' }>): void {
    if (life === this.#options.life) this.#membership.reached(exchange, isThere);
  }

  /** Writes the object of a node that joins; only a leader can. */
  addNode(node: NewEntity<Node>): void {
    this.#manager.spawn(JOIN, node);
  }

  /** The machine is gone, or the manager was stopped: nothing of it is left but its disk. */
  end(): void {
    this.#options.world.heartbeats.disturbThrough(this.name);
    this.#manager.end();
    this.#membership.clear();
    this.raft.end();
  }

  /** Before time begins: writes what a new cluster begins with. Needs a leader. */
  found(populate: (tx: Transaction) => void): void {
    const { member } = this.raft;
    const tx = this.store.begin(0, { version: member.version });
    populate(tx);
    this.#founding = tx.seal();
    if (member.propose(this.#founding) === 'committed') this.#founded();
  }

  checkpoint(): ManagerProcessState {
    return {
      life: this.#options.life,
      store: this.store.checkpoint(),
      manager: this.#manager.checkpoint(),
      raft: this.raft.checkpoint(),
      agents: this.agents.checkpoint(),
      membership: this.#membership.checkpoint(),
      calls: [...this.#calls],
    };
  }

  // -------------------------------------------------------------------------------------------------------------
  // What it is made of

  #createManager(): Manager {
    const { name, life, world } = this.#options;
    const { latencies, races, seed } = world.options;
    return new Manager({
      name,
      life,
      clock: world.kernel,
      store: this.store,
      proposer: this.raft,
      observer: {
        committed: (changes, origin) => this.#committed(changes, this.#tracer.committed(changes, origin)),
      },
      random: world.random,
      races,
      membership: this.#raftGroup(),
      components: [
        dispatcher({
          seed,
          latencies: { batchInterval: latencies.reportBatch, assignmentDelay: latencies.assignmentBatch },
          send: (node, message) => this.agents.tell(node, message),
          ...(world.options.quietTime === 'skip' && { quiet: world.heartbeats.portOf(name) }),
        }) as unknown as Reactor<never>,
        roleManager(this.#raftGroup()) as unknown as Reactor<never>,
      ],
      reactors: [joinReactor((node) => world.joined(node)) as unknown as Reactor<never>],
      answered: (ticket, outcome) => this.#answered(ticket, outcome),
    });
  }

  #raftClient(): RaftClient {
    const { world } = this.#options;
    return {
      leadershipChanged: (isLeader, cause) => this.#leadershipChanged(isLeader, cause),
      proposalCommitted: () => {
        if (this.#founding) this.#founded();
        else this.#manager.proposalCommitted();
      },
      replicated: ({ changes }, isFirst) => {
        if (isFirst) {
          this.#tracer.committed(changes, { by: 'raft', step: 'apply', because: undefined });
          world.committed(changes);
        }
        this.#manager.absorb(changes);
      },
      membershipChanged: (change) => this.#membershipChanged(change),
      removed: () => this.#options.removed(),
    };
  }

  #raftGroup(): RaftGroup {
    return {
      self: this.#options.node,
      nodes: () => this.memberNodes,
      isMember: (node) => this.#memberOf(node) !== undefined,
      canRemove: (node) => this.raft.member.canRemove(this.#memberOf(node) ?? 0),
      remove: (node) => this.#membership.remove(this.#memberOf(node) ?? 0),
      transferLeadership: () => this.raft.transferLeadership(),
    };
  }

  #agentDeskManager(): ConstructorParameters<typeof AgentDesk>[0] {
    const process = this;
    return {
      name: this.name,
      store: this.store,
      get memberAddresses() {
        return process.memberAddresses;
      },
      findLeader: () => this.findLeader(),
      receive: ({ node, message, cause }) => this.#manager.receive({ from: node, message }, cause),
    };
  }

  #memberDesk(state: MemberDeskState | undefined): MemberDesk {
    const { kernel, machineOf, newMember } = this.#options.world;
    const process = this;
    return new MemberDesk(
      {
        get now() {
          return kernel.now;
        },
        get members() {
          return process.raft.member.members;
        },
        memberOf: (node) => this.#memberOf(node),
        newMember,
        canRemove: (member) => this.raft.member.canRemove(member),
        change: (change) => this.raft.change(change),
        reach: (node, check) =>
          this.#post(machineOf(node), {
            kind: 'raft.check',
            member: 0,
            life: this.#options.life,
            exchange: check,
            purpose: 'joiner',
          }),
        wake: (after) => kernel.schedule(kernel.now + after, { kind: 'raft.change-timeout', node: this.name }),
        cancel: (id) => void kernel.cancel(id),
      },
      ({ node, via, attempt }, outcome) => this.#post(via, joinAnswer({ node, attempt }, outcome)),
      state,
    );
  }

  // -------------------------------------------------------------------------------------------------------------
  // What happens

  #leadershipChanged(isLeader: boolean, cause: number | undefined): void {
    if (isLeader) return this.#manager.becomeLeader(cause);
    this.#membership.clear();
    this.#manager.becomeFollower();
    this.agents.noteLeadershipLost();
  }

  #membershipChanged(change: ConfChange): void {
    if (!this.isLeader) return;
    const { journal, nodeOf } = this.#options.world;
    journal.membershipChanged(this.name, change, nodeOf(change.member), this.raft.member.members.length);
    this.#membership.changed(change);
    this.agents.noteMembersChanged();
    const process = this.#manager.processOf(ROLE_MANAGER);
    if (process !== undefined) this.#manager.signal(process, MEMBERS_CHANGED, undefined);
  }

  #committed(changes: readonly Change[], records: readonly (number | undefined)[]): readonly (number | undefined)[] {
    this.#options.world.committed(changes);
    this.agents.noteCommitted(changes);
    return records;
  }

  #founded(): void {
    assert(this.#founding, 'nothing was founded');
    const changes = this.store.commit(this.#founding);
    this.#founding = undefined;
    this.#options.world.committed(changes);
  }

  #answered(ticket: Ticket, outcome: ApiOutcome): void {
    const open = this.#calls.get(ticket);
    if (!open) return;
    this.#calls.delete(ticket);
    this.#reply(open, 'answer' in outcome ? outcome : refusal(outcome.error));
  }

  #reply({ call, via }: OpenCall, outcome: CallOutcome): void {
    if (via === this.name) this.#options.world.callAnswered(call, outcome);
    else this.#post(via, { kind: 'call.answered', call, outcome });
  }

  #memberOf(node: string): MemberId | undefined {
    const { nodeOf } = this.#options.world;
    return this.raft.member.members.find((member) => nodeOf(member) === node);
  }

  #post(to: string, parcel: Parcel): void {
    const { wire, kernel } = this.#options.world;
    wire.send({ from: this.name, to, channel: 'manager', parcel, priority: phaseOf(kernel) });
  }
}

function refusal(error: Error): CallOutcome {
  return { status: error instanceof ApiError ? error.status : 'Unknown', message: error.message };
}

function joinAnswer(node: { readonly node: string; readonly attempt: number }, outcome: JoinOutcome): Parcel {
  return 'refused' in outcome
    ? { kind: 'join.refused', ...node, message: outcome.refused }
    : { kind: 'join.answered', ...node, ...outcome };
}
