/** A swarm for each test. */
import { test as base } from 'vitest';
import { createSwarm, type Swarm, type SwarmOptions } from '../swarm/index.ts';
import { keepIfFailed } from './sight.ts';

export interface SwarmFixtures {
  /** What the test's swarm is made of. Default: one manager, three workers. Overridden with `test.extend`. */
  readonly swarmOptions: SwarmOptions;
  /** A swarm of the test's own. Nothing has to be cleaned up. If the test fails, its trace is kept under `.dryswarm`. */
  readonly swarm: Swarm;
}

/**
 * vitest's `test`, with a swarm.
 *
 * @example
 * test('three replicas run', ({ swarm }) => {
 *   const web = swarm.services.create({ name: 'web', image: 'web:v1', replicas: 3 });
 *   swarm.runUntilSettled();
 *   expect(web).toHaveConverged();
 * });
 *
 * const withThreeManagers = test.extend({ swarmOptions: { managers: 3 } });
 */
export const test = base.extend<SwarmFixtures>({
  swarmOptions: { managers: 1, workers: 3 },
  swarm: async ({ swarmOptions, task }, use) => {
    const swarm = createSwarm(swarmOptions);
    keepIfFailed(swarm, task);
    await use(swarm);
  },
});
