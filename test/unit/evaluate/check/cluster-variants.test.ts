import { expect, test } from 'vitest';
import { withIdleLeader, withManagers } from '../../../../src/evaluate/check/cluster-variants.ts';
import { nodesOf } from '../../../../src/evaluate/scenario/nodes.ts';
import type { ClusterDefinition } from '../../../../src/evaluate/scenario/scenario.ts';

const lines = (cluster: ClusterDefinition) =>
  nodesOf(cluster).map(({ name, role, availability = 'active' }) => `${name} ${role} ${availability}`);

test('nodes that are named by number come before those that are listed, and are like the others of their kind', () => {
  const cluster = { managers: 1, workers: 1, node: { cpus: 2 }, nodes: [{ name: 'db', role: 'worker' as const }] };

  expect(lines(cluster)).toEqual(['m1 manager active', 'w1 worker active', 'db worker active']);
  expect(nodesOf(cluster)[1]).toMatchObject({ cpus: 2 });
});

test('a cluster of which nothing is said has a manager and three workers', () => {
  expect(nodesOf({})).toHaveLength(4);
});

test('managers are added until there are enough, before those that there are, and take no tasks', () => {
  const cluster = {
    managers: 0,
    workers: 3,
    nodes: [{ name: 'm1', role: 'manager' as const }],
  };
  expect(lines(withManagers(cluster, 3))).toEqual([
    'm2 manager drain',
    'm3 manager drain',
    'm1 manager active',
    'w1 worker active',
    'w2 worker active',
    'w3 worker active',
  ]);
  expect(lines(withManagers({ managers: 5, workers: 0 }, 3))).toHaveLength(5);
});

test('a leader that is idle is one of three managers, and takes no tasks', () => {
  expect(lines(withIdleLeader({})).slice(0, 3)).toEqual(['m2 manager drain', 'm3 manager drain', 'm1 manager active']);
  expect(lines(withIdleLeader({ managers: 3, workers: 0 }))).toEqual([
    'm1 manager drain',
    'm2 manager active',
    'm3 manager active',
  ]);
});
