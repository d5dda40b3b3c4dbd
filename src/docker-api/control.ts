import { type ManagerStatus, NO_SWARM } from '../api/index.ts';
import type { Swarm, SwarmReading } from '../swarm/index.ts';
import type { Call } from './call.ts';
import { type Refusal, refusalOf, unavailable } from './refusal.ts';

type ControlRequest = Parameters<Swarm['request']>[0];

/** The control API as a node's engine reaches it: a manager that does not lead asks the leader. */
export interface Control {
  /** The objects as the leader had them when the call was made. */
  readonly view: SwarmReading['view'];
  /** The members of the raft group as the leader saw them, by the names of their nodes. */
  readonly managers: ReadonlyMap<string, ManagerStatus>;
  /** @throws ApiError */
  request<A>(request: ControlRequest): A;
}

/**
 * What a manager offers. It takes as long as the leader needs to answer.
 * (moby daemon/cluster/cluster.go, lockedManagerAction)
 *
 * @throws Refusal on a node that is no manager, and where there is no leader.
 */
export function control(call: Call): Control {
  const { swarm, nodeId } = call;
  if (!isInSwarm(call)) throw unavailable(NO_SWARM);
  const reading = swarm.read({ on: nodeId });
  return { ...reading, request: (request) => swarm.request(request, { on: nodeId }) };
}

/** The same, or why it cannot be had here and now. */
export function controlOrRefusal(call: Call): Control | Refusal {
  try {
    return control(call);
  } catch (error) {
    return refusalOf(error);
  }
}

/** A node that has left, or was removed, is in no swarm any more. */
export function isInSwarm({ swarm, nodeId }: Call): boolean {
  return swarm.nodeAt(nodeId)?.id === nodeId && swarm.view.nodes.get(nodeId) !== undefined;
}
