/** What is far larger than any swarm is a slip of the pen, and would keep a computer busy until its memory is full. */
import { DryswarmError } from '../base/index.ts';
import type { DeployedStack } from './release.ts';
import { type ClusterDefinition, MAX_NODES } from './scenario/scenario.ts';

/** Replicas of all services of a stack. */
const MAX_REPLICAS = 10_000;

/** @throws DryswarmError (`too-large`) */
export function requireSize({ services }: DeployedStack, { managers = 0, workers = 0, nodes = [] }: ClusterDefinition) {
  const count = managers + workers + nodes.length;
  if (count > MAX_NODES)
    throw new DryswarmError(
      'too-large',
      `a cluster of ${count} nodes is too large`,
      `no more than ${MAX_NODES} can be played`,
    );
  let replicas = 0;
  for (const { name, mode } of services) {
    replicas += mode.kind === 'replicated' ? mode.replicas : 0;
    if (replicas > MAX_REPLICAS)
      throw new DryswarmError(
        'too-large',
        `with the replicas of ${name}, ${replicas} are wanted in all`,
        `no more than ${MAX_REPLICAS} can be played`,
      );
  }
}
