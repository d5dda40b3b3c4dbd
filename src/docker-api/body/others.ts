import type { Engine } from '../../api/index.ts';
import type { Fields } from './fields.ts';

const driver: Fields<Engine.Driver> = { Name: 'text', Options: 'map' };

export const nodeBody: Fields<Engine.NodeSpec> = { Name: 'text', Labels: 'map', Role: 'text', Availability: 'text' };

/** A secret or a config; a config has no driver. */
export const dataBody: Fields<Engine.SecretSpec> = {
  Name: 'text',
  Labels: 'map',
  Data: 'text',
  Driver: driver,
  Templating: driver,
};

export const networkBody: Fields<Engine.NetworkCreateRequest> = {
  Name: 'text',
  Driver: 'text',
  Scope: 'text',
  EnableIPv4: 'flag',
  EnableIPv6: 'flag',
  IPAM: {
    Driver: 'text',
    Options: 'map',
    Config: [{ Subnet: 'text', IPRange: 'text', Gateway: 'text', AuxiliaryAddresses: 'map' }],
  },
  Internal: 'flag',
  Attachable: 'flag',
  Ingress: 'flag',
  ConfigOnly: 'flag',
  ConfigFrom: { Network: 'text' },
  Options: 'map',
  Labels: 'map',
};

export const swarmBody: Fields<Engine.SwarmSpec> = {
  Name: 'text',
  Labels: 'map',
  Orchestration: { TaskHistoryRetentionLimit: 'whole' },
  Raft: {
    SnapshotInterval: 'whole',
    KeepOldSnapshots: 'whole',
    LogEntriesForSlowFollowers: 'whole',
    ElectionTick: 'whole',
    HeartbeatTick: 'whole',
  },
  Dispatcher: { HeartbeatPeriod: 'whole' },
  CAConfig: { NodeCertExpiry: 'whole', SigningCACert: 'text', ForceRotate: 'whole' },
  TaskDefaults: { LogDriver: driver },
  EncryptionConfig: { AutoLockManagers: 'flag' },
};

export const unlockBody: Fields<{ readonly UnlockKey?: string }> = { UnlockKey: 'text' };

/** Of a request to join, what can have an effect. */
export const swarmJoinBody: Fields<Pick<Engine.SwarmJoinRequest, 'RemoteAddrs' | 'JoinToken' | 'Availability'>> = {
  RemoteAddrs: 'texts',
  JoinToken: 'text',
  Availability: 'text',
};

/** Of a request for a new swarm, what can have an effect. */
export const swarmInitBody: Fields<Pick<Engine.SwarmInitRequest, 'ForceNewCluster'>> = { ForceNewCluster: 'flag' };
