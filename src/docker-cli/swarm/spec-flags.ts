import type { ExternalCA, SwarmSpec } from '../engine/swarm-types.ts';
import { type FlagSpec, type Flags, flag } from '../flags/flag.ts';
import { duration, integer, unsigned } from '../flags/types.ts';
import { externalCa } from './flag-types.ts';

export const caFlags: readonly FlagSpec[] = [
  flag('cert-expiry', duration, 'Validity period for node certificates (ns|us|ms|s|m|h) (default 2160h0m0s)'),
  flag('external-ca', externalCa, 'Specifications of one or more certificate signing endpoints'),
];

/** The flags that change the swarm's spec, on `init` and on `update`. */
export const specFlags: readonly FlagSpec[] = [
  ...caFlags,
  flag('dispatcher-heartbeat', duration, 'Dispatcher heartbeat period (ns|us|ms|s|m|h) (default 5s)'),
  flag('max-snapshots', unsigned, 'Number of additional Raft snapshots to retain', { since: '1.25' }),
  flag('snapshot-interval', unsigned, 'Number of log entries between Raft snapshots (default 10000)', {
    since: '1.25',
  }),
  flag('task-history-limit', integer, 'Task history retention limit (default 5)'),
];

/** `spec` with what the flags say. `rootCertificate` is given to external CAs without one of their own. */
export function mergeSpecFlags(spec: SwarmSpec, flags: Flags, rootCertificate = ''): SwarmSpec {
  const { Orchestration, Raft, Dispatcher, EncryptionConfig } = spec;
  return {
    ...mergeCaFlags(spec, flags, rootCertificate),
    Orchestration: {
      TaskHistoryRetentionLimit: flags.number('task-history-limit') ?? Orchestration.TaskHistoryRetentionLimit,
    },
    Raft: {
      ...Raft,
      SnapshotInterval: flags.number('snapshot-interval') ?? Raft.SnapshotInterval,
      KeepOldSnapshots: flags.number('max-snapshots') ?? Raft.KeepOldSnapshots,
    },
    Dispatcher: { HeartbeatPeriod: flags.number('dispatcher-heartbeat') ?? Dispatcher.HeartbeatPeriod },
    EncryptionConfig: { AutoLockManagers: flags.bool('autolock', EncryptionConfig.AutoLockManagers) },
  };
}

export function mergeCaFlags(spec: SwarmSpec, flags: Flags, rootCertificate: string): SwarmSpec {
  const external = flags.get<readonly ExternalCA[]>('external-ca');
  return {
    ...spec,
    CAConfig: {
      ...spec.CAConfig,
      NodeCertExpiry: flags.number('cert-expiry') ?? spec.CAConfig.NodeCertExpiry,
      ExternalCAs: external
        ? external.map((ca) => ({ ...ca, CACert: ca.CACert === '' ? rootCertificate : ca.CACert }))
        : spec.CAConfig.ExternalCAs,
    },
  };
}
