/** `POST /swarm/join`: a machine that has left comes back. (moby daemon/cluster/swarm.go, Join) */
import { IN_A_SWARM } from '../api/index.ts';
import { seconds } from '../base/index.ts';
import type { Swarm } from '../swarm/index.ts';
import { managerAddress } from './addresses.ts';
import { readBody } from './body/fields.ts';
import { swarmJoinBody } from './body/others.ts';
import type { Answer, Call } from './call.ts';
import { isInSwarm } from './control.ts';
import { invalid, Refusal, unavailable } from './refusal.ts';
import { joinTokens } from './tokens.ts';

const TIMEOUT =
  'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.';
/** How long a daemon waits to be let in, in microseconds. (swarmConnectTimeout) */
const PATIENCE = seconds(20);
const PORT = 2377;

export function joinSwarm(call: Call): Answer {
  const body = readBody(swarmJoinBody, call.body);
  if (isInSwarm(call)) throw unavailable(IN_A_SWARM);
  const [remote] = body.RemoteAddrs ?? [];
  if (remote === undefined) throw invalid('at least 1 RemoteAddr is required to join');
  const { swarm } = call;
  checkAnswers(swarm, remote);
  const role = roleOf(swarm, body.JoinToken ?? '');
  const { id } = swarm.join({ name: call.machine, role, ...availabilityOf(body.Availability ?? '') });
  const deadline = swarm.now + PATIENCE;
  const isIn = () =>
    swarm.view.nodes.get(id)?.status.state === 'ready' &&
    (role === 'worker' || swarm.managers().some((manager) => manager.id === id));
  swarm.runUntil(() => isIn() || swarm.now >= deadline);
  if (!isIn()) throw unavailable(TIMEOUT);
  return {};
}

/** A manager must listen there. The text is that of the connection, not of the daemon. */
function checkAnswers(swarm: Swarm, remote: string): void {
  const address = remote.includes(':') ? remote : `${remote}:${PORT}`;
  const manager = swarm.managers().find(({ id }) => managerAddress(swarm, id) === address);
  if (manager?.isUp) return;
  const dial = `transport: Error while dialing: dial tcp ${address}: connect: connection refused`;
  throw new Refusal(503, `rpc error: code = Unavailable desc = connection error: desc = "${dial}"`);
}

/** (swarmkit ca/server.go, issueNodeCertificate) */
function roleOf(swarm: Swarm, token: string): 'worker' | 'manager' {
  const [cluster] = swarm.view.clusters.all();
  const tokens = cluster && joinTokens(swarm, cluster);
  if (token === tokens?.worker) return 'worker';
  if (token === tokens?.manager) return 'manager';
  if (!/^SWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}$/.test(token)) throw new Refusal(500, 'invalid join token');
  throw invalid('rpc error: code = InvalidArgument desc = A valid join token is necessary to join this cluster');
}

function availabilityOf(text: string): { availability?: 'active' | 'pause' | 'drain' } {
  if (text === '') return {};
  if (text === 'active' || text === 'pause' || text === 'drain') return { availability: text };
  throw invalid(`invalid Availability: ${JSON.stringify(text)}`);
}
