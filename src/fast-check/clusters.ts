import fc from 'fast-check';
import type { NodeDefinition, SwarmOptions } from '../swarm/index.ts';

export interface ClusterOptions {
  /** Default 1. */
  readonly maxManagers?: number;
  /** Default 4. */
  readonly maxWorkers?: number;
  /** How large a node may be; default: all of them as large as `createSwarm` makes them. */
  readonly sizes?: readonly Pick<NodeDefinition, 'cpus' | 'memory'>[];
}

/** Options for `createSwarm`. Shrinks to one manager, no workers and seed 1. */
export function clusters({
  maxManagers = 1,
  maxWorkers = 4,
  sizes = [],
}: ClusterOptions = {}): fc.Arbitrary<SwarmOptions> {
  return fc
    .record({
      managers: fc.integer({ min: 1, max: maxManagers }),
      workers: fc.integer({ min: 0, max: maxWorkers }),
      node: sizes.length === 0 ? fc.constant(undefined) : fc.constantFrom(undefined, ...sizes),
      seed: fc.integer({ min: 1, max: 0x7fff_ffff }),
    })
    .map(({ node, ...rest }) => (node === undefined ? rest : { ...rest, node }));
}
