/** How often to take a snapshot, and what to keep of the log: it is for the cluster object to say. */
import { type ClusterSpec, DEFAULT_CLUSTER_SPEC } from '../../api/index.ts';
import type { ReadView } from '../../store/index.ts';

/** The setting of the cluster, or the default before there is one (swarmkit raft.go, getCurrentRaftConfig). */
export function raftConfigOf(view: ReadView): ClusterSpec['raft'] {
  const clusters = view.clusters.all();
  return (clusters.length === 1 ? clusters[0]?.spec.raft : undefined) ?? DEFAULT_CLUSTER_SPEC.raft;
}
