/** Clusters that differ from the one that is given in what a case of the battery cannot do without. */
import { nodesOf } from '../scenario/nodes.ts';
import type { ClusterDefinition } from '../scenario/scenario.ts';

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
