import { describe, expect, test } from 'vitest';
import { createSwarm, type Swarm, TaskState } from '../../../src/index.ts';

const SITES = { near: { nodes: ['m1'], latency: 0 }, far: { nodes: ['w1'], latency: 300_000 } };

/** How long it takes a node, from joining on, until it is ready. */
function timeToJoin(swarm: Swarm, node: Parameters<Swarm['join']>[0]): number {
  const since = swarm.now;
  swarm.join(node);
  swarm.runUntil(() => swarm.nodes().some(({ id, state }) => id === node.name && state === 'ready'));
  return swarm.now - since;
}

describe('a machine that joins later', () => {
  test('is as far away as its site', () => {
    const joined = (site: string | undefined) => {
      const swarm = createSwarm({ workers: 1, sites: SITES });
      return timeToJoin(swarm, { name: 'w2', ...(site !== undefined && { site }) });
    };

    expect(joined('near')).toBe(joined(undefined));
    expect(joined('far') - joined('near')).toBeGreaterThan(290_000);
  });

  test('is cut off with its site', () => {
    const swarm = createSwarm({ workers: 1, sites: SITES });
    swarm.join({ name: 'w2', site: 'far' });
    swarm.services.create({ name: 'web', image: 'nginx', replicas: 3 });
    swarm.runUntilSettled();

    swarm.network.install({ kind: 'partition', from: [{ site: 'far' }] });
    swarm.runUntilSettled();

    expect(swarm.nodes().map(({ id, state }) => `${id} ${state}`)).toEqual(['m1 ready', 'w1 down', 'w2 down']);
    const wanted = swarm.tasks().filter(({ desiredState }) => desiredState === TaskState.RUNNING);
    expect(wanted.map(({ nodeId }) => nodeId)).toEqual(['m1', 'm1', 'm1']);
  });

  test('stays where it was when it comes back and says nothing else', () => {
    const swarm = createSwarm({ workers: 1, sites: SITES });
    swarm.runUntilSettled();
    swarm.node('w1').leave();
    swarm.join({ name: 'w1' });
    swarm.network.install({ kind: 'partition', from: [{ site: 'far' }] });
    swarm.run({ for: '1m' });

    expect(swarm.nodeAt('w1')?.state).not.toBe('ready');
  });

  test('cannot be where there is no site', () => {
    const swarm = createSwarm({ sites: { near: SITES.near } });

    expect(() => swarm.join({ name: 'w2', site: 'mars' })).toThrow('there is no site mars');
    expect(swarm.nodeAt('w2')).toBeUndefined();
    expect(() => createSwarm({ nodes: [{ name: 'w2', site: 'mars' }] })).toThrow('there is no site mars');
  });
});

test('a node may name its site itself', () => {
  const { options } = createSwarm({
    nodes: [{ name: 'w1', site: 'far' }],
    sites: { far: { nodes: [], latency: 1000 } },
  });

  expect(options.sites.far?.nodes).toEqual(['w1']);
});
