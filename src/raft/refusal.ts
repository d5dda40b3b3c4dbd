/**
 * Why a call had no effect, in etcd-io/raft's own words. A refusal is part of the life of a cluster, hence an answer
 * and not an exception.
 *
 * - `raft proposal dropped`: there is no leader to take it, or the leader is handing over or was removed. Try again.
 * - `raft: cannot step as peer not found`: an answer from somebody who is no member.
 * - `requested index is older than the existing snapshot`: a snapshot that says nothing new.
 */
export type Refusal =
  | 'raft proposal dropped'
  | 'raft: cannot step as peer not found'
  | 'requested index is older than the existing snapshot';
