/** The swarm itself (moby api/types/swarm/swarm.go). */

import { bool, type Decoded, duration, map, number, omit, pointer, slice, struct, text } from '../go/type.ts';
import { annotations, driver, meta, tlsInfo, withAnnotations } from './common-types.ts';

const externalCA = struct('swarm.ExternalCA', { Protocol: text, URL: text, Options: omit(map(text)), CACert: text });
export type ExternalCA = Decoded<typeof externalCA>;

export const swarmSpec = struct(
  'swarm.Spec',
  {
    ...annotations,
    Orchestration: omit(struct('swarm.OrchestrationConfig', { TaskHistoryRetentionLimit: omit(pointer(number)) })),
    Raft: omit(
      struct('swarm.RaftConfig', {
        SnapshotInterval: omit(number),
        KeepOldSnapshots: omit(pointer(number)),
        LogEntriesForSlowFollowers: omit(number),
        ElectionTick: number,
        HeartbeatTick: number,
      }),
    ),
    Dispatcher: omit(struct('swarm.DispatcherConfig', { HeartbeatPeriod: omit(duration) })),
    CAConfig: omit(
      struct('swarm.CAConfig', {
        NodeCertExpiry: omit(duration),
        ExternalCAs: omit(slice(externalCA)),
        SigningCACert: omit(text),
        SigningCAKey: omit(text),
        ForceRotate: omit(number),
      }),
    ),
    TaskDefaults: omit(struct('swarm.TaskDefaults', { LogDriver: omit(pointer(driver)) })),
    EncryptionConfig: omit(struct('swarm.EncryptionConfig', { AutoLockManagers: bool })),
  },
  withAnnotations,
);
export type SwarmSpec = Decoded<typeof swarmSpec>;

const clusterFields = {
  ID: text,
  ...meta,
  Spec: swarmSpec,
  TLSInfo: tlsInfo,
  RootRotationInProgress: bool,
  DefaultAddrPool: slice(text),
  SubnetSize: number,
  DataPathPort: number,
};

export const swarm = struct('swarm.Swarm', {
  ...clusterFields,
  JoinTokens: struct('swarm.JoinTokens', { Worker: text, Manager: text }),
});
export type Swarm = Decoded<typeof swarm>;

/** The `Swarm` block of `GET /info`. */
export const swarmInfo = struct('swarm.Info', {
  NodeID: text,
  NodeAddr: text,
  LocalNodeState: text,
  ControlAvailable: bool,
  Error: text,
  RemoteManagers: slice(struct('swarm.Peer', { NodeID: text, Addr: text })),
  Nodes: omit(number),
  Managers: omit(number),
  Cluster: omit(pointer(struct('swarm.ClusterInfo', clusterFields))),
  Warnings: omit(slice(text)),
});
export type SwarmInfo = Decoded<typeof swarmInfo>;
