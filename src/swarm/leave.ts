/** `docker swarm leave`, and what it refuses without force (moby daemon/cluster/swarm.go, Leave). */
import { NOT_IN_A_SWARM } from '../api/index.ts';
import { ApiError, seconds } from '../base/index.ts';
import { NO_DAEMON } from './calls.ts';
import type { SwarmCore } from './core.ts';
import type { Reading } from './parcels.ts';

const BEGINNING = 'You are attempting to leave the swarm on a node that is participating as a manager. ';
const LAST_MANAGER =
  'Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. ';
const NOT_ACTIVE = 'Doing so may lose the consensus of your cluster. ';
const END =
  'The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. ' +
  'Use `--force` to suppress this message.';
const LOCKED = 'Swarm is encrypted and locked. Please unlock it first or use `--force` to ignore this message.';
/** How long a daemon waits for the leader to say how the managers are (daemon/cluster/cluster.go, managerStats). */
const PATIENCE = seconds(5);

/** @throws ApiError */
export function leaveSwarm(core: SwarmCore, node: string, { force }: { readonly force: boolean }): void {
  const machine = core.machines.nameOf(node);
  if (!core.isUp(machine)) throw new ApiError('Unavailable', NO_DAEMON);
  if (core.standstill.isFrozen(machine)) throw new ApiError('DeadlineExceeded', 'context deadline exceeded');
  const isInSwarm = () => core.machines.nodeAt(machine) === node;
  if (!isInSwarm()) throw new ApiError('Unavailable', NOT_IN_A_SWARM);
  const warning = force ? undefined : warningFor(core, node, machine);
  if (warning !== undefined) throw new ApiError('Unavailable', warning);
  core.act({ action: 'leave', node });
  core.simulator.run({ while: isInSwarm });
}

/** A manager is told what it may lose; a worker is not. */
function warningFor(core: SwarmCore, node: string, machine: string): string | undefined {
  const host = core.hosts.get(machine);
  if (host?.isLocked) return LOCKED;
  if (host?.isJoining) return `${BEGINNING}${NOT_ACTIVE}${END}`;
  if (!host?.process) return undefined;
  const outcome = core.call(undefined, machine, PATIENCE);
  const loss = 'reading' in outcome ? lossOf(node, outcome.reading) : '';
  return `${BEGINNING}${loss}${loss === LAST_MANAGER ? '' : END}`;
}

/** (daemon/cluster/utils.go, removingManagerCausesLossOfQuorum) */
function lossOf(node: string, { managers }: Reading): string {
  const reachable = managers.filter(({ isReachable }) => isReachable).length;
  const unreachable = managers.length - reachable;
  const isActive = managers.some((manager) => manager.node === node && manager.isReachable);
  if (!isActive || reachable - 2 > unreachable) return '';
  if (reachable === 1 && unreachable === 0) return LAST_MANAGER;
  return `Removing this node leaves ${reachable - 1} managers out of ${managers.length}. Without a Raft quorum your swarm will be inaccessible. `;
}
