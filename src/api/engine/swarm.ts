import type { Cluster, ClusterSpec } from '../objects.ts';
import type { EpochOption } from './instants.ts';
import { metaToEngine } from './meta.ts';
import type * as Engine from './types.ts';

/** What a swarm has that the simulation does not depend on. */
export interface SwarmDetails extends EpochOption {
  readonly joinTokens: { readonly worker: string; readonly manager: string };
  readonly defaultAddrPool?: readonly string[];
  /** Default 24. */
  readonly subnetSize?: number;
  /** Default 4789. */
  readonly dataPathPort?: number;
}

const NODE_CERT_EXPIRY = 7_776_000_000_000_000;

/** The cluster as `GET /swarm` answers. (moby daemon/cluster/convert/swarm.go, SwarmFromGRPC) */
export function swarmToEngine(cluster: Cluster, details: SwarmDetails): Engine.Swarm {
  const { worker, manager } = details.joinTokens;
  return { ...clusterInfoToEngine(cluster, details), JoinTokens: { Worker: worker, Manager: manager } };
}

/** The part of it that `GET /info` shows. */
export function clusterInfoToEngine(cluster: Cluster, details: Omit<SwarmDetails, 'joinTokens'>): Engine.ClusterInfo {
  return {
    ...metaToEngine(cluster, details),
    Spec: swarmSpecToEngine(cluster.spec),
    TLSInfo: {},
    RootRotationInProgress: false,
    DefaultAddrPool: details.defaultAddrPool ?? ['10.0.0.0/8'],
    SubnetSize: details.subnetSize ?? 24,
    DataPathPort: details.dataPathPort ?? 4789,
  };
}

export function swarmSpecToEngine(spec: ClusterSpec): Engine.SwarmSpec {
  return {
    Name: spec.name,
    Labels: spec.labels,
    Orchestration: { TaskHistoryRetentionLimit: spec.orchestration.taskHistoryRetentionLimit },
    Raft: {
      SnapshotInterval: spec.raft.snapshotInterval,
      KeepOldSnapshots: spec.raft.keepOldSnapshots,
      LogEntriesForSlowFollowers: spec.raft.logEntriesForSlowFollowers,
      ElectionTick: spec.raft.electionTick,
      HeartbeatTick: spec.raft.heartbeatTick,
    },
    Dispatcher: { HeartbeatPeriod: spec.dispatcher.heartbeatPeriod },
    CAConfig: { NodeCertExpiry: NODE_CERT_EXPIRY },
    TaskDefaults: {},
    EncryptionConfig: { AutoLockManagers: spec.autoLockManagers ?? false },
  };
}

/**
 * Lays a client's swarm specification over the one in force: what is absent or 0 leaves it as it is.
 * (MergeSwarmSpecToGRPC)
 */
export function mergeSwarmSpec(request: Engine.SwarmSpec, current: ClusterSpec): ClusterSpec {
  const raft = request.Raft ?? {};
  const labels = request.Labels ?? {};
  return {
    ...current,
    name: request.Name || current.name,
    labels: Object.keys(labels).length > 0 ? labels : current.labels,
    orchestration: {
      taskHistoryRetentionLimit:
        request.Orchestration?.TaskHistoryRetentionLimit ?? current.orchestration.taskHistoryRetentionLimit,
    },
    dispatcher: { heartbeatPeriod: request.Dispatcher?.HeartbeatPeriod || current.dispatcher.heartbeatPeriod },
    raft: {
      snapshotInterval: raft.SnapshotInterval || current.raft.snapshotInterval,
      keepOldSnapshots: raft.KeepOldSnapshots ?? current.raft.keepOldSnapshots,
      logEntriesForSlowFollowers: raft.LogEntriesForSlowFollowers || current.raft.logEntriesForSlowFollowers,
      electionTick: raft.ElectionTick || current.raft.electionTick,
      heartbeatTick: raft.HeartbeatTick || current.raft.heartbeatTick,
    },
    autoLockManagers: request.EncryptionConfig?.AutoLockManagers ?? false,
  };
}
