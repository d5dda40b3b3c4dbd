/** Going from one role to another (etcd-io/raft raft.go, reset and become...). */
import { assert } from '../base/index.ts';
import { EMPTY_PAYLOAD, type MemberId, NONE } from './entry.ts';
import { type Machine, progressOf } from './machine.ts';
import { becomeReplicate, resetProgress } from './progress.ts';
import { appendOwn } from './replication.ts';

export function becomeFollower<D, S>(machine: Machine<D, S>, term: number, leader: MemberId): void {
  reset(machine, term);
  machine.role = 'follower';
  machine.leader = leader;
}

export function becomeCandidate<D, S>(machine: Machine<D, S>): void {
  assert(machine.role !== 'leader', 'raft: a leader cannot become a candidate');
  reset(machine, machine.term + 1);
  machine.role = 'candidate';
  machine.vote = machine.settings.id;
}

/** Changes nothing that matters if the pre-election fails: neither term, vote nor the timer. */
export function becomePreCandidate<D, S>(machine: Machine<D, S>): void {
  assert(machine.role !== 'leader', 'raft: a leader cannot become a pre-candidate');
  machine.role = 'pre-candidate';
  machine.ballots = [];
  machine.leader = NONE;
}

export function becomeLeader<D, S>(machine: Machine<D, S>): void {
  assert(machine.role !== 'follower', 'raft: a follower cannot become leader without an election');
  reset(machine, machine.term);
  machine.role = 'leader';
  machine.leader = machine.settings.id;
  const self = progressOf(machine, machine.settings.id);
  if (self) {
    becomeReplicate(self);
    self.recentActive = true;
  }
  // Any inherited entry may be a membership change, so changes wait until all of them are applied.
  machine.pendingChangeIndex = machine.log.lastIndex;
  appendOwn(machine, EMPTY_PAYLOAD);
}

function reset<D, S>(machine: Machine<D, S>, term: number): void {
  const { settings, log } = machine;
  if (machine.term !== term) {
    machine.term = term;
    machine.vote = NONE;
  }
  machine.leader = NONE;
  machine.electionElapsed = 0;
  machine.heartbeatElapsed = 0;
  machine.electionTimeout = settings.electionTicks + settings.random(settings.electionTicks);
  machine.transferTarget = NONE;
  machine.ballots = [];
  const { lastIndex } = log;
  for (const progress of machine.members) {
    resetProgress(progress, progress.id === machine.settings.id ? lastIndex : 0, lastIndex + 1);
  }
  machine.pendingChangeIndex = 0;
}
