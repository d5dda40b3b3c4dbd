/** The nodes of a cluster as a scenario describes it. */
import type { NodeDefinition } from '../../swarm/index.ts';
import { type ClusterDefinition, DEFAULT_CLUSTER } from './scenario.ts';

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

/** `w1`, `w2`, ... */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}
