/** Clusters that differ from the one that is given in what a case of the battery cannot do without. */
import type { NodeDefinition } from '../../swarm/index.ts';
import { type ClusterDefinition, DEFAULT_CLUSTER } from '../scenario/scenario.ts';

/** All nodes of a cluster, those that are named by number too, in the order in which a swarm is made of them. */
export function nodesOf({
  managers = DEFAULT_CLUSTER.managers,
  workers = DEFAULT_CLUSTER.workers,
  node = {},
  nodes = [],
}: ClusterDefinition): readonly NodeDefinition[] {
  return [
    ...numbered('m', managers).map((name) => ({ ...node, name, role: 'manager' as const })),
    ...numbered('w', workers).map((name) => ({ ...node, name, role: 'worker' as const })),
    ...nodes,
  ];
}

/** A cluster with at least so many managers, those that it has before the workers that are made managers. */
export function withManagers(cluster: ClusterDefinition, wanted: number): ClusterDefinition {
  const nodes = nodesOf(cluster);
  const managers = nodes.filter(({ role }) => role === 'manager');
  const workers = nodes.filter(({ role }) => role !== 'manager');
  const missing = Math.max(0, wanted - managers.length);
  const promoted = workers.slice(0, missing).map((node) => ({ ...node, role: 'manager' as const }));
  return { managers: 0, workers: 0, nodes: [...managers, ...promoted, ...workers.slice(missing)] };
}

/** A cluster that can lose any node that has a task: there are three managers, and the first one, which leads, has none. */
export function withIdleLeader(cluster: ClusterDefinition): ClusterDefinition {
  const { nodes = [] } = withManagers(cluster, 3);
  return {
    managers: 0,
    workers: 0,
    nodes: nodes.map((node, index) => (index === 0 ? { ...node, availability: 'drain' as const } : node)),
  };
}

/** `w1`, `w2`, ... */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
