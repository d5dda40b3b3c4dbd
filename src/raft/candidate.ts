/** How a candidate or pre-candidate takes a message (etcd-io/raft raft.go, stepCandidate). */
import { countVote } from './election.ts';
import { followLeader } from './follower.ts';
import type { Machine } from './machine.ts';
import type { Message } from './messages.ts';
import type { Refusal } from './refusal.ts';
import { becomeFollower } from './roles.ts';

export function stepCandidate<D, S>(machine: Machine<D, S>, message: Message<D, S>): Refusal | undefined {
  switch (message.type) {
    case 'append':
    case 'heartbeat':
    case 'snapshot':
      // Somebody else has won this term.
      becomeFollower(machine, message.term, message.from);
      followLeader(machine, message);
      return undefined;
    case 'vote-response':
    case 'pre-vote-response':
      countVote(machine, message);
      return undefined;
    case 'propose':
      return 'raft proposal dropped';
    default:
      return undefined;
  }
}
