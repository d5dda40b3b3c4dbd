/**
 * A manager's part in raft: the pure machine with its disk, and what is done with what is committed (swarmkit
 * manager/state/raft/raft.go). It knows neither network nor clock: messages leave through a port and come in as calls,
 * ticks are calls too.
 */
import { ApiError, assert, compareNumber, minutes, seconds } from '../../base/index.ts';
import {
  type ConfChange,
  type Entry,
  lastStoredIndex,
  type MemberId,
  persist,
  persistSnapshot,
  Raft,
  type RaftOptions,
  type Refusal,
  type Role,
} from '../../raft/index.ts';
import { type Change, MAX_TRANSACTION_BYTES, type MemoryStore, type SealedTransaction } from '../../store/index.ts';
import { LOST_LEADER } from '../manager.ts';
import type { Proposer } from '../write-slot.ts';
import type { ClusterSnapshot, ManagerDisk, ManagerMessage, ManagerReady, Proposal } from './log-data.ts';
import {
  isQuietMember,
  type LogPlace,
  newMemberState,
  type RaftMemberCheckpoint,
  type RaftMemberOptions,
  type RaftMemberState,
  type RaftPorts,
} from './member-state.ts';
import { raftConfigOf } from './raft-config.ts';
import { Scale } from './scale.ts';
import type { Start } from './start.ts';

/** (raft.go, ErrRequestTooLarge) */
const TOO_LARGE = "raft: raft message is too large and can't be sent";

/** A leader whose store waits longer for one write hands leadership over, at most so often (memory.go, Wedged). */
const WEDGE_LIMIT = seconds(30);
const TRANSFER_INTERVAL = minutes(1);

export class RaftMember implements Proposer {
  readonly #options: RaftMemberOptions;
  readonly #ports: RaftPorts;
  readonly #store: MemoryStore;
  readonly #state: RaftMemberState;
  readonly #scale = new Scale();
  readonly #raft: Raft<Proposal, ClusterSnapshot>;
  #isProcessing = false;
  /** What was applied when a snapshot was last thought of. */
  #lookedForSnapshotAt: number | undefined;
  /** A proposal is being made: it may be committed before `propose` returns. */
  #isProposing = false;

