import { createSwarm, type ServiceHandle } from 'dryswarm';
import 'dryswarm/vitest';
import { describe, expect, test } from 'vitest';

/** Version 5 starts well, and fails after 20 seconds. */
function releaseOfVersion5(): ServiceHandle {
  const swarm = createSwarm({ managers: 3, workers: 4 });
  swarm.images.define('numbers-api:v5', { fails: { after: '20s' } });
  const api = swarm.services.create({
    name: 'api',
    image: 'numbers-api:v3',
    replicas: 6,
    update: { parallelism: 3, monitor: '60s', failureAction: 'rollback', order: 'start-first' },
  });
  swarm.runUntilSettled();

  api.update((spec) => {
    spec.image = 'numbers-api:v5';
  });
  swarm.runUntilSettled();
  return api;
}

describe('a release of a bad version 5', () => {
  test('is rolled back', () => {
    const api = releaseOfVersion5();
    expect(api).toHaveRolledBack();
    expect(api).toHaveConverged();
  });

  test('leaves at least 5 of 6 running meanwhile', () => {
    // It does not. The message says why.
    expect(releaseOfVersion5()).toHaveKeptRunning({ atLeast: 5 });
  });
});
