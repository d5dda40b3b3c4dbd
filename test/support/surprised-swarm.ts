/** A swarm with a service to be surprised by, and what its runs have in common. */
import { causesOf } from '../../src/evaluate/index.ts';
import { createSwarm, type ServiceDefinition, type Swarm } from '../../src/swarm/index.ts';

export const SLOW = { pull: '5s', start: '2s' };

export const START_FIRST = { order: 'start-first', parallelism: 0, monitor: '30s' } as const;

/** Three workers, and four tasks of a service `api` that run. */
export function running(definition: Partial<ServiceDefinition> = {}, managers = 1): Swarm {
  const swarm = createSwarm({ managers, workers: 3 });
  swarm.images.define('api:1', SLOW);
  swarm.images.define('api:2', SLOW);
  swarm.services.create({ name: 'api', image: 'api:1', replicas: 4, ...definition });
  swarm.runUntilSettled();
  return swarm;
}

/** Another image for `api`. */
export function update(swarm: Swarm, image = 'api:2'): void {
  swarm.service('api').update((spec) => {
    spec.image = image;
  });
}

/** What is said of a surprise that a run has met; undefined where it is not named. */
export function textOf(swarm: Swarm, code: string): string | undefined {
  return causesOf(swarm.trace.records).find((cause) => cause.code === code)?.text;
}
