/** What a daemon says of its node's part in a swarm (moby daemon/cluster/errors.go, daemon/cluster/cluster.go). */

export const IN_A_SWARM =
  'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.';
export const NOT_IN_A_SWARM = 'This node is not part of a swarm';
/** To what only a manager can do, from a node that is in no swarm. */
export const NO_SWARM =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
/** The same from a worker. */
export const NOT_A_MANAGER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";
