/** Membership, one member at a time (etcd-io/raft confchange/confchange.go, Simple and Restore). */
import { DryswarmError } from '../base/index.ts';
import type { ConfChange, MemberId } from './entry.ts';
import { findProgress, newProgress, type Progress } from './progress.ts';

/**
 * The members after `change`, in ascending order of their ids. Adding a member, removing someone else and `update`
 * change nothing.
 *
 * @throws DryswarmError `raft-no-voters` where the change would remove the last member.
 */
export function changedMembers(members: readonly Progress[], change: ConfChange, lastIndex: number): Progress[] {
  switch (change.kind) {
    case 'add':
      return findProgress(members, change.member)
        ? [...members]
        : [...members, newcomer(change.member, lastIndex)].sort(byId);
    case 'remove': {
      const left = members.filter((member) => member.id !== change.member);
      if (left.length === 0) throw new DryswarmError('raft-no-voters', 'raft: removed all voters');
      return left;
    }
    case 'update':
      return [...members];
  }
}

/** The members that a snapshot names. */
export function restoredMembers(voters: readonly MemberId[], lastIndex: number): Progress[] {
  return voters.map((id) => newcomer(id, lastIndex)).sort(byId);
}

function newcomer(id: MemberId, lastIndex: number): Progress {
  const progress = newProgress(id, Math.max(lastIndex, 1));
  // Until it had a chance to answer, a newcomer must not count as silent: it could topple the leader.
  progress.recentActive = true;
  return progress;
}

function byId(a: Progress, b: Progress): number {
  return a.id - b.id;
}
