import { DryswarmError } from '../base/index.ts';
import { type Entry, encodedBytes, encodedBytesOf } from './entry.ts';
import {
  appended,
  droppedThrough,
  type EntryList,
  emptyList,
  entriesBetween,
  entryOf,
  lastOf,
  truncatedAfter,
} from './entry-list.ts';
import type { Snapshot } from './messages.ts';
import type { Persisted } from './persisted.ts';

/** Everything a log knows, as plain data that shares its entries with the log. */
export interface LogState<D, S> {
  /** The entries in memory. */
  entries: EntryList<D>;
  /** Term of the entry before the first one. */
  termBefore: number;
  /** The latest snapshot that is stored. */
  snapshot: Snapshot<S> | undefined;
  /** A snapshot from the leader that is not stored and handed over yet. It has replaced the entries already. */
  received: Snapshot<S> | undefined;
  /** `received` is in a ready that waits for its advance. */
  receivedIsOut: boolean;
  /** Entries up to here were handed out to be stored. */
  handedOut: number;
  committed: number;
  /** Entries up to here were handed out to be applied. */
  applying: number;
  applied: number;
  /** Bytes of the entries that are being applied. */
  applyingBytes: number;
  /** No more entries are handed out to be applied before the next advance. */
  applyPaused: boolean;
}

/**
 * The log of one member: etcd-io/raft's log.go and log_unstable.go in one. What the driver has stored and what it
 * has not are one list here, told apart by `handedOut`; the driver keeps its own {@link Persisted} copy.
 *
 * Always: applied <= applying <= committed <= last index.
 */
export class RaftLog<D, S> {
  readonly #state: LogState<D, S>;
  readonly #maxApplyingBytes: number;

  /** The log in `state`, which it takes over and changes. */
  constructor(state: LogState<D, S>, maxApplyingBytes: number) {
    this.#state = state;
    this.#maxApplyingBytes = maxApplyingBytes;
  }

  get committed(): number {
    return this.#state.committed;
  }

  get applied(): number {
    return this.#state.applied;
  }

  /** The snapshot to send to a member whose entries are gone. */
  get snapshot(): Snapshot<S> | undefined {
    return this.#state.received ?? this.#state.snapshot;
  }

  /** A received snapshot is not stored and handed over yet. */
  get isRestoring(): boolean {
    return this.#state.received !== undefined;
  }

  get firstIndex(): number {
    return this.#state.entries.first;
  }

