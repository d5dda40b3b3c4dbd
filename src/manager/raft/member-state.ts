/** What a raft member needs and what it knows: its ports, and its state as plain data. */
import type { Instant } from '../../base/index.ts';
import type { ConfChange, MemberId, RaftCheckpoint, RaftOptions, RaftStatus, Role } from '../../raft/index.ts';
import type { MemoryStore } from '../../store/index.ts';
import type { ClusterSnapshot, ManagerDisk, ManagerMessage, ManagerReady, Proposal } from './log-data.ts';
import type { Start } from './start.ts';

/** Names an entry: no two have the same place. */
export interface LogPlace {
  readonly term: number;
  readonly index: number;
}

/** What a member needs of the machine that it runs on. */
export interface RaftPorts {
  readonly now: Instant;
  /** A whole number in [0, below), drawn anew each time from a stream for that purpose. */
  random(below: number, purpose: 'election-timeout' | 'transfer-target'): number;
  /** Hands a message to the transport. */
  send(message: ManagerMessage): void;
  /** A write begins that must be safe before anything else happens. True: it takes time, and `written` follows. */
  beginWrite(): boolean;
  /** Whether the transport's last exchange with a member succeeded. */
  isActive(member: MemberId): boolean;
  /** What it is to the group has changed. */
  roleChanged(role: Role, was: Role): void;
  /** Its own proposals are accepted from now on, or no longer. */
  leadershipChanged(isLeader: boolean): void;
  /** The proposal that the store waits for is committed. */
  proposalCommitted(): void;
  /**
   * A proposal is committed and in the store; or, where its own store waits for it, on its way there, either by
   * `proposalCommitted` or by what `propose` returns.
   */
  applied(proposal: Proposal, place: LogPlace, by: 'store' | 'writer'): void;
  /** A change of the membership has taken effect here. */
  membershipChanged(change: ConfChange): void;
  /** It is a member no more: its manager has to stop. */
  removed(): void;
}

export interface RaftMemberOptions extends Pick<RaftOptions, 'electionTicks' | 'heartbeatTicks'> {
  readonly store: MemoryStore;
  readonly ports: RaftPorts;
}

/** Everything that a member knows, its disk included: plain data. */
export interface RaftMemberState {
  readonly id: MemberId;
  disk: ManagerDisk;
  /** What is being written to disk. */
  writing: ManagerReady | undefined;
  /** A tick that came while the disk was busy, and waits. */
  hasMissedTick: boolean;
  appliedIndex: number;
  /** Ids that may never speak again. */
  removed: readonly MemberId[];
  /** Known from the answer to its request to join, until the log tells. */
  readonly bootstrap: readonly MemberId[];
  /** As it was after the last round. */
  lastRole: Role;
  /** Has said that it leads, and accepts proposals. */
  hasSignalled: boolean;
  /** The proposal that the store waits for, and since when. */
  waiting: (LogPlace & { readonly since: Instant }) | undefined;
  /** When a store that was held up for too long last made it hand leadership over. */
  transferredAt: Instant | undefined;
  /** Stands for election as soon as it knows that it is the only member. */
  campaignsWhenAble: boolean;
  /** Ticks in a row without a known leader. */
  ticksWithoutLeader: number;
}

export interface RaftMemberCheckpoint {
  readonly state: Readonly<RaftMemberState>;
  readonly raft: RaftCheckpoint<Proposal, ClusterSnapshot>;
}

/** Of a member that begins. */
export function newMemberState({ id, disk, bootstrap, removed, campaigns }: Start): RaftMemberState {
  return {
    id,
    disk,
    writing: undefined,
    hasMissedTick: false,
    appliedIndex: disk.snapshot?.index ?? 0,
    removed,
    bootstrap,
    lastRole: 'follower',
    hasSignalled: false,
    waiting: undefined,
    transferredAt: undefined,
    campaignsWhenAble: campaigns,
    ticksWithoutLeader: 0,
  };
}

/** Nothing is under way: as long as everybody is quiet, a second goes by for this member like the one before. */
export function isQuietMember(state: RaftMemberState, status: RaftStatus, heartbeatTicks: number | undefined): boolean {
  const { role, lastIndex, committed, leader, transferTarget, heartbeatElapsed } = status;
  if (state.writing || state.waiting || state.hasMissedTick) return false;
  if (committed !== lastIndex || state.appliedIndex !== lastIndex) return false;
  if (role === 'follower') return leader !== 0 && state.ticksWithoutLeader === 0;
  if (role !== 'leader' || !state.hasSignalled || transferTarget !== 0) return false;
  // With heartbeats at longer intervals a second is not like the one before.
  if (heartbeatTicks !== 1 || heartbeatElapsed !== 0) return false;
  return status.progress.every(
    (peer) =>
      peer.id === state.id ||
      (peer.state === 'replicate' &&
        peer.match === lastIndex &&
        peer.sentCommit === committed &&
        peer.recentActive &&
        !peer.paused &&
        peer.inflight.length === 0),
  );
}
