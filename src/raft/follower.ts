/** How a follower, and a candidate that learns of a leader, takes what the leader sends (raft.go, stepFollower). */

import { restoredMembers } from './conf-change.ts';
import { maybeCampaignForTransfer } from './election.ts';
import { NONE } from './entry.ts';
import { acknowledge, type Machine } from './machine.ts';
import type { AppendRequest, Heartbeat, InstallSnapshot, Message, Snapshot } from './messages.ts';
import type { Refusal } from './refusal.ts';

export function stepFollower<D, S>(machine: Machine<D, S>, message: Message<D, S>): Refusal | undefined {
  switch (message.type) {
    case 'append':
    case 'heartbeat':
    case 'snapshot':
      machine.electionElapsed = 0;
      machine.leader = message.from;
      followLeader(machine, message);
      return undefined;
    case 'propose':
      if (machine.leader === NONE) return 'raft proposal dropped';
      machine.outbox.push({ ...message, to: machine.leader });
      return undefined;
    case 'transfer-leader':
      if (machine.leader !== NONE) machine.outbox.push({ ...message, to: machine.leader, term: machine.term });
      return undefined;
    case 'timeout-now':
      maybeCampaignForTransfer(machine);
      return undefined;
    default:
      return undefined;
  }
}

/** Does what the leader of this term says. */
export function followLeader<D, S>(
  machine: Machine<D, S>,
  message: AppendRequest<D> | Heartbeat | InstallSnapshot<S>,
): void {
  switch (message.type) {
    case 'append':
      takeEntries(machine, message);
      break;
    case 'heartbeat':
      machine.log.commitTo(message.commit);
      machine.outbox.push({
        type: 'heartbeat-response',
        from: machine.settings.id,
        to: message.from,
        term: machine.term,
      });
      break;
    case 'snapshot':
      takeSnapshot(machine, message);
      break;
  }
}

function takeEntries<D, S>(
  machine: Machine<D, S>,
  { from, prevIndex, prevTerm, entries, commit }: AppendRequest<D>,
): void {
  const { log } = machine;
  if (prevIndex < log.committed) {
    // Committed entries match for certain, and may not be in memory any more.
    acknowledge(machine, from, log.committed);
    return;
  }
  const matching = log.maybeAppend(prevIndex, prevTerm, entries, commit);
  if (matching !== undefined) {
    acknowledge(machine, from, matching);
    return;
  }
  // The hint skips all entries that cannot match, because their terms are later than the leader's at that place.
  const hint = log.lastPossibleMatch(Math.min(prevIndex, log.lastIndex), prevTerm);
  machine.outboxAfterWrite.push({
    type: 'append-response',
    from: machine.settings.id,
    to: from,
    term: machine.term,
    rejected: true,
    index: prevIndex,
    hintIndex: hint.index,
    hintTerm: hint.term,
  });
}

function takeSnapshot<D, S>(machine: Machine<D, S>, { from, snapshot }: InstallSnapshot<S>): void {
  const restored = maybeRestore(machine, snapshot);
  acknowledge(machine, from, restored ? machine.log.lastIndex : machine.log.committed);
}

function maybeRestore<D, S>(machine: Machine<D, S>, snapshot: Snapshot<S>): boolean {
  const { log } = machine;
  if (snapshot.index <= log.committed) return false;
  // It would leave this member outside of its own membership (raft.go, restore). Swarm's leaders therefore put
  // their current membership into a snapshot that they send.
  if (!snapshot.voters.includes(machine.settings.id)) return false;
  if (log.hasEntry(snapshot.index, snapshot.term)) {
    // The entries are all here, so the snapshot tells no more than that they are committed.
    log.commitTo(snapshot.index);
    return false;
  }
  log.restore(snapshot);
  machine.members = restoredMembers(snapshot.voters, log.lastIndex);
  return true;
}
