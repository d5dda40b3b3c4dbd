/** The managers as a client sees them: who leads, who can be reached, and where. */
import type { Node } from '../api/index.ts';
import type { Swarm } from '../swarm/index.ts';

const SWARM_PORT = 2377;

/** The node that leads, if one does: the first manager, while it is switched on. */
export function leaderOf(swarm: Swarm): string | undefined {
  const first = swarm.options.nodes.find(({ role }) => role === 'manager')?.name;
  const node = swarm.nodes().find(({ id }) => id === first);
  return node?.isUp ? node.id : undefined;
}

/** The managers of the swarm, in the order in which they came. */
export function managersOf(swarm: Swarm): Node[] {
  return swarm.view.nodes.all().filter(({ role }) => role === 'manager');
}

/** A node with what the leader knows of it as a member of raft. */
export function withManagerStatus(swarm: Swarm, node: Node): Node {
  if (node.role !== 'manager') return node;
  const managerStatus = {
    raftId: 0,
    addr: managerAddress(swarm, node),
    leader: node.id === leaderOf(swarm),
    reachability: swarm.node(node.id).isUp ? ('reachable' as const) : ('unreachable' as const),
  };
  return { ...node, managerStatus };
}

export function managerAddress(swarm: Swarm, node: Node): string {
  return `${nodeAddress(swarm, node)}:${SWARM_PORT}`;
}

/** The address that a node advertises. The simulation has none: they are counted up. */
export function nodeAddress(swarm: Swarm, { id, status }: Node): string {
  if (status.addr !== '') return status.addr;
  const initial = swarm.options.nodes.map(({ name }) => name);
  const later = swarm.view.nodes
    .all()
    .map((node) => node.id)
    .filter((other) => !initial.includes(other));
  const position = [...initial, ...later].indexOf(id);
  return `192.168.${Math.floor(position / HOSTS_PER_NET)}.${(position % HOSTS_PER_NET) + 1}`;
}

const HOSTS_PER_NET = 254;
