/** The ways in which a manager begins to take part in raft (swarmkit manager/state/raft/{raft,storage}.go). */
import { entriesOf, forceNewCluster, type MemberId, persistedOf } from '../../raft/index.ts';
import type { ManagerDisk } from './log-data.ts';

export interface Start {
  readonly id: MemberId;
  readonly disk: ManagerDisk;
  /** The members of a new cluster; empty for any other start. */
  readonly peers: readonly MemberId[];
  /** Members by hearsay, for as long as the log knows none. */
  readonly bootstrap: readonly MemberId[];
  /** Ids that were removed before. */
  readonly removed: readonly MemberId[];
  /** Stands for election at once if it finds that it is the only member. */
  readonly campaigns: boolean;
}

/** A member of a new cluster. All members have to start alike. */
export function founding(id: MemberId, peers: readonly MemberId[]): Start {
  return { id, disk: persistedOf(), peers, bootstrap: [], removed: [], campaigns: true };
}

/** A member that was added by a leader and knows nothing but the other members. */
export function joining(id: MemberId, bootstrap: readonly MemberId[]): Start {
  return { id, disk: persistedOf(), peers: [], bootstrap, removed: [], campaigns: false };
}

/** A member that goes on from its disk. */
export function restarting(id: MemberId, disk: ManagerDisk): Start {
  return { id, disk, peers: [], bootstrap: [], removed: removedOn(disk), campaigns: true };
}

/** A member that throws all others out (`docker swarm init --force-new-cluster`). */
export function forcing(id: MemberId, disk: ManagerDisk): Start {
  return restarting(id, forceNewCluster(disk, id));
}

function removedOn({ snapshot, entries, hardState }: ManagerDisk): readonly MemberId[] {
  const inLog = entriesOf(entries).flatMap((entry) =>
    entry.kind === 'conf-change' && entry.change.kind === 'remove' && entry.index <= hardState.commit
      ? [entry.change.member]
      : [],
  );
  return [...new Set([...(snapshot?.data.removed ?? []), ...inLog])];
}
