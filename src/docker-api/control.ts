import type { Swarm } from '../swarm/index.ts';
import type { Call } from './call.ts';
import { leaderOf } from './managers.ts';
import { Refusal, unavailable } from './refusal.ts';

type ControlRequest = Parameters<Swarm['request']>[0];

/** The control API as a node's engine reaches it. */
export interface Control {
  /** What the leader has committed. */
  readonly view: Swarm['view'];
  /** @throws ApiError */
  request<A>(request: ControlRequest): A;
}

export const NO_SWARM =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
const WORKER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";
const NO_LEADER =
  "rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";

/**
 * What a manager offers; a follower forwards every call to the leader. (moby daemon/cluster/cluster.go,
 * lockedManagerAction; swarmkit manager/state/raft/raft.go, LeaderConn)
 *
 * @throws Refusal on a node that is no manager, and where there is no leader.
 */
export function control(call: Call): Control {
  const refusal = controlRefusal(call);
  if (refusal) throw refusal;
  const { swarm } = call;
  return { view: swarm.view, request: (request) => swarm.request(request) };
}

/** Why the control API cannot be had here. */
export function controlRefusal({ swarm, nodeId }: Call): Refusal | undefined {
  const node = swarm.view.nodes.get(nodeId);
  if (!node) return unavailable(NO_SWARM);
  if (node.role !== 'manager') return unavailable(WORKER);
  return leaderOf(swarm) === undefined ? new Refusal(500, NO_LEADER) : undefined;
}
