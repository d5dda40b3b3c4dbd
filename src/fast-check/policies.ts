import fc from 'fast-check';
import type { HealthcheckDefinition, RestartDefinition, UpdateDefinition } from '../swarm/index.ts';
import { optional, spans } from './arbitrary.ts';

/** What an update, or a rollback, may be told. Shrinks to nothing said: the docker client's defaults. */
export function updatePolicies(): fc.Arbitrary<UpdateDefinition> {
  const drawn = {
    parallelism: fc.constantFrom(1, 2, 3, 4, 0),
    delay: spans({ max: 20 }),
    failureAction: fc.constantFrom<FailureAction[]>('pause', 'continue', 'rollback'),
    monitor: spans({ max: 30 }),
    maxFailureRatio: fc.constantFrom(0, 0.25, 0.5, 1),
    order: fc.constantFrom<Order[]>('stop-first', 'start-first'),
  };
  return optional<Required<UpdateDefinition>>(drawn, UPDATE_DEFAULTS);
}

type FailureAction = NonNullable<UpdateDefinition['failureAction']>;
type Order = NonNullable<UpdateDefinition['order']>;

const UPDATE_DEFAULTS: UpdateDefinition = {
  parallelism: 1,
  delay: '0s',
  failureAction: 'pause',
  maxFailureRatio: 0,
  order: 'stop-first',
};

/** As {@link updatePolicies}; a rollback cannot be told to roll back. */
export function rollbackPolicies(): fc.Arbitrary<UpdateDefinition> {
  return updatePolicies().map((policy) =>
    policy.failureAction === 'rollback' ? { ...policy, failureAction: 'pause' } : policy,
  );
}

/** Shrinks to nothing said: restarted for ever, after 5 s. */
export function restartPolicies(): fc.Arbitrary<RestartDefinition> {
  const drawn = {
    condition: fc.constantFrom<Condition[]>('any', 'on-failure', 'none'),
    delay: spans({ max: 10 }),
    maxAttempts: fc.integer({ min: 0, max: 3 }),
    window: spans({ max: 30 }),
  };
  return optional<Required<RestartDefinition>>(drawn, { condition: 'any', delay: '5s', maxAttempts: 0, window: '0s' });
}

type Condition = NonNullable<RestartDefinition['condition']>;

/** A check with a command. Shrinks to one of which nothing else is said. */
export function healthchecks(): fc.Arbitrary<HealthcheckDefinition> {
  const drawn = {
    interval: spans({ min: 1, max: 15 }),
    timeout: spans({ min: 1, max: 5 }),
    retries: fc.integer({ min: 1, max: 4 }),
    startPeriod: spans({ max: 20 }),
    startInterval: spans({ min: 1, max: 5 }),
  };
  return optional<Required<Omit<HealthcheckDefinition, 'test'>>>(drawn, { retries: 3, startPeriod: '0s' }).map(
    (check) => ({
      test: 'check',
      ...check,
    }),
  );
}
