/** Making a committed membership change take effect (etcd-io/raft raft.go, applyConfChange and switchToConfig). */
import { changedMembers } from './conf-change.ts';
import { type ConfChange, NONE } from './entry.ts';
import { isMember, type Machine } from './machine.ts';
import { broadcastAppend, maybeCommit, maybeSendEntries } from './replication.ts';
import { becomeFollower } from './roles.ts';

export function applyChange<D, S>(machine: Machine<D, S>, change: ConfChange): void {
  machine.members = changedMembers(machine.members, change, machine.log.lastIndex);
  if (machine.role !== 'leader') return;
  if (!isMember(machine, machine.settings.id)) {
    // By default a removed leader leads on, without counting itself, until a quorum check or a successor ends it.
    if (machine.settings.stepDownOnRemoval) becomeFollower(machine, machine.term, NONE);
    return;
  }
  if (maybeCommit(machine)) broadcastAppend(machine);
  else {
    // A newcomer need not wait for the next heartbeat.
    for (const progress of machine.members)
      if (progress.id !== machine.settings.id) maybeSendEntries(machine, progress);
  }
  if (!isMember(machine, machine.transferTarget)) machine.transferTarget = NONE;
}
