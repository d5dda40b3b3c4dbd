import { describe, expect } from 'vitest';
import { test } from '../../../src/vitest/index.ts';

describe('a test with a swarm', () => {
  test('has one of its own, at its beginning', ({ swarm }) => {
    expect(swarm.now).toBe(0);
    expect(swarm.nodes().map(({ name }) => name)).toEqual(['m1', 'w1', 'w2', 'w3']);
    swarm.services.create({ name: 'web', image: 'web:v1' });
  });

  test('does not see what another test did to its own', ({ swarm }) => {
    expect(swarm.services.all()).toEqual([]);
  });

  const withThreeManagers = test.extend({ swarmOptions: { managers: 3, workers: 2 } });

  withThreeManagers('may say what it is made of', ({ swarm }) => {
    swarm.node('m1').crash();
    swarm.run({ for: '1m' });
    expect(swarm).toHaveLeader();
    expect(swarm).not.toHaveLeader('m1');
  });
});
