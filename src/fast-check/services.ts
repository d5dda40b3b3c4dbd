import fc from 'fast-check';
import type { ServiceDefinition } from '../swarm/index.ts';
import { optional } from './arbitrary.ts';
import { healthchecks, restartPolicies, rollbackPolicies, updatePolicies } from './policies.ts';

export interface ServiceOptions {
  /** Default 6. */
  readonly maxReplicas?: number;
  /** Default: both. */
  readonly modes?: readonly ('replicated' | 'global')[];
}

type Policies = Required<Pick<ServiceDefinition, 'healthcheck' | 'restart' | 'update' | 'rollback'>>;

/** A service `web` with the image `web:v1`. Shrinks to one replica of which nothing else is said. */
export function services({
  maxReplicas = 6,
  modes = ['replicated', 'global'],
}: ServiceOptions = {}): fc.Arbitrary<ServiceDefinition> {
  const policies = optional<Policies>({
    healthcheck: healthchecks(),
    restart: restartPolicies(),
    update: updatePolicies(),
    rollback: rollbackPolicies(),
  });
  return fc
    .tuple(fc.constantFrom(...modes), fc.integer({ min: 1, max: maxReplicas }), policies)
    .map(([mode, replicas, rest]) => ({
      name: 'web',
      image: 'web:v1',
      ...(mode === 'global' ? { mode } : { replicas }),
      ...rest,
    }));
}
