/** Counting: who has won, and how far a majority has got (etcd-io/raft quorum/majority.go). */
import type { MemberId } from './entry.ts';

/** One member's answer to a vote request. */
export interface Ballot {
  readonly member: MemberId;
  readonly granted: boolean;
}

/** `pending`: the answers still missing can decide it either way. */
export type VoteResult = 'won' | 'lost' | 'pending';

/** The smallest number of members that is more than half of `members`. */
export function quorumSize(members: number): number {
  return Math.floor(members / 2) + 1;
}

/** How many of `members` may fail while the rest still has a quorum. */
export function toleratedFailures(members: number): number {
  return members - quorumSize(members);
}

/**
 * The result of a vote among `voters`, of whom at most one ballot each is given; ballots of others do not count.
 * Without voters every vote is won.
 */
export function voteResult(voters: readonly MemberId[], ballots: readonly Ballot[]): VoteResult {
  let granted = 0;
  let refused = 0;
  for (const ballot of ballots) {
    if (!voters.includes(ballot.member)) continue;
    if (ballot.granted) granted += 1;
    else refused += 1;
  }
  const needed = voters.length === 0 ? 0 : quorumSize(voters.length);
  if (granted >= needed) return 'won';
  return voters.length - refused < needed ? 'lost' : 'pending';
}

/**
 * The largest index that a quorum has acknowledged. `acknowledged` holds one index for each voter, 0 for a voter
 * that was never heard of. Without voters there is no limit: `Infinity`.
 */
export function committedIndex(acknowledged: readonly number[]): number {
  const count = acknowledged.length;
  if (count === 0) return Number.POSITIVE_INFINITY;
  const needed = quorumSize(count);
  let committed = 0;
  // Memberships are small and this runs for every acknowledgement: counting is several times faster than sorting.
  for (let candidate = 0; candidate < count; candidate += 1) {
    const index = acknowledged[candidate]!;
    if (index <= committed) continue;
    let supporters = 0;
    for (let other = 0; other < count; other += 1) if (acknowledged[other]! >= index) supporters += 1;
    if (supporters >= needed) committed = index;
  }
  return committed;
}
