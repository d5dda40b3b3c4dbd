/** `/swarm` (moby daemon/cluster/swarm.go). */
import { type Cluster, mergeSwarmSpec, type SwarmDetails, swarmToEngine } from '../api/index.ts';
import type { Swarm } from '../swarm/index.ts';
import { readBody } from './body/fields.ts';
import { swarmBody, swarmInitBody } from './body/others.ts';
import type { Answer, Call } from './call.ts';
import { type Control, control, controlOrRefusal, isInSwarm } from './control.ts';
import { fakeKey, fakeText } from './fake.ts';
import { booleanOf, isOn, requiredVersionOf } from './query.ts';
import { invalid, Refusal, unavailable } from './refusal.ts';

const IN_A_SWARM =
  'This node is already part of a swarm. Use "docker swarm leave" to leave this swarm and join another one.';
const WORKER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";
const NOT_IN_A_SWARM = 'This node is not part of a swarm';
/** In nanoseconds. */
const PAUSE = 1e6;
const ROTATIONS = ['rotateWorkerToken', 'rotateManagerToken', 'rotateManagerUnlockKey'];

export function inspectSwarm(call: Call): Answer {
  const { swarm, epoch } = call;
  return { body: swarmToEngine(clusterOf(control(call)), { ...epoch, joinTokens: joinTokens(swarm) }) };
}

/**
 * Every node is in the swarm already, so all that can be asked for is to start over from what one manager has. As a real
 * daemon, it answers once that manager leads.
 */
export function initSwarm(call: Call): Answer {
  const { ForceNewCluster } = readBody(swarmInitBody, call.body);
  const { swarm, nodeId } = call;
  const node = swarm.view.nodes.get(nodeId);
  if (!node) throw notSimulated('initialising a second swarm');
  if (!ForceNewCluster) throw unavailable(IN_A_SWARM);
  if (node.role !== 'manager') throw unavailable(WORKER);
  swarm.forceNewCluster(nodeId);
  // It stops first, and may have led before.
  swarm.run({ for: PAUSE });
  swarm.runUntil(({ leader }) => leader?.id === nodeId);
  return { body: nodeId };
}

export function joinSwarm(call: Call): Answer {
  throw isInSwarm(call) ? unavailable(IN_A_SWARM) : notSimulated('joining by a request to the new node');
}

/** A client sends the whole specification; what it leaves out stays as it is. */
export function updateSwarm(call: Call): Answer {
  const body = readBody(swarmBody, call.body);
  const version = requiredVersionOf(call, 'swarm');
  const wantsRotation = ROTATIONS.filter((name) => booleanOf(call, name)).length > 0;
  const access = control(call);
  if ((body.Name ?? 'default') !== 'default' && body.Name !== '') throw invalid('swarm spec must be named "default"');
  if (wantsRotation) throw notSimulated('rotating tokens and keys');
  const cluster = clusterOf(access);
  access.request({ op: 'updateCluster', id: cluster.id, version, spec: mergeSwarmSpec(body, cluster.spec) });
  return {};
}

export function unlockKey(call: Call): Answer {
  const { spec } = clusterOf(control(call));
  const key = `SWMKEY-1-${fakeKey(`${call.swarm.seed}/unlock-key`, 43)}`;
  return { body: { UnlockKey: spec.autoLockManagers ? key : '' } };
}

/** Managers are never locked here. */
export function unlockSwarm(call: Call): Answer {
  const access = controlOrRefusal(call);
  throw access instanceof Refusal && access.status === 503 ? access : new Refusal(409, 'swarm is not locked');
}

export function leaveSwarm(call: Call): Answer {
  const { swarm, nodeId } = call;
  if (!isInSwarm(call)) throw unavailable(NOT_IN_A_SWARM);
  swarm.node(nodeId).leave({ force: isOn(call, 'force') });
  return {};
}

function joinTokens({ seed }: Swarm): SwarmDetails['joinTokens'] {
  // Both begin with the digest of the swarm's certificate.
  const certificate = fakeText(`${seed}/certificate`, 50);
  const tokenFor = (role: string) => `SWMTKN-1-${certificate}-${fakeText(`${seed}/token/${role}`, 25)}`;
  return { worker: tokenFor('worker'), manager: tokenFor('manager') };
}

/** There is one cluster object. */
export function clusterOf({ view }: Pick<Control, 'view'>): Cluster {
  const [cluster] = view.clusters.all();
  if (!cluster) throw unavailable(NOT_IN_A_SWARM);
  return cluster;
}

function notSimulated(what: string): Refusal {
  return new Refusal(501, `${what} is not simulated`);
}