  constructor(options: RaftMemberOptions, start: Start | RaftMemberCheckpoint) {
    this.#options = options;
    this.#ports = options.ports;
    this.#store = options.store;
    if ('raft' in start) {
      this.#state = { ...start.state };
      this.#raft = Raft.restore(this.#raftOptions(start.state.id), start.raft);
      return;
    }
    const { id, disk, peers } = start;
    this.#state = newMemberState(start);
    const raftOptions = this.#raftOptions(id);
    this.#raft = peers.length > 0 ? Raft.bootstrap(raftOptions, peers) : Raft.start(raftOptions, disk);
    if (disk.snapshot) this.#store.restore(disk.snapshot.data.store);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Looking

  get id(): MemberId {
    return this.#state.id;
  }

  get role(): Role {
    return this.#raft.role;
  }

  get term(): number {
    return this.#raft.term;
  }

  /** The leader as far as this member knows; 0 for none. */
  get leader(): MemberId {
    return this.#raft.leader;
  }

  /** Leads, and has told so: all that earlier leaders committed is applied. */
  get isReadyForProposals(): boolean {
    return this.#state.hasSignalled;
  }

  get appliedIndex(): number {
    return this.#state.appliedIndex;
  }

  get lastIndex(): number {
    return this.#raft.lastIndex;
  }

  get disk(): ManagerDisk {
    return this.#state.disk;
  }

  get ticksWithoutLeader(): number {
    return this.#state.ticksWithoutLeader;
  }

  /** The members as far as it knows, in ascending order of ids; a newcomer believes those who took it in. */
  get members(): readonly MemberId[] {
    const { bootstrap, removed } = this.#state;
    const { voters } = this.#raft;
    const hearsay = bootstrap.filter((id) => !voters.includes(id) && !removed.includes(id));
    return hearsay.length === 0 ? voters : [...voters, ...hearsay].sort(compareNumber);
  }

  isRemoved(member: MemberId): boolean {
    return this.#state.removed.includes(member);
  }

  /** The version for what is written now: what is known to be committed (raft.go, GetVersion). */
  get version(): number {
    return this.#raft.committed;
  }

  /** Whether without `member` a quorum of the rest would be active, as it looks from here (raft.go, CanRemoveMember). */
  canRemove(member: MemberId): boolean {
    const { members } = this;
    const rest = members.filter((id) => id !== member && (id === this.id || this.#ports.isActive(id)));
    return rest.length >= Math.floor((members.length - 1) / 2) + 1;
  }

  /** What a change weighs in the log, in bytes. */
  weightOf(change: Change): number {
    return this.#scale.weightOf(change);
  }

  // -------------------------------------------------------------------------------------------------------------
  // Doing

  /** Begins: applies what it finds on its disk, and stands for election where it is alone. */
  start(): void {
    this.#process();
  }

  propose({ version, changes }: SealedTransaction): 'committed' | 'pending' | Error {
    const state = this.#state;
    if (!state.hasSignalled) return new ApiError('Unknown', LOST_LEADER);
    assert(state.waiting === undefined, 'the store has made two proposals at once');
    if (this.#scale.weigh(changes) > MAX_TRANSACTION_BYTES) return new ApiError('Unknown', TOO_LARGE);
    const refusal = this.#raft.propose({ by: this.id, version, changes });
    if (refusal !== undefined) return new ApiError('Unknown', refusal);
    state.waiting = { term: this.term, index: this.lastIndex, since: this.#ports.now };
    this.#isProposing = true;
    this.#process();
    this.#isProposing = false;
    return this.#state.waiting === undefined ? 'committed' : 'pending';
  }

  /** Proposes to add or remove a member. Nothing tells of a change that raft drops; see `membershipChanged`. */
  change(change: ConfChange): Refusal | undefined {
    const refusal = this.#raft.proposeConfChange(change);
    this.#process();
    return refusal;
  }

  transferLeadership(target: MemberId): void {
    this.#raft.transferLeadership(target);
    this.#process();
  }

  campaign(): void {
    this.#raft.campaign();
    this.#process();
  }

  tick(): void {
    const state = this.#state;
    if (state.writing) {
      state.hasMissedTick = true;
      return;
    }
    this.#raft.tick();
    state.ticksWithoutLeader = this.leader === 0 ? state.ticksWithoutLeader + 1 : 0;
    this.#process();
  }

  step(message: ManagerMessage): void {
    this.#raft.step(message);
    this.#process();
  }

  reportUnreachable(member: MemberId): void {
    this.#raft.reportUnreachable(member);
    this.#process();
  }

  reportSnapshot(member: MemberId, outcome: 'finished' | 'failed'): void {
    this.#raft.reportSnapshot(member, outcome === 'finished' ? 'sent' : 'failed');
    this.#process();
  }

  /** The write that `beginWrite` began is safe. */
  written(): void {
    const { writing, hasMissedTick } = this.#state;
    assert(writing, 'nothing is being written');
    this.#state.writing = undefined;
    this.#isProcessing = true;
    this.#finish(writing);
    this.#isProcessing = false;
    if (hasMissedTick) {
      this.#state.hasMissedTick = false;
      this.tick();
    } else this.#process();
  }

  // -------------------------------------------------------------------------------------------------------------
  // Quiet time

  /** See {@link isQuietMember}. */
  isQuiet(): boolean {
    return !this.#raft.hasReady() && isQuietMember(this.#state, this.#raft.status(), this.#options.heartbeatTicks);
  }

  get electionElapsed(): number {
    return this.#raft.electionElapsed;
  }

  /** Of a leader, when so many quiet ticks have gone by: every election timeout it checks its quorum, and has one. */
  electionElapsedAfter(ticks: number): number {
    return (this.electionElapsed + ticks) % (this.#options.electionTicks ?? 10);
  }

  /** Quiet ticks have gone by unseen, after which the member stands here. */
  skipTo(electionElapsed: number): void {
    this.#raft.skipTo(electionElapsed);
  }

  checkpoint(): RaftMemberCheckpoint {
    return { state: { ...this.#state }, raft: this.#raft.checkpoint() };
  }

  // -------------------------------------------------------------------------------------------------------------
  // Rounds

  /** Does all there is to do, up to the next write that takes time. */
  #process(): void {
    const state = this.#state;
    if (this.#isProcessing || state.writing) return;
    this.#isProcessing = true;
    this.#maybeSnapshot();
    while (this.#raft.hasReady() && !state.writing) {
      const ready = this.#raft.ready();
      // While the machine writes, messages and proposals still come in; ticks wait.
      if (ready.mustSync && this.#ports.beginWrite()) state.writing = ready;
      else this.#finish(ready);
    }
    this.#isProcessing = false;
  }

  /** The order is swarmkit's: store, send, hand the snapshot over, withdraw as leader, apply, announce as leader. */
  #finish(ready: ManagerReady): void {
    const state = this.#state;
    const termBefore = state.disk.hardState.term;
    state.disk = persist(state.disk, ready);
    this.#maybeUnwedge(ready);
    for (const message of ready.messages) this.#send(message);
    if (ready.snapshot) this.#restoreFrom(ready.snapshot.data, ready.snapshot.index);
    this.#noteRole(ready.softState?.role ?? state.lastRole, state.disk.hardState.term !== termBefore);
    for (const entry of ready.committed) this.#apply(entry);
    if (state.lastRole === 'leader' && !state.hasSignalled && state.appliedIndex >= lastStoredIndex(state.disk))
      this.#signal(true);
    this.#raft.advance();
    if (state.campaignsWhenAble && this.members.length > 0) {
      state.campaignsWhenAble = false;
      if (this.members.length === 1 && this.members[0] === this.id) this.#raft.campaign();
    }
  }

  /** A snapshot goes out with the members of now: one that joined after it was taken would refuse it for ever. */
  #send(message: ManagerMessage): void {
    if (this.isRemoved(message.to)) return;
    this.#ports.send(
      message.type === 'snapshot'
        ? { ...message, snapshot: { ...message.snapshot, voters: this.#raft.voters } }
        : message,
    );
  }

  #restoreFrom({ store, removed }: ClusterSnapshot, index: number): void {
    const state = this.#state;
    this.#store.restore(store);
    state.appliedIndex = index;
    state.removed = [...new Set([...state.removed, ...removed])];
    for (const member of removed) this.#ports.membershipChanged({ kind: 'remove', member });
    for (const member of this.#raft.voters) this.#ports.membershipChanged({ kind: 'add', member });
  }

  #noteRole(role: Role, isNewTerm: boolean): void {
    const state = this.#state;
    const was = state.lastRole;
    state.lastRole = role;
    if (role !== was || (role === 'candidate' && isNewTerm)) this.#ports.roleChanged(role, was);
    if (role !== 'leader' && was === 'leader') {
      // Whoever waits gives up; should the entry be committed all the same, it is applied like anybody else's.
      state.waiting = undefined;
      if (state.hasSignalled) this.#signal(false);
    }
  }

  #signal(isLeader: boolean): void {
    this.#state.hasSignalled = isLeader;
    this.#ports.leadershipChanged(isLeader);
  }

  #apply(entry: Entry<Proposal>): void {
    if (entry.kind === 'conf-change') this.#applyChange(entry.change);
    else if (entry.data) this.#applyProposal(entry.data, entry);
    this.#state.appliedIndex = entry.index;
  }

  #applyProposal(proposal: Proposal, { term, index }: LogPlace): void {
    const state = this.#state;
    if (term === state.waiting?.term && index === state.waiting.index) {
      state.waiting = undefined;
      this.#ports.applied(proposal, { term, index }, 'writer');
      if (!this.#isProposing) this.#ports.proposalCommitted();
      return;
    }
    this.#store.apply(proposal.changes, proposal.version);
    this.#ports.applied(proposal, { term, index }, 'store');
  }

  #applyChange(change: ConfChange): void {
    const state = this.#state;
    this.#raft.applyConfChange(change);
    if (change.kind === 'remove') state.removed = [...new Set([...state.removed, change.member])];
    this.#ports.membershipChanged(change);
    if (change.kind === 'remove' && change.member === this.id) this.#ports.removed();
  }

  /** Taken between rounds, when the store holds just what is applied. */
  #maybeSnapshot(): void {
    const state = this.#state;
    // Whatever could call for one is applied first, the cluster's settings too.
    if (state.appliedIndex === this.#lookedForSnapshotAt) return;
    this.#lookedForSnapshotAt = state.appliedIndex;
    const { snapshotInterval, logEntriesForSlowFollowers } = raftConfigOf(this.#store);
    const last = state.disk.snapshot?.index ?? 0;
    if (snapshotInterval === 0 || state.appliedIndex - last < snapshotInterval) return;
    const index = state.appliedIndex;
    const term = this.#raft.termAt(index);
    assert(term !== undefined, 'what was applied is in the log');
    const data: ClusterSnapshot = { store: this.#store.checkpoint(), removed: state.removed };
    const snapshot = { index, term, voters: this.#raft.voters, data };
    this.#raft.compact(snapshot, logEntriesForSlowFollowers);
    state.disk = persistSnapshot(state.disk, snapshot);
  }

  #maybeUnwedge({ softState }: ManagerReady): void {
    const state = this.#state;
    const { now } = this.#ports;
    if (state.lastRole !== 'leader' || (softState && softState.role !== 'leader') || !state.waiting) return;
    if (now - state.waiting.since <= WEDGE_LIMIT) return;
    if (state.transferredAt !== undefined && now - state.transferredAt < TRANSFER_INTERVAL) return;
    state.transferredAt = now;
    const target = this.chooseTransferTarget();
    if (target !== undefined) this.#raft.transferLeadership(target);
  }

  /**
   * Whom a leader hands over to. swarmkit means the peer that is active for longest and takes the first active one in
   * the order of a Go map (transport.go, longestActive): any.
   */
  chooseTransferTarget(): MemberId | undefined {
    const active = this.members.filter((id) => id !== this.id && this.#ports.isActive(id));
    return active.length === 0 ? undefined : active[this.#ports.random(active.length, 'transfer-target')];
  }

  #raftOptions(id: MemberId): RaftOptions<Proposal> {
    const { electionTicks, heartbeatTicks } = this.#options;
    return {
      id,
      random: (below) => this.#ports.random(below, 'election-timeout'),
      sizeOf: ({ changes }) => this.#scale.weigh(changes),
      ...(electionTicks !== undefined && { electionTicks }),
      ...(heartbeatTicks !== undefined && { heartbeatTicks }),
    };
  }
}
