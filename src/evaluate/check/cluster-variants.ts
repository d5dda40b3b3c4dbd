/** Clusters that differ from the one that is given in what a case of the battery cannot do without. */
import { nodesOf, numbered } from '../scenario/nodes.ts';
import type { ClusterDefinition } from '../scenario/scenario.ts';

/**
 * A cluster with at least so many managers. Those that are added come first, so that one of them leads, and take no tasks: every
 * service has the nodes that it had, and no more.
 */
export function withManagers(cluster: ClusterDefinition, wanted: number): ClusterDefinition {
  const nodes = nodesOf(cluster);
  const managers = nodes.filter(({ role }) => role === 'manager');
  const workers = nodes.filter(({ role }) => role !== 'manager');
  const isTaken = (name: string) => nodes.some((node) => node.name === name);
  const added = numbered('m', nodes.length + wanted)
    .filter((name) => !isTaken(name))
    .slice(0, Math.max(0, wanted - managers.length))
    .map((name) => ({ name, role: 'manager' as const, availability: 'drain' as const }));
  return { managers: 0, workers: 0, nodes: [...added, ...managers, ...workers] };
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
