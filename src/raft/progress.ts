/**
 * What a leader believes of each member, and how much it may send (etcd-io/raft tracker/progress.go). Plain data,
 * changed in place by the functions below.
 */
import type { MemberId } from './entry.ts';

/**
 * - `probe`: the leader does not know where the logs match; one message with entries at a time.
 * - `replicate`: entries are sent ahead of their acknowledgement, up to the window.
 * - `snapshot`: a snapshot is under way, nothing else is sent.
 */
export type ProgressState = 'probe' | 'replicate' | 'snapshot';

export interface Progress {
  readonly id: MemberId;
  state: ProgressState;
  /** The log is known to match the leader's up to here. */
  match: number;
  /** The next entry to send. Always more than `match`. */
  next: number;
  /** Whether anything was heard since the last check of the quorum. */
  recentActive: boolean;
  /** Nothing is sent until the member answers. */
  paused: boolean;
  /** The last index of each append message that is not acknowledged yet, ascending. */
  inflight: number[];
  /** Index of the snapshot under way; 0 in other states. */
  pendingSnapshot: number;
  /** The highest commit index sent in the latest append or heartbeat. */
  sentCommit: number;
}

/** How far a member is when the leader knows nothing about it. */
export function newProgress(id: MemberId, next: number): Progress {
  return {
    id,
    state: 'probe',
    match: 0,
    next,
    recentActive: false,
    paused: false,
    inflight: [],
    pendingSnapshot: 0,
    sentCommit: 0,
  };
}

/** Forgets everything but the id. */
export function resetProgress(progress: Progress, match: number, next: number): void {
  resetState(progress, 'probe');
  progress.match = match;
  progress.next = next;
  progress.recentActive = false;
  progress.sentCommit = 0;
}

export function copyProgress(progress: Progress): Progress {
  return { ...progress, inflight: progress.inflight.slice() };
}

export function becomeProbe(progress: Progress): void {
  // A snapshot that arrived is not known to have arrived: probe right behind it.
  const known = progress.state === 'snapshot' ? Math.max(progress.match, progress.pendingSnapshot) : progress.match;
  resetState(progress, 'probe');
  progress.next = known + 1;
  capSentCommit(progress);
}

export function becomeReplicate(progress: Progress): void {
  resetState(progress, 'replicate');
  progress.next = progress.match + 1;
}

export function becomeSnapshot(progress: Progress, index: number): void {
  resetState(progress, 'snapshot');
  progress.pendingSnapshot = index;
  progress.next = index + 1;
  progress.sentCommit = index;
}

/** Nothing may be sent to the member now. */
export function isPaused(progress: Progress): boolean {
  return progress.state === 'snapshot' || progress.paused;
}

export function isWindowFull(progress: Progress, window: number): boolean {
  return progress.inflight.length >= window;
}

/** Notes an append message with `count` entries. */
export function noteSent(progress: Progress, count: number, window: number): void {
  if (progress.state === 'replicate') {
    if (count > 0) {
      progress.next += count;
      progress.inflight.push(progress.next - 1);
    }
    progress.paused = isWindowFull(progress, window);
  } else if (count > 0) progress.paused = true;
}

/** The member may have entries whose commit it has not been told of. */
export function canLearnCommit(progress: Progress, commit: number): boolean {
  return commit > progress.sentCommit && progress.sentCommit < progress.next - 1;
}

/** Takes an acknowledgement up to `index`; false where it is no news. */
export function maybeAdvanceMatch(progress: Progress, index: number): boolean {
  if (index <= progress.match) return false;
  progress.match = index;
  progress.next = Math.max(progress.next, index + 1);
  progress.paused = false;
  return true;
}

/** Takes a rejection of `rejected`, with a guess of where the logs match; false where the rejection is stale. */
export function maybeStepBack(progress: Progress, rejected: number, guess: number): boolean {
  if (progress.state === 'replicate') {
    if (rejected <= progress.match) return false;
    progress.next = progress.match + 1;
    capSentCommit(progress);
    return true;
  }
  // A probe sends one message at a time, so an answer about another index answers an older message.
  if (rejected !== progress.next - 1) return false;
  progress.next = Math.max(Math.min(rejected, guess + 1), progress.match + 1);
  capSentCommit(progress);
  progress.paused = false;
  return true;
}

/** Frees the part of the window that an acknowledgement up to `index` covers. */
export function freeWindow(progress: Progress, index: number): void {
  const { inflight } = progress;
  while (inflight.length > 0 && inflight[0]! <= index) inflight.shift();
}

/** The progress of `id`, or undefined where it is no member. Memberships are small: nothing beats a walk. */
export function findProgress(members: readonly Progress[], id: MemberId): Progress | undefined {
  for (let position = 0; position < members.length; position += 1) {
    if (members[position]!.id === id) return members[position];
  }
  return undefined;
}

function resetState(progress: Progress, state: ProgressState): void {
  progress.state = state;
  progress.paused = false;
  progress.pendingSnapshot = 0;
  progress.inflight.length = 0;
}

function capSentCommit(progress: Progress): void {
  progress.sentCommit = Math.min(progress.sentCommit, progress.next - 1);
}
