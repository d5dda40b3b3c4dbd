import { expect, test } from 'vitest';
import { assumedCluster } from '../../../../src/evaluate/check/cluster.ts';
import { specOf } from '../../../../src/swarm/index.ts';

const clusterFor = (...constraints: string[]) =>
  assumedCluster([specOf({ name: 'api', image: 'api:1', constraints })]).nodes!;

test('without wishes there are three workers and a manager', () => {
  expect(clusterFor().map(({ name, role }) => `${name} ${role}`)).toEqual([
    'w1 worker',
    'w2 worker',
    'w3 worker',
    'm1 manager',
  ]);
});

test('each value of a label that is asked for is on some node, and every node has one', () => {
  const zones = clusterFor('node.labels.zone == b', 'Node.Labels.zone==a').map(({ labels }) => labels!.zone);
  expect(zones).toEqual(['a', 'b', 'a', 'b']);
});

test('labels of engines are told apart from those of nodes, and keep their case', () => {
  const [first] = clusterFor('engine.labels.Disk==ssd', 'node.labels.Disk==hdd');
  expect(first).toMatchObject({ labels: { Disk: 'hdd' }, engineLabels: { Disk: 'ssd' } });
});

test('a host name that is asked for is the name of one more worker', () => {
  expect(clusterFor('node.hostname==db-1')).toContainEqual(expect.objectContaining({ name: 'db-1', role: 'worker' }));
});

test('what is not wanted, and what nobody can have, changes nothing', () => {
  expect(clusterFor('node.labels.zone!=a', 'node.platform.arch==amd64', 'node.role==manager')).toEqual(clusterFor());
});
