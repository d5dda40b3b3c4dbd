import { beforeEach, describe, expect, test } from 'vitest';
import { createSwarm, type Swarm } from '../../../src/index.ts';

const LOCKED = 'Swarm is encrypted and needs to be unlocked before it can be used.';

let swarm: Swarm;

beforeEach(() => {
  swarm = createSwarm({ managers: 3, workers: 1 });
  swarm.runUntilSettled();
  lockManagers();
});

/** `docker swarm update --autolock`, or with a new key. */
function lockManagers(rotate: readonly 'unlockKey'[] = []): void {
  const [cluster] = swarm.view.clusters.all();
  const { id, version, spec } = cluster!;
  swarm.request({ op: 'updateCluster', id, version, spec: { ...spec, autoLockManagers: true }, rotate });
  swarm.run({ for: '2s' });
}

function restart(...nodes: string[]): void {
  for (const node of nodes) swarm.node(node).crash();
  swarm.run({ for: '20s' });
  for (const node of nodes) swarm.node(node).boot();
  swarm.run({ for: '1s' });
}

describe('managers that lock themselves', () => {
  test('go on as long as they run', () => {
    expect(swarm.nodes().map(({ lock }) => lock)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('are no managers after a restart, nor nodes, until they are unlocked', () => {
    restart('m2');
    expect(swarm.node('m2').lock).toBeTypeOf('number');
    expect(() => swarm.read({ on: 'm2' })).toThrow(LOCKED);
    swarm.runUntilSettled();
    expect(swarm.node('m2')).toMatchObject({ state: 'down', managerStatus: { reachability: 'unreachable' } });

    swarm.node('m2').unlock();
    swarm.runUntilSettled();
    swarm.run({ for: '10s' });

    expect(swarm.node('m2').lock).toBeUndefined();
    expect(swarm.node('m2')).toMatchObject({ state: 'ready', managerStatus: { reachability: 'reachable' } });
  });

  test('have no quorum, all restarted, until a majority is unlocked', () => {
    restart('m1', 'm2', 'm3');
    swarm.run({ for: '1m' });
    swarm.node('m1').unlock();
    swarm.run({ for: '1m' });
    expect(swarm.leader).toBeUndefined();

    swarm.node('m3').unlock();
    swarm.run({ for: '1m' });

    expect(swarm.leader).toBeDefined();
  });

  test('want the key that they had when they stopped', () => {
    swarm.node('m2').crash();
    swarm.run({ for: '5s' });
    lockManagers(['unlockKey']);
    swarm.node('m2').boot();
    restart('m3');

    expect(Number(swarm.node('m3').lock) - Number(swarm.node('m2').lock)).toBe(1);
  });

  test('leave by force only, and join unlocked', () => {
    restart('m2');
    expect(() => swarm.node('m2').leave()).toThrow('Swarm is encrypted and locked. Please unlock it first');

    swarm.node('m2').leave({ force: true });
    swarm.join({ name: 'm2', role: 'manager' });
    swarm.runUntilSettled();

    expect(swarm.nodeAt('m2')).toMatchObject({ state: 'ready', lock: undefined });
  });
});

test('workers do not lock themselves', () => {
  restart('w1');
  swarm.runUntilSettled();

  expect(swarm.node('w1')).toMatchObject({ state: 'ready', lock: undefined });
});
