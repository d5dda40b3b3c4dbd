/** What a leader sends, and when an entry is committed (etcd-io/raft raft.go, maybeSendAppend to maybeCommit). */
import { assert } from '../base/index.ts';
import { entryAt, type MemberId, type Payload } from './entry.ts';
import { acknowledge, type Machine } from './machine.ts';
import { becomeSnapshot, isPaused, isWindowFull, noteSent, type Progress } from './progress.ts';
import { committedIndex } from './quorum.ts';

/** Appends to the leader's own log. Its own acknowledgement counts when the entry is stored. */
export function appendOwn<D, S>(machine: Machine<D, S>, payload: Payload<D>): void {
  const { log, term } = machine;
  log.append([entryAt(payload, term, log.lastIndex + 1)]);
  acknowledge(machine, machine.settings.id, log.lastIndex);
}

/** Sends the next entries to everybody else, or the commit index alone. */
export function broadcastAppend<D, S>(machine: Machine<D, S>): void {
  for (const progress of machine.members) if (progress.id !== machine.settings.id) sendAppend(machine, progress);
}

/** Sends the next entries to a member, or the commit index alone where there are none. */
export function sendAppend<D, S>(machine: Machine<D, S>, progress: Progress): void {
  maybeSendAppend(machine, progress, 'even if empty');
}

/** Sends the next entries to a member; false where nothing was sent. */
export function maybeSendEntries<D, S>(machine: Machine<D, S>, progress: Progress): boolean {
  return maybeSendAppend(machine, progress, 'only with entries');
}

function maybeSendAppend<D, S>(
  machine: Machine<D, S>,
  progress: Progress,
  when: 'even if empty' | 'only with entries',
): boolean {
  if (isPaused(progress)) return false;
  const { log, settings } = machine;
  const prevIndex = progress.next - 1;
  const prevTerm = log.termAt(prevIndex);
  if (prevTerm === undefined) return maybeSendSnapshot(machine, progress);
  const window = settings.maxInflightMessages;
  // With a full window an empty append still goes out: its answer is what frees the window after a loss.
  const mayCarryEntries = progress.state !== 'replicate' || !isWindowFull(progress, window);
  const entries = mayCarryEntries ? log.entriesFrom(progress.next, settings.maxMessageBytes) : [];
  if (entries.length === 0 && when === 'only with entries') return false;
  machine.outbox.push({
    type: 'append',
    from: machine.settings.id,
    to: progress.id,
    term: machine.term,
    prevIndex,
    prevTerm,
    entries,
    commit: log.committed,
  });
  noteSent(progress, entries.length, window);
  progress.sentCommit = log.committed;
  return true;
}

function maybeSendSnapshot<D, S>(machine: Machine<D, S>, progress: Progress): boolean {
  // Nobody may be there to take it; the next answer to a heartbeat leads here again.
  if (!progress.recentActive) return false;
  const { snapshot } = machine.log;
  assert(snapshot, 'raft: entries are gone and there is no snapshot of them');
  becomeSnapshot(progress, snapshot.index);
  machine.outbox.push({ type: 'snapshot', from: machine.settings.id, to: progress.id, term: machine.term, snapshot });
  return true;
}

/** Sends a heartbeat to everybody else. */
export function broadcastHeartbeat<D, S>(machine: Machine<D, S>): void {
  for (const progress of machine.members) {
    if (progress.id === machine.settings.id) continue;
    // A follower must not commit what it may not have: it would take an entry of its own for the leader's.
    const commit = Math.min(progress.match, machine.log.committed);
    machine.outbox.push({ type: 'heartbeat', from: machine.settings.id, to: progress.id, term: machine.term, commit });
    progress.sentCommit = commit;
  }
}

/**
 * Commits what a quorum has, if it ends in an entry of the leader's own term. Earlier entries commit along with such
 * an entry and never by being counted: a later leader may not have them (figure 8 of the Raft paper).
 */
export function maybeCommit<D, S>(machine: Machine<D, S>): boolean {
  const { log, term } = machine;
  const index = committedIndex(machine.members.map((member) => member.match));
  if (index <= log.committed || !log.hasEntry(index, term)) return false;
  log.commitTo(index);
  return true;
}

/** Asks a member to stand for election at once. */
export function sendTimeoutNow<D, S>(machine: Machine<D, S>, to: MemberId): void {
  machine.outbox.push({ type: 'timeout-now', from: machine.settings.id, to, term: machine.term });
}
