/** The rules of terms, which come before those of the roles (etcd-io/raft raft.go, Step). */
import { stepCandidate } from './candidate.ts';
import { answerVote } from './election.ts';
import { NONE } from './entry.ts';
import { stepFollower } from './follower.ts';
import { stepLeader } from './leader.ts';
import { acknowledge, type Machine } from './machine.ts';
import type { Message, VoteRequest } from './messages.ts';
import type { Refusal } from './refusal.ts';
import { becomeFollower } from './roles.ts';

/** Handles one message, be it from another member or, at an advance, from itself. */
export function stepMessage<D, S>(machine: Machine<D, S>, message: Message<D, S>): Refusal | undefined {
  if (message.type !== 'propose') {
    if (message.term > machine.term) {
      if (isVoteRequest(message) && !message.forced && isInLease(machine)) return undefined;
      maybeAdoptTerm(machine, message);
    } else if (message.term < machine.term) {
      answerOldTerm(machine, message);
      return undefined;
    }
  }
  if (isVoteRequest(message)) {
    answerVote(machine, message);
    return undefined;
  }
  switch (machine.role) {
    case 'follower':
      return stepFollower(machine, message);
    case 'leader':
      return stepLeader(machine, message);
    default:
      return stepCandidate(machine, message);
  }
}

function isVoteRequest(message: Message<unknown, unknown>): message is VoteRequest {
  return message.type === 'vote' || message.type === 'pre-vote';
}

/**
 * The member heard a leader within the shortest election timeout, so whoever asks for votes has only lost contact
 * itself. On a leader that checks its quorum this always holds.
 */
function isInLease<D, S>(machine: Machine<D, S>): boolean {
  const { settings } = machine;
  return settings.checkQuorum && machine.leader !== NONE && machine.electionElapsed < settings.electionTicks;
}

function maybeAdoptTerm<D, S>(machine: Machine<D, S>, message: Message<D, S>): void {
  switch (message.type) {
    case 'pre-vote':
      // Its term is only a plan.
      return;
    case 'pre-vote-response':
      // A granted one repeats the plan; a refusal tells of a real term.
      if (message.rejected) becomeFollower(machine, message.term, NONE);
      return;
    case 'append':
    case 'heartbeat':
    case 'snapshot':
      becomeFollower(machine, message.term, message.from);
      return;
    default:
      becomeFollower(machine, message.term, NONE);
  }
}

function answerOldTerm<D, S>(machine: Machine<D, S>, message: Message<D, S>): void {
  const { settings } = machine;
  switch (message.type) {
    case 'append':
    case 'heartbeat':
      // The answer's term deposes the sender. This is needed where the lease or pre-vote keeps it from hearing of
      // the new term through a vote request; elsewhere it would only disturb.
      if (settings.checkQuorum || settings.preVote) acknowledge(machine, message.from, 0);
      return;
    case 'pre-vote':
      // Without an answer, a member with a lower term and a longer log could hold up an election for ever.
      machine.outboxAfterWrite.push({
        type: 'pre-vote-response',
        from: machine.settings.id,
        to: message.from,
        term: machine.term,
        rejected: true,
      });
      return;
    default:
  }
}