  get lastIndex(): number {
    return lastOf(this.#state.entries);
  }

  get lastTerm(): number {
    return this.termAt(this.lastIndex)!;
  }

  /** The term of the entry at `index`; undefined where it is not in the log, be it compacted or not there yet. */
  termAt(index: number): number | undefined {
    const { entries, termBefore } = this.#state;
    return index === entries.first - 1 ? termBefore : entryOf(entries, index)?.term;
  }

  hasEntry(index: number, term: number): boolean {
    return this.termAt(index) === term;
  }

  /** Whether a candidate with this last entry may be elected by the owner of this log. */
  isUpToDate(lastIndex: number, lastTerm: number): boolean {
    const ownTerm = this.lastTerm;
    return lastTerm > ownTerm || (lastTerm === ownTerm && lastIndex >= this.lastIndex);
  }

  /**
   * The last index, from `index` down, whose term is at most `term`, and its own term: up to there this log may
   * match one that has `term` at `index`. Unknown terms end the walk, with term 0.
   */
  lastPossibleMatch(index: number, term: number): { readonly index: number; readonly term: number } {
    for (let candidate = index; candidate > 0; candidate -= 1) {
      const own = this.termAt(candidate);
      if (own === undefined) return { index: candidate, term: 0 };
      if (own <= term) return { index: candidate, term: own };
    }
    return { index: 0, term: 0 };
  }

  /** The entries from `index` on that fit into `maxBytes`, at least one where there is one. */
  entriesFrom(index: number, maxBytes: number): Entry<D>[] {
    return this.#limited(index, this.lastIndex, maxBytes);
  }

  /** Whether a membership change is committed and not applied yet. */
  hasUnappliedConfChange(): boolean {
    for (let index = this.applied + 1; index <= this.committed; index += 1) {
      if (entryOf(this.#state.entries, index)?.kind === 'conf-change') return true;
    }
    return false;
  }

  /** Appends `entries`, replacing what is there from their first index on. */
  append(entries: readonly Entry<D>[]): void {
    const first = entries[0];
    if (first === undefined) return;
    const state = this.#state;
    if (first.index <= state.committed)
      throw new DryswarmError(
        'raft-log-loss',
        `raft: entry ${first.index} is committed (up to ${state.committed}) and cannot be replaced`,
      );
    state.entries = appended(truncatedAfter(state.entries, first.index - 1), entries);
    state.handedOut = Math.min(state.handedOut, first.index - 1);
  }

  /**
   * Takes a leader's entries behind (`prevIndex`, `prevTerm`) and its commit index. Returns the index up to which
   * the logs now match, or undefined where they do not match at `prevIndex`.
   */
  maybeAppend(prevIndex: number, prevTerm: number, entries: readonly Entry<D>[], commit: number): number | undefined {
    if (!this.hasEntry(prevIndex, prevTerm)) return undefined;
    const matching = prevIndex + entries.length;
    // Entries that are already here stay, so that an old message, delivered late, does not truncate newer ones.
    const news = entries.findIndex((entry) => !this.hasEntry(entry.index, entry.term));
    if (news >= 0) this.append(news === 0 ? entries : entries.slice(news));
    this.commitTo(Math.min(commit, matching));
    return matching;
  }

  /** @throws DryswarmError `raft-log-loss` where the log does not reach `index`: it has lost entries. */
  commitTo(index: number): void {
    const state = this.#state;
    if (index <= state.committed) return;
    if (index > this.lastIndex)
      throw new DryswarmError(
        'raft-log-loss',
        `raft: commit index ${index} is beyond the last index ${this.lastIndex}: the log has lost entries`,
      );
    state.committed = index;
  }

  /** Replaces the log with a snapshot from the leader. */
  restore(snapshot: Snapshot<S>): void {
    const state = this.#state;
    state.entries = emptyList(snapshot.index + 1);
    state.termBefore = snapshot.term;
    state.received = snapshot;
    state.receivedIsOut = false;
    state.handedOut = snapshot.index;
    state.committed = snapshot.index;
  }

  /** Records the application's own snapshot and drops the entries up to `dropThrough`; false where it is not newer. */
  compact(snapshot: Snapshot<S>, dropThrough: number): boolean {
    const state = this.#state;
    if (snapshot.index <= (state.snapshot?.index ?? 0)) return false;
    state.snapshot = snapshot;
    if (dropThrough >= state.entries.first) {
      state.termBefore = this.termAt(dropThrough)!;
      state.entries = droppedThrough(state.entries, dropThrough);
    }
    return true;
  }

  hasUnstored(): boolean {
    return this.#state.handedOut < this.lastIndex;
  }

  /** The entries that the driver has not been given to store. */
  unstored(): Entry<D>[] {
    return entriesBetween(this.#state.entries, this.#state.handedOut + 1, this.lastIndex);
  }

  /** The received snapshot, if the driver has not been given it to store. */
  unstoredSnapshot(): Snapshot<S> | undefined {
    return this.#state.receivedIsOut ? undefined : this.#state.received;
  }

  hasAppliable(): boolean {
    const state = this.#state;
    return !state.applyPaused && state.received === undefined && state.applying < state.committed;
  }

  /** The committed entries to apply next, as many as the limit on their size allows. */
  appliable(): Entry<D>[] {
    if (!this.hasAppliable()) return [];
    const { applying, committed, applyingBytes } = this.#state;
    return this.#limited(applying + 1, committed, this.#maxApplyingBytes - applyingBytes);
  }

  /** Notes that everything unstored, and `applying` to be applied, was handed out. Returns the bytes of the latter. */
  noteHandedOut(applying: readonly Entry<D>[]): number {
    const state = this.#state;
    state.handedOut = this.lastIndex;
    if (state.received) {
      // From now on the driver's disk holds this snapshot and no older one.
      state.snapshot = state.received;
      state.receivedIsOut = true;
    }
    const last = applying[applying.length - 1];
    if (last === undefined) return 0;
    const bytes = encodedBytesOf(applying);
    state.applying = last.index;
    state.applyingBytes += bytes;
    state.applyPaused = state.applyingBytes >= this.#maxApplyingBytes || last.index < state.committed;
    return bytes;
  }

  /** The entries up to `index`, `bytes` of them since last time, are applied. */
  noteApplied(index: number, bytes: number): void {
    const state = this.#state;
    state.applied = Math.max(state.applied, index);
    state.applying = Math.max(state.applying, state.applied);
    state.applyingBytes = Math.max(0, state.applyingBytes - bytes);
    state.applyPaused = state.applyingBytes >= this.#maxApplyingBytes;
  }

  /** The snapshot with this index is stored and handed over. A newer one may have come in the meantime. */
  noteSnapshotApplied(index: number): void {
    const state = this.#state;
    if (state.received?.index === index) {
      state.received = undefined;
      state.receivedIsOut = false;
    }
    this.noteApplied(index, 0);
  }

  /** A copy of the state that later changes do not reach. */
  state(): LogState<D, S> {
    return { ...this.#state };
  }

  #limited(low: number, high: number, maxBytes: number): Entry<D>[] {
    if (low > high) return [];
    const { entries } = this.#state;
    const first = entryOf(entries, low)!;
    const taken = [first];
    if (low === high) return taken;
    let bytes = encodedBytes(first);
    for (let index = low + 1; index <= high; index += 1) {
      const entry = entryOf(entries, index)!;
      bytes += encodedBytes(entry);
      if (bytes > maxBytes) break;
      taken.push(entry);
    }
    return taken;
  }
}

/** The log that a member has after a start: what is stored, nothing of it applied beyond the snapshot. */
export function storedLog<D, S>(disk: Persisted<D, S>): LogState<D, S> {
  const { entries, snapshot, hardState } = disk;
  const before = entries.first - 1;
  const last = lastOf(entries);
  // A cluster forced on an empty disk has a commit index and no term yet.
  const committed = hardState.term === 0 && hardState.commit === 0 ? before : hardState.commit;
  if (committed < before || committed > last)
    throw new DryswarmError(
      'raft-log-loss',
      `raft: the stored commit index ${committed} is not in the stored log [${before}, ${last}]`,
    );
  return {
    entries,
    termBefore: snapshot?.term ?? 0,
    snapshot,
    received: undefined,
    receivedIsOut: false,
    handedOut: last,
    committed,
    applying: before,
    applied: before,
    applyingBytes: 0,
    applyPaused: false,
  };
}
