/** Where nodes can be reached. The simulation has no addresses: they are counted up. */
import type { Node } from '../api/index.ts';
import type { Swarm } from '../swarm/index.ts';

const SWARM_PORT = 2377;
const HOSTS_PER_NET = 254;

/** A node keeps its address whoever joins or leaves after it. */
export function nodeAddress(swarm: Swarm, id: string): string {
  const position = positionOf(swarm, id);
  return `192.168.${Math.floor(position / HOSTS_PER_NET)}.${(position % HOSTS_PER_NET) + 1}`;
}

/** The address at which a manager can be joined. */
export function managerAddress(swarm: Swarm, id: string): string {
  return `${nodeAddress(swarm, id)}:${SWARM_PORT}`;
}

/** First those that the swarm was made with, then the others in the order in which they came. */
function positionOf({ options, view }: Swarm, id: string): number {
  const first = options.nodes.map(({ name }) => name);
  const later: readonly Node[] = view.nodes.all().filter((node) => !first.includes(node.id));
  return [...first, ...later.map((node) => node.id)].indexOf(id);
}
