/** A machine's part in raft: the member, its lines to the others, the ticks of its clock and the time of its disk. */
import { type Instant, seconds } from '../base/index.ts';
import {
  commitPriority,
  type ManagerMessage,
  type Proposal,
  type Proposer,
  RaftMember,
  type RaftMemberCheckpoint,
  type RaftPorts,
  type Start,
} from '../manager/index.ts';
import type { ConfChange, MemberId } from '../raft/index.ts';
import { type Distribution, type EventId, HashStream, hashInteger, sampleDuration } from '../sim/index.ts';
import type { Change, MemoryStore, SealedTransaction } from '../store/index.ts';
import type { RaftEvent } from './events.ts';
import { type LeaderLookUp, LOST_QUORUM_TICKS } from './leader-look-up.ts';
import type { RaftParcel } from './parcels.ts';
import { RaftLinks, type RaftLinksState } from './raft-links.ts';
import type { World } from './world.ts';

/** The manager that the member works for. */
export interface RaftClient {
  /** `cause`: the trace's record of it. */
  leadershipChanged(isLeader: boolean, cause: number | undefined): void;
  proposalCommitted(): void;
  /**
   * Somebody else's proposal, or one that is no longer waited for, is in the store. `isFirst`: no other manager has
   * applied it yet.
   */
  replicated(proposal: Proposal, isFirst: boolean): void;
  membershipChanged(change: ConfChange): void;
  /** The member was thrown out. */
  removed(): void;
}

export interface MachineRaftState {
  readonly member: RaftMemberCheckpoint;
  readonly links: RaftLinksState;
  readonly tick: EventId | undefined;
  readonly tickAt: Instant;
  readonly write: EventId | undefined;
  /** How many writes of this machine's disk were waited for. */
  readonly writes: number;
}

/** swarmkit's clock for raft, which no option changes (manager/state/raft/raft.go). */
const TICK = seconds(1);

export interface MachineRaftOptions {
  readonly name: string;
  readonly life: number;
  readonly store: MemoryStore;
  readonly world: World;
  readonly client: RaftClient;
}

export class MachineRaft implements Proposer {
  readonly member: RaftMember;
  readonly #options: MachineRaftOptions;
  readonly #links: RaftLinks;
  readonly #disk: Distribution;
  readonly #diskLuck: HashStream;
  #tick: EventId | undefined;
  #tickAt: Instant = 0;
  #write: EventId | undefined;
  #writes = 0;
  /** Where messages go before time begins. */
  #outbox: ManagerMessage[] | undefined;
  #leaderRecord: number | undefined;
  /** The leader to whom agents are passed on, as last seen; 0 for none. */
  #leader: MemberId;

  constructor(options: MachineRaftOptions, start: Start | MachineRaftState) {
    const { name, life, store, world } = options;
    const { kernel } = world;
    this.#options = options;
    this.#disk = world.options.latencies.disk;
    this.#diskLuck = new HashStream(world.options.seed, `disk/${name}/${life}`);
    const state = 'links' in start ? start : undefined;
    if (state) {
      this.#tick = state.tick;
      this.#tickAt = state.tickAt;
      this.#write = state.write;
      this.#writes = state.writes;
    }
    this.#links = new RaftLinks(
      {
        seed: world.options.seed,
        name,
        life,
        now: () => kernel.now,
        member: () => this.member,
        addressOf: (member) => world.addressOf(member),
        transmit: (to, parcel, periodic) => this.#transmit(to, parcel, periodic),
        schedule: (at, event) => kernel.schedule(at, event, { periodic: true }),
        cancel: (id) => void kernel.cancel(id),
        removed: () => options.client.removed(),
      },
      state?.links,
    );
    const { electionTick, heartbeatTick } = world.options.raft;
    this.member = new RaftMember(
      { electionTicks: electionTick, heartbeatTicks: heartbeatTick, store, ports: this.#ports() },
      state?.member ?? (start as Start),
    );
    this.#leader = this.#reachableLeader;
  }

  /** The manager starts: its clock ticks from now on. */
  start(): void {
    this.member.start();
    this.#links.sync();
    this.#tickAfter(TICK);
  }

  /** Whether the last exchange with a member succeeded. */
  isActive(member: MemberId): boolean {
    return member === this.member.id || this.#links.isActive(member);
  }

  findLeader(): LeaderLookUp {
    const { leader, id, ticksWithoutLeader } = this.member;
    if (leader === id) return { kind: 'self' };
    if (leader !== 0 && this.#links.isActive(leader))
      return { kind: 'peer', node: this.#options.world.addressOf(leader) };
    return { kind: 'none', isLost: ticksWithoutLeader > LOST_QUORUM_TICKS };
  }

  receive(from: string, parcel: RaftParcel): void {
    this.#links.receive(from, parcel);
    this.#noteLeader();
  }

  handle(event: Exclude<RaftEvent, { kind: 'raft.change-timeout' }>): void {
    this.#happen(event);
    this.#noteLeader();
  }

  #happen(event: Exclude<RaftEvent, { kind: 'raft.change-timeout' }>): void {
    switch (event.kind) {
      case 'raft.tick':
        this.#tickAfter(TICK);
        return this.member.tick();
      case 'raft.written':
        this.#write = undefined;
        return this.member.written();
      default:
        return this.#links.handle(event);
    }
  }

  /** Agents are passed on to the leader that is known here: those that rest notice another one. */
  #noteLeader(): void {
    const leader = this.#reachableLeader;
    if (leader === this.#leader) return;
    this.#leader = leader;
    this.#options.world.heartbeats.disturbThrough(this.name);
  }

  get #reachableLeader(): MemberId {
    const { leader } = this.member;
    return this.isActive(leader) ? leader : 0;
  }

