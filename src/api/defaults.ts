/** What Swarm assumes where a specification says nothing (swarmkit api/defaults/service.go). */
import type { Nanoseconds } from '../base/index.ts';
import type { ClusterSpec, RestartPolicy, UpdateConfig } from './objects.ts';

const SECOND: Nanoseconds = 1_000_000_000;

/** The monitor period of an update or rollback that does not set one. */
export const DEFAULT_UPDATE_MONITOR: Nanoseconds = 5 * SECOND;

/** A service without an update or rollback config. */
export const DEFAULT_UPDATE_CONFIG: UpdateConfig = {
  parallelism: 1,
  delay: 0,
  failureAction: 'pause',
  monitor: DEFAULT_UPDATE_MONITOR,
  maxFailureRatio: 0,
  order: 'stop-first',
};

/** A service without a restart policy. */
export const DEFAULT_RESTART_POLICY: RestartPolicy = { condition: 'any', delay: 5 * SECOND, maxAttempts: 0 };

export const DEFAULT_STOP_GRACE_PERIOD: Nanoseconds = 10 * SECOND;

/** The cluster as `docker swarm init` makes it (swarmkit manager/manager.go, defaultClusterObject). */
export const DEFAULT_CLUSTER_SPEC: ClusterSpec = {
  name: 'default',
  labels: {},
  orchestration: { taskHistoryRetentionLimit: 5 },
  dispatcher: { heartbeatPeriod: 5 * SECOND },
  raft: {
    snapshotInterval: 10_000,
    keepOldSnapshots: 0,
    logEntriesForSlowFollowers: 500,
    electionTick: 10,
    heartbeatTick: 1,
  },
};
