/** What a manager's raft log and its snapshots carry (swarmkit api/raft.proto, api/snapshot.proto). */
import type { MemberId, Message, Persisted, Ready } from '../../raft/index.ts';
import type { Change, StoreCheckpoint } from '../../store/index.ts';

/** One transaction of the store. */
export interface Proposal {
  /** Who proposed it. */
  readonly by: MemberId;
  /** The version that its objects have. */
  readonly version: number;
  readonly changes: readonly Change[];
}

/** All that is replicated; the members are in the raft snapshot around it. */
export interface ClusterSnapshot {
  readonly store: StoreCheckpoint;
  /** Ids that were members once. They never are again. */
  readonly removed: readonly MemberId[];
}

export type ManagerMessage = Message<Proposal, ClusterSnapshot>;
export type ManagerReady = Ready<Proposal, ClusterSnapshot>;
/** What a manager has on disk. */
export type ManagerDisk = Persisted<Proposal, ClusterSnapshot>;
