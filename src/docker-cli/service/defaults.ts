import type { UpdateConfig } from '../engine/service-types.ts';
import type { RestartPolicy } from '../engine/task-types.ts';

const SECOND = 1e9;

/** What a block starts from when only some of its flags are given (swarmkit api/defaults/service.go). */
export function defaultUpdateConfig(): UpdateConfig {
  return {
    Parallelism: 1,
    Delay: 0,
    FailureAction: 'pause',
    Monitor: 5 * SECOND,
    MaxFailureRatio: 0,
    Order: 'stop-first',
  };
}

export function defaultRestartPolicy(): RestartPolicy {
  return { Condition: 'any', Delay: 5 * SECOND, MaxAttempts: 0, Window: null };
}
