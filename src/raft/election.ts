/** Standing for election, voting, and counting votes (etcd-io/raft raft.go, hup, campaign and poll). */
import { NONE } from './entry.ts';
import { isPromotable, type Machine, votersOf } from './machine.ts';
import type { VoteRequest, VoteResponse } from './messages.ts';
import { voteResult } from './quorum.ts';
import { broadcastAppend } from './replication.ts';
import { becomeCandidate, becomeFollower, becomeLeader, becomePreCandidate } from './roles.ts';

/** Stands for election, if the member may. */
export function maybeCampaign<D, S>(machine: Machine<D, S>): void {
  if (mayCampaign(machine)) campaign(machine, machine.settings.preVote ? 'pre-election' : 'election');
}

/** Stands for election because the leader asked for it: no pre-vote, and no lease protects that leader. */
export function maybeCampaignForTransfer<D, S>(machine: Machine<D, S>): void {
  if (mayCampaign(machine)) campaign(machine, 'transfer');
}

function mayCampaign<D, S>(machine: Machine<D, S>): boolean {
  // A change that is committed and not applied would have this member count the wrong quorum.
  return machine.role !== 'leader' && isPromotable(machine) && !machine.log.hasUnappliedConfChange();
}

function campaign<D, S>(machine: Machine<D, S>, kind: 'pre-election' | 'election' | 'transfer'): void {
  const isPreVote = kind === 'pre-election';
  if (isPreVote) becomePreCandidate(machine);
  else becomeCandidate(machine);
  const {
    log,
    settings: { id },
  } = machine;
  const term = isPreVote ? machine.term + 1 : machine.term;
  const { lastIndex, lastTerm } = log;
  for (const { id: to } of machine.members) {
    if (to === id) {
      const type = isPreVote ? 'pre-vote-response' : 'vote-response';
      machine.outboxAfterWrite.push({ type, from: id, to, term, rejected: false });
    } else {
      const type = isPreVote ? 'pre-vote' : 'vote';
      machine.outbox.push({ type, from: id, to, term, lastIndex, lastTerm, forced: kind === 'transfer' });
    }
  }
}

/** Grants or refuses a vote; the rules of terms and leases were applied before. */
export function answerVote<D, S>(machine: Machine<D, S>, request: VoteRequest): void {
  const mayVote =
    machine.vote === request.from ||
    (machine.vote === NONE && machine.leader === NONE) ||
    // A pre-vote commits nobody, and only a higher term shows that the asker may need an election.
    (request.type === 'pre-vote' && request.term > machine.term);
  const granted = mayVote && machine.log.isUpToDate(request.lastIndex, request.lastTerm);
  machine.outboxAfterWrite.push({
    type: request.type === 'vote' ? 'vote-response' : 'pre-vote-response',
    from: machine.settings.id,
    to: request.from,
    // A granted pre-vote answers in the term that was asked for, or its sender would drop it as old.
    term: granted ? request.term : machine.term,
    rejected: !granted,
  });
  if (granted && request.type === 'vote') {
    machine.electionElapsed = 0;
    machine.vote = request.from;
  }
}

/** Counts an answer to a request of the member's own role, the first of each voter. */
export function countVote<D, S>(machine: Machine<D, S>, response: VoteResponse): void {
  const expected = machine.role === 'pre-candidate' ? 'pre-vote-response' : 'vote-response';
  if (response.type !== expected) return;
  if (!machine.ballots.some((ballot) => ballot.member === response.from))
    machine.ballots.push({ member: response.from, granted: !response.rejected });
  switch (voteResult(votersOf(machine), machine.ballots)) {
    case 'won':
      if (machine.role === 'pre-candidate') campaign(machine, 'election');
      else {
        becomeLeader(machine);
        broadcastAppend(machine);
      }
      break;
    case 'lost':
      // A refusal of a pre-vote may carry a higher term, which was adopted before.
      becomeFollower(machine, machine.term, NONE);
      break;
    case 'pending':
      break;
  }
}
