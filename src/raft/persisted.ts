/**
 * What a member has on its disk, as an immutable value: a driver replaces it by what {@link persist} returns, and
 * a crash is to go on with the value from before. It has the part of etcd-io/raft's storage.go that a write-ahead
 * log keeps; entries that a snapshot covers are gone at once, as they are after a restart of swarmkit.
 */
import { type ConfChange, confChangePayload, type Entry, entryAt, type MemberId, NONE } from './entry.ts';
import {
  appended,
  droppedThrough,
  type EntryList,
  emptyList,
  entriesOf,
  lastOf,
  truncatedAfter,
} from './entry-list.ts';
import type { Snapshot } from './messages.ts';
import type { HardState, Ready } from './ready.ts';

/** Stored state. Plain data; later values share entries with earlier ones. */
export interface Persisted<D = string, S = D> {
  readonly hardState: HardState;
  readonly snapshot: Snapshot<S> | undefined;
  /** The entries after the snapshot. */
  readonly entries: EntryList<D>;
}

/**
 * Stored state with this content; without content, the empty disk of a member that is to join.
 * `entries` follow the snapshot without a gap.
 */
export function persistedOf<D = string, S = D>(content?: {
  readonly hardState?: HardState;
  readonly snapshot?: Snapshot<S> | undefined;
  readonly entries?: readonly Entry<D>[];
}): Persisted<D, S> {
  return {
    hardState: content?.hardState ?? { term: 0, vote: NONE, commit: 0 },
    snapshot: content?.snapshot,
    entries: appended(emptyList((content?.snapshot?.index ?? 0) + 1), content?.entries ?? []),
  };
}

/** Index of the last entry that is stored, be it in the snapshot. */
export function lastStoredIndex(disk: Persisted<unknown, unknown>): number {
  return lastOf(disk.entries);
}

/** Writes what a {@link Ready} asks to have stored. Must happen before the messages of that ready are sent. */
export function persist<D, S>(disk: Persisted<D, S>, ready: Ready<D, S>): Persisted<D, S> {
  const first = ready.entries[0];
  if (first === undefined && ready.hardState === undefined && ready.snapshot === undefined) return disk;
  let entries = ready.snapshot ? emptyList<D>(ready.snapshot.index + 1) : disk.entries;
  if (first !== undefined) entries = appended(truncatedAfter(entries, first.index - 1), ready.entries);
  return { hardState: ready.hardState ?? disk.hardState, snapshot: ready.snapshot ?? disk.snapshot, entries };
}

/** Writes a snapshot that the application took itself. */
export function persistSnapshot<D, S>(disk: Persisted<D, S>, snapshot: Snapshot<S>): Persisted<D, S> {
  return { ...disk, snapshot, entries: droppedThrough(disk.entries, snapshot.index) };
}

/**
 * The disk of `self` made into that of a cluster of its own (`docker swarm init --force-new-cluster`): what was not
 * committed is dropped, and the removal of every other member is appended and committed by fiat. Writes that the
 * old majority had committed without `self` knowing are lost.
 * (swarmkit manager/state/raft/storage.go loadAndStart; raft.go createConfigChangeEnts, getIDs. There the ids come
 * in the order of a Go map, here in ascending order.)
 */
export function forceNewCluster<D, S>(disk: Persisted<D, S>, self: MemberId): Persisted<D, S> {
  const { hardState } = disk;
  const kept = truncatedAfter(disk.entries, hardState.commit);
  const known = knownMembers(disk.snapshot, entriesOf(kept));
  const changes = known.filter((id) => id !== self).map((id): ConfChange => ({ kind: 'remove', member: id }));
  if (!known.includes(self)) changes.push({ kind: 'add', member: self });
  const decreed = changes.map((change, position) =>
    entryAt<D>(confChangePayload(change), hardState.term, hardState.commit + 1 + position),
  );
  const entries = appended(kept, decreed);
  return { ...disk, hardState: { ...hardState, commit: Math.max(hardState.commit, lastOf(entries)) }, entries };
}

function knownMembers(snapshot: Snapshot<unknown> | undefined, entries: readonly Entry<unknown>[]): MemberId[] {
  const known = new Set(snapshot?.voters);
  for (const entry of entries) {
    if (entry.kind !== 'conf-change') continue;
    if (entry.change.kind === 'add') known.add(entry.change.member);
    else if (entry.change.kind === 'remove') known.delete(entry.change.member);
  }
  return [...known].sort((a, b) => a - b);
}
