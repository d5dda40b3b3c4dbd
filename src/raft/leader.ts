/** How a leader takes a message or a report of the transport (etcd-io/raft raft.go, stepLeader). */
import { EMPTY_PAYLOAD, type MemberId, NONE, type Payload } from './entry.ts';
import { isMember, type Machine, progressOf } from './machine.ts';
import type { AppendResponse, Message } from './messages.ts';
import {
  becomeProbe,
  becomeReplicate,
  canLearnCommit,
  freeWindow,
  maybeAdvanceMatch,
  maybeStepBack,
  type Progress,
} from './progress.ts';
import { quorumSize } from './quorum.ts';
import type { Refusal } from './refusal.ts';
import {
  appendOwn,
  broadcastAppend,
  maybeCommit,
  maybeSendEntries,
  sendAppend,
  sendTimeoutNow,
} from './replication.ts';
import { becomeFollower } from './roles.ts';

export function stepLeader<D, S>(machine: Machine<D, S>, message: Message<D, S>): Refusal | undefined {
  if (message.type === 'propose') return appendProposal(machine, message.payload);
  const progress = progressOf(machine, message.from);
  if (progress === undefined) return undefined;
  switch (message.type) {
    case 'append-response':
      if (message.rejected) handleRejection(machine, progress, message);
      else handleAcknowledgement(machine, progress, message.index);
      return undefined;
    case 'heartbeat-response':
      progress.recentActive = true;
      progress.paused = false;
      if (progress.match < machine.log.lastIndex || progress.state === 'probe') sendAppend(machine, progress);
      return undefined;
    case 'transfer-leader':
      startTransfer(machine, progress);
      return undefined;
    default:
      return undefined;
  }
}

function appendProposal<D, S>(machine: Machine<D, S>, payload: Payload<D>): Refusal | undefined {
  if (!isMember(machine, machine.settings.id)) return 'raft proposal dropped';
  if (machine.transferTarget !== NONE) return 'raft proposal dropped';
  if (payload.kind === 'conf-change' && machine.pendingChangeIndex > machine.log.applied) {
    // One change at a time. The refusal is silent: an empty entry commits in its place.
    appendOwn(machine, EMPTY_PAYLOAD);
  } else {
    if (payload.kind === 'conf-change') machine.pendingChangeIndex = machine.log.lastIndex + 1;
    appendOwn(machine, payload);
  }
  broadcastAppend(machine);
  return undefined;
}

function handleRejection<D, S>(machine: Machine<D, S>, progress: Progress, response: AppendResponse): void {
  progress.recentActive = true;
  // The follower's hint skips its entries of later terms; this walk skips the leader's own of later terms. Together
  // they repair a divergence in about one round for each term in it.
  const guess =
    response.hintTerm > 0
      ? machine.log.lastPossibleMatch(response.hintIndex, response.hintTerm).index
      : response.hintIndex;
  if (!maybeStepBack(progress, response.index, guess)) return;
  if (progress.state === 'replicate') becomeProbe(progress);
  sendAppend(machine, progress);
}

function handleAcknowledgement<D, S>(machine: Machine<D, S>, progress: Progress, index: number): void {
  progress.recentActive = true;
  const isNews = maybeAdvanceMatch(progress, index) || (progress.match === index && progress.state === 'probe');
  if (!isNews) return;
  const { log } = machine;
  if (progress.state === 'probe') becomeReplicate(progress);
  else if (progress.state === 'replicate') freeWindow(progress, index);
  // Enough of the snapshot has arrived that the entries in memory go on from there.
  else if (progress.match + 1 >= log.firstIndex) becomeReplicate(progress);

  const isOther = progress.id !== machine.settings.id;
  if (maybeCommit(machine)) broadcastAppend(machine);
  else if (isOther && canLearnCommit(progress, log.committed)) sendAppend(machine, progress);
  if (isOther) while (maybeSendEntries(machine, progress));
  if (progress.id === machine.transferTarget && progress.match === log.lastIndex) sendTimeoutNow(machine, progress.id);
}

/** Begins to hand leadership to a member: brings it up to date, then asks it to stand for election. */
function startTransfer<D, S>(machine: Machine<D, S>, progress: Progress): void {
  if (machine.transferTarget === progress.id) return;
  machine.transferTarget = NONE;
  if (progress.id === machine.settings.id) return;
  machine.electionElapsed = 0;
  machine.transferTarget = progress.id;
  if (progress.match === machine.log.lastIndex) sendTimeoutNow(machine, progress.id);
  else sendAppend(machine, progress);
}

/** Steps down without a quorum of members heard since the last check; then all but itself must be heard anew. */
export function checkQuorum<D, S>(machine: Machine<D, S>): void {
  const active = machine.members.filter((member) => member.recentActive).length;
  if (active < quorumSize(machine.members.length)) becomeFollower(machine, machine.term, NONE);
  for (const progress of machine.members) if (progress.id !== machine.settings.id) progress.recentActive = false;
}

/** The transport could not reach a member: what was sent ahead is in doubt. */
export function noteUnreachable<D, S>(machine: Machine<D, S>, id: MemberId): void {
  const progress = progressOf(machine, id);
  if (progress?.state === 'replicate') becomeProbe(progress);
}

/** The transport has sent a snapshot, or failed to. Either way the next answer of the member shows how to go on. */
export function noteSnapshotSent<D, S>(machine: Machine<D, S>, id: MemberId, outcome: 'sent' | 'failed'): void {
  const progress = progressOf(machine, id);
  if (progress?.state !== 'snapshot') return;
  if (outcome === 'failed') progress.pendingSnapshot = 0;
  becomeProbe(progress);
  progress.paused = true;
}
