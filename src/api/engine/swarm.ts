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
 * A client's specification as an update stores it: what is absent is nothing, not what was in force.
 * (SwarmSpecToGRPC)
 */
export function swarmSpecFromEngine(request: Engine.SwarmSpec): ClusterSpec {
  const { Raft = {} } = request;
  return {
    name: request.Name || 'default',
    labels: request.Labels ?? {},
    orchestration: { taskHistoryRetentionLimit: request.Orchestration?.TaskHistoryRetentionLimit ?? 0 },
    dispatcher: { heartbeatPeriod: request.Dispatcher?.HeartbeatPeriod ?? 0 },
    raft: {
      snapshotInterval: Raft.SnapshotInterval ?? 0,
      keepOldSnapshots: Raft.KeepOldSnapshots ?? 0,
      logEntriesForSlowFollowers: Raft.LogEntriesForSlowFollowers ?? 0,
      electionTick: Raft.ElectionTick ?? 0,
      heartbeatTick: Raft.HeartbeatTick ?? 0,
    },
    autoLockManagers: request.EncryptionConfig?.AutoLockManagers ?? false,
  };
}