  get name(): string {
    return this.#options.name;
  }

  // Whoever writes ends a quiet time, see `Quiet`.

  get version(): number {
    return this.member.version;
  }

  weightOf(change: Change): number {
    return this.member.weightOf(change);
  }

  propose(transaction: SealedTransaction): ReturnType<RaftMember['propose']> {
    if (!this.#writesAlone) this.#options.world.endQuiet();
    return this.member.propose(transaction);
  }

  change(change: ConfChange): void {
    this.#options.world.endQuiet();
    this.member.change(change);
  }

  /** Hands leadership to some active member. False where there is none. */
  transferLeadership(): boolean {
    this.#options.world.endQuiet();
    const target = this.member.chooseTransferTarget();
    if (target !== undefined) this.member.transferLeadership(target);
    return target !== undefined;
  }

  /** It is the only member, and its disk takes no time: no tick ever meets a write. */
  get #writesAlone(): boolean {
    return this.member.members.length === 1 && this.#disk.kind === 'fixed' && this.#disk.value === 0;
  }

  /** Nothing is under way, and the leader is the one that everybody knows. */
  isQuiet(leader: RaftMember): boolean {
    const { member } = this;
    return (
      this.#write === undefined &&
      member.term === leader.term &&
      member.leader === leader.id &&
      member.lastIndex === leader.lastIndex &&
      member.isQuiet() &&
      this.#links.areIdle()
    );
  }

  /** No more ticks, for the time being. Returns when the next one would have been. */
  pauseTicks(): Instant {
    if (this.#tick !== undefined) this.#options.world.kernel.cancel(this.#tick);
    this.#tick = undefined;
    return this.#tickAt;
  }

  /** Ticks again from an instant on, as if all those before had come. */
  resumeTicks(at: Instant, electionElapsed: number): void {
    this.member.skipTo(electionElapsed);
    this.#tickAfter(at - this.#options.world.kernel.now);
  }

  skipExchanges(peer: MemberId, count: number): void {
    this.#links.skipExchanges(peer, count);
  }

  /** The manager is gone, and with it everything that was to come. */
  end(): void {
    const { kernel } = this.#options.world;
    for (const timer of [this.#tick, this.#write]) if (timer !== undefined) kernel.cancel(timer);
    this.#links.end();
  }

  checkpoint(): MachineRaftState {
    return {
      member: this.member.checkpoint(),
      links: this.#links.checkpoint(),
      tick: this.#tick,
      tickAt: this.#tickAt,
      write: this.#write,
      writes: this.#writes,
    };
  }

  // -------------------------------------------------------------------------------------------------------------
  // Before time begins

  /** Messages go into `outbox` at once, and nothing takes time. */
  startBeforeTime(outbox: ManagerMessage[]): void {
    this.#outbox = outbox;
    this.member.start();
  }

  /** From now on there is time. The machine's clock is somewhere within a tick. */
  beginTime(): void {
    this.#outbox = undefined;
    this.#links.openAll();
    this.#leader = this.#reachableLeader;
    const { name, world } = this.#options;
    this.#tickAfter(hashInteger(world.options.seed, `raft/${name}/tick-phase`, 0, TICK));
  }

  // -------------------------------------------------------------------------------------------------------------

  #ports(): RaftPorts {
    const { name, world, client } = this.#options;
    const { kernel, journal, random } = world;
    const raft = this;
    return {
      get now() {
        return kernel.now;
      },
      random: (below, purpose) => random.stream(`raft/${name}/${purpose}`).integer(below),
      send(message) {
        if (raft.#outbox) raft.#outbox.push(message);
        else raft.#links.send(message);
      },
      beginWrite: () => this.#beginWrite(),
      isActive: (member) => this.#links.isActive(member),
      roleChanged: (role, was) => {
        // How the first leader came to be is no part of the story.
        if (this.#outbox && role !== 'leader') return;
        const { term } = this.member;
        this.#leaderRecord = journal.roleChanged(name, { role, was, term }) ?? this.#leaderRecord;
      },
      leadershipChanged: (isLeader) => client.leadershipChanged(isLeader, isLeader ? this.#leaderRecord : undefined),
      proposalCommitted: () => client.proposalCommitted(),
      applied: (proposal, place, by) => {
        const isFirst = world.isFirstToApply(proposal.by, place);
        if (by === 'store') client.replicated(proposal, isFirst);
      },
      membershipChanged: (change) => {
        if (!this.#outbox) this.#links.sync();
        client.membershipChanged(change);
      },
      removed: () => client.removed(),
    };
  }

  #beginWrite(): boolean {
    if (this.#outbox || (this.#disk.kind === 'fixed' && this.#disk.value === 0)) return false;
    const { name, world } = this.#options;
    const delay = sampleDuration(this.#disk, this.#diskLuck.draws(this.#writes));
    this.#writes += 1;
    if (delay === 0) return false;
    const { kernel } = world;
    const event = { kind: 'raft.written', node: name } as const;
    this.#write = kernel.schedule(kernel.now + delay, event, { priority: commitPriority(kernel) });
    return true;
  }

  #transmit(to: string, parcel: RaftParcel, periodic: boolean): void {
    const { name, world } = this.#options;
    world.wire.send({ from: name, to, channel: 'raft', parcel, priority: commitPriority(world.kernel), periodic });
  }

  #tickAfter(delay: number): void {
    const { name, world } = this.#options;
    const { kernel } = world;
    this.#tickAt = kernel.now + delay;
    this.#tick = kernel.schedule(this.#tickAt, { kind: 'raft.tick', node: name }, { periodic: true });
  }
}
