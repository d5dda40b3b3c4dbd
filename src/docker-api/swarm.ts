/** `/swarm` (moby daemon/cluster/swarm.go). */
import {
  type Cluster,
  IN_A_SWARM,
  NOT_A_MANAGER,
  NOT_IN_A_SWARM,
  swarmSpecFromEngine,
  swarmToEngine,
} from '../api/index.ts';
import { readBody } from './body/fields.ts';
import { swarmBody, swarmInitBody, unlockBody } from './body/others.ts';
import type { Answer, Call } from './call.ts';
import { type Control, control, controlOrRefusal, isInSwarm } from './control.ts';
import { booleanOf, isOn, requiredVersionOf } from './query.ts';
import { invalid, Refusal, unavailable } from './refusal.ts';
import { joinTokens, unlockKeyOf, unlockKeyText } from './tokens.ts';

/** In nanoseconds. */
const PAUSE = 1e6;
const ROTATIONS = [
  ['rotateWorkerToken', 'worker'],
  ['rotateManagerToken', 'manager'],
  ['rotateManagerUnlockKey', 'unlockKey'],
] as const;

export function inspectSwarm(call: Call): Answer {
  const cluster = clusterOf(control(call));
  return { body: swarmToEngine(cluster, { ...call.epoch, joinTokens: joinTokens(call.swarm, cluster) }) };
}

/**
 * There is one swarm, so all that can be asked for is to start over from what one of its managers has. As a real daemon,
 * it answers once that manager leads.
 */
export function initSwarm(call: Call): Answer {
  const { ForceNewCluster } = readBody(swarmInitBody, call.body);
  const { swarm, nodeId } = call;
  const node = swarm.view.nodes.get(nodeId);
  if (!node) throw notSimulated('initialising a second swarm');
  if (!ForceNewCluster) throw unavailable(IN_A_SWARM);
  if (node.role !== 'manager') throw unavailable(NOT_A_MANAGER);
  swarm.forceNewCluster(nodeId);
  // It stops first, and may have led before.
  swarm.run({ for: PAUSE });
  swarm.runUntil(({ leader }) => leader?.id === nodeId);
  return { body: nodeId };
}

/**
 * A client sends the whole specification: what it leaves out is nothing from now on. Rotating the root certificate would
 * change nothing here, and is refused.
 */
export function updateSwarm(call: Call): Answer {
  const body = readBody(swarmBody, call.body);
  const version = requiredVersionOf(call, 'swarm');
  const rotate = ROTATIONS.filter(([name]) => booleanOf(call, name)).map(([, secret]) => secret);
  const access = control(call);
  if ((body.Name ?? 'default') !== 'default' && body.Name !== '') throw invalid('swarm spec must be named "default"');
  const { ForceRotate = 0, SigningCACert = '' } = body.CAConfig ?? {};
  if (ForceRotate > 0 || SigningCACert !== '') throw notSimulated('rotating the root certificate');
  const { id } = clusterOf(access);
  access.request({ op: 'updateCluster', id, version, spec: swarmSpecFromEngine(body), rotate });
  return {};
}

export function unlockKey(call: Call): Answer {
  return { body: { UnlockKey: unlockKeyOf(call.swarm, clusterOf(control(call))) } };
}

export function unlockSwarm(call: Call): Answer {
  const { swarm, nodeId } = call;
  const lock = swarm.nodeAt(nodeId)?.lock;
  if (lock !== undefined) {
    const { UnlockKey } = readBody(unlockBody, call.body);
    if (UnlockKey !== unlockKeyText(swarm, lock))
      throw new Refusal(401, 'swarm could not be unlocked: invalid key provided');
    swarm.node(nodeId).unlock();
    swarm.run({ for: PAUSE });
    return {};
  }
  const access = controlOrRefusal(call);
  throw access instanceof Refusal && access.status === 503 ? access : new Refusal(409, 'swarm is not locked');
}

export function leaveSwarm(call: Call): Answer {
  const { swarm, nodeId } = call;
  if (!isInSwarm(call)) throw unavailable(NOT_IN_A_SWARM);
  swarm.node(nodeId).leave({ force: isOn(call, 'force') });
  return {};
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
