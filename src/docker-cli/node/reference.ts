import type { EngineClient } from '../client.ts';
import { systemInfo } from '../engine/info.ts';
import { listNodes } from '../engine/objects.ts';
import { CommandFailure } from '../failure.ts';
import type { Filters } from '../flags/types.ts';

/** `self` is the node that the daemon runs on; anything else stays as it is (docker/cli cli/command/node/cmd.go). */
export function resolveNode(client: EngineClient, reference: string): string {
  if (reference !== 'self') return reference;
  const { Swarm } = systemInfo(client);
  if (Swarm.NodeID !== '') return Swarm.NodeID;
  // A node outside a swarm says why when it is asked for something of the swarm.
  listNodes(client);
  throw new CommandFailure('node ID not found in /info');
}

export function resolveNodeFilter(client: EngineClient, filters: Filters): Filters {
  if (!filters.node) return filters;
  return { ...filters, node: filters.node.map((reference) => resolveNode(client, reference)) };
}
