import { describe, expect, test } from 'vitest';
import { createSwarm } from '../../../src/index.ts';
import '../../../src/vitest/index.ts';
import { failureOf } from './worlds.ts';

describe('a swarm of three managers', () => {
  test('has a leader and a quorum', () => {
    const swarm = createSwarm({ managers: 3 });
    expect(swarm).toHaveLeader();
    expect(swarm).toHaveLeader('m1');
    expect(swarm).toHaveQuorum();
    expect(failureOf(() => expect(swarm).toHaveLeader('m2'))).toMatch(
      /^expected the swarm to have m2 as its leader; m1 leads\n/,
    );
    expect(failureOf(() => expect(swarm).not.toHaveQuorum())).toMatch(
      /^expected the swarm not to have a quorum \(2 of 3 managers\); 3 are up and can reach each other \(m1 up, m2 up, m3 up\)\n/,
    );
  });

  test('has both without its first leader, once it has elected another', () => {
    const swarm = createSwarm({ managers: 3 });
    swarm.node('m1').crash();
    swarm.run({ for: '60s' });
    expect(swarm).toHaveLeader();
    expect(swarm).not.toHaveLeader('m1');
    expect(swarm).toHaveQuorum();
  });

  test('has neither with one manager left', () => {
    const swarm = createSwarm({ managers: 3 });
    swarm.node('m1').crash();
    swarm.node('m2').crash();
    swarm.run({ for: '60s' });
    expect(failureOf(() => expect(swarm).toHaveLeader())).toMatch(
      /^expected the swarm to have a leader; nobody leads \(m1 down, m2 down, m3 up\)\n/,
    );
    expect(failureOf(() => expect(swarm).toHaveQuorum())).toMatch(
      /^expected the swarm to have a quorum \(2 of 3 managers\); 1 is up and can reach each other/,
    );
  });

  test('has no quorum where nobody can reach anybody', () => {
    const swarm = createSwarm({ managers: 3 });
    swarm.network.partition([['m1'], ['m2'], ['m3']]);
    swarm.run({ for: '1s' });
    expect(swarm).not.toHaveQuorum();
    swarm.network.heal();
    swarm.run({ for: '1s' });
    expect(swarm).toHaveQuorum();
  });
});
