/** How a manager finds the leader for somebody else (swarmkit manager/state/raft/raft.go, LeaderConn). */

export type LeaderLookUp =
  | { readonly kind: 'self' }
  | { readonly kind: 'peer'; readonly node: string }
  /** `isLost`: there has been none for so long that it is not worth waiting. */
  | { readonly kind: 'none'; readonly isLost: boolean };

/** More ticks than this without a leader, and callers are told at once (lostQuorumTimeout). */
export const LOST_QUORUM_TICKS = 10;

/** What they are told (lostQuorumMessage). */
export const NO_LEADER =
  "The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";
